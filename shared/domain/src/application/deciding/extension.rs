//! More time (延期, art. 42): once, asked for by the handler, given by the head before the limit ends.

use crate::application::event::Event;
use crate::application::limits::{accounts, extended};
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;
use crate::clock::State;

/// The command with which the handler asks for it.
#[derive(Clone, Copy, Debug)]
pub struct RequestExtension {
    /// Working days.
    pub days: u16,
    /// Digest of the sealed reasons.
    pub reasons: Digest,
}

impl RequestExtension {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &OPEN, context)?;
        let extension = context
            .item
            .extension
            .as_ref()
            .ok_or(Refusal::ExtensionWithoutBasis)?;
        let most = extension.max_working_days;
        if !(1..=most).contains(&self.days) {
            return Err(Refusal::ExtensionOutOfRange { most });
        }
        if state.course.extension.is_some() || state.extension_asked.is_some() {
            return Err(Refusal::ExtendedBefore);
        }
        before_the_limit(state, context)?;
        Ok(vec![Event::ExtensionRequested {
            days: self.days,
            reasons: self.reasons,
        }])
    }
}

/// The command with which the head gives it.
#[derive(Clone, Copy, Debug)]
pub struct ApproveExtension {
    /// Digest of the sealed reasons that the applicant is told.
    pub reasons: Digest,
}

impl ApproveExtension {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let head = context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        let asked = state
            .extension_asked
            .as_ref()
            .ok_or(Refusal::NoExtensionAsked)?;
        if !OPEN.contains(&state.stage) {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        let in_hand = state
            .claim
            .as_ref()
            .is_some_and(|claim| claim.officer == *head);
        if asked.by == *head || in_hand || state.handling.includes(head) {
            return Err(Refusal::OwnExtension);
        }
        before_the_limit(state, context)?;
        Ok(vec![Event::Extended {
            days: asked.days,
            reasons: self.reasons,
            limits: extended(state, asked.days, context),
        }])
    }
}

/// The stages at which a decision is worked on.
const OPEN: [Stage; 4] = [
    Stage::UnderReview,
    Stage::SpecialProcedure,
    Stage::Suspended,
    Stage::AwaitingDecision,
];

/// Whether none of the two limits has ended.
fn before_the_limit(state: &Application, context: &Context<'_>) -> Result<(), Refusal> {
    let ledger = accounts(&state.course, context);
    let over = std::iter::once(&ledger.promised)
        .chain(&ledger.statutory)
        .any(|account| matches!(account.state, State::Overdue { .. }));
    if over {
        Err(Refusal::ExtensionTooLate)
    } else {
        Ok(())
    }
}
