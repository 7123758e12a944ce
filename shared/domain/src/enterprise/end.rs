//! A mandate ends: withdrawn by who administers the enterprise, or left by its holder. It ends at once.

use super::{Context, EnterpriseEvent, Household, Refusal};
use crate::mandate::{Mandate, MandateId, Role};

/// The command that withdraws a mandate, or takes an invitation back.
#[derive(Clone, Debug)]
pub struct EndMandate {
    /// Which.
    pub id: MandateId,
}

impl EndMandate {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(
        &self,
        household: &Household,
        context: &Context<'_>,
    ) -> Result<Vec<EnterpriseEvent>, Refusal> {
        let Some(mandate) = household.mandate(&self.id) else {
            let mut open = household.invitations.iter();
            let invited = open
                .find(|invitation| invitation.id == self.id)
                .ok_or(Refusal::NoSuchMandate)?;
            if invited.answered.is_some() {
                return Err(Refusal::InvitationAnswered);
            }
            return Ok(vec![EnterpriseEvent::InvitationWithdrawn {
                id: self.id.clone(),
            }]);
        };
        if mandate.role == Role::LegalRepresentative {
            return Err(Refusal::LegalRepresentativeStays);
        }
        let person = context.person()?;
        let by_legal_representative = household
            .enterprise
            .as_ref()
            .is_some_and(|enterprise| enterprise.legal_representative.as_ref() == Some(person));
        if !by_legal_representative && household.is_last_administrator(&mandate.person, context.now)
        {
            return Err(Refusal::LastAdministrator);
        }
        ended(mandate, false, context)
    }
}

/// The command by which a holder leaves their mandate.
#[derive(Clone, Debug)]
pub struct LeaveMandate {
    /// Which.
    pub id: MandateId,
}

impl LeaveMandate {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(
        &self,
        household: &Household,
        context: &Context<'_>,
    ) -> Result<Vec<EnterpriseEvent>, Refusal> {
        let person = context.person()?;
        let mandate = household
            .mandate(&self.id)
            .filter(|mandate| mandate.person == *person)
            .ok_or(Refusal::NoSuchMandate)?;
        if mandate.role == Role::LegalRepresentative {
            return Err(Refusal::LegalRepresentativeStays);
        }
        if household.is_last_administrator(person, context.now) {
            return Err(Refusal::LastAdministrator);
        }
        ended(mandate, true, context)
    }
}

fn ended(
    mandate: &Mandate,
    left: bool,
    context: &Context<'_>,
) -> Result<Vec<EnterpriseEvent>, Refusal> {
    if mandate.has_ended(context.now) {
        return Err(Refusal::MandateEnded);
    }
    Ok(vec![EnterpriseEvent::MandateEnded {
        id: mandate.id.clone(),
        person: mandate.person.clone(),
        left,
    }])
}
