//! Counters of reports and work, which workers add to as events come, so that nobody walks the cases.
//!
//! An event is counted in one transaction: its place in the chain goes into the set of those counted,
//! which lies with the case, and the transaction holds only while it is not there. The set grows with the
//! events of one case, some tens of numbers, and is never too young to know an event that was on a
//! dead-letter queue for weeks.
//!
//! No counter is sharded. The busiest key is that of a unit and post, which takes one transaction for
//! each event of the unit, two write units: 1,000 of them a second would be 500 events a second in one
//! unit, where a large city files some thousands of cases in a day. What many transactions on one key
//! would rather run into is each other; they are tried again with jitter, and the mapping of the queue
//! lets few of them run at once. Nothing is counted above the unit for the same reason: who wants to
//! see a city adds up its units.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::figures::{Changes, Count, Counter, Month, Tally};
use domain::ids::{ApplicationNo, OfficerId};
use domain::item::ItemCode;
use domain::officer::Post;
use domain::unit::UnitId;
use futures_util::future::try_join_all;

use crate::error::PlatformError;
use crate::table::{
    Attributes, Change, CommitError, Key, PageRequest, Part, Snapshot, Stored, Table, Transaction,
    item, keys,
};

const EVENTS: &str = "events";
const CLAIMED: &str = "claimed";
const UNCLAIMED: &str = "unclaimed";

/// The figures of an item at a unit in a month: an attribute for each count.
struct StoredTally;

impl Stored for StoredTally {
    const TYPE: &'static str = "figures";
    const SCHEMA: u32 = 1;
}

/// What waits for a post, or is in an officer's hands.
struct StoredLoad;

impl Stored for StoredLoad {
    const TYPE: &'static str = "load";
    const SCHEMA: u32 = 1;
}

/// Which events of a case were counted.
struct StoredCounted;

impl Stored for StoredCounted {
    const TYPE: &'static str = "counted";
    const SCHEMA: u32 = 1;
}

/// How many cases wait for a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// In somebody's hands.
    pub claimed: u64,
    /// In nobody's.
    pub unclaimed: u64,
}

/// What waits in a unit, and in whose hands it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// By post; those for which something ever waited.
    pub posts: BTreeMap<Post, Waiting>,
    /// By officer and the post that acts next; those who have something in hand.
    pub officers: BTreeMap<OfficerId, BTreeMap<Post, u64>>,
}

/// The counters in the table.
#[derive(Clone, Debug)]
pub struct Figures {
    table: Table,
}

impl Figures {
    /// The counters in `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// Whether the event `seq` of the case `number` was counted, as `snapshot` says, which was read with
    /// [`Key::counted`].
    pub fn has_counted(snapshot: &Snapshot, number: &ApplicationNo, seq: u64) -> bool {
        let counted = snapshot.item(&Key::counted(number));
        let set = counted.and_then(|item| item.get(EVENTS)?.as_ns().ok());
        set.is_some_and(|set| set.contains(&seq.to_string()))
    }

    /// Adds `changes` for the event `seq` of the case `number`, if it was not counted. Answers whether it
    /// was counted now.
    ///
    /// # Errors
    /// [`CommitError`] where the table does not take it.
    pub async fn count(
        &self,
        number: &ApplicationNo,
        seq: u64,
        changes: &Changes,
    ) -> Result<bool, CommitError> {
        let mut tallies: BTreeMap<Key, BTreeMap<String, i64>> = BTreeMap::new();
        let mut loads: BTreeMap<Key, BTreeMap<String, i64>> = BTreeMap::new();
        for (counter, number) in changes {
            let (kind, key, name) = match counter {
                Counter::Cases {
                    unit,
                    month,
                    item,
                    count,
                } => (&mut tallies, Key::figures(unit, *month, item), count.name()),
                Counter::Waiting {
                    unit,
                    post,
                    claimed,
                } => {
                    let name = if *claimed { CLAIMED } else { UNCLAIMED };
                    (&mut loads, Key::waiting(unit, *post), name.to_owned())
                }
                Counter::InHand {
                    unit,
                    officer,
                    post,
                } => {
                    let name = keys::post_word(*post).to_owned();
                    (&mut loads, Key::in_hand(unit, officer), name)
                }
            };
            kind.entry(key).or_default().insert(name, *number);
        }
        let once = Change::once::<StoredCounted>(EVENTS, seq);
        let mut transaction =
            Transaction::new().update(&self.table, Part::Counted, &Key::counted(number), once);
        for (key, numbers) in &tallies {
            let adding = Change::adding::<StoredTally>(numbers);
            transaction = transaction.update(&self.table, Part::Counter, key, adding);
        }
        for (key, numbers) in &loads {
            let adding = Change::adding::<StoredLoad>(numbers);
            transaction = transaction.update(&self.table, Part::Counter, key, adding);
        }
        match self.table.commit(transaction).await {
            Ok(()) => Ok(true),
            Err(error) if error.failed(Part::Counted).is_some() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What was counted at `unit` in `months`, by item: one query for each month, all at once.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn of_unit(
        &self,
        unit: &UnitId,
        months: &[Month],
    ) -> Result<BTreeMap<ItemCode, Tally>, PlatformError> {
        let queries = months
            .iter()
            .map(|month| self.all(keys::figures(unit, *month), None));
        let mut tallies: BTreeMap<ItemCode, Tally> = BTreeMap::new();
        for found in try_join_all(queries).await?.iter().flatten() {
            let code = item::text(found, "sk").and_then(|code| code.parse().ok());
            if let Some(code) = code {
                tallies.entry(code).or_default().merge(&tally(found));
            }
        }
        Ok(tallies)
    }

    /// What was counted for `item` at `unit` in `months`, in one read.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn of_item(
        &self,
        unit: &UnitId,
        item: &ItemCode,
        months: &[Month],
    ) -> Result<Tally, PlatformError> {
        let keys: Vec<Key> = months
            .iter()
            .map(|month| Key::figures(unit, *month, item))
            .collect();
        let snapshot = self.table.read(keys.iter().cloned()).await?;
        let mut sum = Tally::default();
        for found in keys.iter().filter_map(|key| snapshot.item(key)) {
            sum.merge(&tally(found));
        }
        Ok(sum)
    }

    /// What waits in `unit` and in whose hands it is.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn load(&self, unit: &UnitId) -> Result<Load, PlatformError> {
        let mut load = Load::default();
        for found in self.all(keys::load(unit), None).await? {
            let Some(name) = item::text(&found, "sk") else {
                continue;
            };
            if let Some(officer) = name.strip_prefix(keys::LOAD_OF_OFFICERS) {
                let officer = OfficerId::try_from(officer.to_owned());
                let officer = officer.map_err(PlatformError::corrupt)?;
                let hands = in_hand(&found);
                if !hands.is_empty() {
                    load.officers.insert(officer, hands);
                }
            } else if let Some(post) = post_named(name.strip_prefix("POST#").unwrap_or_default()) {
                load.posts.insert(post, waiting(&found));
            }
        }
        Ok(load)
    }

    /// What waits in `unit` for `posts` and what `officer` has in hand of it, in one read.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn load_of(
        &self,
        unit: &UnitId,
        posts: &[Post],
        officer: &OfficerId,
    ) -> Result<Load, PlatformError> {
        let own = Key::in_hand(unit, officer);
        let waiting_for = posts.iter().map(|post| Key::waiting(unit, *post));
        let snapshot = self.table.read(waiting_for.chain([own.clone()])).await?;
        let posts = posts.iter().map(|post| {
            let found = snapshot.item(&Key::waiting(unit, *post));
            (*post, found.map(waiting).unwrap_or_default())
        });
        let hands = snapshot.item(&own).map(in_hand).unwrap_or_default();
        Ok(Load {
            posts: posts.collect(),
            officers: BTreeMap::from([(officer.clone(), hands)]),
        })
    }

    async fn all(
        &self,
        partition: String,
        begins_with: Option<String>,
    ) -> Result<Vec<Attributes>, PlatformError> {
        let mut found = Vec::new();
        let mut start = None;
        loop {
            let page = self
                .table
                .query(PageRequest {
                    partition_name: "pk",
                    partition: partition.clone(),
                    sort_name: "sk",
                    begins_with: begins_with.clone(),
                    limit: 100,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            found.extend(page.items);
            start = page.next;
            if start.is_none() {
                return Ok(found);
            }
        }
    }
}

/// The numeric attributes of `found` whose names `named` knows, none below 0: steps of a case that come
/// out of order take a case out of a place before they put it there.
fn numbers<'f, N>(
    found: &'f Attributes,
    named: impl Fn(&str) -> Option<N> + 'f,
) -> impl Iterator<Item = (N, u64)> + 'f {
    found.iter().filter_map(move |(name, value)| {
        let AttributeValue::N(number) = value else {
            return None;
        };
        let number: i64 = number.parse().ok()?;
        let number = u64::try_from(number).unwrap_or(0);
        Some((named(name)?, number))
    })
}

fn tally(found: &Attributes) -> Tally {
    let mut tally = Tally::default();
    for (count, number) in numbers(found, Count::named) {
        tally.add(count, number);
    }
    tally
}

fn waiting(found: &Attributes) -> Waiting {
    let number = |wanted: &'static str| {
        let mut numbers = numbers(found, move |name| (name == wanted).then_some(()));
        numbers.next().map_or(0, |((), number)| number)
    };
    Waiting {
        claimed: number(CLAIMED),
        unclaimed: number(UNCLAIMED),
    }
}

fn in_hand(found: &Attributes) -> BTreeMap<Post, u64> {
    numbers(found, post_named)
        .filter(|(_, number)| *number > 0)
        .collect()
}

fn post_named(word: &str) -> Option<Post> {
    Post::ALL
        .into_iter()
        .find(|post| keys::post_word(*post) == word)
}
