//! Recommendation: the reviewer's opinion (审查意见), on which somebody else decides.

use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::rows::RefusedRows;
use crate::application::state::{Application, Hearing, Outcome, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;
use crate::unit::UnitId;

/// The command that ends the review.
#[derive(Clone, Debug)]
pub struct Recommend {
    /// What the reviewer recommends.
    pub outcome: Outcome,
    /// Digest of the sealed opinion.
    pub opinion: Digest,
    /// The rows that the reviewer would refuse while the others are granted.
    pub refused_rows: Option<RefusedRows>,
    /// The unit that decides on the item in the region of the case; none where nobody can.
    pub decided_by: Option<UnitId>,
}

impl Recommend {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::UnderReview], context)?;
        // It is held by the review: nobody could hold it once the case waits for its decision.
        let to_be_held = matches!(
            state.hearing,
            Some(Hearing::Requested { .. } | Hearing::Scheduled { .. })
        );
        if to_be_held {
            return Err(Refusal::HearingOpen);
        }
        RefusedRows::check(self.refused_rows.as_ref(), state, self.outcome)?;
        let decides = self.decided_by.as_ref().ok_or(Refusal::NoCompetentUnit)?;
        Ok(vec![Event::Recommended {
            outcome: self.outcome,
            opinion: self.opinion,
            refused_rows: self.refused_rows.clone(),
            passed_on_to: (*decides != state.unit).then(|| decides.clone()),
        }])
    }
}
