//! Supervision cards (督办牌) as they lie in the table: raised by `timers`, read by those who supervise.
//!
//! A card lies with its case under the rule that raised it, so that a rule raises one card for a case. It
//! is listed in its unit while it is open.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::ItemVersion;
use domain::card::{Colour, RaisedCard};
use domain::ids::ApplicationNo;
use domain::unit::UnitId;
use serde::{Deserialize, Serialize};

use crate::error::PlatformError;
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, Page, PageRequest, Stored, Table, item, keys};

/// A supervision card as it lies in the partition of its case. While it is open the index `by_work`
/// has it under [`keys::cards`] of its unit, sorted by colour, `raised_at` and case. It names the case and
/// nobody in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredCard {
    /// The case.
    pub application: ApplicationNo,
    /// What was applied for.
    pub item: ItemVersion,
    /// The unit that handles it.
    pub unit: UnitId,
    /// The card.
    pub raised: RaisedCard,
}

impl Stored for StoredCard {
    const TYPE: &'static str = "card";
    const SCHEMA: u32 = 1;
}

/// The item of `stored`, listed in its unit while it is open.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn card_item(stored: &StoredCard, version: u64) -> Result<Attributes, PlatformError> {
    let raised = &stored.raised;
    let number = &stored.application;
    let mut written = item::write(&Key::card(number, raised.card.rule), version, stored)?;
    if raised.is_open() {
        let colour = raised.card.colour.as_str();
        let sort = format!("{colour}#{}#{number}", raised.raised_at);
        insert_text(&mut written, "work", keys::cards(&stored.unit));
        insert_text(&mut written, "work_sort", sort);
    }
    Ok(written)
}

/// Up to `limit` (1 to 100) open cards of `unit` of one `colour`, the oldest first, from `start` on; and
/// where the rest begins.
///
/// # Errors
/// [`PlatformError`] where the table does not answer or a card cannot be read.
pub async fn of_unit(
    table: &Table,
    unit: &UnitId,
    colour: Colour,
    limit: i32,
    start: Option<Attributes>,
) -> Result<(Vec<StoredCard>, Option<Attributes>), PlatformError> {
    let Page { items, next } = table
        .query(PageRequest {
            index: Some("by_work"),
            partition_name: "work",
            partition: keys::cards(unit),
            sort_name: "work_sort",
            begins_with: Some(format!("{}#", colour.as_str())),
            limit,
            start,
            ..PageRequest::default()
        })
        .await?;
    let cards = items
        .iter()
        .map(|found| Ok(item::read::<StoredCard>(found)?.body));
    Ok((cards.collect::<Result<_, PlatformError>>()?, next))
}

/// The position before the first card of `unit` of that `colour`, from which a page can go on.
pub fn beginning(unit: &UnitId, colour: Colour) -> Attributes {
    let text = |text: String| AttributeValue::S(text);
    [
        ("work".to_owned(), text(keys::cards(unit))),
        (
            "work_sort".to_owned(),
            text(format!("{}#", colour.as_str())),
        ),
    ]
    .into()
}
