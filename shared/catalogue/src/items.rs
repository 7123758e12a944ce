use domain::item::{
    Category, Confidence, Coverage, Fen, Handler, HandlingType, ItemCode, Kind, Limit, MatterType,
    OnlineLevel, Section, ServiceItem,
};
use domain::unit::Level;
use domain::words::Language;
use jiff::civil::Date;

use crate::embedded;

/// What a list of items shows of each.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemSummary {
    /// The code.
    pub code: ItemCode,
    /// The version.
    pub version: u32,
    /// The first day on which the version is in force.
    pub effective_from: Date,
    /// The name in Chinese.
    pub name_zh: &'static str,
    /// The name in English.
    pub name_en: &'static str,
    /// Approval or proactive service.
    pub kind: Kind,
    /// What the law calls the act.
    pub matter_type: MatterType,
    /// Where the item stands on the platform.
    pub section: Section,
    /// The police line that looks after it.
    pub category: Category,
    /// Which of the platform's promised services it fulfils.
    pub coverage: Coverage,
    /// The function that handles its cases.
    pub handled_by: Handler,
    /// Whether everything can be done online.
    pub online_level: OnlineLevel,
    /// On the spot, or within the promised limit.
    pub handling_type: HandlingType,
    /// The limit the authority promises.
    pub promised_limit: Limit,
    /// The usual fee.
    pub fee: Fen,
    /// The level that decides.
    pub deciding_level: Level,
    /// May appear on public lists and maps.
    pub public_on_map: bool,
    /// How certain it is that the platform has this item.
    pub confidence: Confidence,
    /// Whether it has an online form yet.
    pub has_form: bool,
}

impl ItemSummary {
    /// The name in `language`.
    pub const fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.name_zh,
            Language::English => self.name_en,
        }
    }
}

/// The version of an item that is in force on a day (in China); `None` if there is no such item, or
/// none yet.
pub fn item(code: &ItemCode, on: Date) -> Option<&'static ServiceItem> {
    embedded::in_force(*code, on)?.parsed()
}

/// One version of an item. A case is handled under the version it was submitted under.
pub fn item_version(code: &ItemCode, version: u32) -> Option<&'static ServiceItem> {
    embedded::version(*code, version)?.parsed()
}

/// All versions of all items, in the order of codes and versions. Costs nothing: nothing is parsed.
pub fn summaries() -> &'static [ItemSummary] {
    &embedded::SUMMARIES
}

/// The items in force on a day (in China), each in the version that is.
pub fn summaries_in_force(on: Date) -> impl Iterator<Item = &'static ItemSummary> {
    summaries()
        .chunk_by(|one, next| one.code == next.code)
        .filter_map(move |versions| versions.iter().rfind(|item| item.effective_from <= on))
}
