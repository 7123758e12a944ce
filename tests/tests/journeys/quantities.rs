//! Running quantities: what is filed for transport is taken of what was filed for purchase, and no more of
//! it than there is, whoever is first.

use std::time::Duration;

use futures_util::future::join_all;
use journeys::{Api, Procedure};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::reviewed::{form, granted, outcome, ready, report, state, submitted};

const PURCHASE: &str = "PSB-APR-068";
const TRANSPORT: &str = "PSB-APR-067";

/// A purchase filing of 100 kg of acetone that officers granted, and its number.
async fn purchase(api: &Api) -> String {
    let mut bought = form(PURCHASE);
    bought["contract_number"] = contract().into();
    bought["chemicals"] = json!([{"substance": "acetone", "quantity_kg": 100}]);
    let case = submitted(api, PURCHASE, &bought).await;
    let grant = json!({"outcome": "grant", "opinion": "材料齐全。"});
    let decision = json!({"outcome": "grant", "reasons": "依法备案。"});
    for (post, command, body, after) in [
        ("intake", "accept", json!({}), "accepted"),
        ("reviewer", "recommend", grant, "awaiting_decision"),
        ("decider", "decide", decision, "granted"),
    ] {
        case.step(post, command, body, after).await.unwrap();
    }
    let seen = case.filing.agent.get(&case.filing.path("")).send().await;
    seen.unwrap().json()["number"].as_str().unwrap().to_owned()
}

/// A contract that nobody applied for before.
fn contract() -> String {
    format!("示例〔2026〕{}", Uuid::new_v4().simple())
}

/// The form that files `kilograms` of it for transport.
fn transport(purchase: &str, kilograms: f64) -> Value {
    let mut form = form(TRANSPORT);
    form["contract"]["number"] = contract().into();
    form["purchase_filing_number"] = purchase.into();
    form["chemicals"] = json!([{"substance": "acetone", "quantity_kg": kilograms}]);
    form
}

async fn filed(api: &Api, purchase: &str, kilograms: f64) -> Procedure {
    submitted(api, TRANSPORT, &transport(purchase, kilograms)).await
}

#[tokio::test]
async fn what_is_filed_for_transport_is_taken_of_what_was_filed_for_purchase() {
    let api = Api::from_env().unwrap();
    let purchase = purchase(&api).await;
    granted(&filed(&api, &purchase, 60.3).await).await;

    let too_much = filed(&api, &purchase, 39.8).await;
    let found = report(&too_much).await;
    assert_eq!(
        outcome(&found, "quantities"),
        "passed",
        "they were added up"
    );
    assert_eq!(outcome(&found, "within_filed_purchases"), "failed");
    assert_eq!(state(&too_much).await, "submitted");

    granted(&filed(&api, &purchase, 39.7).await).await;
    let nothing_left = filed(&api, &purchase, 0.001).await;
    let found = report(&nothing_left).await;
    assert_eq!(outcome(&found, "within_filed_purchases"), "failed");
}

#[tokio::test]
async fn of_several_at_once_only_as_many_are_granted_as_there_is_for() {
    let api = Api::from_env().unwrap();
    let purchase = purchase(&api).await;
    let forms: Vec<Value> = (0..4).map(|_| transport(&purchase, 40.0)).collect();
    let drafts = join_all(forms.iter().map(|form| ready(&api, TRANSPORT, form))).await;
    let submits = drafts
        .iter()
        .map(|case| case.agent("submit", json!({}), "submitted"));
    for submitted in join_all(submits).await {
        submitted.unwrap();
    }
    let mut granted = 0;
    for case in &drafts {
        granted += usize::from(was_granted(case).await);
    }
    assert_eq!(granted, 2, "of 100 kg, twice 40");
}

/// Whether the machine granted `case`, once that is settled. A report that found enough is written before
/// the grant, which others may be in time to prevent; then another report follows.
async fn was_granted(case: &Procedure) -> bool {
    let mut looks = tokio::time::interval(Duration::from_millis(200));
    let settled = async {
        loop {
            looks.tick().await;
            if state(case).await == "granted" {
                return true;
            }
            if report(case).await["outcome"] == "failed" {
                return state(case).await == "granted";
            }
        }
    };
    let settled = tokio::time::timeout(Duration::from_mins(1), settled).await;
    settled.expect("it is granted or a report says why not")
}

#[tokio::test]
async fn a_number_of_another_enterprise_or_of_none_allows_nothing() {
    let api = Api::from_env().unwrap();
    for number in ["示例购备2026第5号", "AP-20261123-7K3M9QX2RD4F"] {
        let case = filed(&api, number, 1.0).await;
        let found = report(&case).await;
        assert_eq!(
            outcome(&found, "within_filed_purchases"),
            "failed",
            "{number}"
        );
        assert_eq!(state(&case).await, "submitted");
    }
}
