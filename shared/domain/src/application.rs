//! The application (办件): from submission to decision, as a fold of its events.
//!
//! Every command is a file of its own with the rule that decides it. [`decide`] turns a command into
//! events or a refusal; [`Application::evolve`] is the only way a state comes about, so that the
//! stored state can always be replayed from the events.

mod accept;
mod claim;
mod decision;
mod event;
mod recommend;
mod refusal;
mod release;
mod state;
mod submit;
mod withdraw;

pub use accept::Accept;
pub use claim::Claim;
pub use decision::{Decision, Remedy};
pub use event::{Actor, Event, Recorded, ReplayFault, record};
pub use recommend::Recommend;
pub use refusal::Refusal;
pub use release::Release;
pub use state::{Application, Channel, ClaimedBy, Handling, ItemVersion, Limits, Outcome, Stage};
pub use submit::{FiledPaper, Submit};
pub use withdraw::Withdraw;

use crate::calendar::WorkingCalendar;
use crate::ids::OfficerId;
use crate::instant::Instant;
use crate::item::{Limit, LimitStart, LimitUnit, ServiceItem};

/// Working days within which a submission is answered; silence counts as acceptance (art. 32).
pub const ACCEPTANCE_WORKING_DAYS: u16 = 5;

/// What a command is decided with besides the state: who asks, when, and under which rules.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Business time.
    pub now: Instant,
    /// Who acts.
    pub actor: &'a Actor,
    /// The service item, in the version the case is handled under.
    pub item: &'a ServiceItem,
    /// The working days.
    pub calendar: &'a WorkingCalendar,
}

/// A command on an application that has been submitted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Take the case in hand.
    Claim(Claim),
    /// Give it back.
    Release(Release),
    /// Accept it (受理).
    Accept(Accept),
    /// Recommend an outcome (审查).
    Recommend(Recommend),
    /// Decide (决定).
    Decide(Decision),
    /// Withdraw it (撤回申请).
    Withdraw(Withdraw),
}

/// What happens when `command` meets `state`.
///
/// # Errors
/// The [`Refusal`] that says why nothing happens.
pub fn decide(
    state: &Application,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Claim(claim) => claim.decide(state, context),
        Command::Release(Release) => Release::decide(state, context),
        Command::Accept(accept) => accept.decide(state, context),
        Command::Recommend(recommend) => recommend.decide(state, context),
        Command::Decide(decision) => decision.decide(state, context),
        Command::Withdraw(withdraw) => withdraw.decide(state, context),
    }
}

/// The limits of the item that begin with `start`, which is now.
fn limits_starting(start: LimitStart, context: &Context<'_>) -> Limits {
    let today = context.now.date();
    let due = |limit: Limit| {
        (limit.start == start).then(|| context.calendar.due(today, limit.number, limit.unit))
    };
    let answer = context
        .calendar
        .due(today, ACCEPTANCE_WORKING_DAYS, LimitUnit::WorkingDay);
    Limits {
        acceptance: (start == LimitStart::Receipt).then_some(answer),
        promised: due(context.item.promised_limit),
        statutory: context.item.statutory_limit.and_then(due),
    }
}

/// The officer who acts, if the application is at one of `stages` and in their hands.
fn officer_in_hand<'a>(
    state: &Application,
    stages: &[Stage],
    context: &Context<'a>,
) -> Result<&'a OfficerId, Refusal> {
    let officer = context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
    if !stages.contains(&state.stage) {
        return Err(Refusal::WrongStage { stage: state.stage });
    }
    if state.handling.includes(officer) {
        return Err(Refusal::SeparationOfDuties);
    }
    match &state.claim {
        Some(claim) if claim.officer == *officer => Ok(officer),
        Some(_) => Err(Refusal::ClaimedByAnother),
        None => Err(Refusal::NotClaimed),
    }
}
