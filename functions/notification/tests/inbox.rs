//! Whoever is concerned finds one message for each event, however often and in whatever order it comes.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use domain::application::{Actor, Demand, Event};
use domain::calendar::Due;
use domain::chain::Digest;
use domain::ids::{MaterialCode, OfficerId, PersonId};
use domain::mandate::Role;
use domain::officer::Post;
use notification::Notification;
use platform::authority::{mandate_item, officer_item};
use platform::inbox::{Addressee, Inbox, InboxMessage};
use serde_json::{Value, json};
use support::door::{appointed, mandate};
use support::filing::{Filing, NUMBER};
use support::{Emulated, Reply};

const SAMPLE: &str = include_str!("../../../events/notification-event.json");
const HOTEL: &str = "91140100XXX1000286";

fn notification(stage: &Emulated) -> Notification {
    Notification::new(Arc::clone(&stage.aws), &stage.config)
}

fn sample() -> SqsEvent {
    serde_json::from_str(SAMPLE).unwrap()
}

fn word(seq: u64) -> String {
    let id = format!("0198a0f2-0000-7000-8000-{seq:012}");
    json!({"id": id, "topic": "happened", "application": NUMBER, "seq": seq}).to_string()
}

fn batch(bodies: &[String]) -> SqsEvent {
    let records: Vec<Value> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| json!({"messageId": index.to_string(), "body": body}))
        .collect();
    serde_json::from_value(json!({"Records": records})).unwrap()
}

async fn failures(notification: &Notification, event: SqsEvent) -> Vec<String> {
    let answer = notification.handle(event).await;
    let failures = answer.batch_item_failures.into_iter();
    failures.map(|failure| failure.item_identifier).collect()
}

/// Somebody with a mandate for the hotel.
async fn empower(stage: &Emulated, person: &str, role: Role) {
    let mandate = mandate(person, HOTEL, role);
    stage.put_item(mandate_item(&mandate, 1).unwrap()).await;
}

async fn inbox(stage: &Emulated, addressee: &Addressee) -> Vec<InboxMessage> {
    let inbox = Inbox::new(stage.table());
    inbox.messages(addressee, 100, None).await.unwrap().0
}

async fn events_told(stage: &Emulated, addressee: &Addressee) -> Vec<String> {
    let messages = inbox(stage, addressee).await.into_iter();
    messages.map(|message| message.event).collect()
}

fn person(name: &str) -> Addressee {
    Addressee::Person(PersonId::try_from(name.to_owned()).unwrap())
}

fn officer(name: &str) -> Addressee {
    Addressee::Officer(OfficerId::try_from(name.to_owned()).unwrap())
}

fn acting(name: &str) -> Actor {
    Actor::Officer {
        officer: OfficerId::try_from(name.to_owned()).unwrap(),
        badge: "010501".to_owned(),
        unit: "psb-140105".parse().unwrap(),
    }
}

fn correction() -> Event {
    Event::CorrectionRequired {
        demands: vec![Demand::Material {
            material: MaterialCode::try_from("MAT-FIRE".to_owned()).unwrap(),
        }],
        explanation: Digest::of(b"sealed"),
        answer_by: Due {
            date: "2026-12-14".parse().unwrap(),
            provisional: false,
        },
    }
}

#[tokio::test]
async fn who_filed_an_application_is_told_that_it_was_received() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    empower(&stage, "administrator-1", Role::Administrator).await;
    let filing = Filing::submitted(&stage).await;
    assert!(failures(&notification(&stage), sample()).await.is_empty());

    let messages = inbox(&stage, &person("agent-1")).await;
    assert_eq!(messages.len(), 1);
    let message = &messages[0];
    assert_eq!(message.event, "submitted");
    assert_eq!(message.application, filing.number);
    assert_eq!(message.enterprise.as_ref().unwrap().as_str(), HOTEL);
    assert!(message.message.title.zh.contains("旅馆业"));
    let limits = filing.case().await.state.unwrap().body.limits;
    assert_eq!(message.message.due, limits.acceptance.map(|due| due.date));
    // What needs no answer does not disturb others.
    assert!(inbox(&stage, &person("administrator-1")).await.is_empty());
}

#[tokio::test]
async fn what_must_not_be_missed_reaches_those_who_answer_for_the_enterprise_too() {
    let stage = Emulated::new().await;
    for (name, role) in [
        ("agent-1", Role::Handler),
        ("colleague", Role::Handler),
        ("administrator-1", Role::Administrator),
        ("legal", Role::LegalRepresentative),
    ] {
        empower(&stage, name, role).await;
    }
    let filing = Filing::submitted(&stage).await;
    filing.happens(&acting("intake"), vec![correction()]).await;
    let event = batch(&[word(2)]);
    assert!(failures(&notification(&stage), event).await.is_empty());
    for name in ["agent-1", "administrator-1", "legal"] {
        let messages = inbox(&stage, &person(name)).await;
        assert_eq!(messages.len(), 1, "{name}");
        assert_eq!(messages[0].message.due, Some("2026-12-14".parse().unwrap()));
        assert!(messages[0].message.next.is_some());
    }
    assert!(inbox(&stage, &person("colleague")).await.is_empty());
}

#[tokio::test]
async fn the_same_event_is_told_once_in_whatever_order_and_however_often_it_comes() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    let filing = Filing::submitted(&stage).await;
    let claimed = Event::Claimed { post: Post::Intake };
    filing
        .happens(&acting("intake"), vec![claimed, correction()])
        .await;
    let notification = notification(&stage);
    let words: Vec<String> = [3, 1, 3, 2, 1, 3].map(word).to_vec();
    assert!(failures(&notification, batch(&words)).await.is_empty());
    assert!(failures(&notification, batch(&words)).await.is_empty());
    assert_eq!(
        events_told(&stage, &person("agent-1")).await,
        ["correction_required", "submitted"],
        "newest first"
    );
}

#[tokio::test]
async fn what_was_read_stays_read_when_its_event_comes_again() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    Filing::submitted(&stage).await;
    let notification = notification(&stage);
    assert!(failures(&notification, sample()).await.is_empty());
    let agent = person("agent-1");
    let inboxes = Inbox::new(stage.table());
    assert_eq!(inboxes.count_unread(&agent).await.unwrap(), 1);

    let mut stored = stage.everything().await;
    stored.retain(|item| item["type"].as_s().unwrap() == "inbox_message");
    let mut read = stored.remove(0);
    read.remove("subject");
    read.remove("subject_sort");
    stage.put_item(read.clone()).await;
    assert!(failures(&notification, sample()).await.is_empty());
    assert_eq!(inboxes.count_unread(&agent).await.unwrap(), 0);
    assert_eq!(inbox(&stage, &agent).await.len(), 1);
}

#[tokio::test]
async fn who_came_late_among_those_to_be_told_is_told_when_the_event_comes_again() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    let filing = Filing::submitted(&stage).await;
    filing.happens(&acting("intake"), vec![correction()]).await;
    let notification = notification(&stage);
    let word = [word(2)];
    assert!(failures(&notification, batch(&word)).await.is_empty());
    empower(&stage, "administrator-1", Role::Administrator).await;
    assert!(failures(&notification, batch(&word)).await.is_empty());
    for name in ["agent-1", "administrator-1"] {
        assert_eq!(inbox(&stage, &person(name)).await.len(), 1, "{name}");
    }
}

#[tokio::test]
async fn whoever_has_no_mandate_any_more_is_told_nothing() {
    let stage = Emulated::new().await;
    Filing::submitted(&stage).await;
    assert!(failures(&notification(&stage), sample()).await.is_empty());
    assert!(inbox(&stage, &person("agent-1")).await.is_empty());
}

#[tokio::test]
async fn an_extension_waits_in_the_inbox_of_each_head_of_the_unit() {
    let stage = Emulated::new().await;
    let mut former = appointed("former-head", "140105", Post::Head);
    former.active = false;
    for officer in [
        appointed("head-1", "140105", Post::Head),
        appointed("head-2", "140105", Post::Head),
        appointed("reviewer-1", "140105", Post::Reviewer),
        appointed("elsewhere", "140106", Post::Head),
        former,
    ] {
        stage.put_item(officer_item(&officer, 1).unwrap()).await;
    }
    let filing = Filing::submitted(&stage).await;
    let asked = Event::ExtensionRequested {
        days: 5,
        reasons: Digest::of(b"sealed"),
    };
    filing.happens(&acting("reviewer-1"), vec![asked]).await;
    let event = batch(&[word(2)]);
    assert!(failures(&notification(&stage), event).await.is_empty());
    for (name, expected) in [
        ("head-1", 1),
        ("head-2", 1),
        ("reviewer-1", 0),
        ("elsewhere", 0),
        ("former-head", 0),
    ] {
        let messages = inbox(&stage, &officer(name)).await;
        assert_eq!(messages.len(), expected, "{name}");
        assert!(messages.iter().all(|message| message.enterprise.is_none()));
    }
}

#[tokio::test]
async fn a_poison_message_fails_alone() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    Filing::submitted(&stage).await;
    let event = batch(&[
        "not JSON".to_owned(),
        // No such event, and none that a case could have.
        word(2),
        word(u64::MAX),
        word(1),
        // No event of a chain, such as word of a document.
        json!({"id": "0198a0f2-0000-7000-8000-0000000000e2", "topic": "document_settled", "application": NUMBER}).to_string(),
    ]);
    assert_eq!(
        failures(&notification(&stage), event).await,
        ["0", "1", "2"]
    );
    assert_eq!(inbox(&stage, &person("agent-1")).await.len(), 1);
}

#[tokio::test]
async fn a_table_that_takes_nothing_leaves_the_message_for_later() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    Filing::submitted(&stage).await;
    let notification = notification(&stage);
    stage
        .faults
        .answer("TransactWriteItems", 3, |_| Some(Reply::unavailable()));
    assert_eq!(failures(&notification, sample()).await.len(), 1);
    assert!(stage.faults.all_happened());
    assert!(failures(&notification, sample()).await.is_empty());
    assert_eq!(inbox(&stage, &person("agent-1")).await.len(), 1);
}

#[tokio::test]
async fn an_event_costs_one_read_one_query_and_one_write() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    Filing::submitted(&stage).await;
    let notification = notification(&stage);
    let before = stage.aws.calls().so_far();
    assert!(failures(&notification, sample()).await.is_empty());
    let calls = stage.aws.calls().so_far() - before;
    assert_eq!((calls.dynamodb, calls.kms), (3, 0));
}

#[tokio::test]
async fn a_message_holds_nothing_personal() {
    let stage = Emulated::new().await;
    empower(&stage, "agent-1", Role::Handler).await;
    Filing::submitted(&stage).await;
    assert!(failures(&notification(&stage), sample()).await.is_empty());
    let stored = stage.everything().await;
    let stored = stored
        .iter()
        .filter(|item| item["type"].as_s().unwrap() == "inbox_message");
    for item in stored {
        let body = format!("{:?}", item["body"]);
        for personal in ["agent-1", "138", "14010519"] {
            assert!(!body.contains(personal), "{body}");
        }
    }
}
