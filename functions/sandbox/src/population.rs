//! The ready persons, officers and enterprises: all invented, none of them real.

use domain::chain::Digest;
use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::mandate::{Coverage, Role};
use domain::officer::{Officer, Post};
use domain::unit::{RegionCode, UnitId};
use domain::words::Words;
use jiff::civil::Date;
use platform::error::PlatformError;
use serde::{Deserialize, Serialize};

use crate::oidc::Provider;

/// Everybody and everything the sandbox knows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    pub(crate) enterprises: Vec<Enterprise>,
    pub(crate) units: Vec<NamedUnit>,
    pub(crate) persons: Vec<ReadyPerson>,
    pub(crate) officers: Vec<ReadyOfficer>,
}

/// An enterprise as the register knows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Enterprise {
    pub(crate) uscc: Uscc,
    pub(crate) name: Words,
    pub(crate) legal_representative: PersonId,
    pub(crate) region: RegionCode,
    pub(crate) state: EnterpriseState,
}

/// The state of an enterprise in the register (登记状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EnterpriseState {
    /// 存续.
    Active,
    /// 吊销.
    LicenceRevoked,
}

/// A police unit with its name in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamedUnit {
    pub(crate) id: UnitId,
    pub(crate) name: Words,
}

/// A natural person who can log in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadyPerson {
    pub(crate) id: PersonId,
    pub(crate) name: Words,
    /// A synthetic resident identity number, for forms that ask for one.
    pub(crate) resident_id: String,
    /// A synthetic mobile number.
    pub(crate) mobile: String,
    /// How well the identity provider knows who this is; 2 is proof of identity by document.
    pub(crate) real_name_level: u8,
    pub(crate) mandates: Vec<ReadyMandate>,
}

/// A mandate of a ready person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadyMandate {
    pub(crate) enterprise: Uscc,
    pub(crate) role: Role,
    pub(crate) items: Coverage,
    pub(crate) from: Date,
    pub(crate) to: Option<Date>,
}

/// An officer who can log in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadyOfficer {
    pub(crate) id: OfficerId,
    pub(crate) name: Words,
    pub(crate) badge: String,
    pub(crate) unit: UnitId,
    pub(crate) posts: Vec<Post>,
    pub(crate) active: bool,
}

/// What an identity provider knows of someone who can log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account<'a> {
    pub(crate) provider: Provider,
    pub(crate) id: &'a str,
    pub(crate) real_name_level: Option<u8>,
    /// What the provider proves of a person besides.
    pub(crate) proved: Option<Proved<'a>>,
}

/// Identifiers that a provider has proved to be a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proved<'a> {
    pub(crate) resident_id: &'a str,
    pub(crate) mobile: &'a str,
}

impl Population {
    /// The population that lies in `data/population.json`.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] where that file is wrong, which a test forbids.
    pub fn embedded() -> Result<Self, PlatformError> {
        serde_json::from_str(include_str!("../data/population.json"))
            .map_err(|error| PlatformError::Configuration(format!("population.json: {error}")))
    }

    /// The account that logs in as `id`.
    pub(crate) fn account(&self, id: &str) -> Option<Account<'_>> {
        let mut persons = self.persons.iter().map(|person| Account {
            provider: Provider::Persons,
            id: person.id.as_str(),
            real_name_level: Some(person.real_name_level),
            proved: Some(Proved {
                resident_id: &person.resident_id,
                mobile: &person.mobile,
            }),
        });
        let mut officers = self.officers.iter().map(|officer| Account {
            provider: Provider::Officers,
            id: officer.id.as_str(),
            real_name_level: None,
            proved: None,
        });
        persons
            .find(|account| account.id == id)
            .or_else(|| officers.find(|account| account.id == id))
    }

    /// The enterprise registered under `uscc`.
    pub(crate) fn enterprise(&self, uscc: &Uscc) -> Option<&Enterprise> {
        self.enterprises.iter().find(|known| known.uscc == *uscc)
    }

    /// The name of `unit`.
    pub(crate) fn unit_name(&self, unit: &UnitId) -> Option<&Words> {
        let found = self.units.iter().find(|known| known.id == *unit)?;
        Some(&found.name)
    }

    /// All officers, as the platform stores them: responsible for the region of their unit.
    pub(crate) fn appointments(&self) -> impl Iterator<Item = Officer> {
        self.officers.iter().filter_map(|officer| {
            let region: RegionCode = officer.unit.as_str().strip_prefix("psb-")?.parse().ok()?;
            Some(Officer {
                id: officer.id.clone(),
                badge: officer.badge.clone(),
                unit: officer.unit.clone(),
                level: region.level(),
                jurisdictions: vec![region],
                posts: officer.posts.clone(),
                active: officer.active,
                own_person: None,
                proposed: None,
                version: 0,
                head: Digest::GENESIS,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identifiers::ResidentId;
    use domain::instant::Instant;
    use domain::mandate::Mandate;
    use domain::unit::Level;
    use std::collections::{BTreeMap, BTreeSet};

    fn mandates(population: &Population) -> impl Iterator<Item = Mandate> {
        let founded = population.households().into_iter();
        founded.flat_map(|seeded| seeded.household.mandates)
    }

    #[test]
    fn everybody_has_an_account_of_their_own() {
        let population = Population::embedded().unwrap();
        let ids: BTreeSet<&str> = (population.persons.iter().map(|person| person.id.as_str()))
            .chain(
                population
                    .officers
                    .iter()
                    .map(|officer| officer.id.as_str()),
            )
            .collect();
        let everybody = population.persons.len() + population.officers.len();
        assert_eq!(ids.len(), everybody);
        for id in ids {
            assert_eq!(population.account(id).unwrap().id, id);
        }
        assert_eq!(population.account("nobody"), None);
    }

    #[test]
    fn identifiers_are_valid_and_references_lead_somewhere() {
        let population = Population::embedded().unwrap();
        let today = jiff::civil::date(2026, 11, 23);
        for person in &population.persons {
            assert!(ResidentId::parse_strict(&person.resident_id, today).is_ok());
        }
        for enterprise in &population.enterprises {
            assert!(Uscc::parse_strict(enterprise.uscc.as_str()).is_ok());
            assert!(
                population
                    .account(enterprise.legal_representative.as_str())
                    .is_some()
            );
        }
        for mandate in mandates(&population) {
            let enterprise = population.enterprise(&mandate.enterprise).unwrap();
            if mandate.role == Role::LegalRepresentative {
                assert_eq!(enterprise.legal_representative, mandate.person);
            }
        }
        for officer in &population.officers {
            assert!(population.unit_name(&officer.unit).is_some());
        }
    }

    #[test]
    fn one_agents_mandate_has_ended_and_everybody_elses_holds() {
        let now = Instant::try_from("2026-11-23T09:00:00+08:00".to_owned()).unwrap();
        let population = Population::embedded().unwrap();
        let ended: Vec<String> = mandates(&population)
            .filter(|mandate| !mandate.holds(now))
            .map(|mandate| mandate.person.to_string())
            .collect();
        assert_eq!(ended, ["former-agent-a"]);
    }

    #[test]
    fn both_units_can_take_a_case_from_acceptance_to_decision() {
        let population = Population::embedded().unwrap();
        let mut posts: BTreeMap<String, BTreeSet<Post>> = BTreeMap::new();
        let county = |officer: &Officer| officer.active && officer.level == Level::County;
        for officer in population.appointments().filter(county) {
            posts
                .entry(officer.unit.to_string())
                .or_default()
                .extend(officer.posts);
        }
        assert_eq!(posts.len(), 2);
        let needed = [
            Post::Intake,
            Post::Reviewer,
            Post::Decider,
            Post::Head,
            Post::Supervisor,
        ];
        for (unit, held) in posts {
            assert!(
                held.is_superset(&BTreeSet::from(needed)),
                "{unit}: {held:?}"
            );
        }
    }
}
