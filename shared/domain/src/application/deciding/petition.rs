//! The answer to what the holder asks for after a grant: a longer term (art. 50) or a change (art. 49).

use super::decision::{Decision, term_end};
use crate::application::Context;
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::remedy::Remedy;
use crate::application::state::{Application, Outcome, Petition};
use crate::chain::Digest;

pub(super) fn answer(
    decision: &Decision,
    petition: Petition,
    state: &Application,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    // What no decision came for in time counts as renewed, be that recorded yet or not (art. 50).
    let over = state
        .valid_until
        .is_some_and(|end| context.is_over(end).is_ok());
    if petition == Petition::Renewal && over {
        return Err(Refusal::RenewedBySilence);
    }
    let event = match (decision.outcome, petition) {
        (Outcome::Grant, Petition::Renewal) => renewed(state, decision.reasons, false, context)?,
        (Outcome::Grant, Petition::Amendment) => Event::Amended {
            reasons: decision.reasons,
        },
        (Outcome::Refuse, _) => Event::PetitionRefused {
            petition,
            reasons: decision.reasons.ok_or(Refusal::ReasonsMissing)?,
            remedies: Remedy::against(&state.unit),
        },
    };
    Ok(vec![event])
}

/// The event of a renewal: the new term begins when the old one ends.
pub(in crate::application) fn renewed(
    state: &Application,
    reasons: Option<Digest>,
    by_silence: bool,
    context: &Context<'_>,
) -> Result<Event, Refusal> {
    let next = state.valid_until.and_then(|end| end.tomorrow().ok());
    let valid_until = next
        .and_then(|from| term_end(from, context.item))
        .ok_or(Refusal::NoTerm)?;
    Ok(Event::Renewed {
        valid_until,
        by_silence,
        reasons,
    })
}
