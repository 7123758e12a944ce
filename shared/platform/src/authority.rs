//! The mandate and officer items, read in the same batch as what their holder asks for.

use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::mandate::Mandate;
use domain::officer::Officer;
use domain::policy::Authority;

use crate::error::PlatformError;
use crate::table::{Attributes, Key, Snapshot, Stored, item};

impl Stored for Mandate {
    const TYPE: &'static str = "mandate";
    const SCHEMA: u32 = 1;
}

impl Stored for Officer {
    const TYPE: &'static str = "officer";
    const SCHEMA: u32 = 1;
}

/// Who asks, as a verified token and the request say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// A person acting for an enterprise.
    Agent {
        /// Who.
        person: PersonId,
        /// For whom.
        enterprise: Uscc,
    },
    /// An officer.
    Officer(OfficerId),
}

impl Principal {
    /// The item that says what they may.
    pub fn authority_key(&self) -> Key {
        match self {
            Self::Agent { person, enterprise } => Key::mandate(enterprise, person),
            Self::Officer(officer) => Key::officer(officer),
        }
    }

    /// What they may, as `snapshot` says; nothing without an item.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where the item cannot be read.
    pub fn authority(&self, snapshot: &Snapshot) -> Result<Option<Authority>, PlatformError> {
        let key = self.authority_key();
        Ok(match self {
            Self::Agent { .. } => snapshot
                .read::<Mandate>(&key)?
                .map(|record| Authority::Mandate(record.body)),
            Self::Officer(_) => snapshot
                .read::<Officer>(&key)?
                .map(|record| Authority::Officer(record.body)),
        })
    }
}

/// The item of a mandate.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn mandate_item(mandate: &Mandate, version: u64) -> Result<Attributes, PlatformError> {
    item::write(
        &Key::mandate(&mandate.enterprise, &mandate.person),
        version,
        mandate,
    )
}

/// The item of an officer.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn officer_item(officer: &Officer, version: u64) -> Result<Attributes, PlatformError> {
    item::write(&Key::officer(&officer.id), version, officer)
}
