//! The inbox: newest first, unread until read, and nobody else's.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use account::{App, routes};
use domain::ids::{EventId, OfficerId, PersonId};
use domain::instant::Instant;
use domain::message::Message;
use domain::officer::Post;
use domain::words::Words;
use platform::authority::officer_item;
use platform::inbox::{Addressee, Inbox, InboxMessage};
use serde_json::{Value, json};
use support::door::{Answer, Asker, Door, PERSONS, appointed, claims};
use support::filing::{NUMBER, item};
use uuid::Uuid;
use web::routes::Served;

async fn door() -> Door {
    let door = Door::open(&[], |stage| {
        let app = App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
        routes(Served::default()).into_router(app)
    })
    .await;
    let officer = appointed("head", "140105", Post::Head);
    door.stage
        .put_item(officer_item(&officer, 1).unwrap())
        .await;
    door
}

fn id(number: u128) -> EventId {
    EventId(Uuid::from_u128(
        0x0198_a0f2_0000_7000_8000_0000_0000_0000 + number,
    ))
}

fn anna() -> Addressee {
    Addressee::Person(PersonId::try_from("anna".to_owned()).unwrap())
}

/// Puts the message `number` into the inbox of `addressee`.
async fn tell(door: &Door, addressee: &Addressee, number: u128) {
    let message = InboxMessage {
        id: id(number),
        event: "correction_required".to_owned(),
        application: NUMBER.to_owned().try_into().unwrap(),
        seq: 2,
        item: item().code,
        enterprise: None,
        at: Instant::from_unix_seconds(1_795_431_600),
        message: Message {
            title: Words::new("补正告知", "Correction required"),
            text: Words::new("需要补正", "Something is to be mended"),
            next: Some(Words::new("请补正", "Mend it")),
            due: Some("2026-12-14".parse().unwrap()),
        },
        read_at: None,
    };
    let inbox = Inbox::new(door.stage.table());
    inbox
        .deliver(&[(addressee.clone(), message)])
        .await
        .unwrap();
}

fn person(door: &Door, name: &str) -> Asker {
    door.myself(&claims(PERSONS, name))
}

async fn inbox(door: &Door, asker: &Asker, query: &str) -> Value {
    let path = format!("/v1/messages{query}");
    door.ask(asker.get(&path)).await.expect(200).json
}

async fn reads(door: &Door, asker: &Asker, number: u128, key: &str) -> Answer {
    let path = format!("/v1/messages/{}/read", id(number));
    door.ask(asker.post(&path, &json!({})).key(key)).await
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|message| message["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn messages_are_listed_newest_first_a_page_at_a_time() {
    let door = door().await;
    for number in 1..=3 {
        tell(&door, &anna(), number).await;
    }
    let asker = person(&door, "anna");
    let first = inbox(&door, &asker, "?limit=2").await;
    assert_eq!(ids(&first), [id(3).to_string(), id(2).to_string()]);
    assert_eq!(first["unread"], 3);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = inbox(&door, &asker, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!(ids(&second), [id(1).to_string()]);

    let message = &second["items"][0];
    assert_eq!(message["application"], NUMBER);
    assert_eq!(message["due"], "2026-12-14");
    assert_eq!(message["next"]["zh"], "请补正");
    assert_eq!(message["read_at"], Value::Null);
    // A cursor is for who got it.
    let path = format!("/v1/messages?limit=2&cursor={cursor}");
    let other = door.ask(person(&door, "boris").get(&path)).await;
    other.expect_problem(400, "invalid_cursor");
}

#[tokio::test]
async fn what_was_read_is_no_longer_among_the_unread_and_stays_read_since_then() {
    let door = door().await;
    for number in 1..=2 {
        tell(&door, &anna(), number).await;
    }
    let asker = person(&door, "anna");
    let read = reads(&door, &asker, 2, "a").await.expect(200);
    let since = read.json["read_at"].clone();
    assert!(since.is_string());
    let unread = inbox(&door, &asker, "?unread=true").await;
    assert_eq!(ids(&unread), [id(1).to_string()]);
    assert_eq!(unread["unread"], 1);

    // The same request, and another one for the same message.
    let repeat = reads(&door, &asker, 2, "a").await.expect(200);
    assert_eq!(repeat.header("idempotency-replayed"), "true");
    let again = reads(&door, &asker, 2, "b").await.expect(200);
    assert_eq!(again.json["read_at"], since);
    assert_eq!(inbox(&door, &asker, "").await["items"][0]["read_at"], since);
}

#[tokio::test]
async fn nobody_reads_the_inbox_of_another() {
    let door = door().await;
    tell(&door, &anna(), 1).await;
    let boris = person(&door, "boris");
    assert!(ids(&inbox(&door, &boris, "").await).is_empty());
    reads(&door, &boris, 1, "a")
        .await
        .expect_problem(404, "not_found");
    // An officer of the same name is somebody else.
    let anna = Addressee::Officer(OfficerId::try_from("head".to_owned()).unwrap());
    tell(&door, &anna, 7).await;
    let person_called_head = person(&door, "head");
    assert!(ids(&inbox(&door, &person_called_head, "").await).is_empty());
    let head = door.officer("head");
    assert_eq!(ids(&inbox(&door, &head, "").await), [id(7).to_string()]);
    reads(&door, &head, 7, "a").await.expect(200);
    let no_officer = door.ask(door.officer("nobody").get("/v1/messages")).await;
    no_officer.expect_problem(403, "post_missing");
}

#[tokio::test]
async fn a_message_that_is_none_is_not_found() {
    let door = door().await;
    let asker = person(&door, "anna");
    for name in ["x", "0198a0f2-0000-7000-8000-0000000000e1"] {
        let path = format!("/v1/messages/{name}/read");
        let answer = door.ask(asker.post(&path, &json!({})).once()).await;
        answer.expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn an_expired_message_is_gone_before_it_is_deleted() {
    let door = door().await;
    tell(&door, &anna(), 1).await;
    let mut stored = door.stage.everything().await;
    stored.retain(|item| item["type"].as_s().unwrap() == "inbox_message");
    let mut expired = stored.remove(0);
    let past = aws_sdk_dynamodb::types::AttributeValue::N("1".to_owned());
    expired.insert("expires_at".to_owned(), past);
    door.stage.put_item(expired).await;
    let asker = person(&door, "anna");
    assert!(ids(&inbox(&door, &asker, "").await).is_empty());
    reads(&door, &asker, 1, "a")
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_page_costs_a_person_two_queries() {
    let door = door().await;
    tell(&door, &anna(), 1).await;
    let asker = person(&door, "anna");
    inbox(&door, &asker, "").await;
    let (answer, calls) = door.cost(asker.get("/v1/messages")).await;
    answer.expect(200);
    assert_eq!((calls.dynamodb, calls.kms), (2, 0));
}
