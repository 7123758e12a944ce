//! Keys of programs of others.

use domain::api_key::{ApiKey, ApiKeyId, Withdrawn};
use domain::chain::Digest;
use serde::{Deserialize, Serialize};

use crate::clock::real_now;
use crate::error::PlatformError;
use crate::secrets::{self, Credential, Holder, Secret};
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, Stored, Table, item, keys};

impl Holder for ApiKeyId {
    const KIND: &'static str = "api_key";
}

/// A key as it lies in the table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredApiKey {
    /// The key.
    pub key: ApiKey,
    /// SHA-256 of its secret.
    pub secret: Digest,
}

impl Stored for StoredApiKey {
    const TYPE: &'static str = "api_key";
    const SCHEMA: u32 = 1;
}

/// The item of a key.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn api_key_item(stored: &StoredApiKey, version: u64) -> Result<Attributes, PlatformError> {
    let id = &stored.key.id;
    let mut written = item::write(&Key::api_key(id), version, stored)?;
    insert_text(&mut written, "work", keys::api_keys(&stored.key.unit));
    insert_text(&mut written, "work_sort", id.to_string());
    Ok(written)
}

/// Why a key opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiKeyRefusal {
    /// Its secret was not accepted.
    #[error(transparent)]
    Secret(#[from] secrets::Refusal),
    /// The secret is right, and the key was withdrawn.
    #[error(transparent)]
    Withdrawn(#[from] Withdrawn),
}

/// The key that a program presents as `number.secret`, read and checked in one round trip.
///
/// # Errors
/// The outer error where the table does not answer; else why the key opens nothing.
pub async fn checked(
    table: &Table,
    presented: &str,
) -> Result<Result<ApiKey, ApiKeyRefusal>, PlatformError> {
    let refused = Err(secrets::Refusal::NotRecognised.into());
    let Some(credential) = Credential::<ApiKeyId>::parse(presented) else {
        return Ok(refused);
    };
    let key = Key::api_key(&credential.id);
    let counter = credential.attempts_key();
    let snapshot = table.read([key.clone(), counter.clone()]).await?;
    let found = snapshot.read::<StoredApiKey>(&key)?;
    let found = found.map(|record| record.body);
    let kept = found.as_ref().map(|stored| &stored.secret);
    if let Err(refusal) = credential
        .check(table, (&snapshot, &counter), kept, real_now())
        .await?
    {
        return Ok(Err(refusal.into()));
    }
    Ok(found.map_or(refused, |stored| {
        stored.key.may_be_used()?;
        Ok(stored.key)
    }))
}

/// A key newly given, with the secret that is shown once.
///
/// # Errors
/// [`PlatformError::Corrupt`] where the operating system gives no random numbers.
pub fn newly_given(key: ApiKey) -> Result<(StoredApiKey, Secret), PlatformError> {
    let secret = Secret::new()?;
    let stored = StoredApiKey {
        key,
        secret: secret.digest(),
    };
    Ok((stored, secret))
}
