//! What officers may not do, and in which order they must do what they may.

use journeys::filing::Filing;
use serde_json::json;

use crate::people::{
    agent, assert_problem, command, does, draft, events, examined, officer, submitted,
};

/// The application accepted by the intake officer.
async fn accepted() -> Filing {
    let filing = examined().await;
    let intake = officer("intake-140105").await;
    does(&intake, &filing, "claim", &json!({})).await;
    does(&intake, &filing, "accept", &json!({})).await;
    filing
}

#[tokio::test]
async fn nobody_decides_what_they_reviewed_themselves() {
    let filing = accepted().await;
    let both = officer("reviewer-decider-140105").await;
    does(&both, &filing, "claim", &json!({})).await;
    does(
        &both,
        &filing,
        "recommend",
        &json!({"outcome": "grant", "opinion": "建议准予。"}),
    )
    .await;
    assert_problem!(
        &command(&both, &filing, "claim", &json!({})).await,
        403,
        "separation_of_duties"
    );
    let decide = command(&both, &filing, "decide", &json!({"outcome": "grant"})).await;
    let answer = decide.send().await.unwrap().expect(403).unwrap();
    assert_eq!(answer.code(), "separation_of_duties");

    // Another person may.
    let decider = officer("decider-140105").await;
    does(&decider, &filing, "claim", &json!({})).await;
    does(&decider, &filing, "decide", &json!({"outcome": "grant"})).await;
}

#[tokio::test]
async fn nobody_reviews_what_they_accepted_themselves() {
    let filing = examined().await;
    let both = officer("intake-reviewer-140105").await;
    does(&both, &filing, "claim", &json!({})).await;
    does(&both, &filing, "accept", &json!({})).await;
    let claim = command(&both, &filing, "claim", &json!({})).await;
    assert_eq!(
        claim.send().await.unwrap().expect(403).unwrap().code(),
        "separation_of_duties"
    );
}

#[tokio::test]
async fn a_version_that_is_no_longer_the_last_one_or_none_at_all() {
    let filing = submitted().await;
    let intake = officer("intake-140105").await;
    let claim = intake.post(&filing.path("/claim"), &json!({}));
    assert_problem!(&claim.clone().once(), 428, "precondition_required");
    assert_problem!(
        &claim.clone().once().if_match("\"0\""),
        412,
        "stale_version"
    );
    claim
        .clone()
        .once()
        .if_match("\"1\"")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    // The other officer saw the case before it was claimed.
    let other = officer("intake-reviewer-140105").await;
    let late = other
        .post(&filing.path("/claim"), &json!({}))
        .once()
        .if_match("\"1\"");
    assert_eq!(
        late.send().await.unwrap().expect(412).unwrap().code(),
        "stale_version"
    );
    assert_eq!(events(&filing).await, ["submitted", "claimed"]);
}

#[tokio::test]
async fn a_case_is_claimed_by_one_and_given_back() {
    let filing = submitted().await;
    let (intake, other) = (
        officer("intake-140105").await,
        officer("intake-reviewer-140105").await,
    );
    let accept = command(&intake, &filing, "accept", &json!({})).await;
    assert_problem!(&accept, 409, "not_claimed");
    does(&intake, &filing, "claim", &json!({})).await;
    // Claiming twice is one claim.
    does(&intake, &filing, "claim", &json!({})).await;
    assert_problem!(
        &command(&other, &filing, "claim", &json!({})).await,
        409,
        "claimed_by_another"
    );
    let release = command(&other, &filing, "release", &json!({})).await;
    assert_eq!(
        release.send().await.unwrap().expect(409).unwrap().code(),
        "claimed_by_another"
    );
    does(&intake, &filing, "release", &json!({})).await;
    does(&other, &filing, "claim", &json!({})).await;
    assert_eq!(
        events(&filing).await,
        ["submitted", "claimed", "released", "claimed"]
    );
}

#[tokio::test]
async fn a_post_that_does_not_act_here() {
    let filing = submitted().await;
    let reviewer = officer("reviewer-140105").await;
    assert_problem!(
        &command(&reviewer, &filing, "claim", &json!({})).await,
        403,
        "post_missing"
    );
    let supervisor = officer("supervisor-140105").await;
    supervisor
        .get(&filing.path("/events"))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let claim = command(&supervisor, &filing, "claim", &json!({})).await;
    assert_eq!(
        claim.send().await.unwrap().expect(403).unwrap().code(),
        "post_missing"
    );
}

#[tokio::test]
async fn a_step_out_of_order() {
    let filing = accepted().await;
    let (reviewer, decider) = (
        officer("reviewer-140105").await,
        officer("decider-140105").await,
    );
    let decide = command(&decider, &filing, "decide", &json!({"outcome": "grant"})).await;
    assert_problem!(&decide, 409, "wrong_stage");
    let recommend = json!({"outcome": "grant", "opinion": "建议准予。"});
    let early = command(&reviewer, &filing, "recommend", &recommend).await;
    early.send().await.unwrap().expect(409).unwrap();
    does(&reviewer, &filing, "claim", &json!({})).await;
    does(&reviewer, &filing, "recommend", &recommend).await;
    let twice = command(&reviewer, &filing, "recommend", &recommend).await;
    assert_eq!(
        twice.send().await.unwrap().expect(409).unwrap().code(),
        "wrong_stage"
    );
}

#[tokio::test]
async fn a_refusal_needs_reasons_and_tells_the_remedies() {
    let filing = accepted().await;
    let (reviewer, decider) = (
        officer("reviewer-140105").await,
        officer("decider-140105").await,
    );
    does(&reviewer, &filing, "claim", &json!({})).await;
    let silent = command(
        &reviewer,
        &filing,
        "recommend",
        &json!({"outcome": "refuse", "opinion": "  "}),
    )
    .await;
    assert_problem!(&silent, 422, "invalid_value");
    let endless = json!({"outcome": "refuse", "opinion": "长".repeat(2_001)});
    let endless = command(&reviewer, &filing, "recommend", &endless).await;
    assert_eq!(
        endless.send().await.unwrap().expect(422).unwrap().json()["errors"][0]["code"],
        "too_long"
    );
    let neither = command(
        &reviewer,
        &filing,
        "recommend",
        &json!({"outcome": "perhaps", "opinion": "…"}),
    )
    .await;
    neither.send().await.unwrap().expect(400).unwrap();
    let opinion = json!({"outcome": "refuse", "opinion": "消防检查意见已过期。"});
    does(&reviewer, &filing, "recommend", &opinion).await;

    does(&decider, &filing, "claim", &json!({})).await;
    let without = command(&decider, &filing, "decide", &json!({"outcome": "refuse"})).await;
    assert_problem!(&without, 422, "invalid_value");
    let reasons = json!({"outcome": "refuse", "reasons": "消防检查意见已过期（《旅馆业治安管理办法》第四条）。"});
    let refused = does(&decider, &filing, "decide", &reasons).await;
    assert_eq!(refused.json()["state"], "refused");
    assert_eq!(refused.json()["decision"]["words"]["zh"], "不予许可");

    let told = filing
        .agent
        .get(&filing.path("/events"))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let last = told.json()["items"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(last["text"], reasons["reasons"]);
    let remedies = last["record"]["event"]["remedies"].clone();
    assert_eq!(
        remedies,
        json!([
            {"kind": "reconsideration", "unit": "psb-140105", "within_days": 60},
            {"kind": "lawsuit", "unit": "psb-140105", "within_months": 6},
        ])
    );
}

#[tokio::test]
async fn an_applicant_withdraws_until_it_is_decided_and_not_after() {
    let filing = submitted().await;
    let withdraw = filing
        .agent
        .post(
            &filing.path("/withdraw"),
            &json!({"reason": "经营计划有变。"}),
        )
        .once();
    let answer = withdraw.send().await.unwrap().expect(200).unwrap();
    assert_eq!(answer.json()["state"], "withdrawn");
    let again = filing
        .agent
        .post(&filing.path("/withdraw"), &json!({}))
        .once();
    assert_problem!(&again, 409, "wrong_stage");
    let intake = officer("intake-140105").await;
    let claim = command(&intake, &filing, "claim", &json!({})).await;
    assert_eq!(
        claim.send().await.unwrap().expect(409).unwrap().code(),
        "wrong_stage"
    );
    assert_eq!(events(&filing).await, ["submitted", "withdrawn"]);

    let unsubmitted = draft().await;
    let withdraw = agent()
        .await
        .post(&unsubmitted.path("/withdraw"), &json!({}))
        .once();
    assert_problem!(&withdraw, 409, "not_submitted");
}

#[tokio::test]
async fn an_application_is_found_by_a_number_in_its_form() {
    let filing = submitted().await;
    let search = json!({"mobile": "+86 138 0000 0000"});
    let intake = officer("intake-140105").await;
    let call = intake.post("/v1/application-searches", &search);
    let answer = call.send().await.unwrap().expect(200).unwrap();
    let items = answer.json()["items"].as_array().unwrap();
    let found = items.iter().any(|item| item["number"] == filing.number);
    // The other tests of the day give the same number.
    assert!(found || answer.json()["more"] == true, "{}", answer.text());
    assert!(!answer.text().contains("13800000000"));
}

#[tokio::test]
async fn a_search_by_two_numbers_that_are_none() {
    let both = json!({"resident_id": "140122190102030021", "mobile": "0351-1234567"});
    let intake = officer("intake-140105").await;
    let call = intake.post("/v1/application-searches", &both);
    assert_problem!(&call, 422, "invalid_value");
}
