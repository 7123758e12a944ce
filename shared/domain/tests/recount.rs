//! The table of a year arrives while days of that year have been told: as many working days lie ahead as
//! before, and nobody has less time than they were told.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what a story is built from is right"
)]

mod builders;

use std::collections::{BTreeMap, BTreeSet};

use builders::{Case, acting, agent, at, decider, intake, item_with, reviewer, text};
use domain::application::timers::{DueStep, due};
use domain::application::{
    Command, Demand, GrantOnUndertaking, Hearing, OfferHearing, Outcome, Refusal,
    RequireCorrection, Supplement,
};
use domain::calendar::{Due, WorkingCalendar, YearTable};
use domain::item::Undertaking;
use domain::words::Words;
use jiff::civil::{Date, date};

/// What changes in January 2027: nothing known, days off that nobody expected, or days worked that were off.
fn calendar(version: u32, off: &[Date], worked: &[Date]) -> &'static WorkingCalendar {
    let table = |version, off: &[Date], worked: &[Date]| YearTable {
        version,
        days_off: off.iter().copied().collect::<BTreeSet<_>>(),
        makeup_working_days: worked.iter().copied().collect(),
        superseded: Vec::new(),
    };
    let mut years = BTreeMap::from([(2026, table(1, &[], &[]))]);
    if version > 1 {
        years.insert(2027, table(version, off, worked));
    }
    Box::leak(Box::new(WorkingCalendar::new(version, years)))
}

fn newer_than_the_catalogues() -> u32 {
    catalogue::calendar().version() + 1
}

fn with_more_holidays() -> &'static WorkingCalendar {
    let off = [date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5)];
    calendar(newer_than_the_catalogues(), &off, &[])
}

fn with_fewer_holidays() -> &'static WorkingCalendar {
    let worked = [date(2027, 1, 2), date(2027, 1, 3)];
    calendar(newer_than_the_catalogues(), &[], &worked)
}

/// A case that was sent back on 21 December, for the second time.
fn sent_back() -> Case {
    let mut case = Case::submitted();
    let demand = Command::RequireCorrection(RequireCorrection {
        demands: vec![Demand::Material {
            material: "MAT-BIZ".to_owned().try_into().unwrap(),
        }],
        explanation: text(),
    });
    case.claims(&intake()).unwrap();
    case.act(&acting(&intake()), &demand).unwrap();
    case.at("2026-12-11T10:00:00+08:00");
    let answer = Command::Supplement(Supplement {
        quantities: None,
        rows: None,
        form: None,
        manifest: case.papers.clone(),
    });
    case.act(&agent(), &answer).unwrap();
    case.at("2026-12-16T10:00:00+08:00");
    case.claims(&intake()).unwrap();
    case.act(&acting(&intake()), &demand).unwrap();
    case
}

fn answer_by(case: &Case) -> Due {
    case.state().correction.as_ref().unwrap().answer_by
}

fn ask_by(case: &Case) -> Due {
    match &case.state().hearing {
        Some(Hearing::Offered { ask_by, .. }) => *ask_by,
        other => panic!("{other:?}"),
    }
}

/// What the platform finds to do once `calendar` is deployed, done.
fn counted_anew(case: &mut Case, calendar: &'static WorkingCalendar, moment: &str) {
    case.calendar = calendar;
    case.at(moment);
    let step = due(case.state(), calendar, at(moment));
    assert_eq!(step, Some(DueStep::Recompute));
    case.by_itself(&Command::Recompute).unwrap();
    assert_eq!(due(case.state(), calendar, at(moment)), None, "once");
}

fn final_on(date: Date) -> Due {
    Due {
        date,
        provisional: false,
    }
}

#[test]
fn the_time_to_answer_is_longer_where_days_off_came_in_between() {
    let mut case = sent_back();
    let told = answer_by(&case);
    assert_eq!((told.date, told.provisional), (date(2027, 1, 7), true));
    counted_anew(&mut case, with_more_holidays(), "2026-12-22T10:00:00+08:00");
    assert_eq!(answer_by(&case), final_on(date(2027, 1, 11)));
    case.at("2027-01-11T23:59:59+08:00");
    assert_eq!(
        case.by_itself(&Command::LapseCorrection),
        Err(Refusal::NotDue)
    );
}

#[test]
fn nobody_has_less_time_to_answer_than_they_were_told() {
    let mut case = sent_back();
    counted_anew(
        &mut case,
        with_fewer_holidays(),
        "2026-12-22T10:00:00+08:00",
    );
    assert_eq!(answer_by(&case), final_on(date(2027, 1, 7)));
}

#[test]
fn the_time_to_ask_for_a_hearing_moves_alike() {
    let mut case = Case::under_review();
    case.at("2026-12-29T10:00:00+08:00");
    let offer = Command::OfferHearing(OfferHearing {
        explanation: text(),
    });
    case.act(&acting(&reviewer()), &offer).unwrap();
    assert_eq!(ask_by(&case).date, date(2027, 1, 6));
    counted_anew(&mut case, with_more_holidays(), "2026-12-30T10:00:00+08:00");
    assert_eq!(ask_by(&case), final_on(date(2027, 1, 8)));
}

#[test]
fn what_the_authority_has_left_to_do_after_a_grant_moves_and_the_decision_stays_in_time() {
    let item = item_with(|item| {
        item.undertaking = Some(Undertaking {
            statement: Words::new("承诺符合条件", "I undertake to meet the conditions"),
            check_within_working_days: 30,
        });
    });
    let mut case = Case::of(item);
    case.act(&agent(), &Command::UndertakeConditions).unwrap();
    let manifest = case.papers.clone();
    let grant = Command::GrantOnUndertaking(GrantOnUndertaking { manifest });
    case.by_itself(&grant).unwrap();
    let limits = case.state().limits;
    assert_eq!(
        case.state().unchecked_until().unwrap().date,
        date(2027, 1, 5)
    );
    counted_anew(&mut case, with_more_holidays(), "2026-12-30T10:00:00+08:00");
    assert_eq!(
        case.state().unchecked_until(),
        Some(final_on(date(2027, 1, 7)))
    );
    assert_eq!(case.state().limits, limits);
}

#[test]
fn a_case_that_waits_for_nothing_is_not_counted_again() {
    let mut case = Case::awaiting_decision();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    case.calendar = with_more_holidays();
    let step = due(case.state(), case.calendar, at("2026-12-30T10:00:00+08:00"));
    assert_eq!(step, None);
    assert!(matches!(
        case.by_itself(&Command::Recompute),
        Err(Refusal::WrongStage { .. })
    ));
}
