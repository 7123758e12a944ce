//! Devices beside a person: the kiosk or counter at which they stand.

use domain::chain::Digest;
use domain::device::{self, Device, DeviceId, DeviceKind};
use domain::ids::PersonId;
use domain::instant::Instant;
use domain::unit::Units;
use serde::{Deserialize, Serialize};

use crate::clock::real_now;
use crate::error::PlatformError;
use crate::secrets::{self, Credential, Holder, Secret};
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, Snapshot, Stored, Table, item, keys};

impl Holder for DeviceId {
    const KIND: &'static str = "device";
}

/// A device as it lies in the table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredDevice {
    /// The device.
    pub device: Device,
    /// SHA-256 of its secret.
    pub secret: Digest,
}

impl Stored for StoredDevice {
    const TYPE: &'static str = "device";
    const SCHEMA: u32 = 1;
}

/// The item of a device.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn device_item(stored: &StoredDevice, version: u64) -> Result<Attributes, PlatformError> {
    let id = &stored.device.id;
    let mut written = item::write(&Key::device(id), version, stored)?;
    insert_text(&mut written, "work", keys::devices(&stored.device.unit));
    insert_text(&mut written, "work_sort", id.to_string());
    Ok(written)
}

/// A device that a request says it comes from, not checked yet.
#[derive(Clone)]
pub struct PresentedDevice {
    credential: Credential<DeviceId>,
    /// The units in being, which only the catalogue knows.
    units: &'static Units,
}

impl PresentedDevice {
    /// Which device it says it is.
    pub fn id(&self) -> &DeviceId {
        &self.credential.id
    }
}

impl std::fmt::Debug for PresentedDevice {
    /// Without the units, which are many.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "PresentedDevice({})", self.credential.id)
    }
}

/// Why a device lends a request no channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceRefusal {
    /// Its secret was not accepted.
    #[error(transparent)]
    Secret(#[from] secrets::Refusal),
    /// The secret is right, and it may not serve.
    #[error(transparent)]
    OutOfService(#[from] device::Refusal),
}

impl PresentedDevice {
    /// The device that `text` (`number.secret`) names, of one of `units`.
    pub fn parse(text: &str, units: &'static Units) -> Option<Self> {
        Some(Self {
            credential: Credential::parse(text)?,
            units,
        })
    }

    /// What kind of device its number says it is.
    pub fn kind(&self) -> DeviceKind {
        self.credential.id.kind()
    }

    /// What must be read to check it where `person` presents it.
    pub(crate) fn keys(&self, person: &PersonId) -> [Key; 2] {
        [
            Key::device(&self.credential.id),
            self.credential.attempts_key_of(person),
        ]
    }

    /// Checks it by what `snapshot` says, where `person` presents it; `now` is business time.
    ///
    /// # Errors
    /// The outer error where the table does not answer; else why the device may not serve.
    pub(crate) async fn check(
        &self,
        table: &Table,
        snapshot: &Snapshot,
        person: &PersonId,
        now: Instant,
    ) -> Result<Result<(), DeviceRefusal>, PlatformError> {
        let key = Key::device(&self.credential.id);
        let found = snapshot.read::<StoredDevice>(&key)?;
        let found = found.map(|record| record.body);
        let kept = found.as_ref().map(|stored| &stored.secret);
        let counter = self.credential.attempts_key_of(person);
        let checked = self
            .credential
            .check(table, (snapshot, &counter), kept, real_now())
            .await?;
        if let Err(refusal) = checked {
            return Ok(Err(refusal.into()));
        }
        Ok(
            found.map_or(Err(secrets::Refusal::NotRecognised.into()), |stored| {
                let unit = self.units.get(&stored.device.unit);
                device::may_serve(&stored.device, unit, now).map_err(DeviceRefusal::from)
            }),
        )
    }
}

/// A device newly registered, with the secret that is shown once.
///
/// # Errors
/// [`PlatformError::Corrupt`] where the operating system gives no random numbers.
pub fn newly_registered(device: Device) -> Result<(StoredDevice, Secret), PlatformError> {
    let secret = Secret::new()?;
    let stored = StoredDevice {
        device,
        secret: secret.digest(),
    };
    Ok((stored, secret))
}
