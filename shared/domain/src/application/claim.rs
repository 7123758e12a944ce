//! Claiming: an officer takes a case in hand, so that two do not work on it at once.

use super::Context;
use super::event::{Actor, Event};
use super::refusal::Refusal;
use super::state::Application;
use crate::officer::Post;

/// The command that takes a case in hand.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The posts the officer holds.
    pub posts: Vec<Post>,
}

impl Claim {
    pub(super) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let Actor::Officer { officer, .. } = context.actor else {
            return Err(Refusal::NotAnOfficer);
        };
        let needed = state
            .stage
            .next_post()
            .ok_or(Refusal::WrongStage { stage: state.stage })?;
        match &state.claim {
            Some(claim) if claim.officer != *officer => return Err(Refusal::ClaimedByAnother),
            // Claiming twice is one claim.
            Some(_) => return Ok(Vec::new()),
            None => {}
        }
        if !self.posts.contains(&needed) {
            return Err(Refusal::PostMissing { needed });
        }
        if state.handling.includes(officer) {
            return Err(Refusal::SeparationOfDuties);
        }
        Ok(vec![Event::Claimed { post: needed }])
    }
}
