//! The decision and what comes before it: reasons, who has to come, who goes and looks.

use serde_json::json;

use super::story::{
    BUSINESS_FILING, HOTEL_LICENCE, ROADWORKS, SCHOOL_BUS, SHOOTING_RANGE, Story, grant, refuse,
};

#[tokio::test]
async fn a_refusal_and_a_decision_against_the_recommendation_need_reasons() {
    let story = Story::awaiting_decision(HOTEL_LICENCE).await;
    for (body, status, code) in [
        (json!({"outcome": "refuse"}), 422, "invalid_value"),
        (
            json!({"outcome": "refuse", "reasons": " \n"}),
            422,
            "invalid_value",
        ),
        (
            json!({"outcome": "refuse", "reasons": "长".repeat(2001)}),
            422,
            "invalid_value",
        ),
        (
            json!({"outcome": "perhaps", "reasons": "待定。"}),
            400,
            "malformed_request",
        ),
    ] {
        story
            .refuses(&[("decider", "decide", body, status, code)])
            .await;
    }
    story
        .officer("decider", "decide", json!({"outcome": "grant"}))
        .await;

    let against = Story::under_review(HOTEL_LICENCE).await;
    against
        .officer("reviewer", "recommend", refuse("opinion"))
        .await;
    against.claim("decider").await;
    against
        .refuses(&[(
            "decider",
            "decide",
            json!({"outcome": "grant"}),
            422,
            "invalid_value",
        )])
        .await;
    against.officer("decider", "decide", grant("reasons")).await;
}

#[tokio::test]
async fn where_somebody_must_come_first_nothing_is_granted_before() {
    let story = Story::awaiting_decision(SCHOOL_BUS).await;
    story
        .refuses(&[("decider", "decide", grant("reasons"), 409, "not_attended")])
        .await;
    for at in ["2026-03-02T09:00:00+08:00", "2025-03-03T09:00:00+08:00"] {
        let answer = story.agent("attendance", json!({"at": at})).await;
        let answer = answer.expect_problem(422, "date_out_of_range");
        assert_eq!(answer.errors(), [("/at", "not_ahead")]);
    }
    let booked = json!({"at": "2026-03-03T09:00:00+08:00"});
    story.agent("attendance", booked.clone()).await.expect(200);
    // A booking is no attendance.
    story
        .refuses(&[("decider", "decide", grant("reasons"), 409, "not_attended")])
        .await;
    story.officer("intake", "attend", json!({})).await;
    story
        .refuses(&[
            ("intake", "attend", json!({}), 409, "attended_before"),
            ("agent", "attendance", booked, 409, "attended_before"),
        ])
        .await;
    story.officer("decider", "decide", grant("reasons")).await;
}

#[tokio::test]
async fn what_is_collected_is_not_delivered_before_or_otherwise() {
    let story = Story::granted(SHOOTING_RANGE).await;
    let pickup = json!({"mode": "pickup"});
    story
        .refuses(&[("clerk", "deliver", pickup.clone(), 409, "not_attended")])
        .await;
    story.officer("clerk", "attend", json!({})).await;
    for mode in ["electronic", "express"] {
        let answer = story
            .tries("clerk", "deliver", &json!({"mode": mode}))
            .await;
        let answer = answer.expect_problem(422, "step_not_of_item");
        assert_eq!(answer.errors(), [("/mode", "mode_not_offered")]);
    }
    story
        .refuses(&[(
            "clerk",
            "deliver",
            json!({"mode": "pigeon"}),
            400,
            "malformed_request",
        )])
        .await;
    story.officer("clerk", "deliver", pickup).await;
}

#[tokio::test]
async fn nobody_is_asked_to_come_where_the_item_does_not_say_so() {
    let story = Story::accepted(HOTEL_LICENCE).await;
    let at = json!({"at": "2026-03-03T09:00:00+08:00"});
    story
        .refuses(&[
            ("intake", "attend", json!({}), 422, "step_not_of_item"),
            ("agent", "attendance", at, 422, "step_not_of_item"),
        ])
        .await;
    let early = Story::submitted(SCHOOL_BUS).await;
    early
        .refuses(&[("intake", "attend", json!({}), 409, "wrong_stage")])
        .await;
}

#[tokio::test]
async fn two_officers_of_the_unit_go_and_look() {
    let looked = |with: &str| json!({"with": with, "findings": "现场与图纸一致。"});
    let story = Story::under_review(HOTEL_LICENCE).await;
    story
        .appoint("dismissed", &[], |officer| officer.active = false)
        .await;
    story
        .refuses(&[
            (
                "reviewer",
                "inspect",
                looked("reviewer"),
                422,
                "one_inspector",
            ),
            (
                "reviewer",
                "inspect",
                looked("nobody"),
                409,
                "officer_unfit",
            ),
            (
                "reviewer",
                "inspect",
                looked("dismissed"),
                409,
                "officer_unfit",
            ),
            (
                "reviewer",
                "inspect",
                looked("intake"),
                403,
                "separation_of_duties",
            ),
        ])
        .await;
    let inspected = story
        .officer("reviewer", "inspect", looked("supervisor"))
        .await;
    assert_eq!(inspected.json["procedure"]["inspected"], true);

    let without = Story::under_review(BUSINESS_FILING).await;
    without
        .refuses(&[(
            "reviewer",
            "inspect",
            looked("intake"),
            422,
            "step_not_of_item",
        )])
        .await;
}

#[tokio::test]
async fn a_head_finds_the_cases_for_which_more_time_is_asked() {
    let story = Story::under_review(ROADWORKS).await;
    let waiting = async || {
        let list = story
            .office
            .officer("head")
            .get("/v1/workbench?extension_asked=true");
        let list = story.office.ask(list).await.expect(200);
        list.json["items"].as_array().unwrap().len()
    };
    assert_eq!(waiting().await, 0);
    let asked = json!({"days": 5, "reasons": "需现场复核。"});
    story.officer("reviewer", "request-extension", asked).await;
    assert_eq!(waiting().await, 1);
    let given = json!({"reasons": "同意延期。"});
    story.officer("head", "approve-extension", given).await;
    assert_eq!(waiting().await, 0);
}
