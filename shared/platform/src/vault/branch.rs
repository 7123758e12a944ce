//! Branch keys: one per stage and quarter, wrapped by KMS, kept in memory for ten minutes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Elapsed};

use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::{ApplicationNo, PersonId};
use domain::instant::Instant;
use ring::{hkdf, hmac};
use serde::{Deserialize, Serialize};

use super::data_key::{DataKey, Place, WrappedKey};
use super::random_bytes;
use crate::aws::Aws;
use crate::config::{Config, Stage};
use crate::error::PlatformError;
use crate::table::{CommitError, Guard, Key, Part, Stored, Table, Transaction, item};

/// How long a branch key is kept in memory.
const KEPT: Duration = Duration::from_mins(10);

/// A branch key in the clear.
#[derive(Debug)]
pub struct BranchKey {
    quarter: String,
    wrapping: DataKey,
    derivation: hkdf::Prk,
}

/// A branch key as it lies in the table.
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
    fn new(quarter: &str, bytes: &[u8]) -> Result<Self, PlatformError> {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"");
        Ok(Self {
            quarter: quarter.to_owned(),
            wrapping: DataKey::from_bytes(bytes)?,
            derivation: salt.extract(bytes),
        })
    }

    /// The quarter it belongs to, like `2026Q4`.
    pub fn quarter(&self) -> &str {
        &self.quarter
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
    kept: Mutex<HashMap<String, (Arc<BranchKey>, Elapsed)>>,
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
            kept: Mutex::new(HashMap::new()),
        })
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
        let branch = self.branch(&quarter_of(now), true).await?;
        let bytes: [u8; 32] = random_bytes()?;
        let key = Key::data_key(number);
        let wrapped = branch.wrapping.seal(place_of_key(&key), &bytes)?;
        let wrapped = WrappedKey {
            branch: branch.quarter.clone(),
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
        let branch = self.branch(&wrapped.branch, false).await?;
        let key = Key::data_key(number);
        DataKey::from_bytes(&branch.wrapping.open(place_of_key(&key), &wrapped.key)?)
    }

    /// The branch key in force at `now`.
    ///
    /// # Errors
    /// [`PlatformError`] where it cannot be had.
    pub async fn current_branch(&self, now: Instant) -> Result<Arc<BranchKey>, PlatformError> {
        self.branch(&quarter_of(now), true).await
    }

    /// The branch key of `quarter`, made where there is none yet if `may_make`.
    ///
    /// # Errors
    /// [`PlatformError`] where it cannot be had.
    pub async fn branch(
        &self,
        quarter: &str,
        may_make: bool,
    ) -> Result<Arc<BranchKey>, PlatformError> {
        if let Some(branch) = self.recall(quarter) {
            return Ok(branch);
        }
        let key = Key::branch_key(self.stage.as_str(), quarter);
        let stored = self
            .table
            .read([key.clone()])
            .await?
            .read::<StoredBranch>(&key)?;
        let bytes = match stored {
            Some(record) => self.unwrap_branch(quarter, &record.body.wrapped).await?,
            None if may_make => self.make_branch(quarter, &key).await?,
            None => {
                return Err(PlatformError::Corrupt(format!(
                    "there is no branch key {quarter}"
                )));
            }
        };
        let branch = Arc::new(BranchKey::new(quarter, &bytes)?);
        if let Ok(mut kept) = self.kept.lock() {
            kept.insert(quarter.to_owned(), (Arc::clone(&branch), Elapsed::now()));
        }
        Ok(branch)
    }

    fn recall(&self, quarter: &str) -> Option<Arc<BranchKey>> {
        let kept = self.kept.lock().ok()?;
        let (branch, since) = kept.get(quarter)?;
        (since.elapsed() < KEPT).then(|| Arc::clone(branch))
    }

    async fn make_branch(&self, quarter: &str, key: &Key) -> Result<Vec<u8>, PlatformError> {
        let made = self
            .aws
            .kms()
            .generate_data_key()
            .key_id(&self.key_id)
            .key_spec(DataKeySpec::Aes256)
            .encryption_context("stage", self.stage.as_str())
            .encryption_context("branch", quarter)
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("KMS", error))?;
        let (Some(plain), Some(wrapped)) = (made.plaintext, made.ciphertext_blob) else {
            return Err(PlatformError::corrupt("KMS answered without a key"));
        };
        let stored = StoredBranch {
            wrapped: STANDARD.encode(wrapped.into_inner()),
        };
        let put = Transaction::new().put(
            &self.table,
            Part::DataKey,
            item::write(key, 1, &stored)?,
            Guard::Absent,
        );
        match self.table.commit(put).await {
            Ok(()) => Ok(plain.into_inner()),
            // Another environment was first: its key is the one.
            Err(CommitError::Guards(_)) => {
                let winner = self
                    .table
                    .read([key.clone()])
                    .await?
                    .read::<StoredBranch>(key)?;
                let winner =
                    winner.ok_or_else(|| PlatformError::corrupt("a branch key vanished"))?;
                self.unwrap_branch(quarter, &winner.body.wrapped).await
            }
            Err(CommitError::Conflict) => Err(PlatformError::Unavailable {
                service: "DynamoDB",
                detail: "the branch key is being made".to_owned(),
            }),
            Err(CommitError::Platform(error)) => Err(error),
        }
    }

    async fn unwrap_branch(&self, quarter: &str, wrapped: &str) -> Result<Vec<u8>, PlatformError> {
        let wrapped = STANDARD.decode(wrapped).map_err(PlatformError::corrupt)?;
        let opened = self
            .aws
            .kms()
            .decrypt()
            .key_id(&self.key_id)
            .ciphertext_blob(Blob::new(wrapped))
            .encryption_context("stage", self.stage.as_str())
            .encryption_context("branch", quarter)
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("KMS", error))?;
        let plain = opened
            .plaintext
            .ok_or_else(|| PlatformError::corrupt("KMS answered without a key"))?;
        Ok(plain.into_inner())
    }
}

fn place_of_key(key: &Key) -> Place<'_> {
    Place {
        key,
        field: "key",
        schema: 1,
    }
}

/// The quarter of `now`, like `2026Q4`.
fn quarter_of(now: Instant) -> String {
    let date = now.date();
    format!("{:04}Q{}", date.year(), (date.month() + 2) / 3)
}
