//! From a checked catalogue to Rust: statics that cost nothing at start.

use std::fmt::Write;

use domain::item::{ItemCode, Limit, ServiceItem};
use jiff::civil::Date;

use crate::check::{Catalogue, Form, Item, Quantities};

/// The text of the module that `src/embedded.rs` includes.
pub(crate) fn render(catalogue: &Catalogue) -> String {
    let mut items = String::new();
    let mut summaries = String::new();
    for item in catalogue.items.values() {
        items.push_str(&embedded_item(item));
        summaries.push_str(&summary(&item.content, item.form.is_some()));
    }
    let count = catalogue.items.len();
    let (calendar, units) = (&catalogue.calendar, &catalogue.units);
    let asked_for = catalogue.certificates_asked_for.iter();
    let asked_for: Vec<_> = asked_for.map(|asked_for| code(*asked_for)).collect();
    let asked_for = asked_for.join(", ");
    format!(
        "pub(crate) static ITEMS: [EmbeddedItem; {count}] = [\n{items}];\n\
         pub(crate) static SUMMARIES: [ItemSummary; {count}] = [\n{summaries}];\n\
         pub(crate) const CALENDAR: &str = {calendar:?};\n\
         pub(crate) const UNITS: &str = {units:?};\n\
         pub(crate) const MATERIAL_KINDS: &str = {kinds:?};\n\
         pub(crate) static CERTIFICATES_ASKED_FOR: &[ItemCode] = &[{asked_for}];\n",
        calendar = calendar.to_string(),
        units = units.to_string(),
        kinds = catalogue.material_kinds.to_string(),
    )
}

fn embedded_item(item: &Item) -> String {
    let mut rules = String::new();
    for rule in &item.rules {
        let _ = write!(
            rules,
            "Rule {{ code: {:?}, expression: {:?}, reason_zh: {:?}, reason_en: {:?} }}, ",
            rule.code, rule.expression, rule.reason.zh, rule.reason.en,
        );
    }
    format!(
        "EmbeddedItem::new({code}, {version}, {date}, {json:?}, {form}, &[{rules}]),\n",
        code = code(item.content.code),
        version = item.content.version,
        date = date(item.content.effective_from),
        json = item.json,
        form = item
            .form
            .as_ref()
            .map_or_else(|| "None".to_owned(), embedded_form),
    )
}

fn embedded_form(form: &Form) -> String {
    let mut personal = String::new();
    for (pointer, mask) in &form.personal {
        let mask = match mask.as_deref() {
            Some("resident_id") => "Some(Mask::ResidentId)",
            Some("mobile") => "Some(Mask::Mobile)",
            Some("name") => "Some(Mask::Name)",
            _ => "None",
        };
        let _ = write!(
            personal,
            "PersonalMember {{ pointer: {pointer:?}, mask: {mask} }}, "
        );
    }
    let rows = form.rows.as_ref().map_or_else(
        || "None".to_owned(),
        |rows| {
            let (pointer, keys) = (&rows.pointer, &rows.keys);
            format!("Some(Rows {{ pointer: {pointer:?}, keys: &{keys:?} }})")
        },
    );
    format!(
        "Some(EmbeddedForm::new({:?}, &[{personal}], {:?}, &{:?}, &{:?}, {}, {rows}))",
        form.schema,
        form.region,
        form.subject,
        form.vehicles,
        form.quantities
            .as_ref()
            .map_or_else(|| "None".to_owned(), quantities),
    )
}

fn quantities(list: &Quantities) -> String {
    let codes = |codes: &[ItemCode]| {
        let codes: Vec<_> = codes.iter().map(|item| code(*item)).collect();
        codes.join(", ")
    };
    format!(
        "Some(QuantityList {{ pointer: {:?}, of: &[{}], used_by: &[{}], number: {:?}, holder: {:?} }})",
        list.pointer,
        codes(&list.of),
        codes(&list.used_by),
        list.number,
        list.holder,
    )
}

fn summary(item: &ServiceItem, has_form: bool) -> String {
    format!(
        "ItemSummary {{ code: {code}, version: {version}, effective_from: {date}, \
         name_zh: {zh:?}, name_en: {en:?}, kind: Kind::{kind:?}, \
         matter_type: MatterType::{matter_type:?}, section: Section::{section:?}, \
         category: Category::{category:?}, coverage: Coverage::{coverage:?}, \
         handled_by: Handler::{handled_by:?}, online_level: OnlineLevel::{online_level:?}, \
         handling_type: HandlingType::{handling_type:?}, promised_limit: {promised_limit}, \
         fee: Fen({fee}), deciding_level: Level::{deciding_level:?}, \
         public_on_map: {public_on_map}, confidence: Confidence::{confidence:?}, \
         has_form: {has_form} }},\n",
        code = code(item.code),
        version = item.version,
        date = date(item.effective_from),
        zh = item.name.zh,
        en = item.name.en,
        kind = item.kind,
        matter_type = item.matter_type,
        section = item.section,
        category = item.category,
        coverage = item.coverage,
        handled_by = item.handled_by,
        online_level = item.online_level,
        handling_type = item.handling_type,
        promised_limit = limit(item.promised_limit),
        fee = item.fee.amount_fen.0,
        deciding_level = item.deciding_level,
        public_on_map = item.public_on_map,
        confidence = item.confidence,
    )
}

fn code(code: ItemCode) -> String {
    format!(
        "ItemCode::new(Kind::{:?}, {}).unwrap()",
        code.kind(),
        code.number()
    )
}

fn date(date: Date) -> String {
    format!("date({}, {}, {})", date.year(), date.month(), date.day())
}

fn limit(limit: Limit) -> String {
    format!(
        "Limit {{ number: {}, unit: LimitUnit::{:?}, start: LimitStart::{:?}, \
         source: LimitSource::{:?} }}",
        limit.number, limit.unit, limit.start, limit.source,
    )
}
