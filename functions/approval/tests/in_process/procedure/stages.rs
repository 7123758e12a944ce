//! A step is taken at its stage, by who has the case in hand, on the case as they saw it.

use serde_json::{Value, json};

use super::story::{HOTEL_LICENCE, Story, grant, refuse};

/// Every command of an officer on a case in hand, in the hands of somebody who holds its post.
fn in_hand() -> Vec<(&'static str, &'static str, Value)> {
    let said = |member: &str| json!({member: "依法办理。"});
    vec![
        ("intake", "accept", json!({})),
        ("intake", "accept-with-deferral", json!({})),
        (
            "intake",
            "require-correction",
            json!({"demands": [{"kind": "material", "material": "MAT-FIRE"}], "explanation": "已过期。"}),
        ),
        (
            "intake",
            "not-accept",
            json!({"ground": "no_power", "reasons": "应向其他机关申请。"}),
        ),
        (
            "reviewer",
            "start-special-procedure",
            json!({"ground": "expert_review", "expected_end": "2026-03-20", "explanation": "专家评审。"}),
        ),
        (
            "reviewer",
            "end-special-procedure",
            json!({"ground": "expert_review", "result": "评审通过。"}),
        ),
        ("reviewer", "suspend", said("basis")),
        ("reviewer", "resume", said("reasons")),
        ("reviewer", "offer-hearing", said("explanation")),
        (
            "reviewer",
            "schedule-hearing",
            json!({"at": "2026-03-16T09:00:00+08:00", "chair": "supervisor", "order": "公开举行。"}),
        ),
        ("reviewer", "record-hearing", said("minutes")),
        (
            "reviewer",
            "request-extension",
            json!({"days": 5, "reasons": "案情复杂。"}),
        ),
        (
            "reviewer",
            "inspect",
            json!({"with": "reviewer-2", "findings": "与图纸一致。"}),
        ),
        ("reviewer", "recommend", grant("opinion")),
        ("decider", "return", said("reasons")),
        ("decider", "decide", grant("reasons")),
        ("decider", "decide", refuse("reasons")),
        ("reviewer", "terminate", said("reasons")),
    ]
}

/// What needs no claim.
fn unclaimed() -> Vec<(&'static str, &'static str, Value)> {
    let said = |member: &str| json!({member: "依法办理。"});
    vec![
        ("intake", "deliver", json!({"mode": "pickup"})),
        ("head", "approve-extension", said("reasons")),
        ("decider", "rescind", said("reasons")),
        ("decider", "revoke", said("reasons")),
        ("decider", "cancel", said("reasons")),
        (
            "reviewer",
            "check-undertaking",
            json!({"holds": true, "findings": "与承诺一致。"}),
        ),
    ]
}

#[tokio::test]
async fn who_has_not_taken_the_case_in_hand_takes_no_step_of_it() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    for (officer, command, body) in in_hand() {
        let answer = story.tries(officer, command, &body).await;
        // Which of the two is told first is the step's own affair.
        let told = answer.json["code"].as_str().unwrap().to_owned();
        assert!(
            ["not_claimed", "wrong_stage"].contains(&told.as_str()),
            "{officer} {command}: {}",
            answer.text
        );
        assert_eq!(answer.status, 409);
    }
    assert_eq!(story.version().await, 1);
}

#[tokio::test]
async fn nothing_happens_to_a_case_that_has_ended() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    story.agent("withdraw", json!({})).await.expect(200);
    let mut attempts = in_hand();
    attempts.extend(unclaimed());
    for (officer, command, body) in attempts {
        let answer = story.tries(officer, command, &body).await;
        let told = (answer.status, answer.json["code"].as_str().unwrap());
        let expected = match command {
            "approve-extension" => "no_extension_asked",
            _ => "wrong_stage",
        };
        assert_eq!(told, (409, expected), "{officer} {command}");
    }
    for (command, body) in [
        ("supplement", json!({})),
        (
            "undertaking",
            json!({"kind": "deferral", "materials": ["MAT-FIRE"], "cure_by": "2026-03-05"}),
        ),
        ("request-hearing", json!({})),
        ("withdraw", json!({})),
        ("renew", json!({"reasons": "继续经营。"})),
        ("amend", json!({"reasons": "变更名称。"})),
        ("cancel", json!({"reasons": "停止经营。"})),
    ] {
        let answer = story.agent(command, body).await;
        answer.expect_problem(409, "wrong_stage");
    }
    assert_eq!(story.version().await, 2);
}

#[tokio::test]
async fn an_officer_acts_on_what_they_have_seen() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    let mut attempts = in_hand();
    attempts.extend(unclaimed());
    for (officer, command, body) in [
        ("intake", "claim", json!({})),
        ("intake", "release", json!({})),
        (
            "head",
            "reassign",
            json!({"to": "intake", "reasons": "休假。"}),
        ),
        ("intake", "attend", json!({})),
    ] {
        attempts.push((officer, command, body));
    }
    for (officer, command, body) in attempts {
        let path = story.path(&format!("/{command}"));
        let blind = story.office.officer(officer).post(&path, &body).once();
        let answer = story.office.ask(blind.clone()).await;
        answer.expect_problem(428, "precondition_required");
        for stale in ["\"0\"", "\"2\""] {
            let answer = story.office.ask(blind.clone().if_match(stale)).await;
            answer.expect_problem(412, "stale_version");
        }
    }
    assert_eq!(story.version().await, 1);
}

#[tokio::test]
async fn a_step_is_for_its_post_of_its_unit() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    let mut attempts = in_hand();
    attempts.extend(unclaimed());
    for (officer, command, body) in attempts {
        // Of another unit: there is no such case.
        let answer = story.tries("neighbour", command, &body).await;
        answer.expect_problem(404, "not_found");
        // Of no post that has to do with approvals.
        let answer = story.tries("traffic", command, &body).await;
        answer.expect_problem(403, "post_missing");
        // Of another step.
        let other = if officer == "intake" {
            "supervisor"
        } else {
            "intake"
        };
        let answer = match command {
            "require-correction" | "claim" => continue,
            _ => story.tries(other, command, &body).await,
        };
        answer.expect_problem(403, "post_missing");
        // Of the applicant; giving up what they hold is theirs too.
        let answer = story.agent(command, body.clone()).await;
        let expected = if command == "cancel" {
            (409, "wrong_stage")
        } else {
            (403, "wrong_side")
        };
        answer.expect_problem(expected.0, expected.1);
    }
    assert_eq!(story.version().await, 1);
}
