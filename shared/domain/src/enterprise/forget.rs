//! A person who asked for erasure is forgotten by an enterprise, as far as it can be without them.

use super::{EnterpriseEvent, Household};
use crate::ids::PersonId;
use crate::instant::Instant;
use crate::mandate::{Answered, MandateId, Role};

/// The command that forgets a person.
#[derive(Clone, Copy, Debug)]
pub struct Forget<'a> {
    /// Whom.
    pub person: &'a PersonId,
    /// The invitations that are known to be for them.
    pub invitations: &'a [MandateId],
}

impl Forget<'_> {
    /// What ends with them: their mandate, their claim and the invitations they did not answer. The
    /// mandate of a legal representative stays while the register names them. What was given before
    /// there was a history of the enterprise has none to end in.
    pub fn decide(&self, household: &Household, now: Instant) -> Vec<EnterpriseEvent> {
        if household.enterprise.is_none() {
            return Vec::new();
        }
        let mandate = household
            .of(self.person)
            .filter(|mandate| mandate.role != Role::LegalRepresentative && !mandate.has_ended(now));
        let mandate = mandate.map(|mandate| EnterpriseEvent::MandateEnded {
            id: mandate.id.clone(),
            person: mandate.person.clone(),
            left: true,
        });
        let claims = household
            .enterprise
            .as_ref()
            .is_some_and(|enterprise| enterprise.claimants.contains(self.person));
        let claim = claims.then(|| EnterpriseEvent::Turned {
            person: self.person.clone(),
            reason: None,
        });
        let open = household.invitations.iter().filter(|invitation| {
            invitation.answered.is_none() && self.invitations.contains(&invitation.id)
        });
        let withdrawn = open.map(|invitation| EnterpriseEvent::InvitationWithdrawn {
            id: invitation.id.clone(),
        });
        mandate.into_iter().chain(claim).chain(withdrawn).collect()
    }

    /// `household` without what named them and has ended at `now`, or never had a history.
    #[must_use]
    pub fn carried_out(&self, mut household: Household, now: Instant) -> Household {
        let without_history = household.enterprise.is_none();
        household.mandates.retain(|mandate| {
            let over = without_history || mandate.has_ended(now);
            mandate.person != *self.person || !over
        });
        household
            .claims
            .retain(|claim| claim.person != *self.person || claim.answer.is_none());
        household.invitations.retain(|invitation| {
            let theirs = match &invitation.answered {
                Some(Answered::Accepted { by, .. }) => by == self.person,
                Some(Answered::Withdrawn { .. }) => self.invitations.contains(&invitation.id),
                None => false,
            };
            !theirs
        });
        household
    }
}
