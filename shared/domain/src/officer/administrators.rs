//! Who administers the province. Two of them can replace each other and approve a third; one could do
//! neither.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Officer, Refusal};
use crate::ids::OfficerId;

/// How many administrators the province keeps at the least: one proposes another, a second approves.
pub const FEWEST_ADMINISTRATORS: usize = 2;

/// The administrators of the province's unit who are in office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrators {
    officers: BTreeSet<OfficerId>,
}

impl Administrators {
    /// These after `officer` has become what they are now.
    #[must_use]
    pub fn after(&self, officer: &Officer) -> Self {
        let mut officers = self.officers.clone();
        if officer.administers_the_province() {
            officers.insert(officer.id.clone());
        } else {
            officers.remove(&officer.id);
        }
        Self { officers }
    }

    /// Whether `officer` can cease to be one of them.
    pub(super) fn can_spare(&self, officer: &Officer) -> Result<(), Refusal> {
        let others = self.officers.iter().filter(|other| **other != officer.id);
        if officer.administers_the_province() && others.count() < FEWEST_ADMINISTRATORS {
            return Err(Refusal::TooFewAdministrators);
        }
        Ok(())
    }
}
