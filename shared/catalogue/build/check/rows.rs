//! Rows: the list of a form with a row for each person or thing, and what tells its rows apart.

use serde_json::Value;

use super::Report;
use super::forms::form_pointer;

/// The most rows of a form: as many as one officer can look through.
const MOST_ROWS: u64 = 500;

/// The list of a form with a row for each person or thing.
#[derive(Debug)]
pub(crate) struct Rows {
    /// Its pointer into the form.
    pub(crate) pointer: String,
    /// Pointers into a row, of the members of which no two rows have the same.
    pub(crate) keys: Vec<String>,
}

/// The rows of `form`, if it has any.
pub(super) fn find(form: &Value, report: &mut Report<'_>) -> Option<Rows> {
    let mut lists = Vec::new();
    let mut keys = Vec::new();
    find_marked(form, "", "x-rows", &mut lists);
    find_marked(form, "", "x-row-key", &mut keys);
    report.require(
        lists.len() <= 1,
        "",
        "only one list may have a row for each person or thing (x-rows)",
    );
    let list = lists.into_iter().next();
    for key in keys.iter().filter(|key| {
        let below = list.as_ref().map(|list| format!("{list}/items/"));
        !below.is_some_and(|below| key.starts_with(&below))
    }) {
        report.add(
            key.as_str(),
            "x-row-key belongs to a member of a row: of a list with x-rows",
        );
    }
    let list = list?;
    check(form, &list, &keys, report);
    Some(Rows {
        pointer: form_pointer(&list),
        keys: keys
            .iter()
            .filter_map(|key| key.strip_prefix(&format!("{list}/items")))
            .map(form_pointer)
            .collect(),
    })
}

/// What the list at `list` of `form` must be.
fn check(form: &Value, list: &str, keys: &[String], report: &mut Report<'_>) {
    let schema = form.pointer(list).unwrap_or(&Value::Null);
    let of_objects = schema.pointer("/items/type") == Some(&Value::from("object"));
    report.require(
        schema.get("type") == Some(&Value::from("array")) && of_objects,
        list,
        "x-rows belongs to a list of objects",
    );
    let most = schema.get("maxItems").and_then(Value::as_u64);
    report.require(
        most.is_some_and(|most| most <= MOST_ROWS),
        list,
        &format!("rows need maxItems, of at most {MOST_ROWS}"),
    );
    report.require(
        !form_pointer(list).contains('*'),
        list,
        "rows may not lie within the entries of another list",
    );
    report.require(
        !keys.is_empty(),
        list,
        "say by x-row-key of which members no two rows may have the same, an identity number for example",
    );
    for key in keys {
        let is_text = form
            .pointer(key)
            .and_then(|schema| schema.get("type")?.as_str());
        let within = key.strip_prefix(&format!("{list}/items"));
        report.require(
            is_text == Some("string")
                && within.is_some_and(|within| !form_pointer(within).contains('*')),
            key,
            "x-row-key belongs to a text that a row has once",
        );
    }
}

/// The places in `schema` of what is marked with `keyword`.
fn find_marked(schema: &Value, at: &str, keyword: &str, found: &mut Vec<String>) {
    if schema.get(keyword) == Some(&Value::Bool(true)) {
        found.push(at.to_owned());
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        find_marked(property, &format!("{at}/properties/{name}"), keyword, found);
    }
    if let Some(items) = schema.get("items") {
        find_marked(items, &format!("{at}/items"), keyword, found);
    }
}
