//! A command that is sent again is answered again; one that is given again is refused.

use serde_json::{Value, json};

use super::story::{
    BUSINESS_FILING, HOTEL_LICENCE, INTERNET_CAFE, ROADWORKS, SCHOOL_BUS, SHOOTING_RANGE, Story,
    grant, refuse,
};

/// Sends the command twice under one key, then under another, which is refused with `code`.
async fn twice(story: &Story, who: &str, command: &str, body: Value, code: &str) {
    let path = story.path(&format!("/{command}"));
    let (asker, etag) = if who == "agent" {
        (story.office.agent(), None)
    } else {
        (story.office.officer(who), Some(story.etag().await))
    };
    let ask = asker.post(&path, &body);
    let ask = match &etag {
        Some(etag) => ask.if_match(etag),
        None => ask,
    };
    let ask = ask.key(&format!("{command}-{}", story.version().await));
    let first = story.office.ask(ask.clone()).await;
    assert_eq!(first.status, 200, "{who} {command}: {}", first.text);
    let version = story.version().await;
    let again = story.office.ask(ask).await.expect(200);
    assert_eq!(again.text, first.text, "{command}");
    assert_eq!(again.header("idempotency-replayed"), "true", "{command}");
    assert_eq!(again.header("etag"), first.header("etag"), "{command}");
    assert_eq!(story.version().await, version, "{command}");
    story.refuses(&[(who, command, body, 409, code)]).await;
}

#[tokio::test]
async fn on_the_way_to_acceptance() {
    let story = Story::draft_without(HOTEL_LICENCE, &["MAT-FIRE"]).await;
    let body = json!({"deferral": {"materials": ["MAT-FIRE"], "cure_by": "2026-03-06"}});
    twice(&story, "agent", "submit", body, "already_submitted").await;
    story.claim("intake").await;
    let demands = json!([{"kind": "field", "pointer": "/rooms"}]);
    let correction = json!({"demands": demands, "explanation": "请核对房间数。"});
    twice(
        &story,
        "intake",
        "require-correction",
        correction,
        "wrong_stage",
    )
    .await;
    twice(&story, "agent", "supplement", json!({}), "wrong_stage").await;
    story.claim("intake").await;
    twice(
        &story,
        "intake",
        "accept-with-deferral",
        json!({}),
        "wrong_stage",
    )
    .await;
    story.bring("MAT-FIRE").await;
    twice(&story, "agent", "supplement", json!({}), "wrong_stage").await;
}

#[tokio::test]
async fn on_the_way_to_a_decision() {
    let said = |member: &str| json!({member: "依法办理。"});
    let story = Story::submitted(ROADWORKS).await;
    story.claim("intake").await;
    twice(&story, "intake", "accept", json!({}), "wrong_stage").await;
    story.claim("reviewer").await;
    let start =
        json!({"ground": "expert_review", "expected_end": "2026-03-20", "explanation": "评审。"});
    twice(
        &story,
        "reviewer",
        "start-special-procedure",
        start,
        "paused_already",
    )
    .await;
    let end = json!({"ground": "expert_review", "result": "评审通过。"});
    twice(
        &story,
        "reviewer",
        "end-special-procedure",
        end,
        "wrong_stage",
    )
    .await;
    twice(&story, "reviewer", "suspend", said("basis"), "wrong_stage").await;
    twice(&story, "reviewer", "resume", said("reasons"), "wrong_stage").await;
    let more = json!({"days": 10, "reasons": "案情复杂。"});
    twice(
        &story,
        "reviewer",
        "request-extension",
        more,
        "extended_before",
    )
    .await;
    twice(
        &story,
        "head",
        "approve-extension",
        said("reasons"),
        "no_extension_asked",
    )
    .await;
    twice(
        &story,
        "reviewer",
        "recommend",
        grant("opinion"),
        "wrong_stage",
    )
    .await;
    story.claim("decider").await;
    twice(&story, "decider", "return", said("reasons"), "wrong_stage").await;
    story.step("reviewer", "recommend", refuse("opinion")).await;
    story.claim("decider").await;
    twice(
        &story,
        "decider",
        "decide",
        refuse("reasons"),
        "wrong_stage",
    )
    .await;
}

#[tokio::test]
async fn at_a_hearing() {
    let story = Story::under_review(SHOOTING_RANGE).await;
    let offer = json!({"explanation": "依法告知听证权利。"});
    twice(
        &story,
        "reviewer",
        "offer-hearing",
        offer,
        "hearing_not_at_that_step",
    )
    .await;
    twice(
        &story,
        "agent",
        "request-hearing",
        json!({}),
        "hearing_not_at_that_step",
    )
    .await;
    let schedule =
        json!({"at": "2026-03-16T09:00:00+08:00", "chair": "supervisor", "order": "公开。"});
    twice(
        &story,
        "reviewer",
        "schedule-hearing",
        schedule,
        "hearing_not_at_that_step",
    )
    .await;
    story.at("2026-03-16T11:00:00+08:00").await;
    let minutes = json!({"minutes": "各方签字确认。"});
    twice(
        &story,
        "reviewer",
        "record-hearing",
        minutes,
        "hearing_not_at_that_step",
    )
    .await;
}

#[tokio::test]
async fn after_a_grant() {
    let said = |member: &str| json!({member: "依法办理。"});
    let story = Story::granted(BUSINESS_FILING).await;
    twice(
        &story,
        "intake",
        "deliver",
        json!({"mode": "electronic"}),
        "wrong_stage",
    )
    .await;
    twice(
        &story,
        "agent",
        "renew",
        said("reasons"),
        "petition_pending",
    )
    .await;
    story.step("decider", "decide", grant("reasons")).await;
    twice(
        &story,
        "agent",
        "amend",
        said("reasons"),
        "petition_pending",
    )
    .await;
    story.claim("decider").await;
    twice(
        &story,
        "decider",
        "decide",
        refuse("reasons"),
        "wrong_stage",
    )
    .await;
    twice(&story, "agent", "cancel", said("reasons"), "wrong_stage").await;

    for command in ["rescind", "revoke", "cancel"] {
        let story = Story::granted(HOTEL_LICENCE).await;
        twice(&story, "decider", command, said("reasons"), "wrong_stage").await;
    }
}

#[tokio::test]
async fn of_who_comes_and_who_undertakes() {
    let story = Story::accepted(SCHOOL_BUS).await;
    twice(&story, "intake", "attend", json!({}), "attended_before").await;

    let story = Story::submitted(INTERNET_CAFE).await;
    let conditions = json!({"kind": "conditions"});
    story
        .agent("undertaking", conditions.clone())
        .await
        .expect(200);
    story.agent("undertaking", conditions).await.expect(200);
    story.step("intake", "accept", json!({})).await;
    story.step("reviewer", "recommend", grant("opinion")).await;
    story.step("decider", "decide", grant("reasons")).await;
    let checked = json!({"holds": true, "findings": "与承诺一致。"});
    twice(
        &story,
        "reviewer",
        "check-undertaking",
        checked,
        "checked_before",
    )
    .await;
}
