//! How long a ledger takes: `cargo bench -p domain --bench clock`, or as one of `make figures`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement prints, and stops where something is not as it should be"
)]

use std::hint::black_box;
use std::time::{Duration, Instant as Stopwatch};

use domain::clock::{Course, Ground, Pause, Terms, ledger};
use domain::instant::Instant;
use domain::item::{Limit, LimitSource, LimitStart, LimitUnit};

/// The most that a limit of thirty days with five pauses may take.
const MOST: Duration = Duration::from_micros(20);
const ROUNDS: usize = 51;
const EACH: u32 = 1_000;

fn main() {
    let (terms, course) = (thirty_days(), five_pauses());
    let calendar = catalogue::calendar();
    let as_of = at("2026-06-01");
    let told = ledger(&terms, &course, calendar, as_of);
    assert_eq!(told.promised.due.unwrap().date.to_string(), "2026-04-30");

    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Stopwatch::now();
            for _ in 0..EACH {
                black_box(ledger(
                    black_box(&terms),
                    black_box(&course),
                    black_box(calendar),
                    black_box(as_of),
                ));
            }
            begun.elapsed() / EACH
        })
        .collect();
    rounds.sort();
    let median = rounds.get(ROUNDS / 2).copied().unwrap_or(Duration::MAX);
    println!("ledger of 30 days, 5 pauses, 4 limits: {median:?} (median of {ROUNDS} × {EACH})");
    assert!(median < MOST, "more than {MOST:?}");
}

fn thirty_days() -> Terms {
    let limit = |source| Limit {
        number: 30,
        unit: LimitUnit::WorkingDay,
        start: LimitStart::Acceptance,
        source,
    };
    Terms {
        promised: limit(LimitSource::Promise),
        statutory: Some(limit(LimitSource::Special)),
        licence: true,
    }
}

fn five_pauses() -> Course {
    let pauses = [
        ("2026-03-04", "2026-03-06"),
        ("2026-03-12", "2026-03-18"),
        ("2026-03-17", "2026-03-20"),
        ("2026-04-03", "2026-04-07"),
        ("2026-04-21", "2026-04-24"),
    ];
    Course {
        accepted_at: Some(at("2026-03-02")),
        pauses: pauses
            .into_iter()
            .map(|(from, to)| Pause {
                ground: Ground::Suspension,
                from: at(from),
                to: Some(at(to)),
                by: None,
            })
            .collect(),
        ..Course::supposed(at("2026-03-02"))
    }
}

fn at(date: &str) -> Instant {
    Instant::try_from(format!("{date}T10:00:00+08:00")).expect("a date")
}
