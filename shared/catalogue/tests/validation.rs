//! The build refuses what does not hold together, and tells authors where and why.

#[path = "../build/check/mod.rs"]
mod check;
#[path = "../build/embed.rs"]
mod embed;
#[path = "../build/source.rs"]
mod source;

use std::path::Path;
use std::sync::LazyLock;

use check::Fault;
use serde_json::{Value, json};
use source::Source;

static SOUND: LazyLock<Source> =
    LazyLock::new(|| Source::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap());

const HOTEL: &str = "items/PSB-APR-004.v1.json";
const FORM: &str = "forms/PSB-APR-004.v1.json";
const RULES: &str = "rules/PSB-APR-004.v1.json";
const CALENDAR: &str = "calendar/holidays.json";
const UNITS: &str = "units/regions_units.json";

fn faults(source: &Source) -> Vec<Fault> {
    check::check(source).err().unwrap_or_default()
}

/// The faults after a change to one file.
fn broken(file: &str, change: impl FnOnce(&mut Value)) -> Vec<Fault> {
    let mut source = SOUND.clone();
    let text = source.files.get_mut(file).unwrap();
    let mut value: Value = serde_json::from_str(text).unwrap();
    change(&mut value);
    *text = value.to_string();
    faults(&source)
}

/// The faults after one member of a file has another value.
fn with(file: &str, pointer: &str, value: Value) -> Vec<Fault> {
    broken(file, |json| *json.pointer_mut(pointer).unwrap() = value)
}

#[track_caller]
fn assert_told(faults: &[Fault], file: &str, pointer: &str, words: &str) {
    let told = faults.iter().any(|fault| {
        fault.file == file && fault.pointer == pointer && fault.message.contains(words)
    });
    assert!(told, "{file} {pointer} {words:?} not in {faults:#?}");
}

#[test]
fn the_catalogue_as_it_is_holds_together() {
    assert_eq!(faults(&SOUND), []);
}

#[test]
fn the_same_files_are_embedded_as_the_same_text() {
    let render = || {
        check::check(&SOUND)
            .map(|catalogue| embed::render(&catalogue))
            .ok()
            .unwrap()
    };
    assert_eq!(render(), render());
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let mut source = SOUND.clone();
    for file in [HOTEL, UNITS, "items/PSB-PRO-001.v1.json"] {
        source.files.insert(file.to_owned(), "{".to_owned());
    }
    let faults = faults(&source);
    assert_told(&faults, HOTEL, "", "is not JSON");
    assert_told(&faults, UNITS, "", "is not JSON");
    assert_told(&faults, "items/PSB-PRO-001.v1.json", "", "is not JSON");
    assert_told(&faults, "items", "", "73 and 20 are valid");
    assert_told(&faults, FORM, "", "no valid items/PSB-APR-004.v1.json");
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

#[test]
fn a_form_must_be_a_schema_with_words_for_every_fault() {
    let faults = broken(FORM, |form| {
        form["properties"]["rooms"]["minimum"] = json!("one");
        form["properties"]["beds"]["multipleOf"] = json!(2);
        form["properties"]["premises"]["additionalProperties"] = json!(true);
        form["properties"]["remarks"]["pattern"] = json!("^a");
        form["properties"]["hotel_name"]
            .as_object_mut()
            .unwrap()
            .remove("x-title-en");
        form["properties"]["hotel_type"]["enum"] = json!(["hotel", "castle"]);
        form["properties"]["opening_date"]["minLength"] = json!(1);
        form["properties"]["handling_agent"]["properties"]["mobile"]["$ref"] =
            json!("definitions.json#/telephone");
    });
    assert_told(
        &faults,
        FORM,
        "/properties/rooms/minimum",
        "is no JSON Schema",
    );
    assert_told(&faults, FORM, "/properties/beds", "multipleOf is not used");
    assert_told(
        &faults,
        FORM,
        "/properties/premises",
        "additionalProperties must be false",
    );
    assert_told(&faults, FORM, "/properties/remarks", "needs x-hint");
    assert_told(
        &faults,
        FORM,
        "/properties/hotel_name",
        "x-title-en is missing",
    );
    assert_told(
        &faults,
        FORM,
        "/properties/hotel_type",
        "needs a name in x-choices",
    );
    assert_told(
        &faults,
        FORM,
        "/properties/opening_date",
        "minLength may not stand beside $ref",
    );
    assert_told(
        &faults,
        FORM,
        "/properties/handling_agent/properties/mobile",
        "no part of forms/definitions.json",
    );
}

#[test]
fn a_form_comes_with_one_that_is_filled_in_rightly() {
    let fixture = "fixtures/PSB-APR-004.valid.json";
    assert_told(
        &with(fixture, "/rooms", json!(0)),
        fixture,
        "/rooms",
        "less than the minimum",
    );
    let mut source = SOUND.clone();
    source.files.remove(fixture);
    assert_told(&faults(&source), fixture, "", "is missing");
}

#[test]
fn forms_and_rules_belong_to_a_version_that_exists() {
    let mut source = SOUND.clone();
    for folder in ["forms", "rules"] {
        let text = source
            .get(&format!("{folder}/PSB-APR-004.v1.json"))
            .unwrap()
            .to_owned();
        source
            .files
            .insert(format!("{folder}/PSB-APR-004.v2.json"), text.clone());
        source
            .files
            .insert(format!("{folder}/PSB-APR-004.json"), text);
    }
    let faults = faults(&source);
    for folder in ["forms", "rules"] {
        assert_told(
            &faults,
            &format!("{folder}/PSB-APR-004.v2.json"),
            "",
            "no valid items/",
        );
        assert_told(
            &faults,
            &format!("{folder}/PSB-APR-004.json"),
            "",
            "must be named CODE.vVERSION",
        );
    }
}

#[test]
fn rules_must_compile_and_speak_of_what_they_are_given() {
    let faults = broken(RULES, |rules| {
        rules[0]["expression"] = json!("form.beds >=");
        rules[1]["expression"] = json!("applicant.beds >= form.rooms");
        rules[2]["code"] = json!("beds_cover_rooms");
        rules[3]["code"] = json!("Lease!");
        rules[4]["reason"]["en"] = json!("");
    });
    assert_told(&faults, RULES, "/0/expression", "is not CEL");
    assert_told(
        &faults,
        RULES,
        "/1/expression",
        "applicant is unknown: a rule sees form, facts, today",
    );
    assert_told(&faults, RULES, "/2/code", "used twice");
    assert_told(&faults, RULES, "/3/code", "lower snake case");
    assert_told(&faults, RULES, "/4/reason", "both languages");
}

#[test]
fn the_calendar_is_counted_and_every_day_stands_in_its_year() {
    let faults = broken(CALENDAR, |calendar| {
        calendar["years"]["2026"]["days_off"]
            .as_array_mut()
            .unwrap()
            .remove(0);
    });
    assert_told(
        &faults,
        CALENDAR,
        "/years/2026/working_day_count",
        "gives 249 working days",
    );
    let faults = with(CALENDAR, "/years/2026/days_off/0/date", json!("2025-01-01"));
    assert_told(&faults, CALENDAR, "/years/2026", "belongs to another year");
    let faults = with(
        CALENDAR,
        "/years/2026/makeup_working_days/0/date",
        json!("2026-01-05"),
    );
    assert_told(
        &faults,
        CALENDAR,
        "/years/2026/makeup_working_days",
        "must be a Saturday or Sunday",
    );
}

#[test]
fn every_unit_has_a_region_a_parent_and_a_level_that_fit() {
    let faults = broken(UNITS, |tables| {
        tables["units"][1]["parent"] = json!("psb-140200");
        tables["units"][2]["level"] = json!("county");
        tables["units"][3]["region"] = json!("140399");
        tables["regions"][0]["code"] = json!("140100");
    });
    assert_told(&faults, UNITS, "/units/1/parent", "higher level");
    assert_told(&faults, UNITS, "/units/2/level", "level of the region");
    assert_told(&faults, UNITS, "/units/3", "region is not listed");
    assert_told(&faults, UNITS, "/units/3/id", "psb- and the code");
    assert_told(&faults, UNITS, "/regions", "listed twice");
    assert_told(&faults, UNITS, "/units", "140300 needs a unit");
}
