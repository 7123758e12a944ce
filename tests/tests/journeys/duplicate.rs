//! Who applies for the same event twice reads so in the report, as the officers do.

use domain::item::{ItemCode, ServiceItem};
use journeys::waiting::until;
use journeys::{Api, Procedure, papers};
use serde_json::{Value, json};
use uuid::Uuid;

const EVENTS: &str = "PSB-APR-001";
/// A concert in the district whose unit the sandbox has officers of.
const FORM: &str = include_str!("../../../shared/catalogue/fixtures/PSB-APR-001.valid.json");

fn events() -> &'static ServiceItem {
    let code: ItemCode = EVENTS.parse().unwrap();
    catalogue::item_version(&code, 1).unwrap()
}

/// An application for the event, submitted with all its papers.
async fn submitted(api: &Api, form: &Value) -> Procedure {
    let case = Procedure::open(api, EVENTS, form).await.unwrap();
    for paper in papers::asked_for_by(events()) {
        case.filing.hand_in(&paper).await.unwrap();
    }
    case.filing.examined().await.unwrap();
    case.agent("submit", json!({}), "submitted").await.unwrap();
    case
}

/// What the applicant reads about other applications for the same: subject and outcome of each check.
async fn duplicates(case: &Procedure) -> Vec<(String, String)> {
    let report = case.filing.agent.get(&case.filing.path("/report"));
    let report = until("the review's report", &report, |it| it.status == 200).await;
    let report = report.unwrap();
    let checks = report.json()["checks"].as_array().unwrap().iter();
    let of_kind = checks.filter(|check| check["kind"] == "duplicate");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    of_kind
        .map(|check| (text(&check["subject"]), text(&check["outcome"])))
        .collect()
}

#[tokio::test]
async fn a_second_application_for_the_same_event_is_told_until_the_others_are_withdrawn() {
    let api = Api::from_env().unwrap();
    let mut form: Value = serde_json::from_str(FORM).unwrap();
    form["event"]["name"] = format!("音乐会 {}", Uuid::new_v4().simple()).into();
    let alone = [(EVENTS.to_owned(), "passed".to_owned())];

    let first = submitted(&api, &form).await;
    assert_eq!(duplicates(&first).await, alone);
    let second = submitted(&api, &form).await;
    let repeated = [(first.filing.number.clone(), "failed".to_owned())];
    assert_eq!(duplicates(&second).await, repeated);

    for case in [&first, &second] {
        case.agent("withdraw", json!({}), "withdrawn")
            .await
            .unwrap();
    }
    let third = submitted(&api, &form).await;
    assert_eq!(duplicates(&third).await, alone);
}
