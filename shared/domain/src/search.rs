//! By what a person is searched for: an identifier, never a name.

use serde::{Deserialize, Serialize};

use crate::identifiers::{MobileNumber, ResidentId};

/// Which identifier is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// A resident identity number.
    ResidentId,
    /// A mobile number.
    Mobile,
}

impl SearchKind {
    /// The kind as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::Mobile => "mobile",
        }
    }
}

/// An identifier in its stored form. Personal: `Debug` masks it, and it has no `Display`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchTerm {
    /// A resident identity number.
    ResidentId(ResidentId),
    /// A mobile number.
    Mobile(MobileNumber),
}

impl SearchTerm {
    /// Which identifier it is.
    pub fn kind(&self) -> SearchKind {
        match self {
            Self::ResidentId(_) => SearchKind::ResidentId,
            Self::Mobile(_) => SearchKind::Mobile,
        }
    }

    /// The identifier in its stored form. Personal: it may be hashed under a key, never logged.
    pub fn value(&self) -> &str {
        match self {
            Self::ResidentId(number) => number.as_str(),
            Self::Mobile(number) => number.as_str(),
        }
    }
}
