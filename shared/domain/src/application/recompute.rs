//! The limits of open cases are computed again when the table of a year arrives.

use super::Context;
use super::event::Event;
use super::limits::limits_at;
use super::refusal::Refusal;
use super::state::Application;
use crate::clock::CalendarUse;

/// The command with which the platform computes them again.
#[derive(Clone, Copy, Debug)]
pub struct Recompute;

impl Recompute {
    pub(super) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        if state.stage.is_final() {
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
        Ok(vec![Event::Recomputed {
            calendar: version,
            limits: limits_at(&course, context),
        }])
    }
}
