//! The limits of open cases are computed again when the table of a year arrives.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Context;
use super::event::Event;
use super::limits::limits_at;
use super::refusal::Refusal;
use super::state::{Application, Hearing, Limits};
use crate::calendar::{Due, Edition, WorkingCalendar};
use crate::clock::CalendarUse;
use crate::item::LimitUnit;

/// The command with which the platform computes them again.
#[derive(Clone, Copy, Debug)]
pub struct Recompute;

/// Days set by an event that were provisional, by the newer calendar: as many working days lie ahead as
/// before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recounted {
    /// The last day to answer a correction notice; never sooner than the applicant was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Due>,
    /// The last day to ask for a hearing; never sooner than the parties were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_by: Option<Due>,
    /// The last day to check what was granted on an undertaking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_by: Option<Due>,
    /// The last day to deliver what was granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliver_by: Option<Due>,
}

impl Recounted {
    /// Whether no day moves or becomes final.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Recompute {
    pub(super) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        if !counts_days(state) {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        if !state
            .course
            .is_counted_by_an_older_calendar(context.calendar)
        {
            return Err(Refusal::NothingToRecompute);
        }
        let version = context.calendar.version();
        let mut course = state.course.clone();
        course.calendars.push(CalendarUse {
            from: context.now,
            version,
        });
        // What was decided was so in its time or not.
        let limits = if state.stage.is_final() {
            Limits::default()
        } else {
            limits_at(&course, context)
        };
        Ok(vec![Event::Recomputed {
            calendar: version,
            limits,
            days: recounted(state, context),
        }])
    }
}

/// Whether something is due in `state` that a newer calendar can move: before the decision always, and
/// afterwards while a provisional day waits for the authority.
pub(super) fn counts_days(state: &Application) -> bool {
    let afterwards = [state.undelivered_until(), state.unchecked_until()];
    let provisional = afterwards.iter().flatten().any(|due| due.provisional);
    !state.stage.is_final() || provisional
}

fn recounted(state: &Application, context: &Context<'_>) -> Recounted {
    let today = context.now.date();
    let counted_by = state.course.calendar_at(context.calendar, context.now);
    let again =
        |due: Option<Due>| due.and_then(|due| again(due, today, counted_by, context.calendar));
    let not_sooner = |told: Option<Due>| {
        again(told).map(|due| Due {
            date: told.map_or(due.date, |told| due.date.max(told.date)),
            ..due
        })
    };
    let correction = state
        .correction
        .as_ref()
        .filter(|_| !state.stage.is_final());
    let ask_by = match &state.hearing {
        Some(Hearing::Offered { ask_by, .. }) if state.stage.is_accepted_and_open() => {
            Some(*ask_by)
        }
        _ => None,
    };
    Recounted {
        answer_by: not_sooner(correction.map(|correction| correction.answer_by)),
        ask_by: not_sooner(ask_by),
        check_by: again(state.unchecked_until()),
        deliver_by: again(state.undelivered_until()),
    }
}

/// `due` by `calendar`, if it was provisional by `before` and lies ahead of `today`.
fn again(due: Due, today: Date, before: Edition<'_>, calendar: &WorkingCalendar) -> Option<Due> {
    let left = before.working_days(today, due.date).count;
    let left = u16::try_from(left)
        .ok()
        .filter(|left| due.provisional && *left > 0)?;
    Some(calendar.due(today, left, LimitUnit::WorkingDay))
}
