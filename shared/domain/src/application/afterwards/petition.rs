//! What a holder asks for: a longer term (延续, art. 50) or a change (变更, art. 49).

use jiff::ToSpan as _;

use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Petition};
use crate::chain::Digest;

/// Days before the end of a term by which its renewal is asked for (art. 50).
pub const RENEWAL_DAYS_BEFORE: i64 = 30;

/// The command with which the holder asks.
#[derive(Clone, Copy, Debug)]
pub struct PetitionFor {
    /// For what.
    pub petition: Petition,
    /// Digest of the sealed request.
    pub request: Digest,
}

impl PetitionFor {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if !matches!(context.actor, Actor::Agent { .. }) {
            return Err(Refusal::NotTheApplicant);
        }
        if !state.stage.is_in_force() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        if state.petition.is_some() {
            return Err(Refusal::PetitionPending);
        }
        let answer_by = match self.petition {
            Petition::Renewal => {
                let end = state.valid_until.ok_or(Refusal::NoTerm)?;
                let latest = end.saturating_sub(RENEWAL_DAYS_BEFORE.days());
                if context.now.date() > latest {
                    return Err(Refusal::RenewalTooLate { latest });
                }
                end
            }
            // The law sets no term of its own: what the item promises for a decision.
            Petition::Amendment => {
                if state
                    .valid_until
                    .is_some_and(|end| context.is_over(end).is_ok())
                {
                    return Err(Refusal::TermEnded);
                }
                let promised = context.item.promised_limit;
                let today = context.now.date();
                context
                    .calendar
                    .due(today, promised.number, promised.unit)
                    .date
            }
        };
        Ok(vec![Event::PetitionFiled {
            petition: self.petition,
            request: self.request,
            answer_by: Some(answer_by),
        }])
    }
}
