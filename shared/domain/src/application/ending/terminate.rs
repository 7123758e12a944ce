//! Termination (终止): the authority ends a procedure that cannot lead to a decision any more.

use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::remedy::Remedy;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;

/// The command that terminates a procedure.
#[derive(Clone, Copy, Debug)]
pub struct Terminate {
    /// Digest of the sealed reasons.
    pub reasons: Digest,
}

impl Terminate {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(
            state,
            &[
                Stage::UnderReview,
                Stage::SpecialProcedure,
                Stage::Suspended,
                Stage::AwaitingDecision,
            ],
            context,
        )?;
        Ok(vec![Event::Terminated {
            reasons: self.reasons,
            remedies: Remedy::against(&state.unit),
        }])
    }
}
