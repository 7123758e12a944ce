//! The notices that events issue, with the unit named as it is known.

use domain::application::{Application, Recorded};
use domain::item::ServiceItem;
use domain::notice::Notice;

use crate::tables::units;

/// The notices that `events` issue, which led to `after`; `random` makes their verification codes.
pub fn notices(
    events: &[Recorded],
    after: &Application,
    item: &ServiceItem,
    mut random: impl FnMut() -> u64,
) -> Vec<Notice> {
    let unit = units().get(&after.unit);
    let name = unit.map_or_else(|| after.unit.to_string(), |unit| unit.name_zh.clone());
    events
        .iter()
        .filter_map(|recorded| Notice::issued_by(recorded, after, item, &name, random()))
        .collect()
}
