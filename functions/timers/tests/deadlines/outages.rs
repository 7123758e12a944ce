//! Whatever is down for whatever time: each case is looked at when it is over, and what was due is done
//! once.

use std::collections::BTreeSet;

use ::timers::TimersError;
use domain::application::Stage;
use platform::clock::real_now;
use platform::table::Key;
use serde_json::{Value, json};
use support::Reply;

use crate::world::{World, at, numbered};

async fn deemed(world: &World, cases: impl Iterator<Item = u16>) -> Vec<bool> {
    let mut deemed = Vec::new();
    for tail in cases {
        deemed.push(world.state(tail).await.deemed);
    }
    deemed
}

/// Cases submitted on Monday, Tuesday and Wednesday, and a walk on each of these days.
async fn three_days(world: &World) {
    for (tail, day) in [(1, 23), (2, 24), (3, 25)] {
        world.at(&format!("2026-11-{day}T10:00:00+08:00")).await;
        world.submitted(tail).await;
        world.walk().await.unwrap();
    }
    assert!(world.stage.due_messages().await.is_empty());
}

async fn catches_up(back: &str, expected: [bool; 3]) {
    let world = World::new().await;
    three_days(&world).await;
    // Nothing walks until then.
    world.at(back).await;
    world.walk().await.unwrap();
    let messages = world.stage.due_messages().await;
    assert_eq!(messages.len(), 3, "each once: {messages:?}");
    assert_eq!(world.deliver(&messages).await, BTreeSet::new());
    assert_eq!(deemed(&world, 1..=3).await, expected);
    assert_eq!(world.pass().await, 0, "nothing is left");
    for tail in (1_u16..=3).filter(|tail| expected[usize::from(*tail) - 1]) {
        assert_eq!(world.events(tail).await, ["submitted", "accepted"]);
    }
}

#[tokio::test]
async fn after_a_day_without_walks_nothing_is_lost() {
    catches_up("2026-12-02T02:00:00+08:00", [true, true, false]).await;
}

#[tokio::test]
async fn after_a_week_without_walks_nothing_is_lost() {
    catches_up("2026-12-04T15:00:00+08:00", [true, true, true]).await;
}

#[tokio::test]
async fn a_case_that_comes_late_into_the_index_is_found() {
    let world = World::new().await;
    world.submitted(1).await;
    let key = Key::state(&numbered(1).try_into().unwrap());
    let indexed = world.stage.item(&key).await.unwrap();
    let mut missing = indexed.clone();
    missing.remove("deadline");
    missing.remove("deadline_sort");
    world.stage.put_item(missing).await;
    world.at("2026-12-01T00:00:30+08:00").await;
    assert_eq!(world.pass().await, 0);
    world.at("2026-12-01T00:10:00+08:00").await;
    assert_eq!(world.pass().await, 0);
    // Its card was due on Friday, long before the cursor, its acceptance ten minutes ago.
    let mut late = indexed;
    let moment = "2026-12-01T00:00:00.000+08:00";
    let number = numbered(1);
    let text = |value: String| aws_sdk_dynamodb::types::AttributeValue::S(value);
    let deadline = platform::table::keys::deadline(at(moment), &number.clone().try_into().unwrap());
    late.insert("deadline".to_owned(), text(deadline));
    late.insert(
        "deadline_sort".to_owned(),
        text(format!("{moment}#{number}")),
    );
    world.stage.put_item(late).await;
    world.at("2026-12-01T00:16:30+08:00").await;
    assert_eq!(world.pass().await, 1);
    assert_eq!(world.state(1).await.stage, Stage::Accepted);
}

#[tokio::test]
async fn a_case_that_waits_on_the_queue_is_not_sent_with_every_walk() {
    let world = World::new().await;
    world.submitted(1).await;
    world.at("2026-11-30T12:00:00+08:00").await;
    world.pass().await;
    let mut sent = 0;
    for minute in 0..60 {
        let moment = format!("2026-12-01T00:{minute:02}:10+08:00");
        world.at(&moment).await;
        sent += world.walk().await.unwrap()["sent"].as_u64().unwrap();
    }
    assert_eq!(sent, 7, "at once, and after 1, 2, 4, 8, 16 and 32 minutes");
}

#[tokio::test]
async fn a_queue_that_is_down_loses_nothing() {
    let world = World::new().await;
    world.submitted(1).await;
    world.at("2026-12-01T00:00:00+08:00").await;
    let refused = Reply::messages_refused;
    world
        .stage
        .faults
        .answer("SendMessageBatch", 1, move |request| Some(refused(request)));
    let error = world.walk().await.unwrap_err();
    assert!(
        matches!(error, TimersError::NotAllDueSent { failed: 1, .. }),
        "{error}"
    );
    world.at("2026-12-01T09:00:00+08:00").await;
    assert_eq!(world.pass().await, 1);
    assert!(world.state(1).await.deemed);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_holds_nothing_up() {
    let world = World::new().await;
    world.submitted(1).await;
    world.submitted(5).await;
    let key = Key::state(&numbered(5).try_into().unwrap());
    let mut torn = world.stage.item(&key).await.unwrap();
    let text = |value: &str| aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned());
    torn.insert("deadline_sort".to_owned(), text("2026-11-27T00:00:00#?"));
    world.stage.put_item(torn).await;
    world.at("2026-12-01T00:00:00+08:00").await;
    let error = world.walk().await.unwrap_err();
    assert!(
        matches!(
            error,
            TimersError::NotAllDueSent {
                sent: 1,
                unreadable: 1,
                ..
            }
        ),
        "{error}"
    );
    let messages = world.stage.due_messages().await;
    assert_eq!(world.deliver(&messages).await, BTreeSet::new());
    assert!(world.state(1).await.deemed);
}

#[tokio::test]
async fn a_case_whose_item_this_binary_does_not_have_is_delivered_again() {
    let world = World::new().await;
    let mut unknown = support::filing::item().clone();
    unknown.version = 99;
    world
        .became(
            1,
            &unknown,
            1,
            domain::application::Limits::default(),
            Vec::new(),
        )
        .await;
    world.walk().await.unwrap();
    let messages = world.stage.due_messages().await;
    assert_eq!(world.deliver(&messages).await, BTreeSet::from([0]));
}

#[tokio::test]
async fn operators_have_every_open_case_looked_at() {
    let world = World::new().await;
    for tail in 1..=3 {
        world.submitted(tail).await;
    }
    let ended = support::filing::Filing::of(&world.stage, &numbered(2));
    ended.withdraw().await;
    let sample = include_str!("../../../../events/timers-look-at-open-cases.json");
    let task: Value = serde_json::from_str(sample).unwrap();
    let answer = world.timers.handle(task, real_now()).await.unwrap();
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({"task": "look_at_open_cases", "sent": 2, "go_on_with": null})
    );
    let messages = world.stage.due_messages().await;
    assert_eq!(world.deliver(&messages).await, BTreeSet::new());
    assert_eq!(world.events(1).await, ["submitted"]);

    let later = json!({"task": "look_at_open_cases", "from": "2026-12-05"});
    let answer = world.timers.handle(later, real_now()).await.unwrap();
    assert_eq!(serde_json::to_value(answer).unwrap()["sent"], 0);
}
