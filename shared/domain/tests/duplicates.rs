//! A second application for the same is told from a first, and from one after the first has ended.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at what is wrong"
)]

mod builders;

use builders::{Case, decider, monday};
use domain::application::{Application, Outcome};
use domain::ids::ApplicationNo;
use domain::review::{CheckOutcome, duplicates};
use jiff::civil::{Date, date};

/// The day of all that happens here.
fn today() -> Date {
    monday().date()
}

/// An application for the same by the same enterprise.
fn second() -> Application {
    Application {
        number: ApplicationNo::new(today(), 43),
        ..Case::submitted().state().clone()
    }
}

fn granted() -> Case {
    let mut case = Case::awaiting_decision();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    case
}

/// What is found of `other` on `day`, in the one check there is.
fn found(other: &Application, day: Date) -> CheckOutcome {
    let checks = duplicates(&second(), [other], true, day);
    let [check] = checks.as_slice() else {
        panic!("{checks:?}")
    };
    let names_it = check.subject == other.number.as_str();
    assert_eq!(names_it, check.outcome == CheckOutcome::Failed);
    check.outcome
}

#[test]
fn what_is_open_or_granted_is_not_applied_for_again() {
    for case in [
        Case::submitted(),
        Case::under_review(),
        Case::awaiting_decision(),
        granted(),
    ] {
        assert_eq!(found(case.state(), today()), CheckOutcome::Failed);
    }
}

#[test]
fn what_has_ended_without_a_grant_may_be_applied_for_again() {
    let mut withdrawn = Case::submitted();
    withdrawn.withdraws().unwrap();
    let mut refused = Case::awaiting_decision();
    refused.claims(&decider()).unwrap();
    refused.decides(&decider(), Outcome::Refuse).unwrap();
    for case in [withdrawn, refused] {
        assert_eq!(found(case.state(), today()), CheckOutcome::Passed);
    }
}

#[test]
fn a_grant_counts_through_its_last_day() {
    let mut granted = granted().state().clone();
    granted.valid_until = Some(date(2027, 3, 31));
    assert_eq!(found(&granted, date(2027, 3, 31)), CheckOutcome::Failed);
    assert_eq!(found(&granted, date(2027, 4, 1)), CheckOutcome::Passed);
    granted.valid_until = None;
    assert_eq!(found(&granted, date(2099, 1, 1)), CheckOutcome::Failed);
}

#[test]
fn a_case_is_no_second_one_beside_itself() {
    let one = second();
    let checks = duplicates(&one, [&one], true, today());
    assert_eq!(checks.first().unwrap().outcome, CheckOutcome::Passed);
}

#[test]
fn where_there_are_too_many_to_look_at_a_person_looks() {
    let mut ended = Case::submitted();
    ended.withdraws().unwrap();
    let outcome = |all| {
        let checks = duplicates(&second(), [ended.state()], all, today());
        checks.first().unwrap().outcome
    };
    assert_eq!(outcome(true), CheckOutcome::Passed);
    assert_eq!(outcome(false), CheckOutcome::CouldNotBeChecked);
}
