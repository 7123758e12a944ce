//! Forms are checked completely, and their faults told without repeating what was written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so at once"
)]

use catalogue::{
    FormFault, Mask, check_form, form_schema, personal_members, rows_of, summaries_in_force,
};
use domain::item::ItemCode;
use jiff::civil::{Date, date};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

const TODAY: Date = date(2026, 11, 23);
const VALID: &str = include_str!("../fixtures/PSB-APR-004.valid.json");

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
    faults_of(hotel(), form)
}

fn faults_of(item: ItemCode, form: &Value) -> Vec<FormFault> {
    let version = catalogue::item(&item, TODAY).unwrap().version;
    let checked = check_form(&item, version, form, TODAY);
    checked.err().unwrap_or_default()
}

/// A fixture of an item.
fn fixture<T: DeserializeOwned>(item: ItemCode, kind: &str) -> T {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let path = format!("{folder}/{item}.{kind}.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path} is missing"));
    serde_json::from_str(&text).unwrap()
}

/// The items whose form can be filled in online.
fn with_a_form() -> Vec<ItemCode> {
    let items = summaries_in_force(TODAY).filter(|item| item.has_form);
    items.map(|item| item.code).collect()
}

/// Every form that its item's fixtures hold to be wrong, with its story.
fn wrong_forms() -> Vec<(ItemCode, Case)> {
    let of = |item: ItemCode| {
        let cases: Vec<Case> = fixture(item, "invalid");
        cases.into_iter().map(move |case| (item, case))
    };
    with_a_form().into_iter().flat_map(of).collect()
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

/// The valid form of `item` with the changes of the story.
fn told(item: ItemCode, case: &Case) -> Value {
    let mut form: Value = fixture(item, "valid");
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
fn who_filled_in_everything_rightly_has_no_faults() {
    assert!(with_a_form().len() >= 6);
    for item in with_a_form() {
        assert_eq!(faults_of(item, &fixture(item, "valid")), [], "{item}");
    }
}

#[test]
fn every_invalid_form_gets_all_its_faults_and_no_other() {
    for item in with_a_form() {
        let told = wrong_forms().iter().filter(|(of, _)| *of == item).count();
        assert!(told >= 5, "{item}: {told}");
        let between_rows = wrong_forms().iter().any(|(of, case)| {
            let codes = case.faults.iter().map(|fault| fault.code.as_str());
            *of == item && codes.into_iter().any(|code| code.starts_with("row_"))
        });
        let version = catalogue::item(&item, TODAY).unwrap().version;
        assert_eq!(rows_of(&item, version).is_some(), between_rows, "{item}");
    }
    for (item, case) in wrong_forms() {
        let found: Vec<_> = faults_of(item, &told(item, &case))
            .into_iter()
            .map(|fault| Expected {
                pointer: fault.pointer,
                code: fault.code.to_owned(),
            })
            .collect();
        assert_eq!(found, case.faults, "{item}: {}", case.story);
    }
}

#[test]
fn every_fault_is_told_in_both_languages() {
    for (item, case) in wrong_forms() {
        for fault in faults_of(item, &told(item, &case)) {
            assert!(fault.message_zh.ends_with('。'), "{item}: {fault:?}");
            assert!(fault.message_en.ends_with('.'), "{item}: {fault:?}");
        }
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
    let complaints = "PSB-PRO-007".parse().unwrap();
    let found = check_form(&complaints, 1, &json!({}), TODAY).unwrap_err();
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

#[test]
fn two_entries_are_one_however_they_are_written() {
    for twice in [
        json!([0.0, -0.0]),
        json!([1, 1.0]),
        json!([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]),
    ] {
        let mut form = valid();
        form["business_scope"] = twice;
        let found = faults(&form);
        let codes: Vec<_> = found.iter().map(|fault| fault.code).collect();
        assert!(
            codes.contains(&"repeated"),
            "{}: {codes:?}",
            form["business_scope"]
        );
    }
    let mut form = valid();
    form["business_scope"] = json!([1, "1", [1], {"1": 1}, null, "null"]);
    assert!(faults(&form).iter().all(|fault| fault.code != "repeated"));
}

#[test]
fn rows_that_contradict_each_other_are_told_at_once_each_with_the_row_before() {
    let permits: ItemCode = "PSB-PRO-002".parse().unwrap();
    let mut form: Value = fixture(permits, "valid");
    let employees = form["employees"].as_array_mut().unwrap();
    let first = employees[0].clone();
    let mut renamed = first.clone();
    renamed["name"] = json!("李又名");
    renamed["resident_id"] = json!("140121 19851130 997x");
    let mut again = employees[1].clone();
    again["mobile"] = json!("+86 159 0000 0000");
    employees.extend([first, renamed, again]);
    let found = faults_of(permits, &form);
    let told: Vec<_> = found
        .iter()
        .map(|fault| {
            (
                fault.pointer.as_str(),
                fault.code,
                fault.message_zh.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "/employees/2/resident_id",
                "row_repeated",
                "第3行与第1行重复（“公民身份号码”相同），请删除其中一行。"
            ),
            (
                "/employees/3/resident_id",
                "row_contradicts",
                "第4行与第1行的“公民身份号码”相同，但“姓名”不同，请改正或者删除其中一行。"
            ),
            (
                "/employees/4/resident_id",
                "row_repeated",
                "第5行与第2行重复（“公民身份号码”相同），请删除其中一行。"
            ),
        ]
    );
    assert_eq!(
        found[1].message_en,
        "Rows 4 and 1 have the same “Resident identity number” but differ in “Name”; \
         correct or remove one of the two."
    );
}

#[test]
fn rows_that_are_no_rows_contradict_nothing() {
    let permits: ItemCode = "PSB-PRO-002".parse().unwrap();
    for nonsense in [
        json!(null),
        json!("twice"),
        json!([1, 1, {"resident_id": 1}, {"resident_id": 1}]),
    ] {
        let mut form: Value = fixture(permits, "valid");
        form["employees"] = nonsense;
        let found = faults_of(permits, &form);
        assert!(!found.is_empty() && found.iter().all(|fault| !fault.code.starts_with("row_")));
    }
}

#[test]
fn an_item_for_many_says_where_its_rows_are() {
    let bulk: Vec<_> = with_a_form()
        .into_iter()
        .filter_map(|code| Some((code.to_string(), rows_of(&code, 1)?)))
        .map(|(code, rows)| (code, rows.pointer, rows.keys))
        .collect();
    let bulk: Vec<_> = bulk
        .iter()
        .map(|(code, pointer, keys)| (code.as_str(), *pointer, *keys))
        .collect();
    let expected: [(&str, &str, &[&str]); 7] = [
        (
            "PSB-APR-015",
            "/guards",
            &["/resident_id", "/exam/admission_number"],
        ),
        (
            "PSB-APR-018",
            "/workers",
            &["/resident_id", "/exam/admission_number"],
        ),
        ("PSB-APR-029", "/guns", &["/gun_number"]),
        (
            "PSB-APR-053",
            "/drivers",
            &["/resident_id", "/licence_archive_number"],
        ),
        (
            "PSB-APR-058",
            "/employees",
            &["/resident_id", "/pass_number"],
        ),
        ("PSB-APR-059", "/employees", &["/resident_id"]),
        ("PSB-PRO-002", "/employees", &["/resident_id"]),
    ];
    assert_eq!(bulk, expected);
}
