//! What happens by itself because a day is over, and when.
//!
//! Each timer waits for a last day and fires with the second after it, China time. The command that it
//! brings about asks for the same day again, so that a timer which fires late, twice or on an older
//! state does nothing.

use jiff::civil::Date;

use super::command::Command;
use super::recompute::counts_days;
use super::state::{Application, Hearing, Stage};
use crate::calendar::WorkingCalendar;
use crate::instant::Instant;

/// What the platform does when nobody else did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// No word came within five working days: accepted by silence (视为受理, art. 32).
    DeemedAcceptance,
    /// A correction notice was not answered: counts as withdrawn (视为撤回).
    CorrectionLapse,
    /// Papers that were to follow did not (容缺未补): the procedure ends.
    CureLapse,
    /// Nobody asked for the hearing that was offered (art. 47).
    HearingForgone,
    /// No decision on a renewal before the term ended: renewed (视为准予延续, art. 50).
    RenewalBySilence,
}

/// A timer that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Which.
    pub timer: Timer,
    /// The last day it waits for.
    pub last_day: Date,
}

/// What the platform has to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueStep {
    /// A day is over.
    Timer(Deadline),
    /// The limits are counted by an older calendar than there is.
    Recompute,
}

impl Timer {
    /// The system command it brings about.
    pub fn command(self) -> Command {
        match self {
            Self::DeemedAcceptance => Command::DeemAccepted,
            Self::CorrectionLapse => Command::LapseCorrection,
            Self::CureLapse => Command::LapseCure,
            Self::HearingForgone => Command::ForgoHearing,
            Self::RenewalBySilence => Command::RenewBySilence,
        }
    }
}

impl Deadline {
    /// The second after its last day; `None` past the end of the calendar.
    pub fn fires_at(self) -> Option<Instant> {
        Instant::end_of(self.last_day).map(|end| end.plus_seconds(1))
    }
}

impl DueStep {
    /// The system command.
    pub fn command(self) -> Command {
        match self {
            Self::Timer(deadline) => deadline.timer.command(),
            Self::Recompute => Command::Recompute,
        }
    }

    /// Its name in logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timer(Deadline { timer, .. }) => match timer {
                Timer::DeemedAcceptance => "deemed_acceptance",
                Timer::CorrectionLapse => "correction_lapse",
                Timer::CureLapse => "cure_lapse",
                Timer::HearingForgone => "hearing_forgone",
                Timer::RenewalBySilence => "renewal_by_silence",
            },
            Self::Recompute => "recompute",
        }
    }
}

/// The timers that wait in `state`, the earliest first.
pub fn waiting(state: &Application) -> Vec<Deadline> {
    let open = state.stage.is_accepted_and_open();
    let answer = state.limits.acceptance.map(|due| due.date);
    let correction = state.correction.as_ref();
    let told = correction.filter(|correction| !correction.service.is_awaited());
    let mend_by = told.map(|correction| correction.answer_by.date);
    let cure_by = state.uncured().map(|undertaking| undertaking.cure_by);
    let ask_by = match &state.hearing {
        Some(Hearing::Offered { ask_by, service }) if !service.is_awaited() => Some(ask_by.date),
        _ => None,
    };
    let renewable = state.stage.is_in_force() && state.awaits_renewal();
    let mut waiting: Vec<Deadline> = [
        (
            Timer::DeemedAcceptance,
            answer.filter(|_| state.stage == Stage::Submitted),
        ),
        (
            Timer::CorrectionLapse,
            mend_by.filter(|_| state.stage == Stage::CorrectionRequired),
        ),
        (Timer::CureLapse, cure_by.filter(|_| open)),
        (Timer::HearingForgone, ask_by.filter(|_| open)),
        (
            Timer::RenewalBySilence,
            state.valid_until.filter(|_| renewable),
        ),
    ]
    .into_iter()
    .filter_map(|(timer, last_day)| last_day.map(|last_day| Deadline { timer, last_day }))
    .collect();
    waiting.sort_by_key(|deadline| (deadline.last_day, deadline.timer));
    waiting
}

/// What the platform has to do in `state` at `now`, one step at a time: what was due first comes first.
///
/// Silence is judged by the calendar that was in use while it lasted, so that a newer one comes last.
pub fn due(state: &Application, calendar: &WorkingCalendar, now: Instant) -> Option<DueStep> {
    let fires = |deadline: &Deadline| deadline.fires_at().is_some_and(|at| at <= now);
    let timer = waiting(state).into_iter().find(fires).map(DueStep::Timer);
    let recount = counts_days(state) && state.course.is_counted_by_an_older_calendar(calendar);
    timer.or_else(|| recount.then_some(DueStep::Recompute))
}

/// When the next timer of `state` fires after `now`, if nothing else happens.
pub fn next_due(state: &Application, now: Instant) -> Option<Instant> {
    let moments = waiting(state).into_iter().filter_map(Deadline::fires_at);
    moments.filter(|at| *at > now).min()
}
