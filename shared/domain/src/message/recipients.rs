//! Who of an enterprise is told.

use super::Recipient;
use crate::ids::PersonId;
use crate::instant::Instant;
use crate::item::ItemCode;
use crate::mandate::{Mandate, Role};

/// The most persons of an enterprise that one event is told to, so that an event costs a bounded number
/// of writes: who filed the case, the legal representative, and administrators up to that number.
pub const MOST_RECIPIENTS: usize = 10;

/// Who of the holders of `mandates`, all of one enterprise, is told what goes to `recipient`; none where
/// it goes to officers.
///
/// Only whoever may still read the case is told: their mandate holds `now` and covers `item`. Where that
/// is no longer true of who filed it, everything goes to those who answer for the enterprise.
pub fn recipients<'m>(
    recipient: &Recipient,
    filed_by: &PersonId,
    mandates: &'m [Mandate],
    item: &ItemCode,
    now: Instant,
) -> Vec<&'m PersonId> {
    let living = mandates
        .iter()
        .filter(|mandate| mandate.holds(now) && mandate.items.includes(item));
    let rank = |mandate: &Mandate| match mandate.role {
        _ if mandate.person == *filed_by => Some(0),
        Role::LegalRepresentative => Some(1),
        Role::Administrator => Some(2),
        Role::Handler | Role::Signer | Role::Payer | Role::Viewer => None,
    };
    let mut told: Vec<(u8, &PersonId)> = living
        .filter_map(|mandate| Some((rank(mandate)?, &mandate.person)))
        .collect();
    told.sort_unstable();
    let filer_only = match recipient {
        Recipient::Filer => told.first().is_some_and(|(rank, _)| *rank == 0),
        Recipient::Enterprise => false,
        Recipient::Officer(_) | Recipient::Post(_) => return Vec::new(),
    };
    let most = if filer_only { 1 } else { MOST_RECIPIENTS };
    told.into_iter()
        .take(most)
        .map(|(_, person)| person)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::Uscc;
    use crate::mandate::{Coverage, MandateId};

    fn person(name: &str) -> PersonId {
        PersonId::try_from(name.to_owned()).unwrap()
    }

    fn mandate(name: &str, role: Role) -> Mandate {
        let enterprise = Uscc::parse("91140100XXX1000286").unwrap();
        Mandate {
            id: MandateId::new(enterprise.clone(), 1),
            person: person(name),
            enterprise,
            role,
            items: Coverage::All,
            from: "2020-01-01".parse().unwrap(),
            to: None,
            withdrawn_at: None,
            suspended_at: None,
            suspended_for: None,
        }
    }

    fn told(recipient: &Recipient, mandates: &[Mandate]) -> Vec<String> {
        let (item, now) = ("PSB-APR-004".parse().unwrap(), now());
        let told = recipients(recipient, &person("filer"), mandates, &item, now);
        told.into_iter().map(ToString::to_string).collect()
    }

    fn now() -> Instant {
        Instant::try_from("2026-11-23T10:00:00+08:00".to_owned()).unwrap()
    }

    fn household() -> Vec<Mandate> {
        vec![
            mandate("colleague", Role::Handler),
            mandate("administrator", Role::Administrator),
            mandate("legal", Role::LegalRepresentative),
            mandate("filer", Role::Handler),
            mandate("viewer", Role::Viewer),
        ]
    }

    #[test]
    fn who_filed_is_told_everything_and_who_answers_for_the_enterprise_what_must_not_be_missed() {
        let household = household();
        assert_eq!(told(&Recipient::Filer, &household), ["filer"]);
        assert_eq!(
            told(&Recipient::Enterprise, &household),
            ["filer", "legal", "administrator"]
        );
        assert!(told(&Recipient::Post(crate::officer::Post::Head), &household).is_empty());
    }

    #[test]
    fn where_who_filed_has_left_the_enterprise_is_told_all_and_they_nothing() {
        let mut household = household();
        household[3].withdrawn_at = Some(now());
        for recipient in [Recipient::Filer, Recipient::Enterprise] {
            assert_eq!(told(&recipient, &household), ["legal", "administrator"]);
        }
        household[3].withdrawn_at = None;
        household[3].items = Coverage::Only(vec!["PSB-APR-001".parse().unwrap()]);
        assert_eq!(
            told(&Recipient::Filer, &household),
            ["legal", "administrator"]
        );
    }

    #[test]
    fn an_event_is_told_to_a_bounded_number_of_persons() {
        let mut many: Vec<Mandate> = (0..40)
            .map(|number| mandate(&format!("administrator-{number:02}"), Role::Administrator))
            .collect();
        many.extend(household());
        let told = told(&Recipient::Enterprise, &many);
        assert_eq!(told.len(), MOST_RECIPIENTS);
        assert_eq!(told[..2], ["filer", "legal"]);
    }
}
