//! The published keys of the identity providers, as the table holds them.
//!
//! `timers` fetches them on a schedule, so that no HTTP function ever waits for an issuer and an
//! issuer's outage stops nobody. A function reads a set once, and again when a token names a key it
//! does not know or ten minutes have passed, but not more often than every thirty seconds.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant as Elapsed};

use domain::instant::Instant;
use serde::{Deserialize, Serialize};

use crate::error::PlatformError;
use crate::table::{CommitError, Guard, Key, Part, Stored, Table, Transaction, item};

/// The shortest time between two reads of one set.
const FLOOR: Duration = Duration::from_secs(30);
/// The longest time for which a set is believed without being read again, so that a key an issuer has
/// withdrawn is soon believed nowhere.
pub const BELIEVED: Duration = Duration::from_mins(10);

/// An issuer's JSON Web Key Set (RFC 7517) as it was last fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySet {
    /// The issuer.
    pub issuer: String,
    /// When it was fetched.
    pub fetched_at: Instant,
    /// The set, as JSON.
    pub jwks: String,
}

impl Stored for KeySet {
    const TYPE: &'static str = "key_set";
    const SCHEMA: u32 = 1;
}

/// The key sets this process has read.
#[derive(Debug)]
pub struct KeySets {
    table: Table,
    known: Mutex<HashMap<String, (Option<KeySet>, Elapsed)>>,
}

impl KeySets {
    /// The key sets in `table`.
    pub fn new(table: Table) -> Self {
        Self {
            table,
            known: Mutex::new(HashMap::new()),
        }
    }

    /// The set of `issuer`, read again when `satisfies` does not hold of the one known and the floor
    /// has passed; none where the issuer's keys have never been fetched.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn get(
        &self,
        issuer: &str,
        satisfies: impl Fn(&KeySet) -> bool,
    ) -> Result<Option<KeySet>, PlatformError> {
        let known = self
            .known
            .lock()
            .ok()
            .and_then(|known| known.get(issuer).cloned());
        if let Some((set, since)) = known
            && (since.elapsed() < FLOOR
                || since.elapsed() < BELIEVED && set.as_ref().is_some_and(&satisfies))
        {
            return Ok(set);
        }
        let key = Key::key_set(issuer);
        let set = self
            .table
            .read([key.clone()])
            .await?
            .read::<KeySet>(&key)?
            .map(|record| record.body);
        if let Ok(mut known) = self.known.lock() {
            known.insert(issuer.to_owned(), (set.clone(), Elapsed::now()));
        }
        Ok(set)
    }

    /// Stores a set that was just fetched.
    ///
    /// # Errors
    /// [`CommitError`] where the table does not take it.
    pub async fn store(&self, set: &KeySet) -> Result<(), CommitError> {
        let stored = item::write(&Key::key_set(&set.issuer), 1, set)?;
        self.table
            .commit(Transaction::new().put(&self.table, Part::State, stored, Guard::None))
            .await
    }
}
