//! The hearing: each step after the one before, on a day that the law allows, in an outsider's chair.

use domain::application::{Application, Recorded};
use serde_json::{Value, json};

use super::story::{SHOOTING_RANGE, Story, grant};

fn on(day: &str, chair: &str) -> Value {
    json!({"at": format!("{day}T09:00:00+08:00"), "chair": chair, "order": "分局会议室，公开举行。"})
}

async fn requested() -> Story {
    let story = Story::under_review(SHOOTING_RANGE).await;
    let told = json!({"explanation": "该许可涉及公共利益。"});
    story.officer("reviewer", "offer-hearing", told).await;
    story.agent("request-hearing", json!({})).await.expect(200);
    story
}

const MINUTES: &str = "各方陈述、质证后签字确认。";

#[tokio::test]
async fn nobody_takes_a_step_of_it_before_the_one_before() {
    let story = Story::under_review(SHOOTING_RANGE).await;
    let minutes = json!({"minutes": MINUTES});
    story
        .refuses(&[
            (
                "agent",
                "request-hearing",
                json!({}),
                409,
                "hearing_not_at_that_step",
            ),
            (
                "reviewer",
                "schedule-hearing",
                on("2026-03-16", "supervisor"),
                409,
                "hearing_not_at_that_step",
            ),
            (
                "reviewer",
                "record-hearing",
                minutes.clone(),
                409,
                "hearing_not_at_that_step",
            ),
        ])
        .await;
    let told = json!({"explanation": "该许可涉及公共利益。"});
    story
        .officer("reviewer", "offer-hearing", told.clone())
        .await;
    story
        .refuses(&[
            (
                "reviewer",
                "offer-hearing",
                told,
                409,
                "hearing_not_at_that_step",
            ),
            (
                "reviewer",
                "schedule-hearing",
                on("2026-03-16", "supervisor"),
                409,
                "hearing_not_at_that_step",
            ),
            (
                "reviewer",
                "record-hearing",
                minutes.clone(),
                409,
                "hearing_not_at_that_step",
            ),
        ])
        .await;
    story.agent("request-hearing", json!({})).await.expect(200);
    story
        .officer(
            "reviewer",
            "schedule-hearing",
            on("2026-03-16", "supervisor"),
        )
        .await;
    // It is recorded after it was held.
    story.at("2026-03-16T08:59:50+08:00").await;
    story
        .refuses(&[(
            "reviewer",
            "record-hearing",
            minutes.clone(),
            409,
            "hearing_not_at_that_step",
        )])
        .await;
    story.at("2026-03-16T11:30:00+08:00").await;
    let held = story.officer("reviewer", "record-hearing", minutes).await;
    assert_eq!(held.json["procedure"]["hearing"]["step"], "held");
}

#[tokio::test]
async fn it_is_asked_for_within_five_working_days() {
    let story = Story::under_review(SHOOTING_RANGE).await;
    let told = json!({"explanation": "该许可涉及公共利益。"});
    story.officer("reviewer", "offer-hearing", told).await;
    story.at("2026-03-10T00:00:01+08:00").await;
    story
        .refuses(&[(
            "agent",
            "request-hearing",
            json!({}),
            409,
            "hearing_asked_too_late",
        )])
        .await;
    story.at("2026-03-09T23:59:50+08:00").await;
    story.agent("request-hearing", json!({})).await.expect(200);
}

#[tokio::test]
async fn it_is_held_after_seven_days_notice_and_within_twenty_working_days() {
    let story = requested().await;
    for day in ["2026-03-02", "2026-03-08", "2026-03-31", "2026-06-01"] {
        let answer = story
            .tries("reviewer", "schedule-hearing", &on(day, "supervisor"))
            .await;
        let answer = answer.expect_problem(422, "date_out_of_range");
        assert_eq!(answer.errors(), [("/at", "hearing_day")], "{day}");
        for bound in ["2026-03-09", "2026-03-30"] {
            assert!(answer.text.contains(bound), "{day}: {}", answer.text);
        }
    }
    story
        .officer(
            "reviewer",
            "schedule-hearing",
            on("2026-03-09", "supervisor"),
        )
        .await;
}

#[tokio::test]
async fn its_chair_is_an_officer_from_outside_the_review() {
    let story = requested().await;
    story
        .appoint("dismissed", &[], |officer| officer.active = false)
        .await;
    story
        .refuses(&[
            (
                "reviewer",
                "schedule-hearing",
                on("2026-03-16", "reviewer"),
                403,
                "chair_from_the_review",
            ),
            (
                "reviewer",
                "schedule-hearing",
                on("2026-03-16", "intake"),
                403,
                "chair_from_the_review",
            ),
            (
                "reviewer",
                "schedule-hearing",
                on("2026-03-16", "nobody"),
                409,
                "officer_unfit",
            ),
            (
                "reviewer",
                "schedule-hearing",
                on("2026-03-16", "dismissed"),
                409,
                "officer_unfit",
            ),
        ])
        .await;
    // Nothing keeps an officer of another unit from the chair.
    story
        .officer(
            "reviewer",
            "schedule-hearing",
            on("2026-03-16", "neighbour"),
        )
        .await;
}

#[tokio::test]
async fn while_it_is_open_nothing_is_decided() {
    let story = Story::under_review(SHOOTING_RANGE).await;
    let told = json!({"explanation": "该许可涉及公共利益。"});
    story.officer("reviewer", "offer-hearing", told).await;
    story
        .officer("reviewer", "recommend", grant("opinion"))
        .await;
    story.claim("decider").await;
    story
        .refuses(&[("decider", "decide", grant("reasons"), 409, "hearing_open")])
        .await;
    // One asks in time: the review has to hold it first.
    story.agent("request-hearing", json!({})).await.expect(200);
    story
        .officer("decider", "return", json!({"reasons": "听证尚未举行。"}))
        .await;
    story.claim("reviewer").await;
    story
        .refuses(&[(
            "reviewer",
            "recommend",
            grant("opinion"),
            409,
            "hearing_open",
        )])
        .await;
    story
        .officer(
            "reviewer",
            "schedule-hearing",
            on("2026-03-16", "supervisor"),
        )
        .await;
    story
        .refuses(&[(
            "reviewer",
            "recommend",
            grant("opinion"),
            409,
            "wrong_stage",
        )])
        .await;
    story.at("2026-03-16T11:30:00+08:00").await;
    story
        .officer("reviewer", "record-hearing", json!({"minutes": MINUTES}))
        .await;
    story
        .officer("reviewer", "recommend", grant("opinion"))
        .await;
    story.step("decider", "decide", grant("reasons")).await;
}

#[tokio::test]
async fn a_range_is_heard_and_licensed_and_its_events_lead_to_what_is_stored() {
    let story = requested().await;
    story
        .officer(
            "reviewer",
            "schedule-hearing",
            on("2026-03-16", "supervisor"),
        )
        .await;
    // From the day it is told until it is held the clock stands still.
    let clock = story.office.agent().get(&story.path("/clock"));
    let standing = story.office.ask(clock.clone()).await.expect(200).json;
    assert_eq!(standing["promised"]["state"], "paused");
    story.at("2026-03-16T11:30:00+08:00").await;
    let minutes = json!({"minutes": MINUTES});
    story.officer("reviewer", "record-hearing", minutes).await;
    let running = story.office.ask(clock).await.expect(200).json;
    let pause = &running["promised"]["pauses"][0];
    // Tuesday 3 March through Monday 16 March: ten working days.
    assert_eq!(
        (&pause["ground"], &pause["days"]),
        (&json!("hearing"), &json!(10))
    );
    // Twenty working days after 2 March are over on 30 March; ten more, with Qingming off, on 14 April.
    assert_eq!(running["promised"]["due"]["date"], "2026-04-14");

    story
        .officer("reviewer", "recommend", grant("opinion"))
        .await;
    story.step("decider", "decide", grant("reasons")).await;
    story.officer("clerk", "attend", json!({})).await;
    let delivered = story
        .officer("clerk", "deliver", json!({"mode": "pickup"}))
        .await;
    assert_eq!(delivered.json["state"], "delivered");
    let events = story.office.agent().get(&story.path("/events"));
    let events = story.office.ask(events).await.expect(200).json;
    let recorded: Vec<Recorded> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| serde_json::from_value(item["record"].clone()).unwrap())
        .collect();
    assert_eq!(Application::replay(&recorded).unwrap(), story.state().await);
}
