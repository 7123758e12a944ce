//! `POST /v1/items/{code}/clock-preview`.

use platform::telemetry::Calls;
use serde_json::{Value, json};

use crate::world::Function;

const HOTEL: &str = "PSB-APR-004";

/// A preview of that item.
async fn ask(function: &Function, code: &str, language: &str, body: &Value) -> (u16, Value) {
    function
        .post(&format!("/v1/items/{code}/clock-preview"), language, body)
        .await
}

async fn shown(function: &Function, code: &str, body: &Value) -> Value {
    let (status, told) = ask(function, code, "zh-CN", body).await;
    assert_eq!(status, 200, "{told:#}");
    told
}

/// Every fault with its pointer.
async fn faults_of(function: &Function, code: &str, body: &Value) -> Vec<(String, String)> {
    let (status, told) = ask(function, code, "en", body).await;
    assert_eq!(
        (status, &told["code"]),
        (422, &json!("invalid_value")),
        "{told:#}"
    );
    let errors = told["errors"].as_array().unwrap().iter();
    errors
        .map(|error| {
            let text = |member: &str| error[member].as_str().unwrap().to_owned();
            (text("pointer"), text("code"))
        })
        .collect()
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

/// A hotel licence, 7 working days promised and 20 by law: accepted on Monday 2 November 2026, heard
/// from Thursday 5 to Monday 9, extended by 10.
fn heard_and_extended() -> Value {
    json!({
        "received_at": "2026-10-30T16:00:00+08:00",
        "accepted_at": "2026-11-02T09:00:00+08:00",
        "pauses": [
            {"ground": "hearing", "from": "2026-11-05T09:00:00+08:00", "to": "2026-11-09T17:00:00+08:00"},
        ],
        "extension_days": 10,
        "as_of": "2026-11-10T12:00:00+08:00",
    })
}

#[tokio::test]
async fn a_ledger_shows_the_whole_sum_and_costs_no_call_to_aws() {
    let function = Function::new();
    let told = shown(&function, HOTEL, &heard_and_extended()).await;
    assert_eq!(told["item"], HOTEL);
    assert_eq!(told["item_version"], 1);
    assert_eq!(told["as_of"], "2026-11-10T12:00:00.000+08:00");
    assert_eq!(told["acceptance"]["state"], "met");
    assert_eq!(told["acceptance"]["due"]["date"], "2026-11-06");
    assert_eq!(
        told["acceptance"]["source"]["zh"],
        "《行政许可法》第三十二条"
    );

    let promised = &told["promised"];
    assert_eq!(promised["number"], 7);
    assert_eq!(promised["unit"], "working_day");
    assert_eq!(promised["source"]["en"], "Promised by the authority");
    assert_eq!(promised["is_law"], false);
    assert_eq!(promised["started"]["event"], "acceptance");
    assert_eq!(promised["started"]["date"], "2026-11-02");
    assert_eq!(promised["pauses"][0]["ground"], "hearing");
    assert_eq!(promised["pauses"][0]["name"]["zh"], "听证");
    assert_eq!(promised["pauses"][0]["days"], 2);
    assert_eq!(promised["pauses"][0]["counted_after"], "2026-11-05");
    assert_eq!(promised["pauses"][0]["counted_through"], "2026-11-09");
    assert_eq!(promised["pauses"][0].get("by"), None);
    assert_eq!(promised["extension"]["days"], 10);
    assert_eq!(promised["extension"]["from"], "2026-11-13");
    assert_eq!(promised["extension"]["applied"], true);
    assert_eq!(promised["extension"]["basis"], "行政许可法 art. 42");
    assert_eq!(promised["due"]["date"], "2026-11-27");
    assert_eq!(promised["due"]["at"], "2026-11-27T23:59:59.000+08:00");
    assert_eq!(promised["due"]["provisional"], false);
    assert_eq!(promised["state"], "running");
    assert_eq!(promised["days_left"], 13);
    assert_eq!(
        promised["explanation"]["zh"],
        "自2026年11月2日（受理，当日不计）起7个工作日，扣除暂停的2个工作日，经批准延长10个工作日，\
         于2026年11月27日23时59分59秒（北京时间）届满。"
    );
    assert_eq!(
        promised["explanation"]["en"],
        "7 working days after 2026-11-02 (acceptance), which does not count; pauses of 2 working days \
         left out; extended by 10 working days; ends with 2026-11-27, 23:59:59 China time."
    );
    assert_eq!(told["statutory"]["due"]["date"], "2026-12-16");
    assert_eq!(told["statutory"]["is_law"], true);
    assert_eq!(told["delivery"]["state"], "not_started");
    assert_eq!(told["delivery"]["due"], Value::Null);
    assert_eq!(function.calls(), Calls::default());
}

#[tokio::test]
async fn silence_counts_as_acceptance_and_a_grant_starts_the_delivery() {
    let function = Function::new();
    let asked = json!({
        "received_at": "2026-11-02T09:00:00+08:00",
        "decided_at": "2026-11-11T10:00:00+08:00",
        "as_of": "2026-11-12T10:00:00+08:00",
    });
    let told = shown(&function, HOTEL, &asked).await;
    assert_eq!(told["acceptance"]["state"], "overdue");
    assert_eq!(told["promised"]["started"]["event"], "deemed_acceptance");
    assert_eq!(told["promised"]["started"]["date"], "2026-11-02");
    assert_eq!(told["promised"]["state"], "met");
    assert_eq!(told["delivery"]["due"]["date"], "2026-11-25");
}

#[tokio::test]
async fn without_a_moment_it_is_told_of_now_or_of_the_last_moment_given() {
    let function = Function::new();
    let planned = json!({
        "received_at": "2090-01-04T09:00:00+08:00",
        "accepted_at": "2090-01-05T09:00:00+08:00",
    });
    let told = shown(&function, HOTEL, &planned).await;
    assert_eq!(told["as_of"], "2090-01-05T09:00:00.000+08:00");
    assert_eq!(told["promised"]["state"], "running");
    assert_eq!(told["promised"]["due"]["provisional"], true);
    let past = json!({"received_at": "2024-01-04T09:00:00+08:00"});
    let told = shown(&function, HOTEL, &past).await;
    assert!(told["as_of"].as_str().unwrap() > "2026-01-01");
    assert_eq!(told["promised"]["state"], "overdue");
}

#[tokio::test]
async fn a_limit_that_no_law_sets_is_shown_as_the_platforms_own() {
    let function = Function::new();
    let filing = catalogue::summaries()
        .iter()
        .filter_map(|item| catalogue::item_version(&item.code, item.version))
        .find(|item| {
            item.statutory_limit
                .is_some_and(|limit| limit.source == domain::item::LimitSource::Analogy)
        })
        .unwrap();
    let asked = json!({"received_at": "2026-11-02T09:00:00+08:00"});
    let told = shown(&function, &filing.code.to_string(), &asked).await;
    for limit in ["acceptance", "statutory", "delivery"] {
        assert_eq!(
            told[limit]["source"]["zh"], "无法定时限（平台默认）",
            "{limit}"
        );
        assert_eq!(told[limit]["is_law"], false);
    }
}

#[tokio::test]
async fn every_fault_is_told_at_once_with_its_place() {
    let function = Function::new();
    let asked = json!({
        "received_at": "2026-11-02T09:00:00+08:00",
        "accepted_at": "2026-11-01T09:00:00+08:00",
        "pauses": [
            {"ground": "testing", "from": "2026-11-05T09:00:00+08:00", "to": "2026-11-04T09:00:00+08:00"},
            {"ground": "hearing", "from": "2026-10-05T09:00:00+08:00"},
            {"ground": "site_inspection", "from": "yesterday"},
            {"ground": "suspension", "from": "1999-11-05T09:00:00+08:00", "to": "2026-11-05"},
            {"ground": "suspension", "from": "2026-11-06T09:00:00+08:00", "to": "2026-11-05T09:00:00+08:00"},
        ],
        "extension_days": 11,
        "as_of": "2026-11-01T09:00:00+08:00",
    });
    let told = faults_of(&function, HOTEL, &asked).await;
    let expected = [
        fault("/pauses/2/ground", "not_a_choice"),
        fault("/pauses/2/from", "wrong_format"),
        fault("/pauses/3/from", "out_of_range"),
        fault("/pauses/3/to", "wrong_format"),
        fault("/accepted_at", "before_receipt"),
        fault("/pauses/0/ground", "ground_not_listed"),
        fault("/pauses/0/to", "ends_before_it_begins"),
        fault("/pauses/1/from", "before_receipt"),
        fault("/pauses/4/to", "ends_before_it_begins"),
        fault("/extension_days", "extension_out_of_range"),
        fault("/as_of", "before_receipt"),
    ];
    assert_eq!(told, expected);
    let (_, zh) = ask(&function, HOTEL, "zh-CN", &asked).await;
    let (_, en) = ask(&function, HOTEL, "en", &asked).await;
    for (zh, en) in zh["errors"]
        .as_array()
        .unwrap()
        .iter()
        .zip(en["errors"].as_array().unwrap())
    {
        assert!(!zh["message"].as_str().unwrap().is_ascii(), "{zh}");
        assert!(en["message"].as_str().unwrap().is_ascii(), "{en}");
    }
}

#[tokio::test]
async fn an_extension_has_a_basis_and_comes_in_time() {
    let function = Function::new();
    let case = |extended_at: &str| {
        json!({
            "received_at": "2026-11-02T09:00:00+08:00",
            "accepted_at": "2026-11-02T10:00:00+08:00",
            "extension_days": 5,
            "extended_at": extended_at,
        })
    };
    let told = shown(&function, HOTEL, &case("2026-11-30T23:59:59+08:00")).await;
    assert_eq!(told["statutory"]["due"]["date"], "2026-12-07");
    assert_eq!(
        told["promised"]["due"]["date"], "2026-11-11",
        "it had ended by then"
    );
    assert_eq!(told["promised"]["extension"]["applied"], false);
    let late = faults_of(&function, HOTEL, &case("2026-12-01T00:00:00+08:00")).await;
    assert_eq!(late, [fault("/extended_at", "limit_ended")]);
    let early = faults_of(&function, HOTEL, &case("2026-11-02T09:30:00+08:00")).await;
    assert_eq!(early, [fault("/extended_at", "limit_not_started")]);
    let baseless = faults_of(&function, "PSB-APR-037", &case("2026-11-02T11:00:00+08:00")).await;
    assert_eq!(
        baseless,
        [fault("/extension_days", "no_basis_for_extension")]
    );
    let nameless = json!({
        "received_at": "2026-11-02T09:00:00+08:00",
        "extended_at": "2026-11-03T09:00:00+08:00",
    });
    let nameless = faults_of(&function, HOTEL, &nameless).await;
    assert_eq!(nameless, [fault("/extension_days", "missing")]);
    for days in [0, -1, 11, 70_000, i64::MAX] {
        let mut asked = heard_and_extended();
        asked["extension_days"] = json!(days);
        let told = faults_of(&function, HOTEL, &asked).await;
        assert_eq!(
            told,
            [fault("/extension_days", "extension_out_of_range")],
            "{days}"
        );
    }
}

#[tokio::test]
async fn pauses_are_counted_up_to_fifty() {
    let function = Function::new();
    let pause = json!({"ground": "suspension", "from": "2026-11-05T09:00:00+08:00"});
    let with = |pauses: usize| json!({"received_at": "2026-11-02T09:00:00+08:00", "pauses": vec![pause.clone(); pauses]});
    shown(&function, HOTEL, &with(50)).await;
    assert_eq!(
        faults_of(&function, HOTEL, &with(51)).await,
        [fault("/pauses", "too_many")]
    );
}

#[tokio::test]
async fn what_cannot_be_read_and_what_is_not_there() {
    let function = Function::new();
    let (status, told) = ask(
        &function,
        HOTEL,
        "en",
        &json!({"received_at": 4, "colour": "red", "pauses": [{"from": 1}]}),
    )
    .await;
    assert_eq!((status, &told["code"]), (400, &json!("malformed_request")));
    let pointers: Vec<&str> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        pointers,
        [
            "/colour",
            "/pauses/0/from",
            "/pauses/0/ground",
            "/received_at"
        ]
    );
    let good = json!({"received_at": "2026-11-02T09:00:00+08:00"});
    for code in ["PSB-APR-999", "psb-apr-004", "nothing"] {
        assert_eq!(ask(&function, code, "en", &good).await.0, 404, "{code}");
    }
}
