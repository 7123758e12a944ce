//! The draft (暂存件): an application before it is submitted, when nothing yet binds anybody.

use serde::{Deserialize, Serialize};

use crate::application::Channel;
use crate::identifiers::Uscc;
use crate::ids::{ApplicationNo, PersonId};
use crate::instant::Instant;
use crate::item::ItemCode;
use crate::unit::RegionCode;

/// Days after which a draft is forgotten, counted from its opening.
pub const DRAFT_LIFETIME_DAYS: i64 = 90;

/// What is known of an application before it is submitted; form and papers are items of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The number the application keeps when it is submitted.
    pub number: ApplicationNo,
    /// The service item applied for. Its version is the one in force on the day of submission.
    pub item: ItemCode,
    /// The applicant.
    pub enterprise: Uscc,
    /// Where the matter lies, which decides the unit.
    pub region: RegionCode,
    /// Through which channel it was opened.
    pub channel: Channel,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
}

impl Draft {
    /// When the draft and all that belongs to it is forgotten.
    pub fn expires_at(&self) -> Instant {
        self.opened_at
            .plus_seconds(DRAFT_LIFETIME_DAYS * 24 * 60 * 60)
    }
}
