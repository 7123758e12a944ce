//! The mandate, officer and device items, read in the same batch as what their holder asks for.

use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::instant::Instant;
use domain::mandate::{Mandate, MandateId};
use domain::officer::Officer;
use domain::policy::Authority;

use crate::devices::{DeviceRefusal, PresentedDevice};
use crate::error::PlatformError;
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, Snapshot, Stored, Table, item, keys};

impl Stored for Mandate {
    const TYPE: &'static str = "mandate";
    const SCHEMA: u32 = 2;

    /// The first schema had mandates without a name.
    fn upcast(_: u32, body: &mut Attributes) -> Result<(), PlatformError> {
        if item::text(body, "id").is_some() {
            return Ok(());
        }
        let enterprise = item::text(body, "enterprise").unwrap_or_default();
        let enterprise = Uscc::parse(enterprise)
            .map_err(|_| PlatformError::corrupt("a mandate is for no enterprise"))?;
        let person = item::text(body, "person").unwrap_or_default().to_owned();
        let person = PersonId::try_from(person).map_err(PlatformError::corrupt)?;
        let id = MandateId::of_holder(enterprise, &person);
        insert_text(body, "id", id.to_string());
        Ok(())
    }
}

impl Stored for Officer {
    const TYPE: &'static str = "officer";
    const SCHEMA: u32 = 1;
}

/// Who asks, as a verified token and the request say.
#[derive(Clone, Debug)]
pub enum Principal {
    /// A person acting for themself.
    Person {
        /// Who.
        person: PersonId,
        /// The kiosk or counter at which they stand.
        device: Option<PresentedDevice>,
    },
    /// A person acting for an enterprise.
    Agent {
        /// Who.
        person: PersonId,
        /// For whom.
        enterprise: Uscc,
        /// The kiosk or counter at which they stand.
        device: Option<PresentedDevice>,
    },
    /// An officer.
    Officer(OfficerId),
}

/// Why there is nothing by which a caller may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAuthority {
    /// There is no mandate and no post.
    #[error("there is no mandate and no post")]
    NoItem,
    /// The device beside the caller may not serve.
    #[error(transparent)]
    Device(#[from] DeviceRefusal),
}

impl Principal {
    /// The items that say what they may; a person needs none for what is their own.
    pub fn authority_keys(&self) -> Vec<Key> {
        let device = self.presented().map(|(person, device)| device.keys(person));
        let items = self.authority_key().into_iter();
        items.chain(device.into_iter().flatten()).collect()
    }

    /// The kiosk or counter at which they say they stand.
    pub fn device(&self) -> Option<&PresentedDevice> {
        self.presented().map(|(_, device)| device)
    }

    /// The same with the person who stands there.
    fn presented(&self) -> Option<(&PersonId, &PresentedDevice)> {
        match self {
            Self::Person { person, device } | Self::Agent { person, device, .. } => {
                device.as_ref().map(|device| (person, device))
            }
            Self::Officer(_) => None,
        }
    }

    /// What they may, as `snapshot`, which was read from `table`, says at `now` in business time. A
    /// device beside them is looked at first: without a good one nothing is told.
    ///
    /// # Errors
    /// The outer error where an item cannot be read, or a failed attempt cannot be counted.
    pub async fn authority(
        &self,
        table: &Table,
        snapshot: &Snapshot,
        now: Instant,
    ) -> Result<Result<Authority, NoAuthority>, PlatformError> {
        if let Some((person, device)) = self.presented()
            && let Err(refusal) = device.check(table, snapshot, person, now).await?
        {
            return Ok(Err(refusal.into()));
        }
        let found = match (self, self.authority_key()) {
            (Self::Person { person, .. }, _) => Some(Authority::Person(person.clone())),
            (Self::Agent { .. }, Some(key)) => snapshot
                .read::<Mandate>(&key)?
                .map(|record| Authority::Mandate(record.body)),
            (Self::Officer(_), Some(key)) => snapshot
                .read::<Officer>(&key)?
                .map(|record| Authority::Officer(record.body)),
            (_, None) => None,
        };
        Ok(found.ok_or(NoAuthority::NoItem))
    }

    fn authority_key(&self) -> Option<Key> {
        match self {
            Self::Person { .. } => None,
            Self::Agent {
                person, enterprise, ..
            } => Some(Key::mandate(enterprise, person)),
            Self::Officer(officer) => Some(Key::officer(officer)),
        }
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
