//! Returning: the decider gives a case back to the review, with a reason.

use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;

/// The command that gives a case back one step.
#[derive(Clone, Copy, Debug)]
pub struct ReturnToReview {
    /// Digest of the sealed reason.
    pub reason: Digest,
}

impl ReturnToReview {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::AwaitingDecision], context)?;
        Ok(vec![Event::Returned {
            reason: self.reason,
        }])
    }
}
