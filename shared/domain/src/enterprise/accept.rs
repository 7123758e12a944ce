//! The person invited accepts.

use super::{Context, EnterpriseEvent, Granted, Household, Refusal};
use crate::mandate::{Answered, MandateId, Role};

/// Whether the caller is the one invited, as the keyed hashes of their identity show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// One of them is the invitation's.
    Invited,
    /// None is.
    SomebodyElse,
}

/// The command that accepts an invitation.
#[derive(Clone, Debug)]
pub struct AcceptInvitation {
    /// Which.
    pub id: MandateId,
    /// Whether the caller is the one invited.
    pub proof: Proof,
}

impl AcceptInvitation {
    /// # Errors
    /// A [`Refusal`]; [`Refusal::InvitationOfAnother`] to whoever is not invited while it is open.
    pub fn decide(
        &self,
        household: &Household,
        context: &Context<'_>,
    ) -> Result<Vec<EnterpriseEvent>, Refusal> {
        let person = context.person()?;
        let mut invitations = household.invitations.iter();
        let invitation = invitations
            .find(|invitation| invitation.id == self.id)
            .ok_or(Refusal::NoSuchMandate)?;
        match &invitation.answered {
            Some(Answered::Accepted { by, .. }) if by == person => return Ok(Vec::new()),
            // Whom it was for is not known any more, and its name is not to be guessed.
            Some(_) => return Err(Refusal::InvitationAnswered),
            None => {}
        }
        if self.proof == Proof::SomebodyElse {
            return Err(Refusal::InvitationOfAnother);
        }
        let today = context.now.date();
        if context.now >= invitation.expires_at || invitation.to.is_some_and(|last| last < today) {
            return Err(Refusal::InvitationExpired);
        }
        household.active()?;
        // An invitation is worth what its giver still is: whoever was dismissed lets nobody in, and whoever
        // holds less now gives no more than that.
        if !household.may_give(&invitation.invited_by, invitation, context.now) {
            return Err(Refusal::InvitationAnswered);
        }
        let held = household.of(person).filter(|held| held.holds(context.now));
        if held.is_some_and(|held| held.role == Role::LegalRepresentative) {
            return Err(Refusal::LegalRepresentativeStays);
        }
        let goes_on = invitation.role == Role::Administrator && invitation.from <= today;
        let steps_down = household.is_last_administrator(person, context.now) && !goes_on;
        if steps_down {
            return Err(Refusal::LastAdministrator);
        }
        Ok(vec![EnterpriseEvent::Accepted {
            mandate: Granted {
                id: invitation.id.clone(),
                person: person.clone(),
                role: invitation.role,
                items: invitation.items.clone(),
                from: invitation.from,
                to: invitation.to,
            },
        }])
    }
}
