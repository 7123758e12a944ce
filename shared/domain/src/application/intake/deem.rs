//! Deemed acceptance (视为受理, art. 32): no word came within five working days.

use crate::application::Context;
use crate::application::event::Event;
use crate::application::limits::accepted;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};

/// The command with which the platform holds the authority to its silence.
#[derive(Clone, Copy, Debug)]
pub struct DeemAccepted;

impl DeemAccepted {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        match state.limits.acceptance {
            Some(answer) if state.stage == Stage::Submitted => {
                context.is_over(answer.date)?;
                // An undertaking whose day is still to come stands: its papers must follow as promised.
                let undertaking = state
                    .deferral
                    .as_ref()
                    .map(|deferral| &deferral.undertaking);
                let ahead = undertaking.filter(|promised| promised.cure_by >= context.now.date());
                Ok(vec![Event::Accepted {
                    limits: accepted(state, context),
                    deemed: true,
                    deferral: ahead.cloned(),
                }])
            }
            _ => Err(Refusal::WrongStage { stage: state.stage }),
        }
    }
}
