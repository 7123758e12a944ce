//! A branch key is replaced before its quarter ends.

#![allow(clippy::unwrap_used, reason = "a test stops at what is wrong")]

use std::sync::Arc;

use domain::ids::{ApplicationNo, PersonId};
use domain::instant::Instant;
use platform::telemetry::Calls;
use platform::vault::BranchName;
use serde_json::{Value, json};
use support::filing::NUMBER;
use support::{Emulated, Reply};
use timers::{Timers, TimersError};

const SAMPLE: &str = include_str!("../../../events/timers-rotate-branch-key.json");
const DAY: i64 = 24 * 60 * 60;

fn timers(stage: &Emulated) -> Timers {
    Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap()
}

async fn rotate(timers: &Timers) -> Result<Value, TimersError> {
    let sample = serde_json::from_str(SAMPLE).unwrap();
    let answer = timers.handle(sample, platform::clock::real_now()).await?;
    Ok(serde_json::to_value(answer).unwrap())
}

/// By which branch key an environment that starts now wraps a new data key.
async fn in_use(stage: &Emulated, now: Instant) -> BranchName {
    let number = ApplicationNo::try_from(NUMBER.to_owned()).unwrap();
    let person = PersonId::try_from("agent-1".to_owned()).unwrap();
    let cases = stage.cases();
    let made = cases.vault().new_data_key(&number, &person, now).await;
    made.unwrap().1.branch
}

#[tokio::test]
async fn each_rotation_makes_the_next_revision_which_environments_then_use() {
    let stage = Emulated::new().await;
    let now = stage.table().now().await.unwrap();
    let first = in_use(&stage, now).await;
    let timers = timers(&stage);
    let mut last = first;
    for _ in 0..3 {
        last = last.next().unwrap();
        assert_eq!(
            rotate(&timers).await.unwrap(),
            json!({"task": "rotate_branch_key", "branch": last.to_string()})
        );
        assert_eq!(in_use(&stage, now).await, last);
    }
}

#[tokio::test]
async fn the_key_of_the_quarter_in_business_time_is_rotated() {
    let stage = Emulated::with(&[("CLOCK_ITEM", "CLOCK")]).await;
    let now = stage.table().now().await.unwrap();
    let timers = timers(&stage);
    stage.move_clock(92 * DAY).await;
    let later = now.plus_seconds(92 * DAY);
    let answer = rotate(&timers).await.unwrap();
    assert_eq!(answer["branch"], BranchName::first_of(later).to_string());
    assert_eq!(in_use(&stage, now).await, BranchName::first_of(now));
}

#[tokio::test]
async fn a_rotation_never_has_the_key_in_the_clear_and_costs_one_call_to_kms() {
    let stage = Emulated::new().await;
    // Whoever could open it would be asked for a key with its plain text, or to decrypt one.
    for operation in ["GenerateDataKey", "Decrypt"] {
        stage.faults.answer(operation, 1, |_| Some(Reply::denied()));
    }
    let before = stage.aws.calls().so_far();
    rotate(&timers(&stage)).await.unwrap();
    let cost = Calls {
        dynamodb: 2,
        kms: 1,
        ..Calls::default()
    };
    assert_eq!(stage.aws.calls().so_far() - before, cost);
    assert!(!stage.faults.all_happened());
}

#[tokio::test]
async fn where_kms_does_not_answer_the_old_key_stays_in_use() {
    let stage = Emulated::new().await;
    let now = stage.table().now().await.unwrap();
    let first = in_use(&stage, now).await;
    stage
        .faults
        .answer("GenerateDataKeyWithoutPlaintext", 9, |_| {
            Some(Reply::unavailable())
        });
    let error = rotate(&timers(&stage)).await.unwrap_err();
    assert_eq!(error.kind(), "platform");
    assert_eq!(in_use(&stage, now).await, first);
}
