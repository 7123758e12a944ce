//! Delivery (送达, art. 44): the result reaches the applicant.

use crate::application::Context;
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::item::{AttendedStep, DeliveryMode};

/// The command that records it.
#[derive(Clone, Copy, Debug)]
pub struct Deliver {
    /// How.
    pub mode: DeliveryMode,
}

impl Deliver {
    pub(in crate::application) fn decide(
        self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        if state.stage != Stage::Granted {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        let attendance = context.item.attendance.as_ref();
        let waits =
            attendance.is_some_and(|attendance| attendance.before == AttendedStep::Delivery);
        if waits && !state.has_attended() {
            return Err(Refusal::NotAttended);
        }
        if !context.item.result.delivery_modes.contains(&self.mode) {
            return Err(Refusal::ModeNotOffered);
        }
        Ok(vec![Event::Delivered { mode: self.mode }])
    }
}
