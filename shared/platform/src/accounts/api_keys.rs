//! Keys of programs of others.

use domain::api_key::ApiKeyId;

use super::{Accounts, Answering, Asked};
use crate::api_keys::{StoredApiKey, api_key_item};
use crate::authority::Principal;
use crate::error::PlatformError;
use crate::table::{CommitError, Guard, Key, Part, Record, Transaction};

/// A key as one read found it.
#[derive(Clone, Debug)]
pub struct ApiKeyFile {
    /// What the request is judged by.
    pub asked: Asked,
    /// The key, if there is one.
    pub key: Option<Record<StoredApiKey>>,
}

impl Accounts {
    /// Reads the key `id` and what a request is judged by, in one round trip.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn api_key(
        &self,
        id: &ApiKeyId,
        principal: &Principal,
    ) -> Result<ApiKeyFile, PlatformError> {
        let key = Key::api_key(id);
        let judging = Self::judging(Some(principal), None).into_iter();
        let snapshot = self.table.read(judging.chain([key.clone()])).await?;
        Ok(ApiKeyFile {
            asked: self.asked(&snapshot, Some(principal), None).await?,
            key: snapshot.read(&key)?,
        })
    }

    /// Writes a key in one transaction. `before` is the version of the item that was read, if
    /// there was one.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the key was changed in between.
    pub async fn commit_api_key(
        &self,
        before: Option<u64>,
        after: &StoredApiKey,
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let (version, guard) = Guard::following(before);
        let stored = api_key_item(after, version)?;
        let transaction = Transaction::new().put(&self.table, Part::State, stored, guard);
        self.table
            .commit(self.answered(transaction, answering)?)
            .await
    }
}
