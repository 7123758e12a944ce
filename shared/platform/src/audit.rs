//! Who looked at what: one entry per look, in the partition of the unit and month.
//!
//! An entry is written before the answer it is about is given, so that nobody sees what is not
//! recorded. It names what was looked at and how, never what was seen.

use std::collections::BTreeMap;

use domain::application::Actor;
use domain::ids::EventId;
use domain::instant::Instant;
use domain::unit::UnitId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::PlatformError;
use crate::table::{
    Attributes, CommitError, Guard, Key, PageRequest, Part, Stored, Table, Transaction, item, keys,
};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditedAction {
    /// The unit's cases were searched for a person.
    SearchByPerson,
    /// The form of a case was read unmasked.
    ReadUnmasked,
    /// A link to a document of a case was given.
    ReadDocument,
}

/// Somebody looked at something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its identifier (UUID version 7).
    pub id: EventId,
    /// The unit whose cases were looked at.
    pub unit: UnitId,
    /// Who looked.
    pub actor: Actor,
    /// What they did.
    pub action: AuditedAction,
    /// On what: the number of a case, or the path that was asked.
    pub resource: String,
    /// When, in business time.
    pub at: Instant,
    /// What else is to be known, nothing of it personal.
    pub details: BTreeMap<String, String>,
}

impl Stored for AuditEntry {
    const TYPE: &'static str = "audit_entry";
    const SCHEMA: u32 = 1;
}

/// Adds `entry` to the transaction of what it is about.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn with_entry(
    transaction: Transaction,
    table: &Table,
    entry: &AuditEntry,
) -> Result<Transaction, PlatformError> {
    let stored = item::write(&Key::audit(&entry.unit, entry.at, entry.id), 1, entry)?;
    Ok(transaction.put(table, Part::Audit, stored, Guard::Absent))
}

/// Records `entry` by itself, for what changes nothing else.
///
/// # Errors
/// [`CommitError`]; what it is about must not be answered then.
pub async fn record(table: &Table, entry: &AuditEntry) -> Result<(), CommitError> {
    table
        .commit(with_entry(Transaction::new(), table, entry)?)
        .await
}

/// Up to `limit` (1 to 100) entries of `unit` in the month of `date`, oldest first, from `start` on;
/// and where the rest begins.
///
/// # Errors
/// [`PlatformError`] where the table does not answer or an entry cannot be read.
pub async fn of_month(
    table: &Table,
    unit: &UnitId,
    date: Date,
    limit: i32,
    start: Option<Attributes>,
) -> Result<(Vec<AuditEntry>, Option<Attributes>), PlatformError> {
    let page = table
        .query(PageRequest {
            partition_name: "pk",
            partition: keys::audit_partition(unit, date),
            sort_name: "sk",
            limit,
            start,
            ..PageRequest::default()
        })
        .await?;
    let entries = page.items.iter().map(item::read::<AuditEntry>);
    let entries = entries
        .map(|entry| Ok(entry?.body))
        .collect::<Result<_, PlatformError>>()?;
    Ok((entries, page.next))
}
