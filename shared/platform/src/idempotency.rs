//! Idempotency records: a repeated request gets the stored answer for 24 hours.
//!
//! The record is written in the transaction of the command, so that there is an answer if and only
//! if the command was carried out.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::chain::Digest;
use domain::instant::Instant;
use serde::{Deserialize, Serialize};

use crate::error::PlatformError;
use crate::table::{
    Attributes, Guard, Key, Part, Record, Snapshot, Stored, Table, Transaction, item,
};

/// Seconds for which an answer is kept.
const KEPT: i64 = 24 * 60 * 60;

/// Which request this is: the same key, by the same caller, with the same content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestIdentity {
    /// Digest of caller and key.
    pub key: Digest,
    /// Digest of method, path and body.
    pub fingerprint: Digest,
}

/// An answer as it was given. It holds nothing personal: commands answer with states, not forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `ETag` header, where one was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Location` header, where one was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The JSON body.
    pub body: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredAnswer {
    fingerprint: Digest,
    expires_at: Instant,
    answer: Answer,
}

impl Stored for StoredAnswer {
    const TYPE: &'static str = "answer";
    const SCHEMA: u32 = 1;
}

/// What is known of a request that may have been made before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing: it is new.
    None,
    /// It was carried out and answered like this.
    Answered(Answer),
    /// The key was used for a request with another content.
    OtherContent,
}

impl RequestIdentity {
    /// The key of the record.
    pub fn record_key(&self) -> Key {
        Key::idempotency(&self.key)
    }

    /// What `snapshot` knows of this request at `now`, which is real time.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where the record cannot be read.
    pub fn earlier(&self, snapshot: &Snapshot, now: Instant) -> Result<Earlier, PlatformError> {
        Ok(self.judge(snapshot.read::<StoredAnswer>(&self.record_key())?, now))
    }

    /// What the record found in place of a new one says of this request.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where the record cannot be read.
    pub fn earlier_in(&self, found: &Attributes, now: Instant) -> Result<Earlier, PlatformError> {
        Ok(self.judge(Some(item::read(found)?), now))
    }

    fn judge(&self, stored: Option<Record<StoredAnswer>>, now: Instant) -> Earlier {
        match stored.map(|record| record.body) {
            // Time-to-live deletes late: an expired record counts as gone.
            Some(stored) if stored.expires_at.unix_seconds() < now.unix_seconds() => Earlier::None,
            Some(stored) if stored.fingerprint == self.fingerprint => {
                Earlier::Answered(stored.answer)
            }
            Some(_) => Earlier::OtherContent,
            None => Earlier::None,
        }
    }

    /// Adds the record with `answer` to `transaction`; `now` is real time.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where the answer cannot be stored.
    pub fn remember(
        &self,
        transaction: Transaction,
        table: &Table,
        answer: &Answer,
        now: Instant,
    ) -> Result<Transaction, PlatformError> {
        let expires_at = now.plus_seconds(KEPT);
        let stored = StoredAnswer {
            fingerprint: self.fingerprint,
            expires_at,
            answer: answer.clone(),
        };
        let mut record = item::write(&self.record_key(), 1, &stored)?;
        let seconds = AttributeValue::N(expires_at.unix_seconds().to_string());
        record.insert("expires_at".to_owned(), seconds);
        Ok(transaction.put(
            table,
            Part::Idempotency,
            record,
            Guard::AbsentOrExpired(now),
        ))
    }
}
