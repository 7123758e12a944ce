//! Reassigning: a head or supervisor gives a case into other hands (leave, absence).

use crate::application::Context;
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::Application;
use crate::chain::Digest;
use crate::officer::Officer;

/// The command that gives a case to another officer.
#[derive(Clone, Debug)]
pub struct Reassign {
    /// To whom.
    pub to: Officer,
    /// Whether they hold a mandate for the applicant in private life.
    pub conflict: bool,
    /// Digest of the sealed reason.
    pub reason: Digest,
}

impl Reassign {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        let post = state
            .next_post()
            .ok_or(Refusal::WrongStage { stage: state.stage })?;
        let to = &self.to;
        let able = to.active && to.unit == state.unit && to.holds(post);
        if !able || state.bars(&to.id, post) || self.conflict {
            return Err(Refusal::CannotTakeOver);
        }
        let in_hand_of = state.claim.as_ref().map(|claim| &claim.officer);
        if in_hand_of == Some(&to.id) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::Reassigned {
            to: to.id.clone(),
            post,
            reason: self.reason,
        }])
    }
}
