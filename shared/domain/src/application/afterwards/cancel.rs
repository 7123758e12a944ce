//! Cancellation (注销, art. 70): what was granted is struck off, because the holder gives it up, the
//! term ended, or the holder is no more.

use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::refusal::Refusal;
use crate::application::state::Application;
use crate::chain::Digest;

/// The command that strikes it off.
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    /// Digest of the sealed reasons.
    pub reasons: Digest,
}

impl Cancel {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        match context.actor {
            Actor::Agent { .. } | Actor::Officer { .. } => {}
            Actor::Person { .. } | Actor::System { .. } => return Err(Refusal::NotTheApplicant),
        }
        if !state.stage.is_in_force() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        Ok(vec![Event::Cancelled {
            reasons: self.reasons,
        }])
    }
}
