//! What time costs does not grow with the number of open cases.

use std::sync::{Arc, Mutex};
use std::time::Instant as Elapsed;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, ReturnConsumedCapacity, WriteRequest};
use domain::ids::ApplicationNo;
use domain::instant::Instant;
use jiff::civil::date;
use platform::table::{Attributes, Key, keys};
use serde_json::Value;
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

/// What a timer that fires costs.
#[derive(Debug, PartialEq)]
struct Fired {
    calls: u64,
    /// Items read by their keys, each of one unit; the cards of the case are one query more.
    items_read: usize,
    /// Capacity units for writing, in one transaction.
    write_units: usize,
}

/// The requests that pass on their way to the table, by operation.
fn watched(stage: &Emulated, operation: &'static str) -> Arc<Mutex<Vec<Value>>> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    stage.faults.answer(operation, 1, move |request| {
        kept.lock().unwrap().push(request.clone());
        None
    });
    seen
}

fn keys_of(request: &Value) -> usize {
    let tables = request["RequestItems"].as_object().unwrap().values();
    tables
        .map(|table| table["Keys"].as_array().unwrap().len())
        .sum()
}

/// What a transaction's writes take: two units for each started kibibyte of each item, as the request has it.
fn write_units(request: &Value) -> usize {
    let writes = request["TransactItems"].as_array().unwrap().iter();
    writes
        .map(|write| 2 * write.to_string().len().div_ceil(1024))
        .sum()
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
async fn measure(cases: u64) -> (Cost, Fired) {
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
    let (reads, writes) = (
        watched(&world.stage, "BatchGetItem"),
        watched(&world.stage, "TransactWriteItems"),
    );
    world.deliver(&[due]).await;
    let fired = Fired {
        calls: (world.stage.aws.calls().so_far() - before).dynamodb,
        items_read: reads.lock().unwrap().iter().map(keys_of).sum(),
        write_units: writes.lock().unwrap().iter().map(write_units).sum(),
    };
    assert!(world.state(2).await.deemed);
    #[expect(clippy::print_stderr, reason = "figures are read by people")]
    {
        eprintln!(
            "{cases:>7} open cases: quiet minute {quiet:?} in {took:?}; timer fired: {fired:?}"
        );
    }
    let emptied = world.stage.dynamodb.delete_table().table_name("table");
    emptied.send().await.unwrap();
    (quiet, fired)
}

#[tokio::test]
async fn figures_of_deadlines_are_flat() {
    let (quiet, fired) = measure(1_000).await;
    assert_eq!(quiet.read, 0, "{quiet:?}");
    let expected = (quiet, fired);
    for cases in [10_000, 100_000] {
        assert_eq!(measure(cases).await, expected, "{cases}");
    }
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
