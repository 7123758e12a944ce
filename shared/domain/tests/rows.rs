//! An application for many persons or things at once is answered row by row.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{Case, acting, decider, reviewer, text};
use domain::application::{
    Application, Command, Decision, Event, Outcome, Recommend, Refusal, RefusedRows,
    ReturnToReview, RowFault,
};
use domain::message::messages;
use domain::notice::Notice;
use domain::occurrence::Occurrence;
use proptest::prelude::*;

fn refused(numbers: &[u16]) -> Option<RefusedRows> {
    (!numbers.is_empty()).then(|| RefusedRows {
        numbers: numbers.to_vec(),
        reasons: text(),
    })
}

fn recommends(case: &mut Case, outcome: Outcome, rows: &[u16]) -> Result<(), Refusal> {
    let recommend = Recommend {
        outcome,
        opinion: text(),
        refused_rows: refused(rows),
        decided_by: Some("psb-140105".to_owned().try_into().unwrap()),
    };
    case.act(&acting(&reviewer()), &Command::Recommend(recommend))
}

fn decides(case: &mut Case, outcome: Outcome, rows: &[u16], reasons: bool) -> Result<(), Refusal> {
    let decision = Decision {
        outcome,
        reasons: reasons.then(text),
        refused_rows: refused(rows),
        manifest: case.papers.clone(),
    };
    case.act(&acting(&decider()), &Command::Decide(decision))
}

/// A case for as many rows, of which the review would refuse some, in the hands of the decider.
fn recommended(rows: u16, against: &[u16]) -> Case {
    let mut case = Case::under_review_for_rows(rows);
    recommends(&mut case, Outcome::Grant, against).unwrap();
    case.claims(&decider()).unwrap();
    case
}

#[test]
fn rows_are_refused_while_the_others_are_granted_with_remedies_for_those() {
    let mut case = recommended(4, &[3, 1]);
    assert_eq!(case.state().rows_against.as_ref().unwrap().numbers, [1, 3]);
    decides(&mut case, Outcome::Grant, &[1, 3], false).unwrap();

    let last = case.events().last().unwrap();
    let Event::Granted { remedies, .. } = &last.event else {
        panic!("not granted");
    };
    assert_eq!(remedies.len(), 2);
    let rows = case.state().rows_refused.as_ref().unwrap();
    assert_eq!((rows.numbers.as_slice(), rows.seq), (&[1, 3][..], last.seq));
    assert_eq!(Application::replay(case.events()), Ok(case.state().clone()));

    let notice = Notice::issued_by(last, case.state(), case.item, "小店分局", 1).unwrap();
    let said = notice.paragraphs.join("\n");
    assert!(said.contains("申请表共4行"), "{said}");
    assert!(said.contains("其中2行符合法定条件、标准"), "{said}");
    assert!(said.contains("第1、3行，本机关决定不予许可"), "{said}");
    assert_eq!(notice.remedies.len(), 2);

    let occurrence = Occurrence {
        before: None,
        recorded: last,
        after: case.state(),
        item: case.item,
    };
    let told = messages(&occurrence);
    let told = told
        .iter()
        .find(|(_, it)| it.text.zh.contains("共4行"))
        .unwrap();
    assert!(told.1.text.zh.contains("其中2行未获准"), "{:?}", told.1);
    assert!(told.1.next.as_ref().unwrap().zh.contains("行政复议"));
}

#[test]
fn other_rows_than_the_review_would_refuse_need_reasons_of_their_own() {
    for decided in [&[][..], &[2], &[1, 2]] {
        let mut case = recommended(3, &[1]);
        let without = decides(&mut case, Outcome::Grant, decided, false);
        assert_eq!(without, Err(Refusal::ReasonsMissing), "{decided:?}");
        decides(&mut case, Outcome::Grant, decided, true).unwrap();
    }
}

#[test]
fn every_row_that_cannot_be_refused_is_told_at_once() {
    let numbers = [2, 0, 2, 4];
    let faults = vec![
        (1, RowFault::Unknown { rows: 3 }),
        (2, RowFault::Repeated),
        (3, RowFault::Unknown { rows: 3 }),
    ];
    let mut case = Case::under_review_for_rows(3);
    let refusal = recommends(&mut case, Outcome::Grant, &numbers);
    assert_eq!(refusal, Err(Refusal::Rows(faults.clone())));
    recommends(&mut case, Outcome::Grant, &[]).unwrap();
    case.claims(&decider()).unwrap();
    let refusal = decides(&mut case, Outcome::Grant, &numbers, true);
    assert_eq!(refusal, Err(Refusal::Rows(faults)));
}

#[test]
fn a_grant_of_no_row_is_a_refusal_and_a_refusal_is_of_every_row() {
    let mut case = Case::under_review_for_rows(2);
    let all = recommends(&mut case, Outcome::Grant, &[2, 1]);
    assert_eq!(all, Err(Refusal::AllRowsRefused));
    let not_by_row = || Err(Refusal::Rows(vec![(0, RowFault::NotByRow)]));
    assert_eq!(recommends(&mut case, Outcome::Refuse, &[1]), not_by_row());

    let mut for_one = Case::under_review();
    assert_eq!(recommends(&mut for_one, Outcome::Grant, &[1]), not_by_row());
}

#[test]
fn a_case_that_is_returned_forgets_what_was_recommended_of_its_rows() {
    let mut case = recommended(3, &[2]);
    let reason = ReturnToReview { reason: text() };
    case.act(&acting(&decider()), &Command::ReturnToReview(reason))
        .unwrap();
    assert_eq!(case.state().rows_against, None);
}

proptest! {
    /// Whatever rows are named: either the command is refused, or exactly those rows are, and one is left.
    #[test]
    fn what_is_refused_is_what_was_named(rows in 1..6_u16, named in prop::collection::vec(0..8_u16, 0..6)) {
        let mut case = Case::under_review_for_rows(rows);
        let mut sorted = named.clone();
        sorted.sort_unstable();
        let mut distinct = sorted.clone();
        distinct.dedup();
        let fits = distinct == sorted
            && sorted.iter().all(|row| (1..=rows).contains(row))
            && sorted.len() < usize::from(rows);
        let done = recommends(&mut case, Outcome::Grant, &named);
        prop_assert_eq!(done.is_ok(), fits);
        let against = case.state().rows_against.as_ref().map(|rows| rows.numbers.clone());
        prop_assert_eq!(against.unwrap_or_default(), if fits { sorted } else { Vec::new() });
    }
}
