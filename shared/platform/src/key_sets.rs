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
const BELIEVED: Duration = Duration::from_mins(10);

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

/// A set as this process has read it.
#[derive(Clone, Debug)]
pub struct ReadSet {
    /// The set.
    pub set: KeySet,
    /// When it was read from the table.
    pub read_at: Elapsed,
}

/// The key sets this process has read.
#[derive(Debug)]
pub struct KeySets {
    table: Table,
    /// What time it is, for how long a set is believed.
    ticks: fn() -> Elapsed,
    known: Mutex<HashMap<String, (Option<KeySet>, Elapsed)>>,
}

impl KeySets {
    /// The key sets in `table`.
    pub fn new(table: Table) -> Self {
        Self::ticking(table, Elapsed::now)
    }

    /// The same where `ticks` says what time it is.
    pub fn ticking(table: Table, ticks: fn() -> Elapsed) -> Self {
        Self {
            table,
            ticks,
            known: Mutex::new(HashMap::new()),
        }
    }

    /// Whether what was read at `read_at` may still be believed without being read again.
    pub fn believes(&self, read_at: Elapsed) -> bool {
        self.since(read_at) < BELIEVED
    }

    fn since(&self, read_at: Elapsed) -> Duration {
        (self.ticks)().saturating_duration_since(read_at)
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
    ) -> Result<Option<ReadSet>, PlatformError> {
        let known = self
            .known
            .lock()
            .ok()
            .and_then(|known| known.get(issuer).cloned());
        if let Some((set, read_at)) = known
            && (self.since(read_at) < FLOOR
                || self.believes(read_at) && set.as_ref().is_some_and(&satisfies))
        {
            return Ok(set.map(|set| ReadSet { set, read_at }));
        }
        let key = Key::key_set(issuer);
        let set = self
            .table
            .read([key.clone()])
            .await?
            .read::<KeySet>(&key)?
            .map(|record| record.body);
        let read_at = (self.ticks)();
        if let Ok(mut known) = self.known.lock() {
            known.insert(issuer.to_owned(), (set.clone(), read_at));
        }
        Ok(set.map(|set| ReadSet { set, read_at }))
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
