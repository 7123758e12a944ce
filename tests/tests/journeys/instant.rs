//! Instant decisions (即时办结): what passes every check is granted before any officer opens it, and what
//! does not is theirs.

use journeys::Api;
use journeys::waiting::until;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::reviewed::{outcome, report, submitted};

/// Two seals that take the place of lost and destroyed ones.
const FORM: &str = include_str!("../../../shared/catalogue/fixtures/PSB-APR-006.valid.json");

/// An order to engrave seals that nobody gave before.
fn order() -> String {
    format!("SL-{}", Uuid::new_v4().simple())
}

#[tokio::test]
async fn a_filing_that_passes_every_check_is_granted_at_once_and_says_why() {
    let api = Api::from_env().unwrap();
    let mut form: Value = serde_json::from_str(FORM).unwrap();
    form["order_number"] = order().into();
    let case = submitted(&api, "PSB-APR-006", &form).await;
    let agent = &case.filing.agent;
    let seen = agent.get(&case.filing.path(""));
    let granted = until("the grant", &seen, |it| it.json()["state"] == "granted").await;
    granted.unwrap();

    let report = report(&case).await;
    assert_eq!(report["outcome"], "passed");
    for source in ["enterprise", "grants", "enterprise_active"] {
        assert_eq!(outcome(&report, source), "passed", "{source}");
    }
    let events = agent.get(&case.filing.path("/events")).send().await;
    let events = events.unwrap().expect(200).unwrap();
    let grant = events.json()["items"].as_array().unwrap().last().unwrap();
    assert_eq!(grant["record"]["event"]["type"], "granted");
    let reasons = grant["text"].as_str().unwrap();
    assert!(reasons.contains("enterprise_active：规则成立"), "{reasons}");
    // An officer comes too late, and finds nothing to claim.
    let late = case.tries("intake", "claim", json!({})).await.unwrap();
    assert_eq!(late.status, 409, "{}", late.text());

    // The same once more is for a person, who is told of which case it is the second.
    let again = submitted(&api, "PSB-APR-006", &form).await;
    let found = self::report(&again).await;
    assert_eq!(found["outcome"], "failed");
    assert_eq!(outcome(&found, &case.filing.number), "failed");
    let still = again.filing.agent.get(&again.filing.path("")).send().await;
    assert_eq!(still.unwrap().json()["state"], "submitted");

    // Now that seals are on file, one more beside them is for a person.
    form["order_number"] = order().into();
    form["seals"][1]["replaces"] = false.into();
    let more = submitted(&api, "PSB-APR-006", &form).await;
    let found = crate::reviewed::report(&more).await;
    assert_eq!(found["outcome"], "failed");
    assert_eq!(outcome(&found, "nothing_on_file_or_replaced"), "failed");
    let still = more.filing.agent.get(&more.filing.path("")).send().await;
    assert_eq!(still.unwrap().json()["state"], "submitted");
    more.step("intake", "accept", json!({}), "accepted")
        .await
        .unwrap();
}
