//! Approval on undertaking (告知承诺): where the item knows it, before acceptance, checked once.

use serde_json::json;

use super::story::{HOTEL_LICENCE, INTERNET_CAFE, Story, grant};

#[tokio::test]
async fn conditions_are_undertaken_where_the_item_says_so_and_before_it_is_accepted() {
    let conditions = json!({"kind": "conditions"});
    let hotel = Story::submitted(HOTEL_LICENCE).await;
    hotel
        .refuses(&[(
            "agent",
            "undertaking",
            conditions.clone(),
            422,
            "not_on_undertaking",
        )])
        .await;
    let cafe = Story::accepted(INTERNET_CAFE).await;
    cafe.refuses(&[(
        "agent",
        "undertaking",
        conditions.clone(),
        409,
        "wrong_stage",
    )])
    .await;
    let draft = Story::draft(INTERNET_CAFE).await;
    draft
        .agent("undertaking", conditions)
        .await
        .expect_problem(409, "not_submitted");
    let silent = json!({"kind": "conditions", "materials": ["MAT-FIRE"]});
    draft
        .agent("undertaking", silent)
        .await
        .expect_problem(400, "malformed_request");
}

#[tokio::test]
async fn only_what_was_granted_on_an_undertaking_is_checked_and_once() {
    let checked = |holds: bool| json!({"holds": holds, "findings": "现场核查。"});
    let hotel = Story::granted(HOTEL_LICENCE).await;
    hotel
        .refuses(&[(
            "reviewer",
            "check-undertaking",
            checked(true),
            422,
            "not_on_undertaking",
        )])
        .await;

    let cafe = Story::submitted(INTERNET_CAFE).await;
    let conditions = json!({"kind": "conditions"});
    cafe.agent("undertaking", conditions).await.expect(200);
    cafe.refuses(&[(
        "reviewer",
        "check-undertaking",
        checked(true),
        409,
        "wrong_stage",
    )])
    .await;
    cafe.step("intake", "accept", json!({})).await;
    cafe.step("reviewer", "recommend", grant("opinion")).await;
    cafe.step("decider", "decide", grant("reasons")).await;
    let untrue = cafe
        .officer("reviewer", "check-undertaking", checked(false))
        .await;
    assert_eq!(untrue.json["procedure"]["on_undertaking"]["holds"], false);
    cafe.refuses(&[(
        "reviewer",
        "check-undertaking",
        checked(true),
        409,
        "checked_before",
    )])
    .await;
    // What was untrue is revoked by a decision of its own.
    let reasons = json!({"reasons": "承诺不实。"});
    let revoked = cafe.officer("decider", "revoke", reasons).await;
    assert_eq!(revoked.json["state"], "revoked");
}
