//! Cards (亮牌): warnings about limits, raised by `timers` and read by those who supervise.
//!
//! A card lies with its case under the rule that raised it, so that a rule raises one card for a case. It
//! is listed in its unit while it carries its keys of `by_work`; who takes it back writes it without.

pub use domain::card::{CardLimit, Colour};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ids::ApplicationNo;
use domain::instant::Instant;
use domain::item::ItemCode;
use domain::unit::UnitId;
use domain::words::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::PlatformError;
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, Page, PageRequest, Stored, Table, item, keys};

/// A card. It names the case and nobody in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The case.
    pub application: ApplicationNo,
    /// The service item.
    pub item: ItemCode,
    /// The unit that handles the case.
    pub unit: UnitId,
    /// The rule that raised it: letters, digits, `-` and `_`.
    pub rule: String,
    /// How grave it is.
    pub colour: Colour,
    /// Which limit it is about; none where the rule is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<CardLimit>,
    /// The last day of that limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// When it was raised, in business time.
    pub raised_at: Instant,
    /// What it says.
    pub words: Words,
}

impl Stored for Card {
    const TYPE: &'static str = "card";
    const SCHEMA: u32 = 1;
}

/// The item of `card`, listed in its unit.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn card_item(card: &Card, version: u64) -> Result<Attributes, PlatformError> {
    let key = Key::card(&card.application, &card.rule);
    let mut stored = item::write(&key, version, card)?;
    let Card {
        colour, raised_at, ..
    } = card;
    let sort = format!("{}#{raised_at}#{}", colour.as_str(), card.application);
    insert_text(&mut stored, "work", keys::cards(&card.unit));
    insert_text(&mut stored, "work_sort", sort);
    Ok(stored)
}

/// Up to `limit` (1 to 100) cards of `unit` of one `colour`, the oldest first, from `start` on; and where
/// the rest begins.
///
/// # Errors
/// [`PlatformError`] where the table does not answer or a card cannot be read.
pub async fn of_unit(
    table: &Table,
    unit: &UnitId,
    colour: Colour,
    limit: i32,
    start: Option<Attributes>,
) -> Result<(Vec<Card>, Option<Attributes>), PlatformError> {
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
        .map(|found| Ok(item::read::<Card>(found)?.body));
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
