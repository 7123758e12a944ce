//! The officer: unit, level and posts.

use serde::{Deserialize, Serialize};

use crate::ids::OfficerId;
use crate::unit::{Level, RegionCode, UnitId};

/// What an officer is appointed to do in the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// Accepts applications (受理).
    Intake,
    /// Reviews them (审查).
    Reviewer,
    /// Decides (决定).
    Decider,
    /// Head of the authority (本行政机关负责人), who alone extends limits (art. 42).
    Head,
    /// Watches limits and complaints.
    Supervisor,
    /// Checks passes on the road.
    Traffic,
    /// Looks after enterprises (警企联络).
    Liaison,
    /// Administers officers and devices of the unit.
    Administrator,
}

/// An officer as the unit has appointed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Who.
    pub id: OfficerId,
    /// The number on the badge (警号), by which a citizen may name the officer.
    pub badge: String,
    /// The unit they serve in.
    pub unit: UnitId,
    /// The level of that unit.
    pub level: Level,
    /// The regions they are responsible for.
    pub jurisdictions: Vec<RegionCode>,
    /// Their posts.
    pub posts: Vec<Post>,
    /// Whether the appointment is in force.
    pub active: bool,
}

impl Officer {
    /// Whether the officer holds `post`.
    pub fn holds(&self, post: Post) -> bool {
        self.posts.contains(&post)
    }
}
