//! Applications of any item, submitted with all their papers, and what the background review said.

use domain::item::ItemCode;
use journeys::waiting::until;
use journeys::{Api, Procedure, papers};
use serde_json::{Value, json};

/// The form of `item` that is filled in rightly.
pub(crate) fn form(item: &str) -> Value {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/catalogue/fixtures");
    let text = std::fs::read_to_string(format!("{fixtures}/{item}.valid.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// An application for `item`, submitted with all its papers.
pub(crate) async fn submitted(api: &Api, item: &str, form: &Value) -> Procedure {
    let case = ready(api, item, form).await;
    let answer = case.agent("submit", json!({}), "submitted").await;
    case.handled_as(&answer.unwrap())
}

/// A draft for `item` with all its papers.
pub(crate) async fn ready(api: &Api, item: &str, form: &Value) -> Procedure {
    let case = Procedure::open(api, item, form).await.unwrap();
    let code: ItemCode = item.parse().unwrap();
    let content = catalogue::item_version(&code, 1).unwrap();
    for paper in papers::asked_for_by(content) {
        case.filing.hand_in(&paper).await.unwrap();
    }
    case.filing.examined().await.unwrap();
    case
}

pub(crate) async fn report(case: &Procedure) -> Value {
    let officer = case.officer("intake").await.unwrap();
    let report = officer.get(&case.filing.path("/report"));
    let report = until("the review's report", &report, |it| it.status == 200).await;
    report.unwrap().json().clone()
}

pub(crate) fn outcome<'r>(report: &'r Value, subject: &str) -> &'r Value {
    let mut checks = report["checks"].as_array().unwrap().iter();
    let check = checks.find(|check| check["subject"] == subject);
    &check.unwrap_or_else(|| panic!("{subject}: {report}"))["outcome"]
}

/// Waits until the machine has granted `case`.
pub(crate) async fn granted(case: &Procedure) {
    let seen = case.filing.agent.get(&case.filing.path(""));
    let granted = until("the grant", &seen, |it| it.json()["state"] == "granted").await;
    granted.unwrap();
}

/// The state of `case` now.
pub(crate) async fn state(case: &Procedure) -> String {
    let seen = case.filing.agent.get(&case.filing.path("")).send().await;
    seen.unwrap().json()["state"].as_str().unwrap().to_owned()
}
