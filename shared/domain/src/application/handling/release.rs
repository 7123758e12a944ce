//! Releasing: an officer gives a case back to the unit's queue.

use crate::application::Context;
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::Application;

/// The command that gives a case back.
#[derive(Clone, Copy, Debug)]
pub struct Release;

impl Release {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let officer = context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        if state.next_post().is_none() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        match &state.claim {
            Some(claim) if claim.officer == *officer => Ok(vec![Event::Released]),
            Some(_) => Err(Refusal::ClaimedByAnother),
            None => Err(Refusal::NotClaimed),
        }
    }
}
