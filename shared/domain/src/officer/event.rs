//! What happens to an officer.

use serde::{Deserialize, Serialize};

use super::Post;
use crate::ids::PersonId;
use crate::unit::{Level, RegionCode, UnitId};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OfficerEvent {
    /// The officer was appointed, or appointed again.
    Appointed {
        /// The number on the badge (警号).
        badge: String,
        /// The unit.
        unit: UnitId,
        /// Its level.
        level: Level,
        /// The regions the officer is responsible for.
        jurisdictions: Vec<RegionCode>,
        /// The posts held at once.
        posts: Vec<Post>,
        /// As whom they act in private life.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own_person: Option<PersonId>,
    },
    /// Badge, regions or posts were changed.
    Changed {
        /// The number on the badge.
        badge: String,
        /// The regions.
        jurisdictions: Vec<RegionCode>,
        /// The posts.
        posts: Vec<Post>,
        /// As whom they act in private life.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own_person: Option<PersonId>,
    },
    /// Posts wait for a second administrator.
    Proposed {
        /// Which.
        posts: Vec<Post>,
    },
    /// A second administrator approved them.
    Approved {
        /// Which.
        posts: Vec<Post>,
    },
    /// The officer holds no post any more.
    Dismissed,
}
