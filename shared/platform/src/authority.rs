//! The mandate and officer items, read in the same batch as what their holder asks for.

use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::mandate::Mandate;
use domain::officer::Officer;
use domain::policy::Authority;

use crate::error::PlatformError;
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, Snapshot, Stored, item, keys};

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
    /// A person acting for themself.
    Person(PersonId),
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
    /// The item that says what they may; a person needs none for what is their own.
    pub fn authority_key(&self) -> Option<Key> {
        match self {
            Self::Person(_) => None,
            Self::Agent { person, enterprise } => Some(Key::mandate(enterprise, person)),
            Self::Officer(officer) => Some(Key::officer(officer)),
        }
    }

    /// What they may, as `snapshot` says; nothing without an item.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where the item cannot be read.
    pub fn authority(&self, snapshot: &Snapshot) -> Result<Option<Authority>, PlatformError> {
        Ok(match (self, self.authority_key()) {
            (Self::Person(person), _) => Some(Authority::Person(person.clone())),
            (Self::Agent { .. }, Some(key)) => snapshot
                .read::<Mandate>(&key)?
                .map(|record| Authority::Mandate(record.body)),
            (Self::Officer(_), Some(key)) => snapshot
                .read::<Officer>(&key)?
                .map(|record| Authority::Officer(record.body)),
            (_, None) => None,
        })
    }
}

/// The item of a mandate.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn mandate_item(mandate: &Mandate, version: u64) -> Result<Attributes, PlatformError> {
    let key = Key::mandate(&mandate.enterprise, &mandate.person);
    let mut stored = item::write(&key, version, mandate)?;
    let subject = keys::subject(&mandate.person);
    insert_text(&mut stored, "subject", subject);
    insert_text(&mut stored, "subject_sort", key.pk);
    Ok(stored)
}

/// The item of an officer.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn officer_item(officer: &Officer, version: u64) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(&Key::officer(&officer.id), version, officer)?;
    insert_text(&mut stored, "work", keys::officers(&officer.unit));
    insert_text(&mut stored, "work_sort", officer.id.to_string());
    Ok(stored)
}
