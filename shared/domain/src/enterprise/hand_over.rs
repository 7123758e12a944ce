//! A new legal representative takes over, whom the register names. Nobody can be locked out by the
//! one before.

use super::{
    Context, EnterpriseEvent, Granted, Household, REAL_NAME_LEVEL, Refusal, Registry, Standing,
};
use crate::mandate::{Coverage, MandateId, Role};

/// The command by which the new legal representative takes over.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// How well the identity provider knows who asks.
    pub real_name_level: u8,
    /// What the register said.
    pub registry: Registry,
    /// What the mandate is to be known by.
    pub mandate: MandateId,
}

impl HandOver {
    /// # Errors
    /// A [`Refusal`]; [`Refusal::RegisterSilent`] where there is nothing to refuse before it is asked.
    pub fn decide(
        &self,
        household: &Household,
        context: &Context<'_>,
    ) -> Result<Vec<EnterpriseEvent>, Refusal> {
        let person = context.person()?;
        if self.real_name_level < REAL_NAME_LEVEL {
            return Err(Refusal::RealNameLevelTooLow);
        }
        let enterprise = household
            .enterprise
            .as_ref()
            .ok_or(Refusal::NotRegistered)?;
        if enterprise.legal_representative.as_ref() == Some(person) {
            return Err(Refusal::NothingToHandOver);
        }
        // There is nothing to take over yet, whatever the register says.
        if enterprise.standing == Standing::Pending && enterprise.claimants.is_empty() {
            return Err(Refusal::NotRegistered);
        }
        if enterprise.standing == Standing::Pending {
            return Err(Refusal::StillPending);
        }
        let entry = match &self.registry {
            Registry::Knows(entry) => entry,
            Registry::KnowsNothing => return Err(Refusal::NotInRegister),
            Registry::Silent => return Err(Refusal::RegisterSilent),
        };
        if !entry.in_being() {
            return Err(Refusal::NoLongerInBeing);
        }
        // Whether the enterprise is suspended is for its legal representative to know.
        if entry.legal_representative != *person {
            return Err(Refusal::NotTheLegalRepresentative);
        }
        household.active()?;
        Ok(vec![EnterpriseEvent::HandedOver {
            from: enterprise.legal_representative.clone(),
            to: Granted {
                id: self.mandate.clone(),
                person: person.clone(),
                role: Role::LegalRepresentative,
                items: Coverage::All,
                from: context.now.date(),
                to: None,
            },
        }])
    }
}
