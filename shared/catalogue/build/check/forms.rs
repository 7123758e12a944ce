//! Forms: JSON Schemas that a person can be led through, in both languages.

use std::collections::BTreeMap;

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::quantities::{self, Quantities};
use super::rows::{self, Rows};
use super::{Fault, Item, ItemVersion, Report, owner, schema};
use crate::source::Source;

/// A form with its shared parts inlined.
pub(crate) struct Form {
    /// The schema without blanks.
    pub(crate) schema: String,
    /// Pointer and mask of each personal member.
    pub(crate) personal: Vec<(String, Option<String>)>,
    /// Pointer of the member that says where the matter lies.
    pub(crate) region: Option<String>,
    /// Pointers of the members that name a vehicle.
    pub(crate) vehicles: Vec<String>,
    /// The list of substances of which quantities run.
    pub(crate) quantities: Option<Quantities>,
    /// Pointers of the members that tell two applications of one enterprise apart, in their order.
    pub(crate) subject: Vec<String>,
    /// The list with a row for each person or thing.
    pub(crate) rows: Option<Rows>,
}

/// The keywords that `src/forms/schema.rs` knows, and annotations.
const KEYWORDS: [&str; 33] = [
    "$schema",
    "additionalProperties",
    "description",
    "enum",
    "format",
    "if",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "pattern",
    "properties",
    "required",
    "then",
    "title",
    "type",
    "uniqueItems",
    "x-choices",
    "x-description-en",
    "x-hint",
    "x-decides-unit",
    "x-facts",
    "x-hint-en",
    "x-mask",
    "x-personal",
    "x-quantities",
    "x-row-key",
    "x-rows",
    "x-subject",
    "x-title-en",
];
const CONDITIONS: [&str; 3] = ["const", "properties", "required"];
const FORMATS: [&str; 6] = ["date", "uscc", "resident-id", "mobile", "plate", "vin"];
const MASKS: [&str; 3] = ["resident_id", "mobile", "name"];
/// What may stand beside a reference to a shared part, and replaces what that says.
const OVERRIDES: [&str; 6] = [
    "title",
    "x-title-en",
    "description",
    "x-description-en",
    "x-quantities",
    "x-row-key",
];
const REFERENCE: &str = "definitions.json#/";

/// Reads `forms/` into the items the files belong to.
pub(super) fn read(
    source: &Source,
    items: &mut BTreeMap<ItemVersion, Item>,
    faults: &mut Vec<Fault>,
) {
    let mut report = Report {
        file: "forms/definitions.json",
        faults,
    };
    let shared = source
        .get("forms/definitions.json")
        .and_then(|text| report.json(text));
    let shared = shared.unwrap_or_default();
    let known = items.keys().map(|(code, _)| *code).collect();
    for (file, name, text) in source.folder("forms") {
        if name == "definitions.json" {
            continue;
        }
        let mut report = Report { file, faults };
        let owner = owner(items, name, &mut report);
        let Some(mut form) = report.json(text) else {
            continue;
        };
        inline(&mut form, &shared, "", &mut report);
        let mut personal = Vec::new();
        check(&form, "", &mut report, &mut |pointer, mask| {
            personal.push((pointer, mask));
        });
        let mut regions = Vec::new();
        find_marked(
            &form,
            ("x-decides-unit", &Value::Bool(true)),
            "",
            &mut regions,
        );
        report.require(
            regions.len() <= 1 && !regions.iter().any(|pointer| pointer.contains('*')),
            "",
            "only one member, in no list, may say where the matter lies (x-decides-unit)",
        );
        let mut vehicles = Vec::new();
        find_marked(&form, ("x-facts", &"vehicle".into()), "", &mut vehicles);
        let mut subject = Vec::new();
        find_marked(&form, ("x-subject", &Value::Bool(true)), "", &mut subject);
        let quantities = quantities::read(&form, &known, &mut report);
        let rows = rows::find(&form, &mut report);
        let Some(prepared) = schema::prepare(&form, &mut report) else {
            continue;
        };
        let Some(owner) = owner else { continue };
        check_fixture(source, &prepared, owner, faults);
        owner.form = Some(Form {
            schema: form.to_string(),
            personal,
            region: regions.pop(),
            vehicles,
            quantities,
            subject,
            rows,
        });
    }
}

/// The members of `schema` that a keyword marks with a value, in their order.
fn find_marked(schema: &Value, mark: (&str, &Value), pointer: &str, found: &mut Vec<String>) {
    let (keyword, value) = mark;
    if schema.get(keyword) == Some(value) {
        found.push(pointer.to_owned());
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        find_marked(property, mark, &format!("{pointer}/{name}"), found);
    }
    if let Some(items) = schema.get("items") {
        find_marked(items, mark, &format!("{pointer}/*"), found);
    }
}

/// Puts shared parts in place of the references to them.
fn inline(schema: &mut Value, shared: &Value, at: &str, report: &mut Report<'_>) {
    match schema {
        Value::Array(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                inline(element, shared, &format!("{at}/{index}"), report);
            }
        }
        Value::Object(members) => {
            if let Some(reference) = members.remove("$ref") {
                let part = reference
                    .as_str()
                    .and_then(|path| path.strip_prefix(REFERENCE));
                let Some(Value::Object(part)) = part.and_then(|name| shared.get(name)) else {
                    report.add(
                        at,
                        format!("{reference} is no part of forms/definitions.json"),
                    );
                    return;
                };
                *members = merged(part, std::mem::take(members), at, report);
            }
            for (name, member) in members {
                inline(member, shared, &format!("{at}/{name}"), report);
            }
        }
        _ => {}
    }
}

fn merged(
    part: &Map<String, Value>,
    beside: Map<String, Value>,
    at: &str,
    report: &mut Report<'_>,
) -> Map<String, Value> {
    let mut merged = part.clone();
    for (keyword, value) in beside {
        report.require(
            OVERRIDES.contains(&keyword.as_str()),
            at,
            &format!(
                "{keyword} may not stand beside $ref; only titles, descriptions, x-quantities and x-row-key may"
            ),
        );
        merged.insert(keyword, value);
    }
    merged
}

/// Checks one schema and what lies below it; `personal` takes each personal member.
fn check(
    schema: &Value,
    at: &str,
    report: &mut Report<'_>,
    personal: &mut dyn FnMut(String, Option<String>),
) {
    let Value::Object(members) = schema else {
        return report.add(at, "must be an object");
    };
    for keyword in members
        .keys()
        .filter(|keyword| !KEYWORDS.contains(&keyword.as_str()))
    {
        report.add(
            at,
            format!("{keyword} is not used in forms: the functions do not check it"),
        );
    }
    for title in ["title", "x-title-en"] {
        report.require(
            members.contains_key(title),
            at,
            &format!("{title} is missing"),
        );
    }
    check_value(members, at, report);
    if members.get("x-personal") == Some(&Value::Bool(true)) {
        let mask = members
            .get("x-mask")
            .and_then(Value::as_str)
            .map(str::to_owned);
        personal(form_pointer(at), mask);
    }
    if let Some(properties) = members.get("properties").and_then(Value::as_object) {
        report.require(
            members.get("additionalProperties") == Some(&Value::Bool(false)),
            at,
            "additionalProperties must be false: unknown members are an error",
        );
        for (name, property) in properties {
            check(
                property,
                &format!("{at}/properties/{name}"),
                report,
                personal,
            );
        }
    }
    if let Some(items) = members.get("items") {
        check(items, &format!("{at}/items"), report, personal);
    }
    for keyword in ["if", "then"] {
        if let Some(condition) = members.get(keyword) {
            check_condition(condition, &format!("{at}/{keyword}"), report);
        }
    }
}

/// A condition and its consequence only look at members: what these are is said beside them.
fn check_condition(condition: &Value, at: &str, report: &mut Report<'_>) {
    for (keyword, value) in condition.as_object().into_iter().flatten() {
        report.require(
            CONDITIONS.contains(&keyword.as_str()),
            at,
            &format!("{keyword} is not used in conditions; {CONDITIONS:?} are"),
        );
        if keyword == "properties" {
            for (name, property) in value.as_object().into_iter().flatten() {
                check_condition(property, &format!("{at}/properties/{name}"), report);
            }
        }
    }
}

/// What single values need so that a fault in them can be told in words.
fn check_value(members: &Map<String, Value>, at: &str, report: &mut Report<'_>) {
    let is_one_of = |keyword: &str, allowed: &[&str]| {
        members
            .get(keyword)
            .is_none_or(|value| allowed.iter().any(|known| value == known))
    };
    report.require(
        is_one_of("format", &FORMATS),
        at,
        &format!("format must be one of {FORMATS:?}"),
    );
    report.require(
        is_one_of("x-mask", &MASKS),
        at,
        &format!("x-mask must be one of {MASKS:?}"),
    );
    let names_a_vehicle = ["plate", "vin"]
        .iter()
        .any(|it| members.get("format") == Some(&Value::from(*it)));
    report.require(
        members
            .get("x-facts")
            .is_none_or(|fact| fact == "vehicle" && names_a_vehicle),
        at,
        "x-facts must be vehicle, on a member of the format plate or vin",
    );
    report.require(
        !members.contains_key("pattern")
            || (members.contains_key("x-hint") && members.contains_key("x-hint-en")),
        at,
        "a pattern needs x-hint and x-hint-en, which say in words what it wants",
    );
    report.require(
        !members.contains_key("x-subject")
            || (members.get("type") == Some(&"string".into()) && !form_pointer(at).contains("/*")),
        at,
        "x-subject tells applications apart by a text that is no entry of a list",
    );
    let pattern = members.get("pattern").and_then(Value::as_str);
    if let Some(Err(error)) = pattern.map(Regex::new) {
        report.add(
            at,
            format!("the functions cannot use this pattern: {error}"),
        );
    }
    let named = |choice: &Value| {
        let names = choice
            .as_str()
            .and_then(|choice| members.get("x-choices")?.get(choice));
        names.is_some_and(|names| names.get("zh").is_some() && names.get("en").is_some())
    };
    let choices = members.get("enum").and_then(Value::as_array);
    report.require(
        choices.is_none_or(|choices| choices.iter().all(named)),
        at,
        "every choice in enum needs a name in x-choices, in zh and en",
    );
}

/// From `/properties/officer/properties/name` to `/officer/name`, from `/items` to `/*`.
pub(super) fn form_pointer(at: &str) -> String {
    let mut pointer = String::new();
    let mut tokens = at.split('/').skip(1);
    while let Some(keyword) = tokens.next() {
        pointer.push('/');
        pointer.push_str(if keyword == "items" {
            "*"
        } else {
            tokens.next().unwrap_or_default()
        });
    }
    pointer
}

/// The newest form of an item comes with a form that is filled in rightly.
fn check_fixture(
    source: &Source,
    form: &jsonschema::Validator,
    owner: &Item,
    faults: &mut Vec<Fault>,
) {
    let file = format!("fixtures/{}.valid.json", owner.content.code);
    let mut report = Report {
        file: &file,
        faults,
    };
    match source.get(&file) {
        None => report.add(
            "",
            "is missing: every form needs one that is filled in rightly",
        ),
        Some(text) => {
            if let Some(value) = report.json(text) {
                schema::apply(form, &value, &mut report);
            }
        }
    }
}
