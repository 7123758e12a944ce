//! Rows that contradict each other: two of the same person or thing.

use std::collections::BTreeMap;

use domain::identifiers::{MobileNumber, Plate, ResidentId, Uscc, Vin};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::check::FormFault;
use super::rows::Rows;
use super::words::{self, Described};

/// A fault for each row that has a key of an earlier one, told of every such pair once, with both rows.
pub(super) fn between(rows: &Rows, schema: &Value, form: &Value, today: Date) -> Vec<FormFault> {
    let row_schema = schema_at(schema, rows.pointer).and_then(|list| list.get("items"));
    let entries = form.pointer(rows.pointer).and_then(Value::as_array);
    let (Some(row_schema), Some(entries)) = (row_schema, entries) else {
        return Vec::new();
    };
    let mut pairs = BTreeMap::new();
    for key in rows.keys {
        let key_schema = schema_at(row_schema, key).unwrap_or(&Value::Null);
        let mut first = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let Some(text) = entry.pointer(key).and_then(Value::as_str) else {
                continue;
            };
            let earlier = *first
                .entry(canonical(key_schema, text, today))
                .or_insert(index);
            if earlier != index {
                pairs.entry((earlier, index)).or_insert((*key, key_schema));
            }
        }
    }
    let fault = |((earlier, later), (key, key_schema)): ((usize, usize), (&str, &Value))| {
        let others = differing(
            row_schema,
            entries.get(earlier)?,
            entries.get(later)?,
            today,
        );
        let told = words::same_row(
            (later + 1, earlier + 1),
            &Described(key_schema),
            &others.into_iter().map(Described).collect::<Vec<_>>(),
        );
        Some(FormFault::new(
            format!("{}/{later}{key}", rows.pointer),
            told,
        ))
    };
    pairs.into_iter().filter_map(fault).collect()
}

/// The schemas of the members of a row in which two rows differ, however what they say is written.
fn differing<'s>(schema: &'s Value, one: &Value, other: &Value, today: Date) -> Vec<&'s Value> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let differ = |(name, property): &(&String, &'s Value)| {
        let said = |row: &Value| match row.get(name.as_str()) {
            Some(Value::String(text)) => Value::String(canonical(property, text, today)),
            said => said.cloned().unwrap_or_default(),
        };
        said(one) != said(other)
    };
    let properties = properties.into_iter().flat_map(Map::iter);
    properties
        .filter(differ)
        .map(|(_, property)| property)
        .collect()
}

/// `text` as it is kept, where it is an identifier; else without blanks around it.
fn canonical(schema: &Value, text: &str, today: Date) -> String {
    let parsed = match schema.get("format").and_then(Value::as_str) {
        Some("resident-id") => ResidentId::parse(text, today)
            .ok()
            .map(|it| it.as_str().to_owned()),
        Some("mobile") => MobileNumber::parse(text)
            .ok()
            .map(|it| it.as_str().to_owned()),
        Some("plate") => Plate::parse(text).ok().map(|it| it.as_str().to_owned()),
        Some("vin") => Vin::parse(text).ok().map(|it| it.as_str().to_owned()),
        Some("uscc") => Uscc::parse(text).ok().map(|it| it.as_str().to_owned()),
        _ => None,
    };
    parsed.unwrap_or_else(|| text.trim().to_owned())
}

/// The schema of the member at `pointer` of what `schema` describes.
fn schema_at<'s>(schema: &'s Value, pointer: &str) -> Option<&'s Value> {
    let mut names = pointer.split('/').skip(1);
    names.try_fold(schema, |schema, name| schema.get("properties")?.get(name))
}
