//! Service on paper (送达): a notice is handed over, and who receives it signs. What they have to do, they
//! have to do within days that run from then.

use crate::application::event::Event;
use crate::application::handling::ASK_WITHIN_WORKING_DAYS;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Hearing};
use crate::application::{CORRECTION_WORKING_DAYS, Context};
use crate::item::LimitUnit;

/// The command that records that a notice was handed over.
#[derive(Clone, Copy, Debug)]
pub struct ServeNotice {
    /// The place in the chain of the event that issued the notice.
    pub notice: u64,
    /// Whether it was served before.
    pub served: bool,
}

impl ServeNotice {
    pub(in crate::application) fn decide(
        self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        if self.served {
            return Err(Refusal::ServedBefore);
        }
        let correction = state.correction.as_ref();
        let mends = correction.is_some_and(|correction| correction.service.awaits(self.notice));
        let asks = matches!(
            &state.hearing,
            Some(Hearing::Offered { service, .. }) if service.awaits(self.notice)
        );
        let days = match (mends, asks) {
            (true, _) => Some(CORRECTION_WORKING_DAYS),
            (false, true) => Some(ASK_WITHIN_WORKING_DAYS),
            (false, false) => None,
        };
        let today = context.now.date();
        Ok(vec![Event::NoticeServed {
            notice: self.notice,
            answer_by: days.map(|days| context.calendar.due(today, days, LimitUnit::WorkingDay)),
        }])
    }
}
