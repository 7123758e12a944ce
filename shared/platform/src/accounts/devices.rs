//! Kiosks and counters.

use domain::device::DeviceId;

use super::{Accounts, Answering, Asked};
use crate::authority::Principal;
use crate::devices::{StoredDevice, device_item};
use crate::error::PlatformError;
use crate::table::{CommitError, Guard, Key, Part, Record, Transaction};

/// A device as one read found it.
#[derive(Clone, Debug)]
pub struct DeviceFile {
    /// What the request is judged by.
    pub asked: Asked,
    /// The device, if there is one.
    pub device: Option<Record<StoredDevice>>,
}

impl Accounts {
    /// Reads the device `id` and what a request is judged by, in one round trip.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn device(
        &self,
        id: &DeviceId,
        principal: &Principal,
    ) -> Result<DeviceFile, PlatformError> {
        let key = Key::device(id);
        let mut keys = Self::judging(Some(principal), None);
        if !keys.contains(&key) {
            keys.push(key.clone());
        }
        let snapshot = self.table.read(keys).await?;
        Ok(DeviceFile {
            asked: self.asked(&snapshot, Some(principal), None).await?,
            device: snapshot.read(&key)?,
        })
    }

    /// Writes a device in one transaction. `before` is the version of the item that was read, if
    /// there was one.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the device was changed in between.
    pub async fn commit_device(
        &self,
        before: Option<u64>,
        after: &StoredDevice,
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let (version, guard) = Guard::following(before);
        let stored = device_item(after, version)?;
        let transaction = Transaction::new().put(&self.table, Part::State, stored, guard);
        self.table
            .commit(self.answered(transaction, answering)?)
            .await
    }
}
