//! Lists of what belongs to a unit.

use domain::officer::Officer;
use domain::unit::UnitId;
use serde::de::DeserializeOwned;

use super::Accounts;
use crate::api_keys::StoredApiKey;
use crate::devices::StoredDevice;
use crate::error::PlatformError;
use crate::table::{Attributes, PageRequest, Record, Stored, item, keys};

/// Something that belongs to a unit.
pub trait OfUnit: Stored + DeserializeOwned {
    /// The key of what belongs to `unit` in `by_work`.
    fn list(unit: &UnitId) -> String;
}

impl OfUnit for Officer {
    fn list(unit: &UnitId) -> String {
        keys::officers(unit)
    }
}

impl OfUnit for StoredDevice {
    fn list(unit: &UnitId) -> String {
        keys::devices(unit)
    }
}

impl OfUnit for StoredApiKey {
    fn list(unit: &UnitId) -> String {
        keys::api_keys(unit)
    }
}

impl Accounts {
    /// What belongs to `unit`, dismissed and withdrawn too, by identifiers: at most `limit` (1 to 100)
    /// from `start` on, and where the rest begins.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn of_unit<T: OfUnit>(
        &self,
        unit: &UnitId,
        limit: i32,
        start: Option<Attributes>,
    ) -> Result<(Vec<Record<T>>, Option<Attributes>), PlatformError> {
        let page = self
            .table
            .query(PageRequest {
                index: Some("by_work"),
                partition_name: "work",
                partition: T::list(unit),
                sort_name: "work_sort",
                limit,
                start,
                ..PageRequest::default()
            })
            .await?;
        let records: Result<Vec<_>, _> = page.items.iter().map(item::read).collect();
        Ok((records?, page.next))
    }
}
