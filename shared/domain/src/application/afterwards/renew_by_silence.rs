//! Renewal by silence (视为准予延续, art. 50): no decision came before the term ended.

use crate::application::Context;
use crate::application::deciding::renewed;
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::Application;

/// The command with which the platform holds the authority to its silence.
#[derive(Clone, Copy, Debug)]
pub struct RenewBySilence;

impl RenewBySilence {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        let end = state
            .valid_until
            .filter(|_| state.stage.is_in_force() && state.awaits_renewal())
            .ok_or(Refusal::WrongStage { stage: state.stage })?;
        context.is_over(end)?;
        Ok(vec![renewed(state, None, true, context)?])
    }
}
