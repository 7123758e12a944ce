//! The review's reports, beside the aggregate: a report never makes an officer's `If-Match` stale.

use domain::review::Report;

use crate::table::{CommitError, Guard, Key, Part, Record, Stored, Table, Transaction, item};

impl Stored for Report {
    const TYPE: &'static str = "report";
    const SCHEMA: u32 = 1;
}

/// Writes `report` in place of `earlier`.
///
/// # Errors
/// [`CommitError::Guards`] where another report was written in between.
pub async fn store(
    table: &Table,
    report: &Report,
    earlier: Option<&Record<Report>>,
) -> Result<(), CommitError> {
    let version = earlier.map_or(0, |record| record.version);
    let guard = if version == 0 {
        Guard::Absent
    } else {
        Guard::Version(version)
    };
    let written = item::write(&Key::report(&report.application), version + 1, report)?;
    table
        .commit(Transaction::new().put(table, Part::Report, written, guard))
        .await
}
