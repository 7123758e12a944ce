//! A correction notice that nobody answers in time: the application counts as withdrawn (视为撤回).

use crate::application::Context;
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};

/// The command with which the platform ends an application that was not mended.
#[derive(Clone, Copy, Debug)]
pub struct LapseCorrection;

impl LapseCorrection {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        match &state.correction {
            Some(correction)
                if state.stage == Stage::CorrectionRequired && !correction.service.is_awaited() =>
            {
                context.is_over(correction.answer_by.date)?;
                Ok(vec![Event::CorrectionLapsed])
            }
            _ => Err(Refusal::WrongStage { stage: state.stage }),
        }
    }
}
