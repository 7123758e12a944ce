//! What the relay did not send, the sweep does.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ids::{ApplicationNo, EventId};
use domain::instant::Instant;
use platform::outbox::{Message, Topic, signal_item};
use platform::table::Key;
use serde_json::{Value, json};
use support::filing::NUMBER;
use support::{Emulated, Reply};
use timers::{Timers, TimersError};

const SAMPLE: &str = include_str!("../../../events/timers-sweep-outbox.json");

fn at(text: &str) -> Instant {
    Instant::try_from(format!("2026-11-{text}+08:00")).unwrap()
}

fn timers(stage: &Emulated) -> Timers {
    Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap()
}

/// Word of a document that committed at `committed`, and where it lies.
async fn unsent(stage: &Emulated, number: u128, committed: Instant) -> Key {
    let application = ApplicationNo::try_from(NUMBER.to_owned()).unwrap();
    let id = EventId(uuid::Uuid::from_u128(number));
    let key = Key::signal(&application, id);
    let topic = Topic::DocumentSettled;
    let message = Message {
        id,
        topic,
        application,
        seq: None,
    };
    stage
        .put_item(signal_item(&message, committed).unwrap())
        .await;
    key
}

async fn sweep(timers: &Timers, now: Instant) -> Result<Value, TimersError> {
    let sample = serde_json::from_str(SAMPLE).unwrap();
    let answer = timers.handle(sample, now).await?;
    Ok(serde_json::to_value(answer).unwrap())
}

#[tokio::test]
async fn what_lies_longer_than_two_minutes_is_sent_once() {
    let stage = Emulated::new().await;
    let timers = timers(&stage);
    let lost = unsent(&stage, 1, at("23T19:00:00")).await;
    let fresh = unsent(&stage, 2, at("23T19:02:30")).await;

    let answer = sweep(&timers, at("23T19:03:00")).await.unwrap();
    assert_eq!(
        answer,
        json!({"task": "sweep_outbox", "hours": 25, "sent": 1})
    );
    let messages = stage.review_messages().await;
    assert_eq!(messages.len(), 1);
    assert!(messages[0].contains("000000000001"), "{messages:?}");
    assert!(!stage.item(&lost).await.unwrap().contains_key("outbox"));
    assert!(stage.item(&fresh).await.unwrap().contains_key("outbox"));

    // Once all is sent, a sweep looks at three hours.
    let answer = sweep(&timers, at("23T19:04:00")).await.unwrap();
    assert_eq!(
        answer,
        json!({"task": "sweep_outbox", "hours": 3, "sent": 0})
    );
    assert!(stage.review_messages().await.is_empty());
}

#[tokio::test]
async fn an_hour_that_has_just_ended_is_still_swept() {
    let stage = Emulated::new().await;
    unsent(&stage, 1, at("23T18:59:59")).await;
    let answer = sweep(&timers(&stage), at("23T19:02:00")).await.unwrap();
    assert_eq!(answer["sent"], 1);
}

#[tokio::test]
async fn after_an_outage_of_days_nothing_is_lost() {
    let stage = Emulated::new().await;
    let timers = timers(&stage);
    sweep(&timers, at("19T00:00:00")).await.unwrap();
    for (number, committed) in [(1, "20T00:59:00"), (2, "20T13:00:00"), (3, "20T22:30:00")] {
        unsent(&stage, number, at(committed)).await;
    }
    // Each is sent on its own, in three tries.
    stage
        .faults
        .answer("SendMessageBatch", 9, |_| Some(Reply::unavailable()));
    let error = sweep(&timers, at("20T23:59:59")).await.unwrap_err();
    assert!(
        matches!(error, TimersError::NotAllSent { failed: 3, .. }),
        "{error}"
    );

    // Three days later the sweeps run again.
    let answer = sweep(&timers, at("23T20:00:00")).await.unwrap();
    assert_eq!(answer["sent"], 3);
    assert_eq!(stage.review_messages().await.len(), 3);
    let answer = sweep(&timers, at("23T20:01:00")).await.unwrap();
    assert_eq!(
        answer,
        json!({"task": "sweep_outbox", "hours": 3, "sent": 0})
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_holds_nothing_up() {
    let stage = Emulated::new().await;
    let timers = timers(&stage);
    let torn = unsent(&stage, 1, at("23T19:00:00")).await;
    let mut item = stage.item(&torn).await.unwrap();
    item.insert("message".to_owned(), AttributeValue::S("{".to_owned()));
    stage.put_item(item).await;
    unsent(&stage, 2, at("23T19:00:00")).await;

    let error = sweep(&timers, at("23T19:05:00")).await.unwrap_err();
    assert!(
        matches!(
            error,
            TimersError::NotAllSent {
                sent: 1,
                failed: 0,
                unreadable: 1
            }
        ),
        "{error}"
    );
    sweep(&timers, at("23T22:05:00")).await.unwrap_err();
    let answer = sweep(&timers, at("23T22:06:00")).await.unwrap();
    assert_eq!(answer["hours"], 3);
}

#[tokio::test]
async fn more_than_a_page_of_messages_is_sent_in_one_sweep() {
    let stage = Emulated::new().await;
    // All on one shard, which is that of the last byte of the identifier.
    for number in 1..=120_u128 {
        unsent(&stage, number * 4, at("23T19:00:00")).await;
    }
    let answer = sweep(&timers(&stage), at("23T19:05:00")).await.unwrap();
    assert_eq!(answer["sent"], 120);
    assert_eq!(stage.review_messages().await.len(), 120);
}

#[tokio::test]
async fn a_queue_that_is_down_fails_the_sweep_and_keeps_the_messages() {
    let stage = Emulated::new().await;
    let timers = timers(&stage);
    let key = unsent(&stage, 1, at("23T19:00:00")).await;
    stage
        .faults
        .answer("SendMessageBatch", 3, |_| Some(Reply::unavailable()));
    let error = sweep(&timers, at("23T19:03:00")).await.unwrap_err();
    let TimersError::NotAllSent {
        sent: 0,
        failed: 1,
        unreadable: 0,
    } = error
    else {
        unreachable!("{error}");
    };
    assert!(stage.item(&key).await.unwrap().contains_key("outbox"));
    assert_eq!(sweep(&timers, at("23T19:04:00")).await.unwrap()["sent"], 1);
}

#[tokio::test]
async fn only_stages_for_tests_need_not_wait() {
    let now = at("23T19:00:01");
    let at_once = json!({"task": "sweep_outbox", "older_than_seconds": 0});

    let test = Emulated::new().await;
    unsent(&test, 1, at("23T19:00:00")).await;
    let answer = timers(&test).handle(at_once.clone(), now).await.unwrap();
    assert_eq!(serde_json::to_value(answer).unwrap()["sent"], 1);

    let production = Emulated::with(&[("STAGE", "production")]).await;
    unsent(&production, 1, at("23T19:00:00")).await;
    let error = timers(&production).handle(at_once, now).await.unwrap_err();
    assert!(matches!(error, TimersError::NotOnThisStage), "{error}");
    assert!(production.review_messages().await.is_empty());
}
