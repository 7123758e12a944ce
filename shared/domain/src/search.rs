//! By what a case is found: the identifier of a person, never a name, and what it is about.

use serde::{Deserialize, Serialize};

use crate::identifiers::{MobileNumber, ResidentId};
use crate::matter::Matter;

/// What is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// A resident identity number.
    ResidentId,
    /// A mobile number.
    Mobile,
    /// What an application is about.
    Matter,
}

impl SearchKind {
    /// The kind as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::Mobile => "mobile",
            Self::Matter => "matter",
        }
    }
}

/// What is searched for, in its stored form. Personal: `Debug` masks it, and it has no `Display`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchTerm {
    /// A resident identity number.
    ResidentId(ResidentId),
    /// A mobile number.
    Mobile(MobileNumber),
    /// What an application is about.
    Matter(Matter),
}

impl SearchTerm {
    /// Which of them it is.
    pub fn kind(&self) -> SearchKind {
        match self {
            Self::ResidentId(_) => SearchKind::ResidentId,
            Self::Mobile(_) => SearchKind::Mobile,
            Self::Matter(_) => SearchKind::Matter,
        }
    }

    /// The stored form. Personal: it may be hashed under a key, never logged.
    pub fn value(&self) -> &str {
        match self {
            Self::ResidentId(number) => number.as_str(),
            Self::Mobile(number) => number.as_str(),
            Self::Matter(matter) => matter.as_str(),
        }
    }
}
