//! Messages delivered twice, out of order, or to nobody's use.

use domain::ids::{ApplicationNo, EventId};
use domain::instant::Instant;
use journeys::filing::Filing;
use journeys::papers;
use journeys::waiting::until;
use platform::table::{Key, keys};
use serde_json::{Value, json};

use crate::aws::Stack;
use crate::people::{draft, events, examined, officer, real_seconds, submitted};

fn number(filing: &Filing) -> ApplicationNo {
    ApplicationNo::try_from(filing.number.clone()).unwrap()
}

async fn report(filing: &Filing) -> Value {
    let call = officer("intake-140105").await.get(&filing.path("/report"));
    until("the report", &call, |answer| answer.status == 200)
        .await
        .unwrap()
        .json()
        .clone()
}

/// The message about the submission of `filing`.
async fn word_of_submission(filing: &Filing) -> String {
    let events = filing
        .agent
        .get(&filing.path("/events"))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let id = events.json()["items"][0]["record"]["id"].clone();
    json!({"id": id, "topic": "submitted", "application": filing.number}).to_string()
}

/// A notification of S3 that the document's object was created, after the sample event.
fn word_of_upload(filing: &Filing, document: &str) -> String {
    let sample = include_str!("../../../events/intake-object-created.json");
    let sample: Value = serde_json::from_str(sample).unwrap();
    let body = sample["Records"][0]["body"].as_str().unwrap();
    let mut notification: Value = serde_json::from_str(body).unwrap();
    let key = format!("quarantine/{}/{document}", filing.number);
    notification["Records"][0]["s3"]["object"]["key"] = key.into();
    notification.to_string()
}

#[tokio::test]
async fn the_same_message_twice_writes_one_report_and_makes_no_officers_version_stale() {
    let (stack, filing) = (Stack::reach().await, submitted().await);
    let first = report(&filing).await;
    let key = Key::report(&number(&filing));
    let stored = stack.item(&key).await.unwrap();
    let intake = officer("intake-140105").await;
    let seen = intake
        .get(&filing.path(""))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();

    let word = word_of_submission(&filing).await;
    assert!(
        stack
            .deliver("FUNCTION_REVIEW", &[&word, &word])
            .await
            .is_empty()
    );
    assert!(stack.deliver("FUNCTION_REVIEW", &[&word]).await.is_empty());
    assert_eq!(stack.item(&key).await.unwrap(), stored);
    assert_eq!(report(&filing).await, first);
    let claim = intake
        .post(&filing.path("/claim"), &json!({}))
        .once()
        .if_match(&seen.etag().unwrap());
    claim.send().await.unwrap().expect(200).unwrap();
    assert_eq!(events(&filing).await, ["submitted", "claimed"]);
}

#[tokio::test]
async fn a_notification_twice_examines_a_document_once() {
    let (stack, filing) = (Stack::reach().await, draft().await);
    let announced = filing
        .hand_in(&papers::fire_safety_opinion())
        .await
        .unwrap();
    let first = filing.settled(&announced.document).await.unwrap();
    assert_eq!(first.json()["state"], "clean");
    let word = word_of_upload(&filing, &announced.document);
    assert!(
        stack
            .deliver("FUNCTION_INTAKE", &[&word, &word])
            .await
            .is_empty()
    );
    let after = filing.settled(&announced.document).await.unwrap();
    assert_eq!(after.json()["examined_at"], first.json()["examined_at"]);
    assert_eq!(after.json()["state"], "clean");
}

#[tokio::test]
async fn a_message_that_comes_before_its_time_or_after_it_does_no_harm() {
    let (stack, filing) = (Stack::reach().await, draft().await);
    let early = json!({
        "id": "01a20000-0000-7000-8000-000000000001", "topic": "document_settled", "application": filing.number,
    });
    assert!(
        stack
            .deliver("FUNCTION_REVIEW", &[&early.to_string()])
            .await
            .is_empty()
    );
    assert!(stack.item(&Key::report(&number(&filing))).await.is_none());

    // The upload of a paper that was replaced in the meantime.
    let replaced = filing.announce(&papers::lease()).await.unwrap();
    let stands = filing.hand_in(&papers::lease()).await.unwrap();
    filing.settled(&stands.document).await.unwrap();
    let word = word_of_upload(&filing, &replaced.document);
    assert!(stack.deliver("FUNCTION_INTAKE", &[&word]).await.is_empty());
    let case = filing
        .agent
        .get(&filing.path(""))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let lease = case.json()["materials"]
        .as_array()
        .unwrap()
        .iter()
        .find(|material| material["code"] == "MAT-PREMISES");
    assert_eq!(lease.unwrap()["document"]["id"], stands.document.as_str());
    assert_eq!(lease.unwrap()["document"]["state"], "clean");
}

#[tokio::test]
async fn word_of_the_submission_after_that_of_its_papers_takes_nothing_back() {
    let (stack, filing) = (Stack::reach().await, examined().await);
    let call = officer("intake-140105").await.get(&filing.path("/report"));
    until("the report on clean papers", &call, |answer| {
        answer.json()["outcome"] == "passed"
    })
    .await
    .unwrap();
    let word = word_of_submission(&filing).await;
    assert!(stack.deliver("FUNCTION_REVIEW", &[&word]).await.is_empty());
    assert_eq!(report(&filing).await["outcome"], "passed");
}

#[tokio::test]
async fn a_late_message_about_a_case_that_has_ended_is_done_with() {
    let (stack, filing) = (Stack::reach().await, submitted().await);
    report(&filing).await;
    let word = word_of_submission(&filing).await;
    filing
        .agent
        .post(&filing.path("/withdraw"), &json!({}))
        .once()
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    stack.remove(&Key::report(&number(&filing))).await;
    assert!(stack.deliver("FUNCTION_REVIEW", &[&word]).await.is_empty());
    assert!(stack.item(&Key::report(&number(&filing))).await.is_none());
}

#[tokio::test]
async fn poison_fails_alone_and_ends_with_the_dead_letters_as_it_was_sent() {
    let stack = Stack::reach().await;
    let poison = json!({"poison": uuid::Uuid::new_v4()}).to_string();
    stack.send("REVIEW_QUEUE_URL", &poison).await;
    stack.send("INTAKE_QUEUE_URL", &poison).await;
    // Others go on meanwhile, also in the same batch.
    let filing = submitted().await;
    report(&filing).await;
    let word = word_of_submission(&filing).await;
    assert_eq!(
        stack
            .deliver("FUNCTION_REVIEW", &[&word, &poison, "{", &word])
            .await,
        [1, 2]
    );
    assert_eq!(stack.deliver("FUNCTION_INTAKE", &[&poison]).await, [0]);

    for (dead_letters, received) in [
        ("REVIEW_DLQ_URL", "the review's"),
        ("INTAKE_DLQ_URL", "the intake's"),
    ] {
        let dead = stack.take(dead_letters, &poison).await;
        assert_eq!(dead.body(), Some(poison.as_str()), "{received}");
    }
}

#[tokio::test]
async fn the_stores_own_test_message_is_no_poison() {
    let stack = Stack::reach().await;
    let greeting =
        json!({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "documents"}).to_string();
    assert!(
        stack
            .deliver("FUNCTION_INTAKE", &[&greeting])
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn what_never_reached_its_queue_is_sent_by_the_sweep() {
    let (stack, filing) = (Stack::reach().await, submitted().await);
    report(&filing).await;
    let number = number(&filing);
    stack.remove(&Key::report(&number)).await;

    // As if relay had never got the event: it lies in the outbox since three minutes. The stream tells
    // relay of new items only, so that nobody but the sweep can find it there.
    let key = Key::event(&number, 1);
    let word: Value = serde_json::from_str(&word_of_submission(&filing).await).unwrap();
    let id: EventId = word["id"].as_str().unwrap().parse().unwrap();
    let since = Instant::from_unix_seconds(real_seconds() - 180);
    let texts = [
        ("outbox", keys::outbox(since, id)),
        ("outbox_sort", format!("{since}#{id}")),
    ];
    stack.set(&key, &texts).await;

    stack
        .invoke("FUNCTION_TIMERS", &json!({"task": "sweep_outbox"}))
        .await;
    report(&filing).await;
    assert!(!stack.item(&key).await.unwrap().contains_key("outbox"));
}
