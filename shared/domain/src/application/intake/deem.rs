//! Deemed acceptance (视为受理, art. 32): no word came within five working days.

use jiff::civil::Date;

use super::defer::latest_cure;
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
                let limits = accepted(state, context);
                // An undertaking that could have been accepted stands: its papers must follow as promised.
                // What it names otherwise is asked for.
                let latest = latest_cure(state, limits, context.calendar);
                let in_time = |cure_by: Date| {
                    cure_by >= context.now.date() && latest.is_none_or(|latest| cure_by <= latest)
                };
                let deferral = state
                    .deferral
                    .as_ref()
                    .map(|deferral| &deferral.undertaking);
                let stands = deferral.filter(|undertaking| in_time(undertaking.cure_by));
                Ok(vec![Event::Accepted {
                    limits,
                    deemed: true,
                    deferral: stands.cloned(),
                }])
            }
            _ => Err(Refusal::WrongStage { stage: state.stage }),
        }
    }
}
