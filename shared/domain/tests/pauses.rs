//! What stops the clock, where more than one thing does: what people are told then, and whose the case is.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{Case, acting, decider, item_with, reviewer, text};
use domain::application::{
    Command, EndSpecialProcedure, Outcome, Resume, Stage, StartSpecialProcedure, Suspend,
};
use domain::item::{PauseGround, ServiceItem, SpecialProcedure, SpecialProcedureKey};
use domain::message::messages;
use domain::notice::Notice;
use domain::occurrence::Occurrence;
use domain::officer::Post;

fn with_two_procedures() -> &'static ServiceItem {
    item_with(|item| {
        for key in [
            SpecialProcedureKey::ExpertReview,
            SpecialProcedureKey::TestingAppraisal,
        ] {
            item.special_procedures.push(SpecialProcedure {
                key,
                excluded_from_clock: true,
                before_acceptance: false,
                note: None,
            });
        }
    })
}

fn start(ground: PauseGround, expected_end: &str) -> Command {
    Command::StartSpecialProcedure(StartSpecialProcedure {
        ground,
        expected_end: expected_end.parse().unwrap(),
        explanation: text(),
    })
}

fn end(ground: PauseGround) -> Command {
    Command::EndSpecialProcedure(EndSpecialProcedure {
        ground,
        result: text(),
    })
}

fn expected_end(case: &Case) -> Option<String> {
    case.state().expected_end.map(|day| day.to_string())
}

/// What the notice of the last event says.
fn noticed(case: &Case) -> String {
    let last = case.events().last().unwrap();
    let notice = Notice::issued_by(last, case.state(), case.item, "小店分局", 1).unwrap();
    notice.paragraphs.join("\n")
}

/// What the applicant is told of the last event.
fn told(case: &Case) -> String {
    let occurrence = Occurrence {
        before: None,
        recorded: case.events().last().unwrap(),
        after: case.state(),
        item: case.item,
    };
    let all = messages(&occurrence);
    all.iter()
        .map(|(_, message)| message.text.zh.as_str())
        .collect()
}

#[test]
fn the_day_expected_is_that_of_the_procedures_that_still_run() {
    let mut case = Case::under_review_of(with_two_procedures());
    let officer = acting(&reviewer());
    case.act(&officer, &start(PauseGround::ExpertReview, "2026-12-18"))
        .unwrap();
    case.act(&officer, &start(PauseGround::Appraisal, "2026-12-01"))
        .unwrap();
    assert_eq!(expected_end(&case).as_deref(), Some("2026-12-18"));
    case.at("2026-11-25T10:00:00+08:00");
    case.act(&officer, &end(PauseGround::ExpertReview)).unwrap();
    assert_eq!(expected_end(&case).as_deref(), Some("2026-12-01"));
    case.act(&officer, &end(PauseGround::Appraisal)).unwrap();
    assert_eq!(expected_end(&case), None);
}

#[test]
fn nobody_is_told_that_the_clock_runs_on_while_something_else_stops_it() {
    let mut case = Case::under_review_of(with_two_procedures());
    let officer = acting(&reviewer());
    for ground in [PauseGround::ExpertReview, PauseGround::Appraisal] {
        case.act(&officer, &start(ground, "2026-12-01")).unwrap();
    }
    case.act(&officer, &end(PauseGround::ExpertReview)).unwrap();
    assert!(noticed(&case).contains("办理期限仍暂停计算"));
    assert!(told(&case).contains("办理时限仍暂停计算"));
    case.act(&officer, &end(PauseGround::Appraisal)).unwrap();
    assert!(noticed(&case).contains("自次日起恢复计算办理期限"));
    assert!(!told(&case).contains("暂停计算"));
}

#[test]
fn a_case_suspended_before_its_decision_stays_with_the_deciders() {
    let mut case = Case::awaiting_decision();
    case.claims(&decider()).unwrap();
    let officer = acting(&decider());
    case.act(&officer, &Command::Suspend(Suspend { basis: text() }))
        .unwrap();
    assert_eq!(case.state().stage, Stage::Suspended);
    assert_eq!(case.state().next_post(), Some(Post::Decider));
    case.act(&officer, &Command::Resume(Resume { reason: text() }))
        .unwrap();
    assert_eq!(case.state().stage, Stage::AwaitingDecision);
    case.decides(&decider(), Outcome::Grant).unwrap();
}
