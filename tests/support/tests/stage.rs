//! A stage behaves as AWS does, with the faults that AWS shows and the local one does not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what is wrong"
)]

use domain::application::{Application, Stage};
use domain::media::MediaType;
use platform::table::{CommitError, Guard, Key, Part, Transaction, item};
use support::filing::Filing;
use support::{Emulated, Reply};

#[tokio::test]
async fn a_filing_goes_from_draft_to_withdrawal_and_its_events_replay_to_its_state() {
    let stage = Emulated::new().await;
    let filing = Filing::submitted(&stage).await;
    filing.withdraw().await;

    let case = filing.case().await;
    assert!(case.draft.is_none());
    let state = case.state.clone().unwrap().body;
    assert_eq!(state.stage, Stage::Withdrawn);
    let cases = stage.cases();
    let key = cases.data_key(&case).await.unwrap();
    let events = cases.events(&filing.number, Some(&key)).await.unwrap();
    let replayed = Application::replay(events.iter().map(|told| &told.recorded));
    assert_eq!(replayed.unwrap(), state);
}

#[tokio::test]
async fn two_stages_do_not_see_each_other() {
    let (one, other) = (Emulated::new().await, Emulated::new().await);
    let filing = Filing::open(&one).await;
    let draft = Key::draft(&filing.number);
    assert!(one.item(&draft).await.is_some());
    assert!(other.item(&draft).await.is_none());
}

#[tokio::test]
async fn a_transaction_that_meets_others_is_tried_again() {
    let stage = Emulated::new().await;
    let filing = Filing::open(&stage).await;
    stage.faults.answer("TransactWriteItems", 2, |request| {
        Some(Reply::transaction_conflict(request))
    });
    let document = filing.announce("MAT-FIRE", MediaType::Pdf, b"%PDF").await;
    assert!(stage.faults.all_happened());
    assert!(filing.case_with(document.id).await.document.is_some());
}

#[tokio::test]
async fn a_transaction_that_meets_others_every_time_is_given_up_and_nothing_is_written() {
    let stage = Emulated::new().await;
    let table = stage.table();
    let key = Key::stand_in("test", "1");
    stage.faults.answer("TransactWriteItems", 5, |request| {
        Some(Reply::transaction_conflict(request))
    });
    let set = platform::clock::ClockOffset { seconds: 1 };
    let written = item::write(&key, 1, &set).unwrap();
    let put = Transaction::new().put(&table, Part::State, written, Guard::None);
    let Err(CommitError::Conflict) = table.commit(put).await else {
        panic!("the transaction was committed");
    };
    assert!(stage.faults.all_happened());
    assert!(stage.item(&key).await.is_none());
}

#[tokio::test]
async fn keys_left_out_of_an_answer_are_asked_for_again() {
    let stage = Emulated::new().await;
    let filing = Filing::open(&stage).await;
    stage.faults.answer("BatchGetItem", 3, |request| {
        Some(Reply::unprocessed(request))
    });
    assert!(filing.case().await.draft.is_some());
    assert!(stage.faults.all_happened());
}
