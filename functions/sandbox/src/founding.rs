//! How the seeded enterprises came to the platform: by the same history as any other.

use domain::application::Actor;
use domain::chain::Digest;
use domain::enterprise::{EnterpriseEvent, Granted, Household};
use domain::history::{Occasion, Recorded, record};
use domain::identifiers::Uscc;
use domain::ids::{EventId, PersonId};
use domain::instant::Instant;
use domain::mandate::MandateId;
use uuid::Uuid;

use crate::population::{Enterprise, Population};

impl Population {
    /// Every enterprise that somebody has a mandate for, as its history makes it: registered and
    /// confirmed, and each mandate accepted.
    pub(crate) fn households(&self) -> Vec<Seeded> {
        let mandates = || self.persons.iter().flat_map(|person| &person.mandates);
        let has_people = |enterprise: &&Enterprise| {
            mandates().any(|mandate| mandate.enterprise == enterprise.uscc)
        };
        self.enterprises
            .iter()
            .filter(has_people)
            .filter_map(|enterprise| self.household(enterprise))
            .collect()
    }

    fn household(&self, enterprise: &Enterprise) -> Option<Seeded> {
        let uscc = &enterprise.uscc;
        let by = |person: &PersonId, event| {
            let actor = Actor::Person {
                person: person.clone(),
                device: None,
            };
            (actor, event)
        };
        let legal = &enterprise.legal_representative;
        let mut happened = vec![
            by(
                legal,
                EnterpriseEvent::Registered {
                    person: legal.clone(),
                },
            ),
            by(
                legal,
                EnterpriseEvent::Confirmed {
                    name: enterprise.name.zh.clone(),
                    region: enterprise.region,
                    legal_representative: legal.clone(),
                    mandate: MandateId::of_holder(uscc.clone(), legal),
                },
            ),
        ];
        for person in &self.persons {
            let mut mandates = person.mandates.iter();
            let own = mandates.find(|mandate| mandate.enterprise == *uscc);
            if let Some(mandate) = own.filter(|_| person.id != *legal) {
                let granted = Granted {
                    id: MandateId::of_holder(uscc.clone(), &person.id),
                    person: person.id.clone(),
                    role: mandate.role,
                    items: mandate.items.clone(),
                    from: mandate.from,
                    to: mandate.to,
                };
                happened.push(by(
                    &person.id,
                    EnterpriseEvent::Accepted { mandate: granted },
                ));
            }
        }

        let at = Instant::from_unix_seconds(FOUNDED);
        let mut state = None;
        let mut history = Vec::new();
        for (actor, event) in happened {
            let occasion = Occasion {
                aggregate: uscc,
                at,
                actor: &actor,
            };
            let seed = format!("{} {}", uscc.as_str(), history.len());
            let id = || EventId(Uuid::from_u128(number_of(&seed)));
            let step = record(state.as_ref(), &occasion, vec![event], id).ok()?;
            history.extend(step.history);
            state = Some(step.state);
        }
        let household = Household::default().after(&history, state?, None);
        Some(Seeded { household, history })
    }
}

/// When the seeded enterprises came to the platform: the first moment of 2020 in China.
const FOUNDED: i64 = 1_577_808_000;

/// An enterprise with its people, and the history that made it.
#[derive(Clone, Debug)]
pub(crate) struct Seeded {
    pub(crate) household: Household,
    pub(crate) history: Vec<Recorded<Uscc, EnterpriseEvent>>,
}

/// A number that stands for `text`.
fn number_of(text: &str) -> u128 {
    let digest = Digest::of(text.as_bytes());
    digest
        .as_bytes()
        .iter()
        .take(16)
        .fold(0, |number, byte| (number << 8) | u128::from(*byte))
}
