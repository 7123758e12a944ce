//! Withdrawal (撤回申请): the applicant takes the application back before it is decided.

use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::refusal::Refusal;
use crate::application::state::Application;
use crate::chain::Digest;

/// The command that withdraws an application.
#[derive(Clone, Debug)]
pub struct Withdraw {
    /// Digest of the sealed reason, where one is given.
    pub reason: Option<Digest>,
}

impl Withdraw {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if !matches!(context.actor, Actor::Agent { .. }) {
            return Err(Refusal::NotTheApplicant);
        }
        if state.stage.is_final() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        Ok(vec![Event::Withdrawn {
            reason: self.reason,
        }])
    }
}
