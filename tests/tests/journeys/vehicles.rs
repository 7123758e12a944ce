//! What the vehicle register says decides whether the machine may: temporary plates (临时号牌) for a new
//! vehicle are instant.

use journeys::Api;
use serde_json::{Value, json};

use crate::reviewed::{form, granted, outcome, report, state, submitted};

const PLATES: &str = "PSB-APR-049";

/// The form for the vehicle `vin`.
fn form_for(vin: &str) -> Value {
    let mut form = form(PLATES);
    form["vehicle"]["vin"] = vin.into();
    form
}

#[tokio::test]
async fn a_vehicle_that_is_new_to_the_register_gets_its_plates_at_once() {
    let api = Api::from_env().unwrap();
    let case = submitted(&api, PLATES, &form_for("LXX0A1B28RA000002")).await;
    granted(&case).await;
    let report = report(&case).await;
    assert_eq!(outcome(&report, "vehicles"), "passed");
}

#[tokio::test]
async fn a_vehicle_that_is_registered_already_is_for_a_person() {
    let api = Api::from_env().unwrap();
    let case = submitted(&api, PLATES, &form_for("LXX0A1B2XRA004102")).await;
    let report = report(&case).await;
    assert_eq!(
        outcome(&report, "vehicles"),
        "passed",
        "the register answered"
    );
    assert_eq!(report["outcome"], "failed", "{report}");
    assert_eq!(state(&case).await, "submitted");
}

#[tokio::test]
async fn while_the_register_is_down_a_person_looks() {
    let api = Api::from_env().unwrap();
    let vin = "LXX0A1B26RA000001";
    let down = json!({"behaviour": "down", "number": vin});
    let behaves = api.anybody().post("/sandbox/vehicles/behaviour", &down);
    behaves.send().await.unwrap().expect(200).unwrap();

    let case = submitted(&api, PLATES, &form_for(vin)).await;
    let report = report(&case).await;
    assert_eq!(outcome(&report, "vehicles"), "could_not_be_checked");
    assert_eq!(report["outcome"], "could_not_be_checked", "{report}");
    assert_eq!(state(&case).await, "submitted");
    case.step("intake", "accept", json!({}), "accepted")
        .await
        .unwrap();
}
