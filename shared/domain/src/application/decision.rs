//! The decision (决定, arts. 37–38).

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::refusal::Refusal;
use super::state::{Application, Outcome, Stage};
use super::{Context, officer_in_hand};
use crate::chain::Digest;
use crate::unit::UnitId;

/// What a refused applicant can do (art. 38): both are told, with their periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remedy {
    /// Administrative reconsideration (行政复议) at the people's government of the unit's own level.
    Reconsideration {
        /// The unit whose decision it is.
        unit: UnitId,
        /// Calendar days from service within which it must be asked for.
        within_days: u16,
    },
    /// Lawsuit (行政诉讼) at the competent people's court of the unit's seat.
    Lawsuit {
        /// The unit whose decision it is.
        unit: UnitId,
        /// Months from service within which it must be brought.
        within_months: u16,
    },
}

/// The command that decides an application.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// Digest of the sealed reasons; a refusal needs them (art. 38), and so does a decision against
    /// what the review recommends.
    pub reasons: Option<Digest>,
}

impl Decision {
    pub(super) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::AwaitingDecision], context)?;
        let as_recommended = state.recommendation == Some(self.outcome);
        if self.reasons.is_none() && !as_recommended {
            return Err(Refusal::ReasonsMissing);
        }
        Ok(vec![match self.outcome {
            Outcome::Grant => Event::Granted {
                reasons: self.reasons,
            },
            Outcome::Refuse => Event::Refused {
                reasons: self.reasons.ok_or(Refusal::ReasonsMissing)?,
                remedies: remedies(&state.unit),
            },
        }])
    }
}

/// What whoever is refused by `unit` can do: within 60 days (行政复议法 art. 20) or 6 months
/// (行政诉讼法 art. 46) from service.
fn remedies(unit: &UnitId) -> Vec<Remedy> {
    vec![
        Remedy::Reconsideration {
            unit: unit.clone(),
            within_days: 60,
        },
        Remedy::Lawsuit {
            unit: unit.clone(),
            within_months: 6,
        },
    ]
}
