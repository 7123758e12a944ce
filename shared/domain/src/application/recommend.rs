//! Recommendation: the reviewer's opinion (审查意见), on which somebody else decides.

use super::event::Event;
use super::refusal::Refusal;
use super::state::{Application, Outcome, Stage};
use super::{Context, officer_in_hand};
use crate::chain::Digest;

/// The command that ends the review.
#[derive(Clone, Debug)]
pub struct Recommend {
    /// What the reviewer recommends.
    pub outcome: Outcome,
    /// Digest of the sealed opinion.
    pub opinion: Digest,
}

impl Recommend {
    pub(super) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::UnderReview], context)?;
        Ok(vec![Event::Recommended {
            outcome: self.outcome,
            opinion: self.opinion,
        }])
    }
}
