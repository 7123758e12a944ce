//! The deadlines: every open case lies in the index `by_deadline` under the moment of its next look.
//!
//! `timers` walks the index, a shard at a time, from its cursor to now, and puts what is due on the queue
//! of the looks. The index follows the table with a delay, so that a walk also looks back; what it
//! finds there again is a case whose look has not come yet, or one that came late into the index.

use std::sync::Arc;

use domain::ids::ApplicationNo;
use domain::instant::Instant;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::aws::Aws;
use crate::config::Config;
use crate::error::PlatformError;
use crate::queues::send_texts;
use crate::table::keys::DEADLINE_SHARDS;
use crate::table::{
    Attributes, CommitError, Guard, Key, PageRequest, Part, Record, Stored, Table, Transaction,
    item, keys,
};

/// Word that a case is to be looked at. Whoever looks reads the table: word that comes late, twice or
/// for nothing does no harm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// The case.
    pub application: ApplicationNo,
    /// Since when.
    pub at: Instant,
}

impl Due {
    fn read(found: &Attributes) -> Result<Self, PlatformError> {
        let corrupt = || PlatformError::corrupt("a deadline cannot be read");
        let place = item::text(found, "deadline_sort").ok_or_else(corrupt)?;
        let (at, number) = place.split_once('#').ok_or_else(corrupt)?;
        Ok(Self {
            application: number.to_owned().try_into().map_err(|_| corrupt())?,
            at: at.to_owned().try_into().map_err(|_| corrupt())?,
        })
    }
}

/// Up to where a shard has been walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walked {
    /// What is due before this moment has been sent.
    pub until: Instant,
    /// The last case sent of those due at this moment; all of them where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<ApplicationNo>,
}

impl Walked {
    /// Everything due until `now`.
    pub const fn all_until(now: Instant) -> Self {
        Self {
            until: now,
            last: None,
        }
    }

    /// Everything up to `due`.
    pub fn through(due: &Due) -> Self {
        Self {
            until: due.at,
            last: Some(due.application.clone()),
        }
    }

    /// Whether the walk came past `due`.
    pub fn passed(&self, due: &Due) -> bool {
        match &self.last {
            None => due.at <= self.until,
            Some(last) => (due.at, &due.application) <= (self.until, last),
        }
    }
}

impl Stored for Walked {
    const TYPE: &'static str = "deadline_cursor";
    const SCHEMA: u32 = 1;
}

/// Where the walk of every shard stands, as one read found it.
#[derive(Clone, Debug)]
pub struct Cursors {
    /// Business time at the read.
    pub now: Instant,
    /// By shard; none where it was never walked.
    pub shards: Vec<(u8, Option<Record<Walked>>)>,
}

/// Some deadlines of a shard.
#[derive(Clone, Debug, Default)]
pub struct SomeDue {
    /// In their order.
    pub due: Vec<Due>,
    /// How many could not be read.
    pub unreadable: usize,
    /// Where to go on, if there are more.
    pub next: Option<Attributes>,
}

/// The deadlines of the stage.
#[derive(Clone, Debug)]
pub struct Deadlines {
    table: Table,
    aws: Arc<Aws>,
    queue: String,
}

impl Deadlines {
    /// The deadlines in `table`, and the queue that `config` names.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without `DEADLINES_QUEUE_URL`.
    pub fn new(aws: Arc<Aws>, table: Table, config: &Config) -> Result<Self, PlatformError> {
        let queue = Config::require(config.deadlines_queue_url.as_ref(), "DEADLINES_QUEUE_URL")?;
        Ok(Self {
            table,
            aws,
            queue: queue.to_owned(),
        })
    }

    /// Where the walk of every shard stands.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn cursors(&self) -> Result<Cursors, PlatformError> {
        let keys = (0..DEADLINE_SHARDS).map(|shard| (shard, Key::walked(shard)));
        let snapshot = self.table.read(keys.clone().map(|(_, key)| key)).await?;
        let shards = keys.map(|(shard, key)| Ok((shard, snapshot.read(&key)?)));
        Ok(Cursors {
            now: self.table.clock().now(&snapshot),
            shards: shards.collect::<Result<_, PlatformError>>()?,
        })
    }

    /// The deadlines of `shard` on `date` from `first` through `last`, from `start` on.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn page(
        &self,
        (date, shard): (Date, u8),
        (first, last): (Instant, Instant),
        start: Option<Attributes>,
    ) -> Result<SomeDue, PlatformError> {
        let page = self
            .table
            .query(PageRequest {
                index: Some("by_deadline"),
                partition_name: "deadline",
                partition: keys::deadline_shard(date, shard),
                sort_name: "deadline_sort",
                // A tilde sorts behind whatever can follow the last moment.
                between: Some((first.to_string(), format!("{last}~"))),
                limit: 100,
                start,
                ..PageRequest::default()
            })
            .await?;
        let mut found = SomeDue {
            next: page.next,
            ..SomeDue::default()
        };
        for lying in &page.items {
            match Due::read(lying) {
                Ok(due) => found.due.push(due),
                Err(error) => {
                    let (pk, sort) = (item::text(lying, "pk"), item::text(lying, "deadline_sort"));
                    tracing::error!(%error, pk, sort, "a deadline is unreadable");
                    found.unreadable += 1;
                }
            }
        }
        Ok(found)
    }

    /// Puts `due` on the queue of the looks, and answers how many did not arrive.
    pub async fn send(&self, due: &[Due]) -> usize {
        let texts = due.iter().map(serde_json::to_string);
        let texts: Vec<String> = texts.filter_map(Result::ok).collect();
        let unwritten = due.len() - texts.len();
        unwritten + send_texts(&self.aws, &self.queue, texts).await
    }

    /// Remembers that `shard` was walked as far as `walked`, in place of `before`.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where another walk has moved it in between.
    pub async fn remember(
        &self,
        shard: u8,
        before: Option<&Record<Walked>>,
        walked: &Walked,
    ) -> Result<(), CommitError> {
        let version = before.map_or(0, |record| record.version);
        let guard = before.map_or(Guard::Absent, |record| Guard::Version(record.version));
        let stored = item::write(&Key::walked(shard), version + 1, walked)?;
        let put = Transaction::new().put(&self.table, Part::Cursor, stored, guard);
        self.table.commit(put).await
    }
}
