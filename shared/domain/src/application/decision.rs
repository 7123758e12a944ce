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
        /// Calendar days from service within which it must be asked for (行政复议法 art. 20).
        within_days: u16,
    },
    /// Lawsuit (行政诉讼) at the competent people's court of the unit's seat.
    Lawsuit {
        /// The unit whose decision it is.
        unit: UnitId,
        /// Months from service within which it must be brought (行政诉讼法 art. 46).
        within_months: u16,
    },
}

/// The command that decides an application.
#[derive(Clone, Debug)]
pub enum Decision {
    /// Grant it.
    Grant {
        /// Digest of the sealed reasons, where any are given.
        reasons: Option<Digest>,
    },
    /// Refuse it, which needs reasons.
    Refuse {
        /// Digest of the sealed reasons.
        reasons: Digest,
    },
}

impl Decision {
    /// The outcome this decision is.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Grant { .. } => Outcome::Grant,
            Self::Refuse { .. } => Outcome::Refuse,
        }
    }

    pub(super) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::AwaitingDecision], context)?;
        Ok(vec![match self {
            Self::Grant { reasons } => Event::Granted { reasons: *reasons },
            Self::Refuse { reasons } => Event::Refused {
                reasons: *reasons,
                remedies: vec![
                    Remedy::Reconsideration {
                        unit: state.unit.clone(),
                        within_days: 60,
                    },
                    Remedy::Lawsuit {
                        unit: state.unit.clone(),
                        within_months: 6,
                    },
                ],
            },
        }])
    }
}
