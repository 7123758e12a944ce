//! Releasing: an officer gives a case back to the unit's queue.

use super::Context;
use super::event::Event;
use super::refusal::Refusal;
use super::state::Application;

/// The command that gives a case back.
#[derive(Clone, Copy, Debug)]
pub struct Release;

impl Release {
    pub(super) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let officer = context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        if state.stage.is_final() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        match &state.claim {
            Some(claim) if claim.officer == *officer => Ok(vec![Event::Released]),
            Some(_) => Err(Refusal::ClaimedByAnother),
            None => Err(Refusal::NotClaimed),
        }
    }
}
