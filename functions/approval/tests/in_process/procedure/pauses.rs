//! What stops the clock, and what gives it more time: on which ground, by whom, and until when.

use domain::officer::Post;
use serde_json::{Value, json};

use super::story::{HOTEL_LICENCE, ROADWORKS, SCHOOL_BUS, SHOOTING_RANGE, Story, grant};

fn start(ground: &str, expected_end: &str) -> Value {
    json!({"ground": ground, "expected_end": expected_end, "explanation": "组织专家评审。"})
}

fn end(ground: &str) -> Value {
    json!({"ground": ground, "result": "评审通过。"})
}

fn more(days: u32) -> Value {
    json!({"days": days, "reasons": "案情复杂。"})
}

fn said(member: &str) -> Value {
    json!({member: "依法办理。"})
}

#[tokio::test]
async fn a_special_procedure_rests_on_a_ground_that_the_item_lists() {
    let hotel = Story::under_review(HOTEL_LICENCE).await;
    let every = [
        "hearing",
        "tender",
        "auction",
        "inspection",
        "testing",
        "quarantine",
        "appraisal",
        "expert_review",
    ];
    for ground in every {
        let body = start(ground, "2026-03-20");
        hotel
            .refuses(&[(
                "reviewer",
                "start-special-procedure",
                body,
                422,
                "ground_not_listed",
            )])
            .await;
    }
    // A hearing has commands of its own, listed or not.
    let range = Story::under_review(SHOOTING_RANGE).await;
    for ground in every
        .into_iter()
        .filter(|ground| *ground != "expert_review")
    {
        let body = start(ground, "2026-03-20");
        range
            .refuses(&[(
                "reviewer",
                "start-special-procedure",
                body,
                422,
                "ground_not_listed",
            )])
            .await;
    }
    let unknown = start("site_inspection", "2026-03-20");
    range
        .refuses(&[(
            "reviewer",
            "start-special-procedure",
            unknown,
            400,
            "malformed_request",
        )])
        .await;
}

#[tokio::test]
async fn the_applicant_is_told_of_an_end_that_lies_ahead() {
    let story = Story::under_review(ROADWORKS).await;
    for day in ["2026-03-02", "2026-03-01", "2025-12-31"] {
        let body = start("expert_review", day);
        let answer = story
            .tries("reviewer", "start-special-procedure", &body)
            .await;
        let answer = answer.expect_problem(422, "date_out_of_range");
        assert_eq!(answer.errors(), [("/expected_end", "not_ahead")]);
    }
    let wordless =
        json!({"ground": "expert_review", "expected_end": "2026-03-20", "explanation": " "});
    story
        .refuses(&[(
            "reviewer",
            "start-special-procedure",
            wordless,
            422,
            "invalid_value",
        )])
        .await;
}

#[tokio::test]
async fn while_the_clock_stands_still_nothing_is_recommended_and_nothing_runs_twice() {
    let story = Story::under_review(ROADWORKS).await;
    story
        .refuses(&[
            (
                "reviewer",
                "end-special-procedure",
                end("expert_review"),
                409,
                "wrong_stage",
            ),
            ("reviewer", "resume", said("reasons"), 409, "wrong_stage"),
        ])
        .await;
    story
        .officer(
            "reviewer",
            "start-special-procedure",
            start("expert_review", "2026-03-20"),
        )
        .await;
    story
        .refuses(&[
            (
                "reviewer",
                "start-special-procedure",
                start("expert_review", "2026-03-27"),
                409,
                "paused_already",
            ),
            (
                "reviewer",
                "end-special-procedure",
                end("testing"),
                409,
                "wrong_stage",
            ),
            (
                "reviewer",
                "recommend",
                grant("opinion"),
                409,
                "wrong_stage",
            ),
        ])
        .await;
    story.officer("reviewer", "suspend", said("basis")).await;
    story
        .refuses(&[
            ("reviewer", "suspend", said("basis"), 409, "wrong_stage"),
            (
                "reviewer",
                "recommend",
                grant("opinion"),
                409,
                "wrong_stage",
            ),
            (
                "reviewer",
                "start-special-procedure",
                start("expert_review", "2026-03-27"),
                409,
                "wrong_stage",
            ),
        ])
        .await;
    // The special procedure may end before the suspension does; the case stays suspended.
    let ended = story
        .officer("reviewer", "end-special-procedure", end("expert_review"))
        .await;
    assert_eq!(ended.json["state"], "suspended");
    let resumed = story.officer("reviewer", "resume", said("reasons")).await;
    assert_eq!(resumed.json["state"], "under_review");
}

#[tokio::test]
async fn an_extension_is_of_as_many_days_as_the_item_cites_a_basis_for() {
    let story = Story::under_review(ROADWORKS).await;
    for days in [0, 11, 65535] {
        let answer = story
            .tries("reviewer", "request-extension", &more(days))
            .await;
        let answer = answer.expect_problem(422, "extension_invalid");
        assert_eq!(answer.errors(), [("/days", "out_of_range")]);
    }
    let without_basis = Story::under_review(SCHOOL_BUS).await;
    without_basis
        .refuses(&[(
            "reviewer",
            "request-extension",
            more(5),
            422,
            "extension_invalid",
        )])
        .await;
}

#[tokio::test]
async fn an_extension_is_asked_for_and_given_once_and_before_the_limit_ends() {
    let story = Story::under_review(ROADWORKS).await;
    story
        .refuses(&[(
            "head",
            "approve-extension",
            said("reasons"),
            409,
            "no_extension_asked",
        )])
        .await;
    // Five working days are promised: until 9 March.
    story.at("2026-03-10T00:00:01+08:00").await;
    story
        .refuses(&[(
            "reviewer",
            "request-extension",
            more(5),
            409,
            "extension_too_late",
        )])
        .await;
    story.at("2026-03-09T23:59:50+08:00").await;
    story
        .officer("reviewer", "request-extension", more(5))
        .await;
    story.at("2026-03-10T00:00:01+08:00").await;
    story
        .refuses(&[(
            "head",
            "approve-extension",
            said("reasons"),
            409,
            "extension_too_late",
        )])
        .await;
    story.at("2026-03-09T23:59:50+08:00").await;
    let given = story
        .officer("head", "approve-extension", said("reasons"))
        .await;
    assert_eq!(given.json["limits"]["promised"]["date"], "2026-03-16");
    story
        .refuses(&[
            (
                "reviewer",
                "request-extension",
                more(5),
                409,
                "extended_before",
            ),
            (
                "head",
                "approve-extension",
                said("reasons"),
                409,
                "no_extension_asked",
            ),
        ])
        .await;
}

#[tokio::test]
async fn who_handles_a_case_does_not_give_it_more_time() {
    let story = Story::accepted(ROADWORKS).await;
    let both = |post| [post, Post::Head];
    story.appoint("intake", &both(Post::Intake), |_| ()).await;
    story
        .appoint("reviewer", &both(Post::Reviewer), |_| ())
        .await;
    story.claim("reviewer").await;
    story
        .officer("reviewer", "request-extension", more(5))
        .await;
    story
        .refuses(&[
            // Who asked, who accepted, and who has no such post.
            (
                "reviewer",
                "approve-extension",
                said("reasons"),
                403,
                "own_extension",
            ),
            (
                "intake",
                "approve-extension",
                said("reasons"),
                403,
                "own_extension",
            ),
            (
                "supervisor",
                "approve-extension",
                said("reasons"),
                403,
                "post_missing",
            ),
        ])
        .await;
    story.officer("reviewer", "release", json!({})).await;
    story
        .appoint("reviewer-2", &both(Post::Reviewer), |_| ())
        .await;
    story.claim("reviewer-2").await;
    // Who has it in hand now.
    story
        .refuses(&[(
            "reviewer-2",
            "approve-extension",
            said("reasons"),
            403,
            "own_extension",
        )])
        .await;
    story
        .officer("head", "approve-extension", said("reasons"))
        .await;
}
