//! The account of one limit.

use jiff::civil::Date;

use super::Extended;
use super::known::{Known, Stop};
use super::ledger::{Account, Extra, Started, State, TakenOut};
use super::spans::{OwnSpan, spans};
use super::terms::Rule;
use super::walk::Walk;
use crate::calendar::Due;
use crate::instant::Instant;
use crate::item::LimitUnit;

/// The account of a limit.
pub(super) fn account(rule: Rule, known: &Known<'_>) -> Account {
    let Rule {
        kind,
        number,
        unit,
        source,
        ..
    } = rule;
    let started = known.start(rule);
    let stop = known.stop(kind);
    // What has stopped is not counted anew: neither later pauses nor later calendars touch it.
    let until = stop.map_or(known.at(), Stop::at);
    let edition = known.edition(until);
    let mut account = Account {
        kind,
        number,
        unit,
        source,
        calendar_version: edition.version(),
        started,
        pauses: Vec::new(),
        days_off_at_end: 0,
        extension: None,
        due: None,
        state: State::NotStarted,
    };
    let Some(started) = started else {
        return account;
    };
    let pauses = spans(known.pauses(kind), until);
    let walk = Walk {
        calendar: edition,
        pauses: &pauses,
    };
    let start = started.at.date();
    let base = walk.due(start, number, unit);
    let (due, extension) = extended(&walk, base, known.extension(kind, until));
    account.days_off_at_end = days_off_at_end(&walk, start, number, unit, base.date);
    account.pauses = pauses
        .iter()
        .map(|pause| taken_out(&walk, pause, start, due.date, unit))
        .collect();
    account.extension = extension;
    account.due = Some(due);
    account.state = state(&account, &walk, due.date, stop, until);
    account
}

/// The limit's end with the extension. One that came after the limit had ended does not revive it.
fn extended(walk: &Walk<'_>, base: Due, extension: Option<&Extended>) -> (Due, Option<Extra>) {
    let Some(extension) = extension else {
        return (base, None);
    };
    let late = extension.at.date() > base.date;
    let due = if late {
        base
    } else {
        walk.extended(base, extension.days)
    };
    let extra = Extra {
        days: extension.days,
        at: extension.at,
        approved_by: extension.approved_by.clone(),
        from: base.date,
        late,
    };
    (due, Some(extra))
}

/// The days after the one that a limit of calendar days or of 0 would end with, through its end.
fn days_off_at_end(walk: &Walk<'_>, start: Date, number: u16, unit: LimitUnit, end: Date) -> u32 {
    if unit == LimitUnit::WorkingDay && number > 0 {
        return 0;
    }
    let all = walk.count(start, end, LimitUnit::CalendarDay);
    let out: u32 = walk
        .pauses
        .iter()
        .map(|pause| own_days(walk, pause, start, end, LimitUnit::CalendarDay))
        .sum();
    all.saturating_sub(out).saturating_sub(u32::from(number))
}

fn taken_out(
    walk: &Walk<'_>,
    pause: &OwnSpan<'_>,
    start: Date,
    due: Date,
    unit: LimitUnit,
) -> TakenOut {
    TakenOut {
        ground: pause.pause.ground,
        from: pause.pause.from,
        to: pause.ended,
        by: pause.pause.by.clone(),
        after: pause.span.after.max(start),
        through: pause.through,
        days: own_days(walk, pause, start, due, unit),
    }
}

/// How many days of the limit a pause takes out that no earlier one does: none before the limit
/// starts, and none where it had ended with the day on which the pause began.
fn own_days(walk: &Walk<'_>, pause: &OwnSpan<'_>, start: Date, due: Date, unit: LimitUnit) -> u32 {
    let after = pause.span.after.max(start);
    if after < due {
        walk.count(after, pause.span.through, unit)
    } else {
        0
    }
}

fn state(
    account: &Account,
    walk: &Walk<'_>,
    due: Date,
    stop: Option<Stop>,
    until: Instant,
) -> State {
    let today = until.date();
    if today > due {
        return State::Overdue {
            days_over: walk.count(due, today, account.unit),
        };
    }
    let days_left = walk.count(today, due, account.unit);
    match stop {
        Some(Stop::Done(_)) => State::Met { days_left },
        Some(Stop::Ended(_)) => State::Ended { days_left },
        None if stands_still(account, due) => State::Paused { days_left },
        None => State::Running { days_left },
    }
}

/// Whether a pause that lasts takes days out of the limit.
fn stands_still(account: &Account, due: Date) -> bool {
    let start = account.started.map_or(due, |Started { at, .. }| at.date());
    account
        .pauses
        .iter()
        .any(|pause| pause.to.is_none() && pause.from.date().max(start) < due)
}
