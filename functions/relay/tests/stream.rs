//! What committed is sent, also when something goes wrong on the way.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use aws_lambda_events::dynamodb::Event;
use platform::outbox::Message;
use platform::queues::Queue;
use platform::table::Key;
use relay::Relay;
use serde_json::{Value, json};
use support::filing::Filing;
use support::{Emulated, Reply};

const SAMPLE: &str = include_str!("../../../events/relay-event-inserted.json");

fn relay(stage: &Emulated) -> Relay {
    Relay::new(Arc::clone(&stage.aws), &stage.config).unwrap()
}

/// A stream's batch with the sample record changed by each of `changes`, numbered from 1.
fn batch(changes: &[fn(&mut Value)]) -> Event {
    let sample: Value = serde_json::from_str(SAMPLE).unwrap();
    let records: Vec<Value> = changes
        .iter()
        .enumerate()
        .map(|(index, change)| {
            let mut record = sample["Records"][0].clone();
            let (image, number) = ("/dynamodb/NewImage", index + 1);
            let message = json!({
                "id": format!("0198a0f2-0000-7000-8000-{number:012}"),
                "topic": "submitted",
                "application": "AP-20261123-7K3M9QX2RD4F",
            });
            record.pointer_mut(image).unwrap()["sk"]["S"] = json!(format!("EVENT#{number:06}"));
            record.pointer_mut(image).unwrap()["message"]["S"] = json!(message.to_string());
            record["dynamodb"]["SequenceNumber"] = json!(number.to_string());
            change(&mut record);
            record
        })
        .collect();
    serde_json::from_value(json!({"Records": records})).unwrap()
}

fn as_it_is(_: &mut Value) {}

fn unreadable(record: &mut Value) {
    record["dynamodb"]["NewImage"]["message"]["S"] = json!("{\"topic\":");
}

fn without_message(record: &mut Value) {
    let image = record["dynamodb"]["NewImage"].as_object_mut().unwrap();
    image.remove("message");
}

fn without_outbox_key(record: &mut Value) {
    let image = record["dynamodb"]["NewImage"].as_object_mut().unwrap();
    image.remove("outbox");
}

fn a_change(record: &mut Value) {
    record["eventName"] = json!("MODIFY");
}

async fn failures(relay: &Relay, event: Event) -> Value {
    serde_json::to_value(relay.handle(event).await).unwrap()["batchItemFailures"].take()
}

/// The numbers of the messages on the queue, in their order.
async fn sent(stage: &Emulated) -> Vec<u32> {
    let messages = stage.review_messages().await;
    let mut numbers: Vec<u32> = messages
        .iter()
        .map(|text| {
            serde_json::from_str::<Message>(text)
                .unwrap()
                .id
                .to_string()
        })
        .map(|id| id.rsplit('-').next().unwrap().parse().unwrap())
        .collect();
    numbers.sort_unstable();
    numbers
}

#[tokio::test]
async fn a_submission_reaches_the_review_and_leaves_the_outbox() {
    let stage = Emulated::new().await;
    let filing = Filing::submitted(&stage).await;
    let event = Key::event(&filing.number, 1);
    assert!(stage.item(&event).await.unwrap().contains_key("outbox"));

    let sample = serde_json::from_str(SAMPLE).unwrap();
    assert_eq!(failures(&relay(&stage), sample).await, json!([]));

    for queue in Queue::ALL {
        let messages = stage.messages(queue).await;
        assert_eq!(messages.len(), 1, "{queue:?}");
        let message: Value = serde_json::from_str(&messages[0]).unwrap();
        // What a queue holds is whole: where to look, and nothing of what is there.
        let expected = json!({
            "id": message["id"], "topic": "submitted", "application": filing.number.as_str(), "seq": 1,
        });
        assert_eq!(message, expected);
        serde_json::from_str::<Message>(&messages[0]).unwrap();
    }
    let item = stage.item(&event).await.unwrap();
    assert!(!item.contains_key("outbox") && !item.contains_key("outbox_sort"));
    assert!(item.contains_key("body"), "the event itself stays");
}

#[tokio::test]
async fn what_the_review_need_not_know_goes_to_the_counters_and_the_inboxes_only() {
    let stage = Emulated::new().await;
    let filing = Filing::submitted(&stage).await;
    let event = batch(&[|record| {
        let text = record.pointer_mut("/dynamodb/NewImage/message/S").unwrap();
        *text = json!(text.as_str().unwrap().replace("submitted", "happened"));
    }]);
    assert_eq!(failures(&relay(&stage), event).await, json!([]));
    assert!(stage.messages(Queue::Review).await.is_empty());
    assert_eq!(stage.messages(Queue::Projection).await.len(), 1);
    assert_eq!(stage.messages(Queue::Notification).await.len(), 1);
    let item = stage.item(&Key::event(&filing.number, 1)).await.unwrap();
    assert!(!item.contains_key("outbox"));
}

#[tokio::test]
async fn what_is_no_new_event_is_left_alone() {
    let stage = Emulated::new().await;
    let event = batch(&[without_outbox_key, a_change]);
    assert_eq!(failures(&relay(&stage), event).await, json!([]));
    assert!(stage.review_messages().await.is_empty());
}

#[tokio::test]
async fn an_unreadable_record_is_named_and_the_others_are_sent() {
    let stage = Emulated::new().await;
    let event = batch(&[as_it_is, unreadable, as_it_is, without_message]);
    let named = failures(&relay(&stage), event).await;
    assert_eq!(named, json!([{"itemIdentifier": "2"}]));
    assert_eq!(sent(&stage).await, [1, 3]);
}

#[tokio::test]
async fn what_a_queue_did_not_take_is_sent_when_the_records_come_again() {
    let stage = Emulated::new().await;
    let relay = relay(&stage);
    // Eleven messages are two calls; the first is refused.
    let event = batch(&[as_it_is as fn(&mut Value); 11]);
    stage.faults.answer("SendMessageBatch", 1, |request| {
        Some(Reply::messages_refused(request))
    });
    let named = failures(&relay, event.clone()).await;
    assert_eq!(named, json!([{"itemIdentifier": "1"}]));
    assert_eq!(sent(&stage).await, [11]);

    assert_eq!(failures(&relay, event).await, json!([]));
    assert_eq!(sent(&stage).await, (1..=11).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_queue_that_is_down_keeps_the_message_in_the_outbox() {
    let stage = Emulated::new().await;
    let filing = Filing::submitted(&stage).await;
    // The SDK tries three times.
    stage
        .faults
        .answer("SendMessageBatch", 3, |_| Some(Reply::unavailable()));
    let named = failures(&relay(&stage), batch(&[as_it_is])).await;
    assert_eq!(named, json!([{"itemIdentifier": "1"}]));
    let item = stage.item(&Key::event(&filing.number, 1)).await.unwrap();
    assert!(item.contains_key("outbox"));
}

#[tokio::test]
async fn a_message_that_was_sent_but_not_marked_is_no_failure() {
    let stage = Emulated::new().await;
    let filing = Filing::submitted(&stage).await;
    stage
        .faults
        .answer("UpdateItem", 1, |_| Some(Reply::denied()));
    assert_eq!(
        failures(&relay(&stage), batch(&[as_it_is])).await,
        json!([])
    );
    assert_eq!(sent(&stage).await, [1]);
    let item = stage.item(&Key::event(&filing.number, 1)).await.unwrap();
    assert!(item.contains_key("outbox"), "the sweep will send it again");
}
