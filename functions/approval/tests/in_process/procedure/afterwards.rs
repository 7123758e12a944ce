//! After a grant: what the holder may still ask for, until when, and who may take it from them.

use serde_json::{Value, json};

use super::story::{BUSINESS_FILING, HOTEL_LICENCE, Story, grant, refuse};
use crate::office::CARRIER;

fn said() -> Value {
    json!({"reasons": "经营条件未发生变化。"})
}

#[tokio::test]
async fn a_renewal_needs_a_term_and_is_asked_for_thirty_days_before_it_ends() {
    let endless = Story::granted(HOTEL_LICENCE).await;
    endless
        .refuses(&[("agent", "renew", said(), 422, "renewal_not_possible")])
        .await;

    let story = Story::granted(BUSINESS_FILING).await;
    assert_eq!(story.seen().await["procedure"]["valid_until"], "2027-03-01");
    story.at("2027-01-31T00:00:01+08:00").await;
    let answer = story.agent("renew", said()).await;
    let answer = answer.expect_problem(422, "renewal_not_possible");
    assert!(answer.text.contains("2027-01-30"), "{}", answer.text);
    story.at("2027-01-30T23:59:50+08:00").await;
    story.agent("renew", said()).await.expect(200);
    story.step("decider", "decide", grant("reasons")).await;
    // The new term begins when the old one ends.
    assert_eq!(story.seen().await["procedure"]["valid_until"], "2028-03-01");
}

#[tokio::test]
async fn a_holder_asks_for_one_thing_at_a_time() {
    let story = Story::granted(BUSINESS_FILING).await;
    story.agent("renew", said()).await.expect(200);
    story
        .refuses(&[
            ("agent", "renew", said(), 409, "petition_pending"),
            ("agent", "amend", said(), 409, "petition_pending"),
        ])
        .await;
    story.claim("decider").await;
    story
        .refuses(&[(
            "decider",
            "decide",
            json!({"outcome": "refuse"}),
            422,
            "invalid_value",
        )])
        .await;
    story.officer("decider", "decide", refuse("reasons")).await;
    story.agent("amend", said()).await.expect(200);
}

#[tokio::test]
async fn what_is_granted_is_the_holders_and_the_authoritys_and_nobody_elses() {
    let story = Story::granted(HOTEL_LICENCE).await;
    let driver = story.office.person("driver", CARRIER);
    let viewer = story.office.person("viewer", crate::office::HOTEL);
    for command in ["cancel", "renew", "amend"] {
        let path = story.path(&format!("/{command}"));
        let theirs = story.office.ask(driver.post(&path, &said()).once()).await;
        theirs.expect_problem(404, "not_found");
        let seen = story.office.ask(viewer.post(&path, &said()).once()).await;
        seen.expect_problem(403, "role_insufficient");
    }
    story
        .refuses(&[
            ("agent", "rescind", said(), 403, "wrong_side"),
            ("agent", "revoke", said(), 403, "wrong_side"),
            ("intake", "revoke", said(), 403, "post_missing"),
            ("decider", "renew", said(), 403, "wrong_side"),
            ("neighbour", "cancel", said(), 404, "not_found"),
        ])
        .await;
}

#[tokio::test]
async fn what_was_taken_back_is_not_in_force_any_more() {
    for command in ["rescind", "revoke", "cancel"] {
        let story = Story::granted(BUSINESS_FILING).await;
        story.officer("head", command, said()).await;
        for (who, command) in [
            ("agent", "renew"),
            ("agent", "amend"),
            ("agent", "cancel"),
            ("head", "rescind"),
            ("head", "revoke"),
            ("decider", "cancel"),
        ] {
            story
                .refuses(&[(who, command, said(), 409, "wrong_stage")])
                .await;
        }
        story
            .refuses(&[(
                "intake",
                "deliver",
                json!({"mode": "pickup"}),
                409,
                "wrong_stage",
            )])
            .await;
    }
}

#[tokio::test]
async fn a_petition_that_waits_dies_with_what_it_is_about() {
    let story = Story::granted(BUSINESS_FILING).await;
    story.agent("renew", said()).await.expect(200);
    story.claim("decider").await;
    story.officer("head", "revoke", said()).await;
    story
        .refuses(&[
            ("decider", "decide", grant("reasons"), 409, "wrong_stage"),
            ("decider", "claim", json!({}), 409, "wrong_stage"),
        ])
        .await;
}
