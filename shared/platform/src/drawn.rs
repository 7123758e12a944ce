//! What was taken of the quantities that grants and filings allow: a counter beside each, by the item that
//! took and the substance.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::{Application, Recorded};
use domain::item::ItemCode;
use domain::quantity::{Drawing, Source};

use crate::table::{Change, Key, Part, Snapshot, Stored, Table, Transaction};

/// How often something was taken or given back.
const TIMES: &str = "times";

struct StoredDrawn;

impl Stored for StoredDrawn {
    const TYPE: &'static str = "drawn";
    const SCHEMA: u32 = 1;
}

/// What was taken of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// How often something was taken or given back: who relies on what is left commits on it.
    pub times: u64,
    grams: BTreeMap<String, u64>,
}

impl Drawn {
    /// The key of what was taken of `source`.
    pub fn key(source: &Source) -> Key {
        Key::drawn(&source.holder, source.number.as_ref())
    }

    /// What was taken of `source`, as `snapshot` says, which was read with [`Self::key`].
    pub fn of(snapshot: &Snapshot, source: &Source) -> Self {
        let item = snapshot.item(&Self::key(source));
        let numbers = item.into_iter().flatten().filter_map(|(name, value)| {
            let number = value.as_n().ok()?.parse().ok()?;
            Some((name.clone(), number))
        });
        let mut grams: BTreeMap<String, u64> = numbers.collect();
        Self {
            times: grams.remove(TIMES).unwrap_or_default(),
            grams,
        }
    }

    /// The grams of `substance` that `items` took.
    pub fn grams(&self, items: &[ItemCode], substance: &str) -> u64 {
        let taken = items
            .iter()
            .filter_map(|item| self.grams.get(&name(*item, substance)));
        taken.sum()
    }
}

/// Adds to `transaction` what `events`, which led to `after`, take of a source; only if that was drawn
/// on `relied_on` times, where what was left was relied on.
pub(crate) fn recorded(
    transaction: Transaction,
    table: &Table,
    after: &Application,
    events: &[Recorded],
    relied_on: Option<u64>,
) -> Transaction {
    let Some(drawing) = Drawing::of(after, events) else {
        return transaction;
    };
    let item = after.item.code;
    let grams = drawing.grams.into_iter();
    let mut numbers: BTreeMap<String, i64> = grams
        .map(|(substance, grams)| (name(item, substance), grams))
        .collect();
    numbers.insert(TIMES.to_owned(), 1);
    let change = Change::adding::<StoredDrawn>(&numbers);
    let change = match relied_on {
        None => change,
        Some(0) => change.only_if("attribute_not_exists(#times)", [("#times", TIMES)], []),
        Some(times) => change.only_if(
            "#times = :times",
            [("#times", TIMES)],
            [(":times", AttributeValue::N(times.to_string()))],
        ),
    };
    let key = Drawn::key(drawing.source);
    transaction.update(table, Part::Drawn, &key, change)
}

fn name(item: ItemCode, substance: &str) -> String {
    format!("{item}#{substance}")
}
