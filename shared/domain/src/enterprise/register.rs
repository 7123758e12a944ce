//! Registration by the legal representative, held against the enterprise register.

use serde::{Deserialize, Serialize};

use super::{Context, EnterpriseEvent, Household, MOST_CLAIMANTS, Refusal, Standing, TurnedAway};
use crate::ids::PersonId;
use crate::mandate::MandateId;
use crate::unit::RegionCode;

/// The lowest real-name level at which somebody registers an enterprise: identity proved by document.
pub const REAL_NAME_LEVEL: u8 = 2;

/// An enterprise as the register has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Where it is registered.
    pub region: RegionCode,
    /// Its legal representative, as the identity provider names them.
    pub legal_representative: PersonId,
    /// How it stands.
    pub state: EntryState,
}

/// How an enterprise stands by the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// It does business (存续).
    Active,
    /// Its licence was revoked (吊销).
    LicenceRevoked,
    /// It is closed (注销).
    Closed,
}

impl Entry {
    /// Whether it is in being: neither closed nor without its licence.
    pub fn in_being(&self) -> bool {
        self.state == EntryState::Active
    }
}

/// What the register said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registry {
    /// It knows the enterprise.
    Knows(Entry),
    /// It does not.
    KnowsNothing,
    /// It did not answer, or not in its protocol: nobody is refused for that.
    Silent,
}

/// The command that registers an enterprise.
#[derive(Clone, Debug)]
pub struct Register {
    /// How well the identity provider knows who asks, 0 to 4.
    pub real_name_level: u8,
    /// What the register said.
    pub registry: Registry,
    /// What the mandate of the legal representative is to be known by.
    pub mandate: MandateId,
}

impl Register {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(
        &self,
        household: &Household,
        context: &Context<'_>,
    ) -> Result<Vec<EnterpriseEvent>, Refusal> {
        let person = context.person()?;
        if self.real_name_level < REAL_NAME_LEVEL {
            return Err(Refusal::RealNameLevelTooLow);
        }
        let known = household.enterprise.as_ref();
        if known.is_some_and(|enterprise| enterprise.standing != Standing::Pending) {
            return Err(Refusal::AlreadyRegistered);
        }
        let claimed = known.is_some_and(|enterprise| enterprise.claimants.contains(person));
        let waiting = known.map_or(0, |enterprise| enterprise.claimants.len());
        if !claimed && waiting >= MOST_CLAIMANTS && self.registry == Registry::Silent {
            return Err(Refusal::TooManyClaimants);
        }
        let registered = (!claimed).then(|| EnterpriseEvent::Registered {
            person: person.clone(),
        });
        let confirmed = match &self.registry {
            Registry::Silent => None,
            Registry::KnowsNothing => return Err(Refusal::NotInRegister),
            Registry::Knows(entry) => Some(confirmed(entry, person, &self.mandate)?),
        };
        Ok(registered.into_iter().chain(confirmed).collect())
    }
}

/// The command that goes on with a registration for which the register had no answer.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// What the register said now.
    pub registry: Registry,
    /// What the mandate of the legal representative is to be known by.
    pub mandate: MandateId,
}

impl Confirm {
    /// What becomes of the claimants: the one whom the register names is confirmed, the others are
    /// turned away; nothing while it is silent.
    ///
    /// # Errors
    /// [`Refusal::NotRegistered`].
    pub fn decide(&self, household: &Household) -> Result<Vec<EnterpriseEvent>, Refusal> {
        let enterprise = household
            .enterprise
            .as_ref()
            .ok_or(Refusal::NotRegistered)?;
        if enterprise.standing != Standing::Pending {
            return Ok(Vec::new());
        }
        let turned = |person: &PersonId, reason| EnterpriseEvent::Turned {
            person: person.clone(),
            reason: Some(reason),
        };
        let mut events = Vec::new();
        for person in &enterprise.claimants {
            match &self.registry {
                Registry::Silent => {}
                Registry::KnowsNothing => {
                    events.push(turned(person, TurnedAway::NotInRegister));
                }
                Registry::Knows(entry) => {
                    if !entry.in_being() {
                        events.push(turned(person, TurnedAway::NoLongerInBeing));
                    } else if entry.legal_representative != *person {
                        events.push(turned(person, TurnedAway::NotTheLegalRepresentative));
                    }
                }
            }
        }
        if let Registry::Knows(entry) = &self.registry {
            let mut claimants = enterprise.claimants.iter();
            let named = claimants.find(|person| **person == entry.legal_representative);
            let confirmation = named.map(|person| confirmed(entry, person, &self.mandate));
            events.extend(confirmation.and_then(Result::ok));
        }
        Ok(events)
    }
}

fn confirmed(
    entry: &Entry,
    person: &PersonId,
    mandate: &MandateId,
) -> Result<EnterpriseEvent, Refusal> {
    if !entry.in_being() {
        return Err(Refusal::NoLongerInBeing);
    }
    if entry.legal_representative != *person {
        return Err(Refusal::NotTheLegalRepresentative);
    }
    Ok(EnterpriseEvent::Confirmed {
        name: entry.name.clone(),
        region: entry.region,
        legal_representative: person.clone(),
        mandate: mandate.clone(),
    })
}
