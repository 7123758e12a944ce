//! What must hold of any case.

use domain::calendar::WorkingCalendar;
use domain::clock::{
    Account, CalendarUse, Correction, Course, Extended, Ground, Ledger, Pause, Terms, ledger,
};
use domain::instant::Instant;
use domain::item::{LimitStart, LimitUnit, PauseGround};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use crate::vectors::{calendar, terms};

const HOUR: i64 = 3_600;
/// 1 September 2025, 09:00 in China.
const BEGINNING: i64 = 1_756_688_400;

fn after(hours: i64) -> Instant {
    Instant::from_unix_seconds(BEGINNING + hours * HOUR)
}

fn any_terms() -> impl Strategy<Value = Terms> {
    (0_u16..40, any::<bool>(), any::<bool>()).prop_map(|(number, working_days, on_receipt)| {
        let unit = if working_days {
            LimitUnit::WorkingDay
        } else {
            LimitUnit::CalendarDay
        };
        let start = if on_receipt {
            LimitStart::Receipt
        } else {
            LimitStart::Acceptance
        };
        terms(number, unit, start)
    })
}

fn ground() -> impl Strategy<Value = Ground> {
    prop::sample::select(Ground::ALL.to_vec())
}

/// A pause that may begin before the receipt, overlap others and last.
fn any_pause() -> impl Strategy<Value = Pause> {
    (ground(), -100_i64..2_000, prop::option::of(0_i64..800)).prop_map(|(ground, from, lasting)| {
        Pause {
            ground,
            from: after(from),
            to: lasting.map(|hours| after(from + hours)),
            by: None,
        }
    })
}

fn any_course() -> impl Strategy<Value = Course> {
    (
        0_i64..4_000,
        prop::option::of(0_i64..100),
        prop::collection::vec(any_pause(), 0..6),
        prop::option::of((1_u16..=10, 0_i64..1_500)),
        prop::option::of(0_i64..2_500),
    )
        .prop_map(|(received, accepted, mut pauses, extension, decided)| {
            let moved = |at: Instant| at.plus_seconds(received * HOUR);
            for pause in &mut pauses {
                pause.from = moved(pause.from);
                pause.to = pause.to.map(moved);
            }
            Course {
                accepted_at: accepted.map(|hours| after(received + hours)),
                pauses,
                extension: extension.map(|(days, hours)| Extended {
                    days,
                    at: after(received + hours),
                    approved_by: None,
                }),
                decided_at: decided.map(|hours| after(received + 100 + hours)),
                ..Course::supposed(after(received))
            }
        })
}

fn decision(told: &Ledger) -> &Account {
    told.statutory.as_ref().unwrap()
}

/// The dates after the day on which a pause began, through the one on which it ended.
fn dates_of(pause: &Pause, until: Instant) -> BTreeSet<Date> {
    let to = pause.to.filter(|to| *to <= until).unwrap_or(until).date();
    let mut dates = BTreeSet::new();
    let mut date = pause.from.date();
    while date < to {
        date = date.tomorrow().unwrap();
        dates.insert(date);
    }
    dates
}

/// The days of a unit between two dates, one by one.
fn counted(calendar: &WorkingCalendar, after: Date, through: Date, unit: LimitUnit) -> Vec<Date> {
    let mut found = Vec::new();
    let mut date = after;
    while date < through {
        date = date.tomorrow().unwrap();
        if unit == LimitUnit::CalendarDay || calendar.day(date).working {
            found.push(date);
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_pause_more_never_brings_the_end_forward(
        terms in any_terms(), course in any_course(), pause in any_pause(), hours in 0_i64..8_000,
    ) {
        let calendar = calendar(&BTreeMap::new());
        let as_of = after(hours);
        let before = ledger(&terms, &course, &calendar, as_of);
        let mut paused = course;
        paused.pauses.push(pause);
        let then = ledger(&terms, &paused, &calendar, as_of);
        for (before, then) in before.accounts().zip(then.accounts()) {
            prop_assert!(before.due.map(|due| due.date) <= then.due.map(|due| due.date));
        }
    }

    #[test]
    fn an_extension_never_brings_the_end_forward(
        terms in any_terms(), course in any_course(), hours in 0_i64..8_000,
    ) {
        let calendar = calendar(&BTreeMap::new());
        let without = Course { extension: None, ..course.clone() };
        let (plain, extended) = (
            ledger(&terms, &without, &calendar, after(hours)),
            ledger(&terms, &course, &calendar, after(hours)),
        );
        for (plain, extended) in plain.accounts().zip(extended.accounts()) {
            prop_assert!(plain.due.map(|due| due.date) <= extended.due.map(|due| due.date));
        }
    }

    #[test]
    fn the_days_of_a_ledger_add_up(
        terms in any_terms(), course in any_course(), hours in 0_i64..8_000,
    ) {
        let calendar = calendar(&BTreeMap::new());
        let as_of = after(hours);
        let told = ledger(&terms, &course, &calendar, as_of);
        let account = decision(&told);
        let (Some(started), Some(due)) = (account.started, account.due) else {
            return Ok(());
        };
        let (start, due) = (started.at.date(), due.date);
        let until = course.decided_at.filter(|decided| *decided <= as_of).unwrap_or(as_of);
        let out: BTreeSet<Date> = course
            .pauses
            .iter()
            .filter(|pause| pause.from <= until)
            .flat_map(|pause| dates_of(pause, until))
            .collect();
        let extension = account.extension.as_ref();
        let added = extension.filter(|extension| !extension.late);
        // The extension counts working days, whatever the limit counts.
        let base = added.map_or(due, |added| added.from);
        let all = counted(&calendar, start, base, account.unit);
        let within = all.iter().filter(|date| out.contains(date)).count();
        let left = all.len() - within;
        let number = usize::from(account.number);
        let off = usize::try_from(account.days_off_at_end).unwrap();
        match account.unit {
            LimitUnit::WorkingDay if number > 0 => prop_assert_eq!((left, off), (number, 0)),
            LimitUnit::WorkingDay => prop_assert_eq!(left, usize::from(off > 0)),
            LimitUnit::CalendarDay => prop_assert_eq!(left, number + off),
        }
        if let Some(added) = added {
            let more = counted(&calendar, base, due, LimitUnit::WorkingDay);
            let more = more.iter().filter(|date| !out.contains(date)).count();
            prop_assert_eq!(more, usize::from(added.days));
        }
        let taken: u32 = account.pauses.iter().map(|pause| pause.days).sum();
        let all_out = counted(&calendar, start, due, account.unit);
        let all_out = all_out.iter().filter(|date| out.contains(date)).count();
        prop_assert_eq!(usize::try_from(taken).unwrap(), all_out);
        prop_assert!(calendar.day(due).working);
        prop_assert!(due == start || !out.contains(&due));
    }

    #[test]
    fn a_limit_with_neither_pause_nor_extension_ends_as_the_calendar_says(
        terms in any_terms(), received in 0_i64..9_000,
    ) {
        let calendar = calendar(&BTreeMap::new());
        let course = Course {
            accepted_at: Some(after(received)),
            ..Course::supposed(after(received))
        };
        let told = ledger(&terms, &course, &calendar, after(received));
        let expected = calendar.due(after(received).date(), terms.promised.number, terms.promised.unit);
        prop_assert_eq!(told.promised.due, Some(expected));
    }

    #[test]
    fn the_past_is_told_as_it_was_told_then(
        terms in any_terms(),
        steps in prop::collection::vec((1_i64..60 * HOUR, step()), 1..25),
        looks in prop::collection::vec(0_i64..60 * HOUR, 25),
    ) {
        let calendar = calendar(&BTreeMap::from([(2024, 1), (2025, 1), (2026, 2)]));
        let mut now = after(2_000);
        let mut course = Course {
            calendars: vec![CalendarUse { from: now, version: 1 }],
            ..Course::supposed(now)
        };
        let mut shown = Vec::new();
        for ((seconds, step), look) in steps.into_iter().zip(looks) {
            // Once right after what happened, and once before anything else does.
            for at in [now, now.plus_seconds(look.min(seconds - 1))] {
                shown.push(ledger(&terms, &course, &calendar, at));
            }
            now = now.plus_seconds(seconds);
            step.happens(&mut course, &calendar, now);
        }
        for then in shown {
            prop_assert_eq!(&ledger(&terms, &course, &calendar, then.as_of), &then);
        }
    }

    #[test]
    fn a_course_is_written_and_read_back(course in any_course()) {
        let written = serde_json::to_string(&course).unwrap();
        prop_assert_eq!(serde_json::from_str::<Course>(&written).unwrap(), course);
    }
}

/// Something that may happen in a case.
#[derive(Clone, Copy, Debug)]
enum Step {
    Correction,
    Supplement,
    Acceptance,
    Pause(Ground),
    Resumption(Ground),
    Extension(u16),
    Decision,
    End,
    Delivery,
    NewCalendar,
}

fn step() -> impl Strategy<Value = Step> {
    let two = prop::sample::select(vec![
        Ground::Suspension,
        Ground::SpecialProcedure(PauseGround::Testing),
    ]);
    prop_oneof![
        1 => Just(Step::Correction),
        1 => Just(Step::Supplement),
        2 => Just(Step::Acceptance),
        4 => two.clone().prop_map(Step::Pause),
        4 => two.prop_map(Step::Resumption),
        2 => (1_u16..=10).prop_map(Step::Extension),
        1 => Just(Step::Decision),
        1 => Just(Step::End),
        1 => Just(Step::Delivery),
        1 => Just(Step::NewCalendar),
    ]
}

impl Step {
    /// Adds the step to the course where a case can take it.
    fn happens(self, course: &mut Course, calendar: &WorkingCalendar, now: Instant) {
        let waits = course
            .corrections
            .last()
            .is_some_and(|correction| correction.received_at == course.received_at);
        let over = course.decided_at.is_some() || course.ended_at.is_some();
        match self {
            Self::Supplement if waits && !over => course.received_at = now,
            Self::Correction
                if !waits
                    && course.accepted_at.is_none()
                    && course.check_correction(calendar, now).is_ok() =>
            {
                course.corrections.push(Correction {
                    received_at: course.received_at,
                    asked_at: now,
                });
            }
            Self::Acceptance if !waits && !over && course.accepted_at.is_none() => {
                course.accepted_at = Some(now);
            }
            Self::Pause(ground) if !over && course.open_pause(ground).is_none() => {
                course.pauses.push(Pause {
                    ground,
                    from: now,
                    to: None,
                    by: None,
                });
            }
            Self::Resumption(ground) if !over => {
                let open = |pause: &&mut Pause| pause.ground == ground && pause.to.is_none();
                if let Some(pause) = course.pauses.iter_mut().find(open) {
                    pause.to = Some(now);
                }
            }
            Self::Extension(days) if !over && course.extension.is_none() => {
                course.extension = Some(Extended {
                    days,
                    at: now,
                    approved_by: None,
                });
            }
            Self::Decision if !over && course.accepted_at.is_some() => {
                course.decided_at = Some(now);
            }
            Self::End if !over => course.ended_at = Some(now),
            Self::Delivery if course.decided_at.is_some() && course.delivered_at.is_none() => {
                course.delivered_at = Some(now);
            }
            Self::NewCalendar if course.is_counted_by_an_older_calendar(calendar) => {
                course.calendars.push(CalendarUse {
                    from: now,
                    version: calendar.version(),
                });
            }
            _ => {}
        }
    }
}

#[test]
fn the_naive_counter_knows_a_weekend() {
    let calendar = calendar(&BTreeMap::new());
    let saturday = jiff::civil::date(2026, 11, 21);
    assert_eq!(saturday.weekday(), Weekday::Saturday);
    let days = counted(
        &calendar,
        saturday,
        saturday.saturating_add(3.days()),
        LimitUnit::WorkingDay,
    );
    assert_eq!(days.len(), 2);
}
