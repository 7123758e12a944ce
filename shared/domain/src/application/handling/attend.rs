//! Attendance (到场): somebody comes where the law wants it, once.

use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::instant::Instant;
use crate::item::AttendedStep;

/// How often a time can be booked for a case. Who cannot keep the last one comes without.
pub const MOST_BOOKINGS: u8 = 5;

/// The command with which the applicant books a time.
#[derive(Clone, Copy, Debug)]
pub struct BookAttendance {
    /// When.
    pub at: Instant,
}

impl BookAttendance {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if !matches!(context.actor, Actor::Agent { .. }) {
            return Err(Refusal::NotTheApplicant);
        }
        waited_for(state, context)?;
        if self.at <= context.now {
            return Err(Refusal::TimeNotAhead);
        }
        let booked = state.visit.and_then(|visit| visit.booked_for);
        // Booking the same time again is one booking.
        if booked == Some(self.at) {
            return Ok(Vec::new());
        }
        if state
            .visit
            .is_some_and(|visit| visit.bookings >= MOST_BOOKINGS)
        {
            return Err(Refusal::BookedTooOften);
        }
        Ok(vec![Event::AttendanceBooked { at: self.at }])
    }
}

/// The command with which an officer records that they came. Who comes without having booked is not
/// sent away.
#[derive(Clone, Copy, Debug)]
pub struct Attend;

impl Attend {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        waited_for(state, context)?;
        Ok(vec![Event::Attended])
    }
}

/// Whether a step of the case waits for somebody to come.
fn waited_for(state: &Application, context: &Context<'_>) -> Result<(), Refusal> {
    let attendance = context
        .item
        .attendance
        .as_ref()
        .ok_or(Refusal::NoAttendance)?;
    let may_come = match attendance.before {
        AttendedStep::Decision => state.stage.is_accepted_and_open(),
        AttendedStep::Delivery => {
            state.stage.is_accepted_and_open() || state.stage == Stage::Granted
        }
    };
    if !may_come {
        return Err(Refusal::WrongStage { stage: state.stage });
    }
    if state.has_attended() {
        return Err(Refusal::AttendedBefore);
    }
    Ok(())
}
