//! The vectors of `tests/vectors/clock.json`.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::{WorkingCalendar, YearTable};
use domain::clock::{
    Account, CalendarUse, Correction, Course, Extended, Ledger, Pause, StartEvent, State, Terms,
    ledger,
};
use domain::instant::Instant;
use domain::item::{Limit, LimitSource, LimitStart, LimitUnit};
use jiff::civil::Date;
use serde::Deserialize;

const VECTORS: &str = include_str!("../../../../tests/vectors/clock.json");
const HOLIDAYS: &str = include_str!("../../../catalogue/calendar/holidays.json");

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    limit: LimitGiven,
    received_at: Instant,
    #[serde(default)]
    corrections: Vec<Correction>,
    accepted_at: Option<Instant>,
    #[serde(default)]
    pauses: Vec<Pause>,
    extension: Option<Extended>,
    decided_at: Option<Instant>,
    #[serde(default)]
    refused: bool,
    ended_at: Option<Instant>,
    delivered_at: Option<Instant>,
    #[serde(default)]
    calendars: Vec<CalendarUse>,
    /// Which version of the calendar brought the table of a year; all came with the first without it.
    #[serde(default)]
    years: BTreeMap<i16, u32>,
    as_of: Instant,
    expected: BTreeMap<String, Expected>,
}

#[derive(Deserialize)]
struct LimitGiven {
    number: u16,
    unit: LimitUnit,
    start: LimitStart,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    state: String,
    event: Option<String>,
    started: Option<Date>,
    due: Option<Date>,
    provisional: Option<bool>,
    days_left: Option<u32>,
    days_over: Option<u32>,
    #[serde(default)]
    pause_days: Vec<u32>,
}

/// The calendar of the catalogue, each table brought by the version given.
pub(crate) fn calendar(brought: &BTreeMap<i16, u32>) -> WorkingCalendar {
    #[derive(Deserialize)]
    struct Holidays {
        years: BTreeMap<i16, Listed>,
    }
    #[derive(Deserialize)]
    struct Listed {
        days_off: Vec<Day>,
        makeup_working_days: Vec<Day>,
    }
    #[derive(Deserialize)]
    struct Day {
        date: Date,
    }
    let dates = |days: Vec<Day>| {
        days.into_iter()
            .map(|day| day.date)
            .collect::<BTreeSet<_>>()
    };
    let holidays: Holidays = serde_json::from_str(HOLIDAYS).unwrap();
    let tables = holidays.years.into_iter().map(|(year, listed)| {
        let table = YearTable {
            version: brought.get(&year).copied().unwrap_or(1),
            days_off: dates(listed.days_off),
            makeup_working_days: dates(listed.makeup_working_days),
            superseded: Vec::new(),
        };
        (year, table)
    });
    let version = brought.values().copied().max().unwrap_or(1);
    WorkingCalendar::new(version, tables.collect())
}

/// Terms whose two limits on the decision are the same.
pub(crate) fn terms(number: u16, unit: LimitUnit, start: LimitStart) -> Terms {
    let limit = |source| Limit {
        number,
        unit,
        start,
        source,
    };
    Terms {
        promised: limit(LimitSource::Promise),
        statutory: Some(limit(LimitSource::Art42)),
        licence: true,
    }
}

fn told(case: &Case) -> Ledger {
    let course = Course {
        corrections: case.corrections.clone(),
        accepted_at: case.accepted_at,
        pauses: case.pauses.clone(),
        extension: case.extension.clone(),
        decided_at: case.decided_at,
        refused: case.refused,
        ended_at: case.ended_at,
        delivered_at: case.delivered_at,
        calendars: case.calendars.clone(),
        ..Course::supposed(case.received_at)
    };
    let terms = terms(case.limit.number, case.limit.unit, case.limit.start);
    ledger(&terms, &course, &calendar(&case.years), case.as_of)
}

fn seen(account: &Account) -> Expected {
    let (state, days_left, days_over) = match account.state {
        State::NotStarted => ("not_started", None, None),
        State::Running { days_left } => ("running", Some(days_left), None),
        State::Paused { days_left } => ("paused", Some(days_left), None),
        State::Met { days_left } => ("met", Some(days_left), None),
        State::Ended { days_left } => ("ended", Some(days_left), None),
        State::Overdue { days_over } => ("overdue", None, Some(days_over)),
    };
    let event = account.started.map(|started| match started.event {
        StartEvent::Receipt => "receipt",
        StartEvent::Acceptance => "acceptance",
        StartEvent::DeemedAcceptance => "deemed_acceptance",
        StartEvent::Decision => "decision",
    });
    Expected {
        state: state.to_owned(),
        event: event.map(str::to_owned),
        started: account.started.map(|started| started.at.date()),
        due: account.due.map(|due| due.date),
        provisional: account.due.map(|due| due.provisional),
        days_left,
        days_over,
        pause_days: account.pauses.iter().map(|pause| pause.days).collect(),
    }
}

#[test]
fn every_vector_comes_out_as_it_was_worked_out() {
    let vectors: Vectors = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.cases.len() >= 80, "{}", vectors.cases.len());
    let names: BTreeSet<&str> = vectors
        .cases
        .iter()
        .map(|case| case.name.as_str())
        .collect();
    assert_eq!(names.len(), vectors.cases.len(), "a name stands twice");

    let mut wrong = Vec::new();
    for case in &vectors.cases {
        let ledger = told(case);
        let statutory = ledger.statutory.as_ref().unwrap();
        for (name, account) in [
            ("acceptance", &ledger.acceptance),
            ("decision", &ledger.promised),
            ("decision", statutory),
            ("delivery", &ledger.delivery),
        ] {
            let (seen, expected) = (seen(account), &case.expected[name]);
            if seen != *expected {
                wrong.push(format!("{}: {name}\n  {seen:?}\n  {expected:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
