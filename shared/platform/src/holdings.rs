//! What an enterprise holds, by item: written with the case that grants it, read by the review.

use domain::application::{Application, Recorded};
use domain::holding::Holding;
use domain::identifiers::Uscc;
use domain::item::ItemCode;

use crate::error::PlatformError;
use crate::table::{Guard, Key, PageRequest, Part, Stored, Table, Transaction, item, keys};

impl Stored for Holding {
    const TYPE: &'static str = "holding";
    const SCHEMA: u32 = 1;
}

/// Adds to `transaction` what `events`, which led to `after`, change of what its enterprise holds. The
/// guard is the state's, which is written with it.
pub(crate) fn recorded(
    transaction: Transaction,
    table: &Table,
    after: &Application,
    events: &[Recorded],
) -> Result<Transaction, PlatformError> {
    if !Holding::changes_with(events) {
        return Ok(transaction);
    }
    let key = Key::holding(&after.enterprise, after.item.code, &after.number);
    Ok(match Holding::of(after) {
        Some(holding) => {
            let stored = item::write(&key, after.version, &holding)?;
            transaction.put(table, Part::Holding, stored, Guard::None)
        }
        None => transaction.delete(table, Part::Holding, &key, Guard::None),
    })
}

/// What `holder` holds of `item`, all of it, as of every write answered before.
///
/// # Errors
/// [`PlatformError`] where the table does not answer or an item cannot be read.
pub async fn held(
    table: &Table,
    holder: &Uscc,
    item: ItemCode,
) -> Result<Vec<Holding>, PlatformError> {
    let mut holdings = Vec::new();
    let mut start = None;
    loop {
        let page = table
            .query(PageRequest {
                partition_name: "pk",
                partition: keys::held_by(holder),
                sort_name: "sk",
                begins_with: Some(keys::held_of(item)),
                limit: 100,
                consistent: true,
                start,
                ..PageRequest::default()
            })
            .await?;
        for found in &page.items {
            holdings.push(crate::table::item::read::<Holding>(found)?.body);
        }
        start = page.next;
        if start.is_none() {
            return Ok(holdings);
        }
    }
}
