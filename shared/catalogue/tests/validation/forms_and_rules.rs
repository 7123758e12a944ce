//! What a form and its rules must be.

use serde_json::json;

use crate::{FORM, RULES, SOUND, assert_told, broken, faults, with};

#[test]
fn a_form_must_be_a_schema_with_words_for_every_fault() {
    let faults = broken(FORM, |form| {
        form["properties"]["rooms"]["minimum"] = json!("one");
        form["properties"]["beds"]["multipleOf"] = json!(2);
        form["properties"]["premises"]["additionalProperties"] = json!(true);
        form["properties"]["remarks"]["pattern"] = json!("^(?=a)");
        form["properties"]["premises"]["if"]["not"] = json!({});
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
        "/properties/remarks",
        "cannot use this pattern",
    );
    assert_told(
        &faults,
        FORM,
        "/properties/premises/if",
        "not is not used in conditions",
    );
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
fn applications_are_told_apart_by_texts_outside_of_lists() {
    let told = "x-subject tells applications apart by a text";
    let faults = broken(FORM, |form| {
        form["properties"]["rooms"]["x-subject"] = json!(true);
    });
    assert_told(&faults, FORM, "/properties/rooms", told);

    let listed = "forms/PSB-APR-006.v1.json";
    let at = "/properties/seals/items/properties/code";
    let faults = broken(listed, |form| {
        form.pointer_mut(at).unwrap()["x-subject"] = json!(true);
    });
    assert_told(&faults, listed, at, told);
}

#[test]
fn rows_are_one_bounded_list_of_objects_told_apart_by_what_a_row_has_once() {
    const ROWS: &str = "forms/PSB-PRO-002.v1.json";
    const LIST: &str = "/properties/employees";
    let told = |change: fn(&mut serde_json::Value), at: &str, words: &str| {
        assert_told(&broken(ROWS, change), ROWS, at, words);
    };
    told(
        |form| form["properties"]["handling_agent"] = form["properties"]["employees"].clone(),
        "",
        "only one list may have a row for each person or thing",
    );
    told(
        |form| form["properties"]["batch"]["x-rows"] = json!(true),
        "/properties/batch",
        "x-rows belongs to a list of objects",
    );
    told(
        |form| form["properties"]["employees"]["maxItems"] = json!(501),
        LIST,
        "rows need maxItems, of at most 500",
    );
    told(
        |form| {
            let list = form["properties"]["employees"].as_object_mut().unwrap();
            list.remove("maxItems");
        },
        LIST,
        "rows need maxItems",
    );
    told(
        |form| {
            let row = &mut form["properties"]["employees"]["items"];
            row["properties"]["resident_id"]["x-row-key"] = json!(false);
        },
        LIST,
        "say by x-row-key of which members no two rows may have the same",
    );
    told(
        |form| {
            let row = &mut form["properties"]["employees"]["items"];
            row["properties"]["lived_half_year"]["x-row-key"] = json!(true);
        },
        "/properties/employees/items/properties/lived_half_year",
        "x-row-key belongs to a text that a row has once",
    );
    told(
        |form| form["properties"]["batch"]["x-row-key"] = json!(true),
        "/properties/batch",
        "x-row-key belongs to a member of a row",
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
