//! Forms are checked completely, and their faults told without repeating what was written.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so at once"
)]

use catalogue::{FormFault, Mask, check_form, form_schema, personal_members};
use domain::item::ItemCode;
use jiff::civil::{Date, date};
use serde::Deserialize;
use serde_json::{Map, Value, json};

const TODAY: Date = date(2026, 11, 23);
const VALID: &str = include_str!("../fixtures/PSB-APR-004.valid.json");
const INVALID: &str = include_str!("../fixtures/PSB-APR-004.invalid.json");

/// A valid form with a few members changed, and the faults expected.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    story: String,
    #[serde(default)]
    replace: Map<String, Value>,
    #[serde(default)]
    add: Map<String, Value>,
    #[serde(default)]
    remove: Vec<String>,
    /// Puts a text of so many characters.
    #[serde(default)]
    repeat: Map<String, Value>,
    faults: Vec<Expected>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    pointer: String,
    code: String,
}

fn hotel() -> ItemCode {
    "PSB-APR-004".parse().unwrap()
}

fn valid() -> Value {
    serde_json::from_str(VALID).unwrap()
}

fn faults(form: &Value) -> Vec<FormFault> {
    check_form(&hotel(), 1, form, TODAY)
        .err()
        .unwrap_or_default()
}

/// The object a pointer leads into, and the member's name there.
fn place<'a>(form: &'a mut Value, pointer: &str) -> (&'a mut Map<String, Value>, String) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    (
        form.pointer_mut(parent).unwrap().as_object_mut().unwrap(),
        name,
    )
}

fn told(case: &Case) -> Value {
    let mut form = valid();
    for (pointer, value) in &case.replace {
        *form.pointer_mut(pointer).unwrap() = value.clone();
    }
    for (pointer, value) in &case.add {
        let (object, name) = place(&mut form, pointer);
        assert_eq!(
            object.insert(name, value.clone()),
            None,
            "{pointer} is there already"
        );
    }
    for pointer in &case.remove {
        let (object, name) = place(&mut form, pointer);
        assert!(object.remove(&name).is_some(), "{pointer} is not there");
    }
    for (pointer, times) in &case.repeat {
        let times = usize::try_from(times.as_u64().unwrap()).unwrap();
        *form.pointer_mut(pointer).unwrap() = json!("备".repeat(times));
    }
    form
}

#[test]
fn a_hotel_that_filled_in_everything_rightly_has_no_faults() {
    assert_eq!(check_form(&hotel(), 1, &valid(), TODAY), Ok(()));
}

#[test]
fn every_invalid_form_gets_all_its_faults_and_no_other() {
    let cases: Vec<Case> = serde_json::from_str(INVALID).unwrap();
    assert!(cases.len() >= 10);
    for case in cases {
        let found: Vec<_> = faults(&told(&case))
            .into_iter()
            .map(|fault| Expected {
                pointer: fault.pointer,
                code: fault.code.to_owned(),
            })
            .collect();
        assert_eq!(found, case.faults, "{}", case.story);
    }
}

#[test]
fn every_fault_is_told_in_both_languages() {
    let cases: Vec<Case> = serde_json::from_str(INVALID).unwrap();
    for fault in cases.iter().flat_map(|case| faults(&told(case))) {
        assert!(fault.message_zh.ends_with('。'), "{fault:?}");
        assert!(fault.message_en.ends_with('.'), "{fault:?}");
    }
}

#[test]
fn a_fault_names_the_member_as_the_form_does() {
    let mut form = valid();
    form["rooms"] = json!(0);
    let found = faults(&form);
    let fault = found.first().unwrap();
    assert_eq!(fault.message_zh, "“客房数”不能小于1。");
    assert_eq!(
        fault.message_en,
        "“Number of rooms” may not be less than 1."
    );

    let mut form = valid();
    form["business_scope"] = json!(["casino"]);
    let found = faults(&form);
    assert!(
        found
            .first()
            .unwrap()
            .message_zh
            .starts_with("“经营项目”请从以下选项中选择：住宿、餐饮、")
    );
}

#[test]
fn what_was_written_is_never_repeated() {
    let secret = "机密31415";
    let number = "140122190102030020";
    let mut form = valid();
    form["legal_representative"]["name"] = json!(secret);
    form["security_officer"]["resident_id"] = json!(number);
    form["security_officer"]["mobile"] = json!(secret);
    form["hotel_type"] = json!(secret);
    form["opening_date"] = json!(secret);
    form["premises"] = json!(secret);
    let found = faults(&form);
    assert_eq!(found.len(), 6, "{found:?}");
    for fault in found {
        for text in [&fault.pointer, &fault.message_zh, &fault.message_en] {
            assert!(!text.contains(secret) && !text.contains(number), "{text}");
        }
    }
}

#[test]
fn identifiers_are_normalised_before_they_are_checked() {
    let mut form = valid();
    form["security_officer"]["mobile"] = json!("+86 138-0000-0000");
    form["security_officer"]["resident_id"] = json!("１４０１２２ 19010203 002x");
    assert_eq!(faults(&form), []);
}

#[test]
fn a_child_born_today_is_no_time_traveller_and_one_born_tomorrow_is() {
    let mut form = valid();
    form["legal_representative"]["resident_id"] = json!("140121209912310016");
    assert!(check_form(&hotel(), 1, &form, date(2099, 12, 30)).is_err());
    assert_eq!(check_form(&hotel(), 1, &form, date(2099, 12, 31)), Ok(()));
}

#[test]
fn an_item_without_an_online_form_says_so() {
    let seals = "PSB-APR-005".parse().unwrap();
    let found = check_form(&seals, 1, &json!({}), TODAY).unwrap_err();
    assert_eq!(
        found.iter().map(|fault| fault.code).collect::<Vec<_>>(),
        ["form_not_available"]
    );
}

#[test]
fn personal_members_are_known_so_that_they_can_be_encrypted_and_masked() {
    let members: Vec<_> = personal_members(&hotel(), 1)
        .iter()
        .map(|member| (member.pointer, member.mask))
        .collect();
    assert_eq!(
        members,
        [
            ("/legal_representative/name", Some(Mask::Name)),
            ("/legal_representative/resident_id", Some(Mask::ResidentId)),
            ("/security_officer/name", Some(Mask::Name)),
            ("/security_officer/resident_id", Some(Mask::ResidentId)),
            ("/security_officer/mobile", Some(Mask::Mobile)),
            ("/handling_agent/mobile", Some(Mask::Mobile)),
        ]
    );
}

#[test]
fn the_schema_stands_alone_and_keeps_the_order_of_its_author() {
    let schema = form_schema(&hotel(), 1).unwrap();
    assert!(!schema.contains("$ref"));
    let at = |name: &str| schema.find(&format!("\"{name}\":{{")).unwrap();
    assert!(at("hotel_name") < at("opening_date") && at("opening_date") < at("premises"));
    assert!(at("premises") < at("beds") && at("beds") < at("remarks"));
}
