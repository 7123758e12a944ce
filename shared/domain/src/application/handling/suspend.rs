//! Suspension (中止) for a cause on the applicant's side, and its end. It is no special procedure.

use crate::application::event::Event;
use crate::application::limits::gone_on;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;
use crate::clock::Ground;

/// The command that suspends the procedure.
#[derive(Clone, Copy, Debug)]
pub struct Suspend {
    /// Digest of the sealed cause with its basis.
    pub basis: Digest,
}

impl Suspend {
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
                Stage::AwaitingDecision,
            ],
            context,
        )?;
        Ok(vec![Event::Suspended { basis: self.basis }])
    }
}

/// The command with which it goes on.
#[derive(Clone, Copy, Debug)]
pub struct Resume {
    /// Digest of the sealed reason.
    pub reason: Digest,
}

impl Resume {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::Suspended], context)?;
        Ok(vec![Event::Resumed {
            reason: self.reason,
            limits: gone_on(state, Ground::Suspension, context),
        }])
    }
}
