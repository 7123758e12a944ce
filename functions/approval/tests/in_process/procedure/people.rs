//! Who may take a case in hand: the post that acts next, once per case, and nobody of the applicant's.

use domain::officer::{Officer, Post};
use serde_json::{Value, json};

use super::story::{HOTEL_LICENCE, Story, grant};
use crate::office::AGENT;

fn to(officer: &str) -> Value {
    json!({"to": officer, "reasons": "原经办人休假。"})
}

/// Acts for the hotel in private life.
fn agent_at_home(officer: &mut Officer) {
    officer.own_person = Some(AGENT.to_owned().try_into().unwrap());
}

#[tokio::test]
async fn one_person_takes_one_step_of_a_case() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    let all = [Post::Intake, Post::Reviewer, Post::Decider];
    story.appoint("intake", &all, |_| ()).await;
    story.appoint("reviewer", &all, |_| ()).await;
    story.step("intake", "accept", json!({})).await;
    story
        .refuses(&[("intake", "claim", json!({}), 403, "separation_of_duties")])
        .await;
    story.step("reviewer", "recommend", grant("opinion")).await;
    story
        .refuses(&[
            ("intake", "claim", json!({}), 403, "separation_of_duties"),
            ("reviewer", "claim", json!({}), 403, "separation_of_duties"),
            ("reviewer-2", "claim", json!({}), 403, "post_missing"),
        ])
        .await;
    // Who reviewed may review again what is returned to the review.
    story
        .step("decider", "return", json!({"reasons": "请补充核查。"}))
        .await;
    story.claim("reviewer").await;
}

#[tokio::test]
async fn who_acts_for_the_applicant_in_private_life_takes_no_case_of_theirs() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    story
        .appoint("intake", &[Post::Intake], agent_at_home)
        .await;
    story
        .appoint("colleague", &[Post::Intake], agent_at_home)
        .await;
    story
        .refuses(&[
            ("intake", "claim", json!({}), 403, "conflict_of_interest"),
            ("head", "reassign", to("intake"), 409, "cannot_take_over"),
            ("head", "reassign", to("colleague"), 409, "cannot_take_over"),
        ])
        .await;
    // A mandate for another enterprise is none of its business.
    let driver = |officer: &mut Officer| {
        officer.own_person = Some("driver".to_owned().try_into().unwrap());
    };
    story.appoint("intake", &[Post::Intake], driver).await;
    story.claim("intake").await;
}

#[tokio::test]
async fn a_case_goes_only_into_hands_that_may_have_it() {
    let story = Story::accepted(HOTEL_LICENCE).await;
    let reviewer = [Post::Reviewer];
    story
        .appoint("dismissed", &reviewer, |officer| officer.active = false)
        .await;
    story
        .appoint("intake", &[Post::Intake, Post::Reviewer], |_| ())
        .await;
    for unfit in [
        "nobody",
        "neighbour",
        "dismissed",
        "decider",
        "intake",
        "head",
    ] {
        story
            .refuses(&[("head", "reassign", to(unfit), 409, "cannot_take_over")])
            .await;
    }
    story
        .refuses(&[(
            "reviewer",
            "reassign",
            to("reviewer-2"),
            403,
            "post_missing",
        )])
        .await;
    story.claim("reviewer").await;
    let given = story
        .officer("supervisor", "reassign", to("reviewer-2"))
        .await;
    assert_eq!(given.json["in_hand_of"]["officer"], "reviewer-2");
    story
        .refuses(&[
            (
                "reviewer",
                "recommend",
                grant("opinion"),
                409,
                "claimed_by_another",
            ),
            ("reviewer", "release", json!({}), 409, "claimed_by_another"),
            ("reviewer", "claim", json!({}), 409, "claimed_by_another"),
        ])
        .await;
    story
        .officer("reviewer-2", "recommend", grant("opinion"))
        .await;
}

#[tokio::test]
async fn an_officer_sees_on_their_workbench_what_lies_in_their_jurisdiction() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    let region = story.state().await.region;
    for (name, jurisdiction) in [
        ("whole", story.state().await.region),
        ("narrow", "140106".parse().unwrap()),
    ] {
        story
            .appoint(name, &[Post::Intake], |officer| {
                officer.jurisdictions = vec![jurisdiction];
            })
            .await;
        let workbench = story.office.officer(name).get("/v1/workbench");
        let listed = story.office.ask(workbench).await.expect(200).json["items"].clone();
        let serves = jurisdiction == region;
        assert_eq!(
            listed.as_array().unwrap().len(),
            usize::from(serves),
            "{name}"
        );
        let answer = story.by_officer(name, "claim", &json!({})).await;
        let answer = story.office.ask(answer).await;
        assert_eq!(answer.status, if serves { 200 } else { 404 }, "{name}");
    }
}
