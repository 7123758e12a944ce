//! One consistent read of everything a request needs.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use domain::instant::Instant;
use serde::de::DeserializeOwned;

use super::Table;
use super::item::{self, Attributes, Record, Stored};
use super::keys::Key;
use crate::error::PlatformError;

/// How often keys that DynamoDB left out of an answer are asked for again.
const ATTEMPTS: u32 = 5;
/// How many keys DynamoDB takes in one request.
const MOST_AT_ONCE: usize = 100;

/// The items that one read found.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    items: HashMap<Key, Attributes>,
}

impl Snapshot {
    /// The value at `key`, if there is one.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where the item is not what the key promises.
    pub fn read<T: Stored + DeserializeOwned>(
        &self,
        key: &Key,
    ) -> Result<Option<Record<T>>, PlatformError> {
        self.items.get(key).map(item::read).transpose()
    }

    /// The item at `key` as it lies in the table.
    pub fn item(&self, key: &Key) -> Option<&Attributes> {
        self.items.get(key)
    }
}

impl Table {
    /// Reads `keys` and the clock item, consistently and in one round trip for every hundred of them,
    /// which is as many as DynamoDB answers at once.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where DynamoDB does not answer for all of them.
    pub async fn read(
        &self,
        keys: impl IntoIterator<Item = Key>,
    ) -> Result<Snapshot, PlatformError> {
        // Each once: DynamoDB refuses a request that names a key twice, as where an officer names
        // themself.
        let wanted: BTreeSet<Key> = keys.into_iter().chain(self.clock.item().cloned()).collect();
        let wanted: Vec<Attributes> = wanted.iter().map(key_attributes).collect();
        let mut snapshot = Snapshot::default();
        for some in wanted.chunks(MOST_AT_ONCE) {
            self.read_into(&mut snapshot, some.to_vec()).await?;
        }
        Ok(snapshot)
    }

    async fn read_into(
        &self,
        snapshot: &mut Snapshot,
        mut pending: Vec<Attributes>,
    ) -> Result<(), PlatformError> {
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                tokio::time::sleep(Duration::from_millis(20 << attempt)).await;
            }
            let request = KeysAndAttributes::builder()
                .set_keys(Some(std::mem::take(&mut pending)))
                .consistent_read(true)
                .build()
                .map_err(PlatformError::corrupt)?;
            let answer = self
                .client()
                .batch_get_item()
                .request_items(&self.name, request)
                .send()
                .await
                .map_err(|error| PlatformError::unavailable("DynamoDB", error))?;
            for found in answer
                .responses
                .and_then(|mut tables| tables.remove(&self.name))
                .into_iter()
                .flatten()
            {
                if let Some(key) = key_of(&found) {
                    snapshot.items.insert(key, found);
                }
            }
            pending = answer
                .unprocessed_keys
                .and_then(|mut tables| tables.remove(&self.name))
                .map(|left| left.keys)
                .unwrap_or_default();
            if pending.is_empty() {
                return Ok(());
            }
        }
        Err(PlatformError::Unavailable {
            service: "DynamoDB",
            detail: format!("{} keys were not processed", pending.len()),
        })
    }
}

impl Table {
    /// Business time. Costs a read only where it can be moved.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where it can be moved and DynamoDB does not answer.
    pub async fn now(&self) -> Result<Instant, PlatformError> {
        let moved = self.clock.item().is_some();
        let snapshot = if moved {
            self.read([]).await?
        } else {
            Snapshot::default()
        };
        Ok(self.clock.now(&snapshot))
    }
}

/// The key attributes of `key`.
pub(super) fn key_attributes(key: &Key) -> Attributes {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}

/// The key of `item`.
pub(super) fn key_of(item: &Attributes) -> Option<Key> {
    let (pk, sk) = (item::text(item, "pk")?, item::text(item, "sk")?);
    Some(Key {
        pk: pk.to_owned(),
        sk: sk.to_owned(),
    })
}
