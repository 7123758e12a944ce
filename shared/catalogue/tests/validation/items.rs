//! What an item must be.

use domain::item::ServiceItem;
use serde_json::{Value, json};

use crate::{HOTEL, SOUND, assert_told, broken, faults, with};

#[test]
fn nothing_that_an_author_writes_is_lost_in_its_type() {
    let mut count = 0;
    for (file, _, text) in SOUND.folder("items") {
        let written: Value = serde_json::from_str(text).unwrap();
        let item: ServiceItem = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_value(&item).unwrap(), written, "{file}");
        count += 1;
    }
    assert!(count >= 95);
}

#[test]
fn an_item_must_follow_its_schema() {
    let faults = broken(HOTEL, |item| {
        item["statutory_limt"] = json!(null);
        item["promised_limit"]["number"] = json!("7");
        item["category"] = json!("astrology");
        item.as_object_mut().unwrap().remove("fee");
    });
    assert_told(&faults, HOTEL, "", "'statutory_limt' was unexpected");
    assert_told(&faults, HOTEL, "", "\"fee\" is a required property");
    assert_told(
        &faults,
        HOTEL,
        "/promised_limit/number",
        "is not of type \"integer\"",
    );
    assert_told(&faults, HOTEL, "/category", "is not one of");
}

#[test]
fn what_a_scaffold_leaves_to_its_author_must_be_said() {
    let faults = with(HOTEL, "/name/en", json!("TODO"));
    assert_told(&faults, HOTEL, "", "left to be said");
}

#[test]
fn a_date_must_exist() {
    assert_told(
        &with(HOTEL, "/effective_from", json!("2026-02-30")),
        HOTEL,
        "/effective_from",
        "date",
    );
}

#[test]
fn a_file_bears_the_name_of_its_item() {
    let faults = with(HOTEL, "/version", json!(2));
    assert_told(
        &faults,
        HOTEL,
        "/code",
        "must be named items/PSB-APR-004.v2.json",
    );
    let faults = with(HOTEL, "/code", json!("PSB-APR-998"));
    assert_told(
        &faults,
        HOTEL,
        "/code",
        "must be named items/PSB-APR-998.v1.json",
    );
}

#[test]
fn versions_follow_each_other_in_number_and_time() {
    let next = |version: u32, effective_from: &str| {
        let mut source = SOUND.clone();
        let mut item: Value = serde_json::from_str(source.get(HOTEL).unwrap()).unwrap();
        item["version"] = json!(version);
        item["effective_from"] = json!(effective_from);
        source.files.insert(
            format!("items/PSB-APR-004.v{version}.json"),
            item.to_string(),
        );
        faults(&source)
    };
    assert_eq!(next(2, "2027-01-01"), []);
    assert_told(
        &next(2, "2026-01-01"),
        "items/PSB-APR-004.v2.json",
        "/effective_from",
        "later",
    );
    assert_told(
        &next(3, "2027-01-01"),
        "items/PSB-APR-004.v3.json",
        "/version",
        "version 2 is expected",
    );
}

#[test]
fn all_95_items_stay() {
    let mut source = SOUND.clone();
    source.files.remove("items/PSB-PRO-021.v1.json");
    assert_told(&faults(&source), "items", "", "74 and 20 are valid");
}

#[test]
fn a_promise_is_never_longer_than_the_law() {
    let faults = with(HOTEL, "/promised_limit/number", json!(21));
    assert_told(
        &faults,
        HOTEL,
        "/promised_limit/number",
        "longer than the 20 days of the law",
    );
    assert_eq!(with(HOTEL, "/promised_limit/number", json!(20)), []);
}

#[test]
fn working_days_promised_against_days_of_the_calendar_are_compared_at_their_worst() {
    // 15 days of the law; 5 working days over Spring Festival take 14, 7 may take more.
    let residence = "items/PSB-PRO-002.v1.json";
    let faults = with(residence, "/promised_limit/number", json!(7));
    assert_told(
        &faults,
        residence,
        "/promised_limit",
        "ends after the limit of the law if it starts on",
    );
    assert_eq!(with(residence, "/promised_limit/number", json!(5)), []);
}

#[test]
fn a_promise_starts_when_the_law_does() {
    let faults = with(HOTEL, "/promised_limit/start", json!("receipt"));
    assert_told(
        &faults,
        HOTEL,
        "/promised_limit/start",
        "must be that of statutory_limit",
    );
}

#[test]
fn only_a_limit_in_law_can_be_extended() {
    let faults = with(HOTEL, "/statutory_limit/source", json!("analogy"));
    assert_told(&faults, HOTEL, "/extension", "only a limit in law");
}

#[test]
fn the_deciding_level_decides_and_levels_never_fall() {
    let faults = with(HOTEL, "/deciding_level", json!("city"));
    assert_told(&faults, HOTEL, "/deciding_level", "level of the last step");
    let faults = with(HOTEL, "/steps/0/level", json!("city"));
    assert_told(
        &faults,
        HOTEL,
        "/accepting_level",
        "level of the first step",
    );
    assert_told(&faults, HOTEL, "/steps", "never fall");
    let faults = with(HOTEL, "/steps/1/seq", json!(3));
    assert_told(&faults, HOTEL, "/steps", "without a gap");
}

#[test]
fn an_item_is_partial_exactly_when_somebody_has_to_come() {
    let faults = with(HOTEL, "/online_level", json!("partial"));
    assert_told(&faults, HOTEL, "/attendance", "needs attendance");
    let guns = "items/PSB-APR-029.v1.json";
    assert_told(
        &with(guns, "/attendance", json!(null)),
        guns,
        "/attendance",
        "needs attendance",
    );
}

#[test]
fn kind_section_and_service_fit_the_code() {
    let faults = broken(HOTEL, |item| {
        item["kind"] = json!("proactive");
    });
    assert_told(&faults, HOTEL, "/kind", "does not fit the code");
    assert_told(&faults, HOTEL, "/section", "online_service_hall");
    assert_told(&faults, HOTEL, "/service", "proactive service needs it");
}

#[test]
fn some_papers_can_never_follow_later() {
    let faults = with(HOTEL, "/materials/8/deferrable", json!(true));
    assert_told(
        &faults,
        HOTEL,
        "/materials/8/deferrable",
        "can never follow later",
    );
    let seal = "items/PSB-APR-006.v1.json";
    let faults = with(seal, "/materials/0/deferrable", json!(true));
    assert_told(&faults, seal, "/materials/0/deferrable", "instant item");
    let explosives = "items/PSB-APR-020.v1.json";
    let faults = with(explosives, "/materials/1/deferrable", json!(true));
    assert_told(
        &faults,
        explosives,
        "/materials/1/deferrable",
        "dangerous matter",
    );
    let faults = with(HOTEL, "/materials/8/required", json!(true));
    assert_told(
        &faults,
        HOTEL,
        "/materials/8/required",
        "may apply in person",
    );
    let faults = with(HOTEL, "/materials/1/code", json!("MAT-FORM"));
    assert_told(&faults, HOTEL, "/materials/1/code", "used twice");
}

#[test]
fn an_instant_approval_says_what_the_machine_checks() {
    let seal = "items/PSB-APR-006.v1.json";
    assert_told(
        &with(seal, "/decision_rules", json!([])),
        seal,
        "/decision_rules",
        "machine",
    );
    assert_told(
        &with(seal, "/auto_review", json!("manual")),
        seal,
        "/auto_review",
        "exactly when",
    );
}

#[test]
fn a_mark_of_what_is_illustrative_must_point_at_something() {
    let faults = with(HOTEL, "/illustrative/0", json!("/effective_form"));
    assert_told(
        &faults,
        HOTEL,
        "/illustrative",
        "/effective_form names no member",
    );
    assert_eq!(
        with(HOTEL, "/illustrative/0", json!("/materials/*/name/en")),
        []
    );
    let faults = with(HOTEL, "/illustrative/0", json!("/materials/*/colour"));
    assert_told(
        &faults,
        HOTEL,
        "/illustrative",
        "/materials/*/colour names no member",
    );
}
