//! Forms are checked by a small program of our own; the `jsonschema` crate is its referee.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so at once"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use catalogue::{check_form, check_schema, form_schema};
use domain::item::ItemCode;
use jiff::civil::date;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use proptest::prelude::*;
use serde_json::{Value, json};

static VALID: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../fixtures/PSB-APR-004.valid.json")).unwrap()
});

static REFEREE: LazyLock<Validator> = LazyLock::new(|| referee(&schema()));

fn hotel() -> ItemCode {
    "PSB-APR-004".parse().unwrap()
}

fn schema() -> Value {
    serde_json::from_str(form_schema(&hotel(), 1).unwrap()).unwrap()
}

fn referee(schema: &Value) -> Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(schema).unwrap()
}

/// Where our program finds faults, but for identifiers, of which the referee knows nothing.
fn ours(form: &Value) -> BTreeSet<String> {
    let identifiers = ["uscc_", "resident_id_", "mobile_number_"];
    check_form(&hotel(), 1, form, date(2026, 11, 23))
        .err()
        .unwrap_or_default()
        .into_iter()
        .filter(|fault| !identifiers.iter().any(|code| fault.code.starts_with(code)))
        .map(|fault| fault.pointer)
        .collect()
}

/// Where the referee finds them.
fn theirs(referee: &Validator, form: &Value) -> BTreeSet<String> {
    let below =
        |at: &str, name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
    let mut pointers = BTreeSet::new();
    for error in referee.iter_errors(form) {
        let at = error.instance_path().as_str();
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                pointers.insert(below(at, property.as_str().unwrap()));
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                pointers.extend(unexpected.iter().map(|name| below(at, name)));
            }
            _ => {
                pointers.insert(at.to_owned());
            }
        }
    }
    pointers
}

/// The pointers to everything in a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                places(element, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn any_place() -> impl Strategy<Value = String> {
    let mut found = Vec::new();
    places(&VALID, "", &mut found);
    prop::sample::select(found)
}

/// Values of the kinds that forms hold, on both sides of what they allow.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-10_i64..10_000).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-5_i32..5_000).prop_map(|whole| json!(f64::from(whole))),
        any::<String>().prop_map(Value::from),
        "[张李·.'A-z 0-9-]{0,60}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(Value::from),
        "14[0-9]{3,5}".prop_map(Value::from),
        prop::sample::select(vec!["leased", "owned", "lodging", "hotel"]).prop_map(Value::from),
    ];
    let name = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "tenure",
            "lease_until",
            "rooms",
            "staff",
            "name",
            "a/b~c"
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 24, 10, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..10).prop_map(Value::from),
            prop::collection::hash_map(name.clone(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

#[test]
fn both_find_nothing_in_a_valid_form() {
    assert_eq!(ours(&VALID), BTreeSet::new());
    assert_eq!(theirs(&REFEREE, &VALID), BTreeSet::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn both_find_faults_in_the_same_places_of_a_form_with_changes(
        changes in prop::collection::vec((any_place(), any_value()), 1..5),
    ) {
        let mut form = VALID.clone();
        for (place, value) in changes {
            if let Some(member) = form.pointer_mut(&place) {
                *member = value;
            }
        }
        prop_assert_eq!(ours(&form), theirs(&REFEREE, &form));
    }

    #[test]
    fn both_find_faults_in_the_same_places_of_a_form_with_gaps_and_extras(
        gaps in prop::collection::vec(any_place(), 0..4),
        extras in prop::collection::vec((any_place(), any::<String>(), any_value()), 0..3),
    ) {
        let mut form = VALID.clone();
        for gap in gaps {
            let (parent, name) = gap.rsplit_once('/').unwrap_or_default();
            if let Some(Value::Object(members)) = form.pointer_mut(parent) {
                members.remove(name);
            }
        }
        for (place, name, value) in extras {
            if let Some(Value::Object(members)) = form.pointer_mut(&place) {
                members.entry(name).or_insert(value);
            }
        }
        prop_assert_eq!(ours(&form), theirs(&REFEREE, &form));
    }

    #[test]
    fn both_agree_on_what_is_sent_in_place_of_a_form(value in any_value()) {
        prop_assert_eq!(ours(&value), theirs(&REFEREE, &value));
    }

    #[test]
    fn both_agree_on_the_schemas_of_interface_descriptions(value in any_value()) {
        let schema = json!({
            "$ref": "#/components/schemas/Command",
            "components": { "schemas": {
                "Command": {
                    "type": "object",
                    "required": ["tenure"],
                    "properties": {
                        "tenure": { "oneOf": [
                            { "type": "null" },
                            { "$ref": "#/components/schemas/Tenure" },
                        ] },
                        "rooms": { "type": ["integer", "null"], "minimum": 0 },
                        "name": { "allOf": [
                            { "type": "string", "minLength": 2 },
                            { "maxLength": 5 },
                        ] },
                        "staff": { "type": "array", "items": { "$ref": "#/components/schemas/Command" } },
                    },
                },
                "Tenure": { "type": "string", "enum": ["leased", "owned"] },
            } },
        });
        let valid = referee(&schema).is_valid(&value);
        prop_assert_eq!(check_schema(&schema, &value).is_empty(), valid);
    }
}
