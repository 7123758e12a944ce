//! What time costs does not grow with the number of open cases.

use std::time::Instant as Elapsed;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, ReturnConsumedCapacity, WriteRequest};
use domain::ids::ApplicationNo;
use domain::instant::Instant;
use jiff::civil::date;
use platform::table::{Attributes, Key, keys};
use support::Emulated;

use crate::world::{World, at, numbered};

/// What a walk or a fired timer cost.
#[derive(Debug, PartialEq)]
struct Cost {
    calls: u64,
    /// Index keys asked and deadlines read by the walk.
    keys: u64,
    read: u64,
    /// Read units of the walk's queries of the index, as the emulator counts them.
    units: f64,
}

/// Fills the stage with `cases` copies of an open case, each due as `due` says of its place.
async fn fill(stage: &Emulated, like: &Attributes, cases: u64, due: impl Fn(u64) -> Instant) {
    let text = AttributeValue::S;
    let mut writes = Vec::new();
    for each in 0..cases {
        let number =
            ApplicationNo::new(date(2026, 11, 23), each.wrapping_mul(0x0001_0003_0005_0007));
        let due = due(each);
        let mut copy = like.clone();
        copy.insert("pk".to_owned(), text(keys::case_partition(&number)));
        copy.insert("deadline".to_owned(), text(keys::deadline(due, &number)));
        copy.insert("deadline_sort".to_owned(), text(format!("{due}#{number}")));
        let put = PutRequest::builder().set_item(Some(copy)).build().unwrap();
        writes.push(WriteRequest::builder().put_request(put).build());
    }
    for some in writes.chunks(25) {
        let write = stage.dynamodb.batch_write_item();
        write
            .request_items("table", some.to_vec())
            .send()
            .await
            .unwrap();
    }
}

/// The read units of asking each shard of a day for a minute, as a walk does.
async fn units(stage: &Emulated, first: &str, last: &str) -> f64 {
    let mut units = 0.0;
    for shard in 0..keys::DEADLINE_SHARDS {
        let day = at(first).date();
        let query = stage
            .dynamodb
            .query()
            .table_name("table")
            .index_name("by_deadline")
            .key_condition_expression("deadline = :day AND deadline_sort BETWEEN :first AND :last")
            .expression_attribute_values(
                ":day",
                AttributeValue::S(keys::deadline_shard(day, shard)),
            )
            .expression_attribute_values(":first", AttributeValue::S(at(first).to_string()))
            .expression_attribute_values(":last", AttributeValue::S(format!("{}~", at(last))))
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        let consumed = query.send().await.unwrap().consumed_capacity;
        units += consumed
            .and_then(|it| it.capacity_units)
            .unwrap_or_default();
    }
    units
}

/// A walk in a minute in which nothing is due, and a timer that fires, among `cases` open cases.
async fn measure(cases: u64) -> (Cost, u64) {
    let world = World::new().await;
    world.submitted(1).await;
    let key = Key::state(&numbered(1).try_into().unwrap());
    let like = world.stage.item(&key).await.unwrap();
    let within_four_weeks = |each: u64| {
        let minutes = i64::try_from(each % (26 * 24 * 60)).unwrap();
        at("2026-12-02T00:00:00+08:00").plus_seconds(minutes * 60)
    };
    fill(&world.stage, &like, cases, within_four_weeks).await;
    world.at("2026-12-01T12:00:00+08:00").await;
    world.pass().await;

    world.at("2026-12-01T12:01:00+08:00").await;
    let before = world.stage.aws.calls().so_far();
    let started = Elapsed::now();
    let walk = world.walk().await.unwrap();
    let took = started.elapsed();
    let calls = (world.stage.aws.calls().so_far() - before).dynamodb;
    let quiet = Cost {
        calls,
        keys: walk["keys"].as_u64().unwrap(),
        read: walk["read"].as_u64().unwrap(),
        units: units(
            &world.stage,
            "2026-12-01T10:00:00+08:00",
            "2026-12-01T12:01:00+08:00",
        )
        .await,
    };

    let filing = world.submitted(2).await;
    world.at("2026-12-09T12:00:00+08:00").await;
    let due = format!(
        r#"{{"application":"{}","at":"2026-12-09T00:00:00.000+08:00"}}"#,
        filing.number
    );
    let before = world.stage.aws.calls().so_far();
    world.deliver(&[due]).await;
    let fired = (world.stage.aws.calls().so_far() - before).dynamodb;
    assert!(world.state(2).await.deemed);
    #[expect(clippy::print_stderr, reason = "figures are read by people")]
    {
        eprintln!(
            "{cases:>7} open cases: quiet minute {quiet:?} in {took:?}; timer fired: {fired} calls"
        );
    }
    (quiet, fired)
}

#[tokio::test]
async fn figures_of_deadlines_are_flat() {
    let (thousand, fired) = measure(1_000).await;
    assert_eq!(thousand.read, 0, "{thousand:?}");
    assert_eq!(measure(10_000).await, (thousand, fired));
}

/// Takes minutes to fill: `cargo nextest run -p timers --run-ignored only -E 'test(figures)' --no-capture`.
#[tokio::test]
#[ignore = "takes minutes to fill"]
async fn figures_of_deadlines_among_a_hundred_thousand() {
    assert_eq!(measure(100_000).await, measure(1_000).await);
}

#[tokio::test]
async fn a_midnight_of_many_pages_is_sent_once_each() {
    let world = World::new().await;
    world.submitted(1).await;
    let key = Key::state(&numbered(1).try_into().unwrap());
    let like = world.stage.item(&key).await.unwrap();
    let midnight = at("2026-11-26T00:00:00+08:00");
    fill(&world.stage, &like, 1_000, |_| midnight).await;
    world.at("2026-11-26T00:00:00+08:00").await;
    assert_eq!(world.walk().await.unwrap()["sent"], 1_000);
    let mut messages = world.stage.due_messages().await;
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), 1_000);
}
