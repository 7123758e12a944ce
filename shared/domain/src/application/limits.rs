//! The dates that events carry: what the clock says of the course they lead to.

use super::Context;
use super::state::{Application, Limits};
use crate::clock::{Course, Extended, Ground, Ledger, Terms, ledger};
use crate::instant::Instant;

/// The dates with which the limits of `course` end, as the clock stands now.
pub(super) fn limits_at(course: &Course, context: &Context<'_>) -> Limits {
    let ledger = accounts(course, context);
    Limits {
        acceptance: ledger.acceptance.due,
        promised: ledger.promised.due,
        statutory: ledger.statutory.and_then(|account| account.due),
    }
}

/// What the clock says of `course` now.
pub(super) fn accounts(course: &Course, context: &Context<'_>) -> Ledger {
    ledger(
        &Terms::of(context.item),
        course,
        context.calendar,
        context.now,
    )
}

/// The limits once the application is accepted now.
pub(super) fn accepted(state: &Application, context: &Context<'_>) -> Limits {
    changed(state, context, |course| {
        course.accepted_at = Some(context.now);
    })
}

/// The limits once the complete papers have arrived now.
pub(super) fn supplemented(state: &Application, context: &Context<'_>) -> Limits {
    changed(state, context, |course| course.received_at = context.now)
}

/// The limits once the pause on `ground` is over.
pub(super) fn gone_on(state: &Application, ground: Ground, context: &Context<'_>) -> Limits {
    changed(state, context, |course| {
        end_pause(course, ground, context.now);
    })
}

/// The limits once they are extended by `days`.
pub(super) fn extended(state: &Application, days: u16, context: &Context<'_>) -> Limits {
    changed(state, context, |course| {
        course.extension = Some(Extended {
            days,
            at: context.now,
            approved_by: context.actor.officer().cloned(),
        });
    })
}

/// Ends the pause of `course` that lasts on `ground`.
pub(super) fn end_pause(course: &mut Course, ground: Ground, at: Instant) {
    let pauses = course.pauses.iter_mut();
    for pause in pauses.filter(|pause| pause.ground == ground && pause.to.is_none()) {
        pause.to = Some(at);
    }
}

fn changed(state: &Application, context: &Context<'_>, change: impl FnOnce(&mut Course)) -> Limits {
    let mut course = state.course.clone();
    change(&mut course);
    limits_at(&course, context)
}
