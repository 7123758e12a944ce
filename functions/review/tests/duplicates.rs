//! Whoever applies a second time for the same is told so, and a person decides.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

mod desk;

use desk::{registered_stage, review, reviewed, seals_submitted, stage};
use domain::application::Stage;
use domain::review::{Check, CheckKind, CheckOutcome};
use serde_json::json;
use support::Emulated;
use support::filing::{Filing, form};

const FIRST: &str = "AP-20261123-7K3M9QX2RD4F";
const SECOND: &str = "AP-20261123-8K3M9QX2RD4F";
const THIRD: &str = "AP-20261123-9K3M9QX2RD4F";

async fn duplicates(filing: &Filing<'_>) -> Vec<Check> {
    let checks = filing.case().await.report.unwrap().body.checks;
    let of_kind = |check: &Check| check.kind == CheckKind::Duplicate;
    checks.into_iter().filter(of_kind).collect()
}

/// That `filing` is found to be the only one.
async fn is_the_only_one(filing: &Filing<'_>) {
    let found = duplicates(filing).await;
    assert!(
        matches!(found.as_slice(), [check] if check.outcome == CheckOutcome::Passed),
        "{found:?}"
    );
}

/// That `filing` is found to be a second application beside `others`, newest first.
async fn repeats(filing: &Filing<'_>, others: &[&str]) {
    let found = duplicates(filing).await;
    let named: Vec<_> = found.iter().map(|check| check.subject.as_str()).collect();
    assert_eq!(named, others);
    for check in &found {
        assert_eq!(check.outcome, CheckOutcome::Failed);
        assert!(check.reason.zh.contains(&check.subject), "{check:?}");
    }
}

async fn stage_of(filing: &Filing<'_>) -> Stage {
    filing.case().await.state.unwrap().body.stage
}

async fn hotel<'s>(stage: &'s Emulated, number: &str, name: &str) -> Filing<'s> {
    let mut form = form();
    form["hotel_name"] = json!(name);
    let filing = Filing::open_numbered(stage, number, &form).await;
    filing.announce_all().await;
    filing.submit().await;
    filing
}

#[tokio::test]
async fn a_second_application_for_the_same_hotel_is_told_from_one_for_another() {
    let stage = stage().await;
    let review = review(&stage);
    let first = hotel(&stage, FIRST, "示例·City Hotel").await;
    reviewed(&review, &first).await;
    is_the_only_one(&first).await;

    let again = hotel(&stage, SECOND, " 示例 ｃｉｔｙ hotel").await;
    let other = hotel(&stage, THIRD, "示例河畔酒店").await;
    reviewed(&review, &again).await;
    repeats(&again, &[FIRST]).await;
    reviewed(&review, &other).await;
    is_the_only_one(&other).await;
}

#[tokio::test]
async fn one_that_was_withdrawn_is_in_nobodys_way() {
    let stage = stage().await;
    let review = review(&stage);
    let first = hotel(&stage, FIRST, "示例酒店").await;
    let second = hotel(&stage, SECOND, "示例酒店").await;
    reviewed(&review, &second).await;
    repeats(&second, &[FIRST]).await;

    first.withdraw().await;
    reviewed(&review, &second).await;
    is_the_only_one(&second).await;
}

#[tokio::test]
async fn what_is_granted_at_once_is_not_granted_twice() {
    let (stage, _register) = registered_stage().await;
    let review = review(&stage);
    let first = seals_submitted(&stage, FIRST, "SL-20251103-001").await;
    reviewed(&review, &first).await;
    assert_eq!(stage_of(&first).await, Stage::Granted);

    let again = seals_submitted(&stage, SECOND, "sl-20251103-001 ").await;
    reviewed(&review, &again).await;
    repeats(&again, &[FIRST]).await;
    assert_eq!(stage_of(&again).await, Stage::Submitted, "for a person");

    let other = seals_submitted(&stage, THIRD, "SL-20251103-002").await;
    reviewed(&review, &other).await;
    assert_eq!(stage_of(&other).await, Stage::Granted);
}

#[tokio::test]
async fn of_two_that_are_filed_at_once_the_machine_grants_neither() {
    let (stage, _register) = registered_stage().await;
    let review = review(&stage);
    let first = seals_submitted(&stage, FIRST, "SL-20251103-001").await;
    let second = seals_submitted(&stage, SECOND, "SL-20251103-001").await;
    tokio::join!(reviewed(&review, &first), reviewed(&review, &second));
    repeats(&first, &[SECOND]).await;
    repeats(&second, &[FIRST]).await;
    for filing in [&first, &second] {
        assert_eq!(stage_of(filing).await, Stage::Submitted);
    }
}
