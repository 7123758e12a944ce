//! What the build embeds.

use std::sync::OnceLock;

use domain::item::{ItemCode, ServiceItem};
use jiff::civil::Date;

use crate::forms::EmbeddedForm;
use crate::rules::Rule;

/// One version of an item, with what belongs to it.
pub(crate) struct EmbeddedItem {
    pub(crate) code: ItemCode,
    pub(crate) version: u32,
    pub(crate) effective_from: Date,
    pub(crate) form: Option<EmbeddedForm>,
    pub(crate) rules: &'static [Rule],
    json: &'static str,
    parsed: OnceLock<Option<ServiceItem>>,
}

impl EmbeddedItem {
    const fn new(
        code: ItemCode,
        version: u32,
        effective_from: Date,
        json: &'static str,
        form: Option<EmbeddedForm>,
        rules: &'static [Rule],
    ) -> Self {
        Self {
            code,
            version,
            effective_from,
            form,
            rules,
            json,
            parsed: OnceLock::new(),
        }
    }

    /// The item; always there, because the build has parsed the same text into the same type.
    pub(crate) fn parsed(&'static self) -> Option<&'static ServiceItem> {
        self.parsed
            .get_or_init(|| serde_json::from_str(self.json).ok())
            .as_ref()
    }
}

/// The version of an item, if the catalogue has it.
pub(crate) fn version(code: ItemCode, version: u32) -> Option<&'static EmbeddedItem> {
    ITEMS
        .iter()
        .find(|item| item.code == code && item.version == version)
}

/// The version of an item that is in force on a day.
pub(crate) fn in_force(code: ItemCode, on: Date) -> Option<&'static EmbeddedItem> {
    ITEMS
        .iter()
        .rfind(|item| item.code == code && item.effective_from <= on)
}

/// Written by the build: `ITEMS` and `SUMMARIES` in the order of codes and versions, `CALENDAR` and
/// `UNITS` as JSON.
#[allow(
    clippy::unwrap_used,
    clippy::unreadable_literal,
    clippy::too_many_lines,
    reason = "generated; what could fail here is evaluated by the compiler"
)]
mod generated {
    use domain::item::{
        Category, Confidence, Coverage, Fen, Handler, HandlingType, ItemCode, Kind, Limit,
        LimitSource, LimitStart, LimitUnit, MatterType, OnlineLevel, Section,
    };
    use domain::unit::Level;
    use jiff::civil::date;

    use super::EmbeddedItem;
    use crate::forms::{EmbeddedForm, Mask, PersonalMember, QuantityList, Rows};
    use crate::items::ItemSummary;
    use crate::rules::Rule;

    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}
pub(crate) use generated::{
    CALENDAR, CERTIFICATES_ASKED_FOR, ITEMS, MATERIAL_KINDS, SUMMARIES, UNITS,
};
