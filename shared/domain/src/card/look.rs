//! When a case has to be looked at: because a timer fires, or because a card may change.

use super::watch::{acceptance_days, watches};
use super::{accounts, moment, watch};
use crate::application::{Application, timers};
use crate::calendar::WorkingCalendar;
use crate::clock::{ACCEPTANCE_WORKING_DAYS, Ledger, LimitKind, State};
use crate::instant::Instant;
use crate::item::{LimitUnit, ServiceItem};

/// Days after which an open case is looked at even where nothing in it is due, so that every open case
/// is found among the looks of so many days.
pub const LONGEST_UNSEEN_DAYS: i64 = 28;

/// Working days left with which a limit cannot have had a card yet.
const QUIET_WORKING_DAYS: u32 = 2;

/// The same in days of the calendar: the longest holiday lies between the last working day before the
/// end and the end.
const QUIET_CALENDAR_DAYS: u32 = 14;

/// The earliest moment after `now` at which a timer fires or a card may change if nothing else happens;
/// `None` where that will never be.
///
/// A case with a provisional date is looked at every day, so that it is counted anew soon after a
/// calendar with the table of the year has been deployed.
pub fn next_look(
    state: &Application,
    item: &ServiceItem,
    calendar: &WorkingCalendar,
    now: Instant,
) -> Option<Instant> {
    let ledger = accounts(state, item, calendar, now);
    let edition = state.course.calendar_at(calendar, now);
    let watched = watches(state, &ledger, item, edition);
    let number = &state.number;
    let changes = watched.iter().flat_map(|watch| {
        [
            watch.warns_at(number, edition),
            watch.exceeds_at(number),
            watch.provisional_at(number),
        ]
    });
    let open = !state.stage.is_final();
    let provisional = watched.iter().any(watch::Watch::is_provisional);
    let daily = provisional.then(|| moment::in_days(now, 1, number));
    let at_the_latest = open.then(|| moment::in_days(now, LONGEST_UNSEEN_DAYS, number));
    changes
        .chain([
            timers::next_due(state, now),
            daily.flatten(),
            at_the_latest.flatten(),
        ])
        .flatten()
        .filter(|at| *at > now)
        .min()
}

/// When a case is looked at whose `state` was committed at `now`: at once where a timer is due, or a
/// card may have to be raised or closed; else as [`next_look`] says.
///
/// Which cards are open is not known then. A case that was never close to the end of a limit, and to
/// which nothing out of the ordinary happened, never had one.
pub fn look_after_commit(
    state: &Application,
    item: &ServiceItem,
    calendar: &WorkingCalendar,
    now: Instant,
) -> Option<Instant> {
    let ledger = accounts(state, item, calendar, now);
    let never_had_a_card = is_ordinary(state, now) && is_early(&ledger, item);
    if never_had_a_card && timers::due(state, calendar, now).is_none() {
        next_look(state, item, calendar, now)
    } else {
        Some(now)
    }
}

/// Whether the case went the straight way from its submission and is not past its decision.
fn is_ordinary(state: &Application, now: Instant) -> bool {
    let course = &state.course;
    course.corrections.is_empty()
        && course.pauses.is_empty()
        && course.extension.is_none()
        && course.calendars.len() <= 1
        && course.decided_at.is_none_or(|decided| decided >= now)
        && !state.deemed
        && state.hearing.is_none()
        && state.on_undertaking.is_none()
}

/// Whether no limit is, or was when it was met, so near its end that there could be a card of it.
fn is_early(ledger: &Ledger, item: &ServiceItem) -> bool {
    let shorter = ACCEPTANCE_WORKING_DAYS.saturating_sub(acceptance_days(item));
    let accounts = ledger.accounts();
    let mut accounts = accounts.map(|account| {
        let acceptance = account.kind == LimitKind::Acceptance;
        let own = if acceptance { u32::from(shorter) } else { 0 };
        let quiet = match account.unit {
            LimitUnit::WorkingDay => QUIET_WORKING_DAYS + own,
            LimitUnit::CalendarDay => QUIET_CALENDAR_DAYS,
        };
        let provisional = account.due.is_some_and(|due| due.provisional);
        (account.state, quiet, provisional)
    });
    accounts.all(|(state, quiet, provisional)| match state {
        State::NotStarted => true,
        State::Running { days_left }
        | State::Paused { days_left }
        | State::Met { days_left }
        | State::Ended { days_left } => days_left >= quiet && !provisional,
        State::Overdue { .. } => false,
    })
}
