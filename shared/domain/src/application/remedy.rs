//! What an applicant can do against what the authority does (救济途径).

use serde::{Deserialize, Serialize};

use crate::unit::UnitId;

/// One way to contest an act of the authority (Administrative Licensing Law arts. 7 and 38): both are
/// told, with their periods.
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

impl Remedy {
    /// What can be done against an act of `unit`: within 60 days (行政复议法 art. 20) or 6 months
    /// (行政诉讼法 art. 46) from service.
    pub fn against(unit: &UnitId) -> Vec<Self> {
        vec![
            Self::Reconsideration {
                unit: unit.clone(),
                within_days: 60,
            },
            Self::Lawsuit {
                unit: unit.clone(),
                within_months: 6,
            },
        ]
    }
}
