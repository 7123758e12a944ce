//! A person is erased: drafts and old cases for good, the others as soon as the law lets them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use domain::application::Application;
use domain::chain::Digest;
use domain::identifiers::MobileNumber;
use domain::ids::{ApplicationNo, PersonId};
use domain::retention::{KEPT_YEARS, kept_until};
use domain::search::SearchTerm;
use platform::cases::{Case, Wanted};
use platform::documents::clean_key;
use platform::table::Key;
use serde_json::{Value, json};
use support::filing::{Filing, form};
use support::{Emulated, Reply};
use timers::{Timers, TimersError};

const SAMPLE: &str = include_str!("../../../events/timers-erase-person.json");
const DAY: i64 = 24 * 60 * 60;
/// Seconds after which the retention of what ended before is over.
const RETENTION: i64 = (KEPT_YEARS as i64 * 366 + 1) * DAY;

const DRAFT: &str = "AP-20261123-DRAFT0000000";
const OLD: &str = "AP-20261123-000000000000";
const OPEN: &str = "AP-20561123-000000000001";
const ENDED: &str = "AP-20561123-000000000002";
const SOMEBODY_ELSES: &str = "AP-20261123-000000000003";

fn timers(stage: &Emulated) -> Timers {
    Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap()
}

async fn stage() -> Emulated {
    Emulated::with(&[("CLOCK_ITEM", "CLOCK")]).await
}

async fn erase(timers: &Timers) -> Result<Value, TimersError> {
    let sample = serde_json::from_str(SAMPLE).unwrap();
    let answer = timers.handle(sample, platform::clock::real_now()).await?;
    Ok(serde_json::to_value(answer).unwrap())
}

fn number(text: &str) -> ApplicationNo {
    ApplicationNo::try_from(text.to_owned()).unwrap()
}

async fn case(stage: &Emulated, of: &str) -> Case {
    let cases = stage.cases();
    cases.load(&number(of), Wanted::default()).await.unwrap()
}

async fn submitted<'s>(stage: &'s Emulated, number: &str) -> Filing<'s> {
    let filing = Filing::open_numbered(stage, number, &form()).await;
    filing.announce_all().await;
    filing.submit().await;
    filing
}

/// A draft, an open case, one that has just ended and one whose retention is over.
async fn a_life(stage: &Emulated) {
    let old = submitted(stage, OLD).await;
    old.withdraw().await;
    stage.move_clock(RETENTION).await;
    let _draft = Filing::open_numbered(stage, DRAFT, &form()).await;
    let _open = submitted(stage, OPEN).await;
    submitted(stage, ENDED).await.withdraw().await;
}

/// Where the first paper of a case lies once it is clean.
async fn paper(stage: &Emulated, of: &str) -> String {
    let manifest = case(stage, of).await.manifest.unwrap().body;
    let paper = manifest.papers.values().next().unwrap().document;
    clean_key(&number(of), paper)
}

async fn found(stage: &Emulated) -> Vec<String> {
    let cases = stage.cases();
    let term = SearchTerm::Mobile(MobileNumber::parse("13800000000").unwrap());
    let hash = cases.vault().search_hash(&term).await.unwrap();
    let unit = serde_json::from_value(json!("psb-140105")).unwrap();
    let found = cases.found_by(&hash, &unit).await.unwrap();
    let numbers = found.cases.iter().map(|case| case.body.number.to_string());
    numbers.collect()
}

/// Whether anything sealed in the case still opens.
async fn opens(stage: &Emulated, of: &str) -> bool {
    let case = case(stage, of).await;
    let cases = stage.cases();
    cases.data_key(&case).await.is_ok() || cases.open_form(&case).await.is_ok()
}

#[tokio::test]
async fn drafts_and_old_cases_are_erased_and_the_others_restricted() {
    let stage = stage().await;
    a_life(&stage).await;
    assert_eq!(found(&stage).await, [ENDED, OPEN, OLD]);
    let before = stage.table().now().await.unwrap();

    let answer = erase(&timers(&stage)).await.unwrap();
    assert_eq!(answer["task"], "erase_person");
    assert_eq!(
        (&answer["erased"], &answer["restricted"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(answer["more"], false);
    let ended = case(&stage, ENDED).await;
    assert_eq!(
        answer["ask_again_at"],
        json!(kept_until(ended.now)),
        "the one that goes on has no date yet"
    );
    let record = &answer["record"];
    assert_eq!(
        (&record["erased"], &record["restricted"]),
        (&json!(2), &json!(2))
    );
    let complete_after = record["complete_after"].as_str().unwrap();
    assert!(complete_after >= before.plus_seconds(35 * DAY).to_string().as_str());
    assert!(!answer.to_string().contains("agent-1"), "{answer}");

    for (number, still) in [(DRAFT, false), (OLD, false), (OPEN, true), (ENDED, true)] {
        assert_eq!(opens(&stage, number).await, still, "{number}");
    }
    let draft = case(&stage, DRAFT).await;
    assert!(draft.draft.is_none() && draft.form.is_none() && draft.manifest.is_none());
    assert!(case(&stage, OLD).await.is_erased());
    for restricted in [OPEN, ENDED] {
        let case = case(&stage, restricted).await;
        assert!(case.restriction.is_some() && !case.is_erased());
    }
    assert!(found(&stage).await.is_empty());
}

#[tokio::test]
async fn the_events_of_an_erased_case_still_chain_and_replay_to_its_state() {
    let stage = stage().await;
    a_life(&stage).await;
    let before = case(&stage, OLD).await.state.unwrap();
    erase(&timers(&stage)).await.unwrap();

    let events = stage.cases().events(&number(OLD), None).await.unwrap();
    assert!(events.iter().all(|told| told.text.is_none()));
    let events: Vec<_> = events.into_iter().map(|told| told.recorded).collect();
    let replayed = Application::replay(&events).unwrap();
    assert_eq!(replayed, before.body);
    assert_eq!(case(&stage, OLD).await.state, Some(before));
}

#[tokio::test]
async fn the_papers_of_what_is_erased_go_and_those_of_what_is_kept_stay() {
    let stage = stage().await;
    a_life(&stage).await;
    let papers = [paper(&stage, OLD).await, paper(&stage, ENDED).await];
    for paper in &papers {
        stage.put_object(paper, "a copy of an identity card").await;
    }
    erase(&timers(&stage)).await.unwrap();
    assert_eq!(stage.object(&papers[0]).await, None);
    assert!(stage.object(&papers[1]).await.is_some());
}

#[tokio::test]
async fn a_second_run_does_nothing() {
    let stage = stage().await;
    a_life(&stage).await;
    let timers = timers(&stage);
    let first = erase(&timers).await.unwrap();
    let table = stage.everything().await;
    let second = erase(&timers).await.unwrap();
    assert_eq!(
        (&second["erased"], &second["restricted"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(second["record"], first["record"]);
    assert_eq!(second["ask_again_at"], first["ask_again_at"]);
    assert_eq!(stage.everything().await, table);
}

#[tokio::test]
async fn what_was_restricted_is_erased_when_its_time_has_come() {
    let stage = stage().await;
    a_life(&stage).await;
    let timers = timers(&stage);
    erase(&timers).await.unwrap();
    stage.move_clock(2 * RETENTION).await;
    let later = erase(&timers).await.unwrap();
    assert_eq!(
        (&later["erased"], &later["restricted"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(
        (&later["record"]["erased"], &later["record"]["restricted"]),
        (&json!(3), &json!(1))
    );
    let ended = case(&stage, ENDED).await;
    assert!(ended.is_erased());
    assert!(opens(&stage, OPEN).await);
}

#[tokio::test]
async fn an_erasure_that_stops_anywhere_goes_on_where_it_stopped() {
    // The record, then one transaction per case: each of them is the one that fails, once.
    for stop in 0..5 {
        let stage = stage().await;
        a_life(&stage).await;
        let timers = timers(&stage);
        let passed = std::sync::atomic::AtomicUsize::new(0);
        // Three tries are made of the transaction that fails, after those that pass.
        stage.faults.answer("TransactWriteItems", 3, move |_| {
            let earlier = passed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            (earlier >= stop).then(Reply::unavailable)
        });
        let stopped = erase(&timers).await.unwrap_err();
        assert_eq!(stopped.kind(), "not_erased", "{stopped}");
        assert!(!stopped.to_string().contains("agent-1"), "{stopped}");
        assert!(stage.faults.all_happened());

        let answer = erase(&timers).await.unwrap();
        let record = &answer["record"];
        assert_eq!(
            (&record["erased"], &record["restricted"]),
            (&json!(2), &json!(2))
        );
        assert!(!opens(&stage, OLD).await && !opens(&stage, DRAFT).await);
    }
}

#[tokio::test]
async fn a_draft_that_is_submitted_while_it_is_erased_is_an_application_and_loses_nothing() {
    let stage = stage().await;
    let filing = Filing::open_numbered(&stage, DRAFT, &form()).await;
    filing.announce_all().await;
    let paper = paper(&stage, DRAFT).await;
    stage.put_object(&paper, "a copy of an identity card").await;
    let timers = timers(&stage);
    // The first transaction opens the record, the second would erase the draft.
    let racing = stage.clone();
    let meanwhile = stage.clone();
    stage.faults.before("TransactWriteItems", async move {
        racing.faults.before("TransactWriteItems", async move {
            resubmit(&meanwhile).await;
        });
    });
    let answer = erase(&timers).await.unwrap();
    assert!(stage.faults.all_happened());
    assert_eq!(
        (&answer["erased"], &answer["more"]),
        (&json!(0), &json!(true))
    );
    assert!(opens(&stage, DRAFT).await);
    assert!(stage.object(&paper).await.is_some());

    let answer = erase(&timers).await.unwrap();
    assert_eq!(
        (&answer["restricted"], &answer["more"]),
        (&json!(1), &json!(false))
    );
}

/// Submits the draft as somebody else does who reaches AWS on a way of their own.
async fn resubmit(stage: &Emulated) {
    Filing::of(stage, DRAFT).submit().await;
}

#[tokio::test]
async fn one_run_does_what_its_time_allows_and_says_that_there_is_more() {
    let stage = stage().await;
    for count in 0..105 {
        let number = format!("AP-20261123-{count:012}");
        Filing::open_numbered(&stage, &number, &json!({})).await;
    }
    let timers = timers(&stage);
    let first = erase(&timers).await.unwrap();
    assert_eq!(
        (&first["erased"], &first["more"]),
        (&json!(100), &json!(true))
    );
    let second = erase(&timers).await.unwrap();
    assert_eq!(
        (&second["erased"], &second["more"]),
        (&json!(5), &json!(false))
    );
    assert_eq!(second["record"]["erased"], 105);
}

#[tokio::test]
async fn a_case_that_cannot_be_read_is_told_and_holds_nothing_up() {
    let stage = stage().await;
    a_life(&stage).await;
    let mut torn = stage.item(&Key::state(&number(OLD))).await.unwrap();
    torn.remove("body");
    stage.put_item(torn).await;
    let error = erase(&timers(&stage)).await.unwrap_err();
    assert!(
        matches!(
            error,
            TimersError::NotAllErased {
                failed: 1,
                erased: 1,
                restricted: 2
            }
        ),
        "{error}"
    );
    assert!(!opens(&stage, DRAFT).await);
}

#[tokio::test]
async fn nobody_else_is_touched_and_who_filed_nothing_is_answered_all_the_same() {
    let stage = stage().await;
    let _other = submitted(&stage, SOMEBODY_ELSES).await;
    let table = stage.everything().await;
    let task = json!({"task": "erase_person", "person": "somebody-who-filed-nothing"});
    let timers = timers(&stage);
    let answer = timers.handle(task, platform::clock::real_now()).await;
    let answer = serde_json::to_value(answer.unwrap()).unwrap();
    assert_eq!(
        (&answer["erased"], &answer["restricted"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(answer["ask_again_at"], Value::Null);

    let person = PersonId::try_from("somebody-who-filed-nothing".to_owned()).unwrap();
    let record = Key::erasure(&Digest::of(person.as_str().as_bytes()));
    assert!(stage.item(&record).await.is_some());
    assert_eq!(stage.everything().await.len(), table.len() + 1);
}

#[tokio::test]
async fn a_person_who_is_none_is_not_told_back() {
    let stage = stage().await;
    let timers = timers(&stage);
    for task in [
        json!({"task": "erase_person", "person": "王小明 14012219010203002X"}),
        json!({"task": "erase_person", "person": ["14012219010203002X"]}),
        json!({"task": "erase_person"}),
    ] {
        let error = timers.handle(task, platform::clock::real_now()).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), "unknown_task");
        assert!(!error.to_string().contains("14012219010203002X"), "{error}");
    }
}
