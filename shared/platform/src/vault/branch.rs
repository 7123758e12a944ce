//! Branch keys: one per stage and quarter, wrapped by KMS, kept in memory for ten minutes.
//!
//! A quarter's key can be replaced before its time: its next revision wraps what is new from then on,
//! and the earlier ones go on opening what they wrapped.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::{ApplicationNo, PersonId};
use domain::instant::Instant;
use domain::search::SearchTerm;
use ring::{hkdf, hmac};
use serde::{Deserialize, Serialize};

use super::branch_name::BranchName;
use super::data_key::{DataKey, Place, WrappedKey};
use super::kept::Kept;
use super::random_bytes;
use super::search::{SearchHash, SearchKey};
use crate::aws::Aws;
use crate::config::{Config, Stage};
use crate::error::PlatformError;
use crate::table::{
    CommitError, Guard, Key, PageRequest, Part, Stored, Table, Transaction, item, keys,
};

/// How long a branch key is kept in memory.
const KEPT: Duration = Duration::from_mins(10);

/// In the place of a branch key's name: what the wrapped search key is bound to.
const SEARCH: &str = "search";

/// A branch key in the clear.
#[derive(Debug)]
pub struct BranchKey {
    name: BranchName,
    wrapping: DataKey,
    derivation: hkdf::Prk,
}

/// A branch key, or the search key, as it lies in the table.
#[derive(Serialize, Deserialize)]
struct StoredBranch {
    /// Base64 of the KMS ciphertext.
    wrapped: String,
}

impl Stored for StoredBranch {
    const TYPE: &'static str = "branch_key";
    const SCHEMA: u32 = 1;
}

impl BranchKey {
    fn new(name: BranchName, bytes: &[u8]) -> Result<Self, PlatformError> {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"");
        Ok(Self {
            name,
            wrapping: DataKey::from_bytes(bytes)?,
            derivation: salt.extract(bytes),
        })
    }

    /// Its quarter and revision.
    pub fn name(&self) -> &BranchName {
        &self.name
    }

    /// A key for message authentication, derived for one `purpose` (HKDF-SHA-256, RFC 5869).
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] never in practice: the length asked for is that of the digest.
    pub fn mac_key(&self, purpose: &'static str) -> Result<hmac::Key, PlatformError> {
        let info = [purpose.as_bytes()];
        let expanded = self
            .derivation
            .expand(&info, hmac::HMAC_SHA256)
            .map_err(|_| PlatformError::corrupt("a key could not be derived"))?;
        Ok(hmac::Key::from(expanded))
    }
}

/// Makes, wraps and opens the keys that protect personal data.
#[derive(Debug)]
pub struct Vault {
    aws: Arc<Aws>,
    table: Table,
    stage: Stage,
    key_id: String,
    kept_for: Duration,
    /// By name.
    branches: Kept<BranchName, BranchKey>,
    /// The newest of each quarter, by its first.
    newest: Kept<BranchName, BranchKey>,
    search: Kept<(), SearchKey>,
}

impl Vault {
    /// The vault of the stage.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without `KEY_ID`.
    pub fn new(aws: Arc<Aws>, table: Table, config: &Config) -> Result<Self, PlatformError> {
        Ok(Self {
            aws,
            table,
            stage: config.stage,
            key_id: Config::require(config.key_id.as_ref(), "KEY_ID")?.to_owned(),
            kept_for: KEPT,
            branches: Kept::default(),
            newest: Kept::default(),
            search: Kept::default(),
        })
    }

    /// The vault, keeping keys in memory for `kept_for` in place of ten minutes.
    #[must_use]
    pub fn keeping_keys_for(mut self, kept_for: Duration) -> Self {
        self.kept_for = kept_for;
        self
    }

    /// A new data key for the case `number`, protecting data of `subject`.
    ///
    /// # Errors
    /// [`PlatformError`] where the branch key cannot be had.
    pub async fn new_data_key(
        &self,
        number: &ApplicationNo,
        subject: &PersonId,
        now: Instant,
    ) -> Result<(DataKey, WrappedKey), PlatformError> {
        let branch = self.current_branch(now).await?;
        let bytes: [u8; 32] = random_bytes()?;
        let key = Key::data_key(number);
        let wrapped = branch.wrapping.seal(place_of_key(&key), &bytes)?;
        let wrapped = WrappedKey {
            branch: branch.name.clone(),
            key: wrapped,
            subject: subject.clone(),
        };
        Ok((DataKey::from_bytes(&bytes)?, wrapped))
    }

    /// The data key of the case `number` in the clear.
    ///
    /// # Errors
    /// [`PlatformError`] where the branch key cannot be had or the key does not open.
    pub async fn open_data_key(
        &self,
        number: &ApplicationNo,
        wrapped: &WrappedKey,
    ) -> Result<DataKey, PlatformError> {
        let branch = self.branch(&wrapped.branch).await?;
        let key = Key::data_key(number);
        DataKey::from_bytes(&branch.wrapping.open(place_of_key(&key), &wrapped.key)?)
    }

    /// The branch key in force at `now`: the newest revision of its quarter's, which is made where the
    /// quarter has none yet.
    ///
    /// # Errors
    /// [`PlatformError`] where it cannot be had.
    pub async fn current_branch(&self, now: Instant) -> Result<Arc<BranchKey>, PlatformError> {
        let first = BranchName::first_of(now);
        if let Some(branch) = self.newest.recall(&first, self.kept_for) {
            return Ok(branch);
        }
        let branch = if let Some((name, stored)) = self.newest_revision(&first).await? {
            match self.branches.recall(&name, self.kept_for) {
                Some(branch) => branch,
                None => self.opened(name, &stored).await?,
            }
        } else {
            let key = self.item_of(&first);
            let bytes = self.make(first.as_str(), &key).await?;
            self.kept(first.clone(), &bytes)?
        };
        self.newest.keep(first, &branch);
        Ok(branch)
    }

    /// The branch key `name`.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where there is none, another where it cannot be had.
    pub async fn branch(&self, name: &BranchName) -> Result<Arc<BranchKey>, PlatformError> {
        if let Some(branch) = self.branches.recall(name, self.kept_for) {
            return Ok(branch);
        }
        let key = self.item_of(name);
        let stored = self.stored(&key).await?;
        let stored = stored
            .ok_or_else(|| PlatformError::Corrupt(format!("there is no branch key {name}")))?;
        self.opened(name.clone(), &stored).await
    }

    /// Makes the next revision of the branch key in force at `now`, or the first where its quarter has
    /// none, and returns its name. What is new is wrapped by it once those who keep the earlier one in
    /// memory have forgotten it, ten minutes at the most.
    ///
    /// # Errors
    /// [`PlatformError`] where it cannot be made or stored.
    pub async fn rotate_branch(&self, now: Instant) -> Result<BranchName, PlatformError> {
        let first = BranchName::first_of(now);
        let next = match self.newest_revision(&first).await? {
            Some((newest, _)) => newest
                .next()
                .ok_or_else(|| PlatformError::corrupt("a branch key has no revision left"))?,
            None => first,
        };
        // Who rotates never sees the key.
        let made = self
            .aws
            .kms()
            .generate_data_key_without_plaintext()
            .key_id(&self.key_id)
            .key_spec(DataKeySpec::Aes256)
            .encryption_context("stage", self.stage.as_str())
            .encryption_context("branch", next.as_str())
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("KMS", error))?;
        let wrapped = made
            .ciphertext_blob
            .ok_or_else(|| PlatformError::corrupt("KMS answered without a key"))?;
        match self.store(&self.item_of(&next), wrapped).await {
            // Where another was first, the revision is as new as the one wanted.
            Ok(()) | Err(CommitError::Guards(_)) => Ok(next),
            Err(error) => Err(being_made(error)),
        }
    }

    /// What `term` is found by: its hash under the stage's search key, which is made where there is
    /// none yet.
    ///
    /// # Errors
    /// [`PlatformError`] where the search key cannot be had.
    pub async fn search_hash(&self, term: &SearchTerm) -> Result<SearchHash, PlatformError> {
        Ok(self.search_key().await?.hash(term))
    }

    /// As [`Vault::search_hash`], without making a search key: none where there is none yet, so that
    /// nothing can be found by it.
    ///
    /// # Errors
    /// [`PlatformError`] where the search key cannot be had.
    pub async fn known_search_hash(
        &self,
        term: &SearchTerm,
    ) -> Result<Option<SearchHash>, PlatformError> {
        if let Some(key) = self.search.recall(&(), self.kept_for) {
            return Ok(Some(key.hash(term)));
        }
        let made = self.stored(&Key::search_key(self.stage.as_str())).await?;
        match made {
            Some(_) => Ok(Some(self.search_hash(term).await?)),
            None => Ok(None),
        }
    }

    async fn search_key(&self) -> Result<Arc<SearchKey>, PlatformError> {
        if let Some(key) = self.search.recall(&(), self.kept_for) {
            return Ok(key);
        }
        let key = Key::search_key(self.stage.as_str());
        let bytes = match self.stored(&key).await? {
            Some(stored) => self.unwrap(SEARCH, &stored.wrapped).await?,
            None => self.make(SEARCH, &key).await?,
        };
        let opened = Arc::new(SearchKey::new(&bytes));
        self.search.keep((), &opened);
        Ok(opened)
    }

    fn item_of(&self, name: &BranchName) -> Key {
        Key::branch_key(self.stage.as_str(), name.as_str())
    }

    async fn stored(&self, key: &Key) -> Result<Option<StoredBranch>, PlatformError> {
        let found = self.table.read([key.clone()]).await?;
        Ok(found.read::<StoredBranch>(key)?.map(|record| record.body))
    }

    /// The newest revision of the branch key whose first is `first`.
    async fn newest_revision(
        &self,
        first: &BranchName,
    ) -> Result<Option<(BranchName, StoredBranch)>, PlatformError> {
        let page = self
            .table
            .query(PageRequest {
                partition_name: "pk",
                partition: keys::branch_keys(self.stage.as_str()),
                sort_name: "sk",
                begins_with: Some(first.to_string()),
                descending: true,
                limit: 1,
                consistent: true,
                ..PageRequest::default()
            })
            .await?;
        let Some(newest) = page.items.first() else {
            return Ok(None);
        };
        let name = item::text(newest, "sk").and_then(BranchName::parse);
        let name = name.ok_or_else(|| PlatformError::corrupt("a branch key has no name"))?;
        Ok(Some((name, item::read::<StoredBranch>(newest)?.body)))
    }

    async fn opened(
        &self,
        name: BranchName,
        stored: &StoredBranch,
    ) -> Result<Arc<BranchKey>, PlatformError> {
        let bytes = self.unwrap(name.as_str(), &stored.wrapped).await?;
        self.kept(name, &bytes)
    }

    fn kept(&self, name: BranchName, bytes: &[u8]) -> Result<Arc<BranchKey>, PlatformError> {
        let branch = Arc::new(BranchKey::new(name.clone(), bytes)?);
        self.branches.keep(name, &branch);
        Ok(branch)
    }

    /// A new key, stored at `key` and bound to `name`, or the one that another environment has stored
    /// there first.
    async fn make(&self, name: &str, key: &Key) -> Result<Vec<u8>, PlatformError> {
        let made = self
            .aws
            .kms()
            .generate_data_key()
            .key_id(&self.key_id)
            .key_spec(DataKeySpec::Aes256)
            .encryption_context("stage", self.stage.as_str())
            .encryption_context("branch", name)
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("KMS", error))?;
        let (Some(plain), Some(wrapped)) = (made.plaintext, made.ciphertext_blob) else {
            return Err(PlatformError::corrupt("KMS answered without a key"));
        };
        match self.store(key, wrapped).await {
            Ok(()) => Ok(plain.into_inner()),
            Err(CommitError::Guards(_)) => {
                let winner = self.stored(key).await?;
                let winner = winner.ok_or_else(|| PlatformError::corrupt("a key vanished"))?;
                self.unwrap(name, &winner.wrapped).await
            }
            Err(error) => Err(being_made(error)),
        }
    }

    async fn store(&self, key: &Key, wrapped: Blob) -> Result<(), CommitError> {
        let stored = StoredBranch {
            wrapped: STANDARD.encode(wrapped.into_inner()),
        };
        let stored = item::write(key, 1, &stored)?;
        let put = Transaction::new().put(&self.table, Part::DataKey, stored, Guard::Absent);
        self.table.commit(put).await
    }

    async fn unwrap(&self, name: &str, wrapped: &str) -> Result<Vec<u8>, PlatformError> {
        let wrapped = STANDARD.decode(wrapped).map_err(PlatformError::corrupt)?;
        let opened = self
            .aws
            .kms()
            .decrypt()
            .key_id(&self.key_id)
            .ciphertext_blob(Blob::new(wrapped))
            .encryption_context("stage", self.stage.as_str())
            .encryption_context("branch", name)
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("KMS", error))?;
        let plain = opened
            .plaintext
            .ok_or_else(|| PlatformError::corrupt("KMS answered without a key"))?;
        Ok(plain.into_inner())
    }
}

/// Why a key that several make at once is not there yet.
fn being_made(error: CommitError) -> PlatformError {
    match error {
        CommitError::Platform(error) => error,
        CommitError::Conflict | CommitError::Guards(_) => PlatformError::Unavailable {
            service: "DynamoDB",
            detail: "the key is being made".to_owned(),
        },
    }
}

fn place_of_key(key: &Key) -> Place<'_> {
    Place {
        key,
        field: "key",
        schema: 1,
    }
}
