//! How much of a unit's work is due.

use domain::officer::Post;
use domain::unit::UnitId;
use jiff::civil::Date;

use super::Cases;
use crate::error::PlatformError;
use crate::table::{PageRequest, item, keys};

/// Up to how many cases of a post are looked at: those due first. With as many there may be more.
pub const MOST_DUE: usize = 100;

/// How many cases that wait for a post are due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DueWork {
    /// On the day asked for.
    pub today: usize,
    /// Before it.
    pub overdue: usize,
}

impl<V> Cases<V> {
    /// How many cases that wait for `post` in `unit` are due by `today`, together up to [`MOST_DUE`]. The
    /// list of work is sorted by due date, so that nothing else is read.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn due_work(
        &self,
        unit: &UnitId,
        post: Post,
        today: Date,
    ) -> Result<DueWork, PlatformError> {
        let tomorrow = today.tomorrow().unwrap_or(today);
        let page = self
            .table
            .query(PageRequest {
                index: Some("by_work"),
                partition_name: "work",
                partition: keys::work(unit, post),
                sort_name: "work_sort",
                before: Some(tomorrow.to_string()),
                limit: i32::try_from(MOST_DUE).unwrap_or(i32::MAX),
                ..PageRequest::default()
            })
            .await?;
        let today = today.to_string();
        let due = |found| item::text(found, "work_sort").unwrap_or_default();
        let overdue = page.items.iter().filter(|found| *due(found) < *today);
        let overdue = overdue.count();
        Ok(DueWork {
            today: page.items.len() - overdue,
            overdue,
        })
    }
}
