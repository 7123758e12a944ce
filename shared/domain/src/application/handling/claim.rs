//! Claiming: an officer takes a case in hand, so that two do not work on it at once.

use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::refusal::Refusal;
use crate::application::state::Application;
use crate::officer::Post;

/// The command that takes a case in hand.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The posts the officer holds.
    pub posts: Vec<Post>,
    /// Whether the officer holds a mandate for the applicant in private life.
    pub conflict: bool,
}

impl Claim {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let Actor::Officer { officer, .. } = context.actor else {
            return Err(Refusal::NotAnOfficer);
        };
        let needed = state
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
        if state.bars(officer, needed) {
            return Err(Refusal::SeparationOfDuties);
        }
        if self.conflict {
            return Err(Refusal::ConflictOfInterest);
        }
        Ok(vec![Event::Claimed { post: needed }])
    }
}
