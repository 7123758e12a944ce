//! Others at the same items at the same time.

use domain::mandate::Role;
use platform::authority::mandate_item;
use serde_json::json;
use support::Reply;

use crate::office::{AGENT, HOTEL, Office, mandate, path};

#[tokio::test]
async fn a_submission_that_meets_other_transactions_is_answered_after_they_are_through() {
    for times in 1..=4 {
        let office = Office::open().await;
        let _filing = office.draft().await;
        office
            .stage
            .faults
            .answer("TransactWriteItems", times, |request| {
                Some(Reply::transaction_conflict(request))
            });
        let submit = office.agent().post(&path("/submit"), &json!({})).once();
        office.ask(submit).await.expect(200);
        assert!(office.stage.faults.all_happened());
        assert_eq!(office.history().await, (1, 1));
    }
}

#[tokio::test]
async fn one_that_meets_them_for_ever_is_asked_to_come_again_and_nothing_is_written() {
    let office = Office::open().await;
    let filing = office.draft().await;
    office
        .stage
        .faults
        .answer("TransactWriteItems", 5, |request| {
            Some(Reply::transaction_conflict(request))
        });
    let submit = office
        .agent()
        .post(&path("/submit"), &json!({}))
        .key("patient");
    let answer = office
        .ask(submit.clone())
        .await
        .expect_problem(503, "temporarily_unavailable");
    assert_eq!(answer.header("retry-after"), "2");
    let case = filing.case().await;
    assert!(case.state.is_none() && case.draft.is_some());

    // Come again, with the same key.
    office.ask(submit).await.expect(200);
    assert_eq!(office.history().await, (1, 1));
}

#[tokio::test]
async fn the_same_submission_that_loses_the_race_gets_the_winners_answer() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    let submit = office
        .agent()
        .post(&path("/submit"), &json!({}))
        .key("twice");
    let winner = std::sync::Arc::new(std::sync::Mutex::new(None));
    let (racing, racer, won) = (office.clone(), submit.clone(), winner.clone());
    office
        .stage
        .faults
        .before("TransactWriteItems", async move {
            let answer = racing.ask(racer).await.expect(200);
            *won.lock().unwrap() = Some(answer);
        });
    let loser = office.ask(submit).await.expect(200);
    let winner = winner.lock().unwrap().take().unwrap();
    assert_eq!(loser.text, winner.text);
    assert_eq!(loser.header("idempotency-replayed"), "true");
    assert_eq!(winner.header("idempotency-replayed"), "");
    assert_eq!(office.history().await, (1, 1));
}

#[tokio::test]
async fn another_submission_that_loses_the_race_is_told_that_it_was_submitted() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    let (racing, racer) = (
        office.clone(),
        office.agent().post(&path("/submit"), &json!({})).once(),
    );
    office
        .stage
        .faults
        .before("TransactWriteItems", async move {
            racing.ask(racer).await.expect(200);
        });
    let submit = office.agent().post(&path("/submit"), &json!({})).once();
    office
        .ask(submit)
        .await
        .expect_problem(409, "already_submitted");
    assert_eq!(office.history().await, (1, 1));
}

#[tokio::test]
async fn a_paper_that_settles_during_a_submission_does_not_stop_it() {
    let office = Office::open().await;
    let filing = office.draft().await;
    let document = filing
        .case()
        .await
        .manifest
        .unwrap()
        .body
        .papers
        .values()
        .next()
        .unwrap()
        .document;
    let stage = office.stage.clone();
    office
        .stage
        .faults
        .before("TransactWriteItems", async move {
            let number = support::filing::NUMBER.to_owned().try_into().unwrap();
            let wanted = platform::cases::Wanted {
                document: Some(document),
                ..Default::default()
            };
            let case = stage.cases().load(&number, wanted).await.unwrap();
            let settled = case
                .document
                .clone()
                .unwrap()
                .body
                .settled(Vec::new(), case.now);
            let signal = domain::ids::EventId(document.0);
            stage.cases().settle(&case, &settled, signal).await.unwrap();
        });
    let submit = office.agent().post(&path("/submit"), &json!({})).once();
    office.ask(submit).await.expect(200);
    let manifest = filing.case().await.manifest.unwrap().body;
    let clean = manifest
        .papers
        .values()
        .filter(|paper| paper.state == domain::manifest::PaperState::Clean);
    assert_eq!(clean.count(), 1);
}

#[tokio::test]
async fn an_officer_who_comes_second_is_told_that_the_case_has_changed() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let claim = office.command("intake", "claim", &json!({})).await;
    let (racing, withdraw) = (
        office.clone(),
        office.agent().post(&path("/withdraw"), &json!({})).once(),
    );
    office
        .stage
        .faults
        .before("TransactWriteItems", async move {
            racing.ask(withdraw).await.expect(200);
        });
    office.ask(claim).await.expect_problem(412, "stale_version");
    assert_eq!(office.history().await, (2, 2));
}

#[tokio::test]
async fn two_announcements_at_once_both_stand() {
    let office = Office::open().await;
    let filing = office.draft().await;
    let announce = |material: &str, digit: &str| {
        let body = json!({
            "material": material, "size": 9, "sha256": digit.repeat(64), "media_type": "application/pdf",
        });
        office.agent().post(&path("/documents"), &body).once()
    };
    let (racing, racer) = (office.clone(), announce("MAT-RULES", "1"));
    office
        .stage
        .faults
        .before("TransactWriteItems", async move {
            racing.ask(racer).await.expect(201);
        });
    office.ask(announce("MAT-FIRE", "2")).await.expect(201);
    let papers = filing.case().await.manifest.unwrap().body.papers;
    let sent = papers.iter().filter(|(_, paper)| paper.size == 9);
    let materials: Vec<String> = sent.map(|(material, _)| material.to_string()).collect();
    assert_eq!(materials, ["MAT-FIRE", "MAT-RULES"]);
}

#[tokio::test]
async fn a_mandate_that_ends_during_a_request_is_judged_as_it_was_read_and_not_the_next_time() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    let stage = office.stage.clone();
    office
        .stage
        .faults
        .before("TransactWriteItems", async move {
            let mut ended = mandate(AGENT, HOTEL, Role::Handler);
            ended.withdrawn_at = Some(platform::clock::real_now());
            stage.put_item(mandate_item(&ended, 2).unwrap()).await;
        });
    let submit = office.agent().post(&path("/submit"), &json!({})).once();
    office.ask(submit).await.expect(200);
    office
        .ask(office.agent().get(&path("")))
        .await
        .expect_problem(403, "no_mandate");
}
