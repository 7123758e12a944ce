//! The application (办件): from submission to decision and beyond, as a fold of its events.
//!
//! Every command is a file of its own with the rule that decides it. [`decide`] turns a command into
//! events or a refusal; [`Application::evolve`] is the only way a state comes about, so that the
//! stored state can always be replayed from the events.
//!
//! | room | holds |
//! |---|---|
//! | `intake` | submission, correction, acceptance, papers that follow |
//! | `handling` | who has the case, what stops its clock, what the review finds |
//! | `deciding` | the decision, more time for it, instant decisions, approval on undertaking |
//! | `ending` | endings without a decision |
//! | `afterwards` | delivery, and what becomes of what was granted |
//! | `timers` | which command is due by itself, and when |

mod afterwards;
mod command;
mod deciding;
mod demand;
mod ending;
mod event;
mod evolve;
mod handling;
mod intake;
mod limits;
mod recompute;
mod refusal;
mod remedy;
mod rows;
mod state;
pub mod timers;

pub use afterwards::{
    Cancel, Deliver, PetitionFor, RENEWAL_DAYS_BEFORE, RenewBySilence, Rescind, Revoke,
};
pub use command::{Command, decide};
pub use deciding::{
    ApproveExtension, CheckUndertaking, Decision, GrantInstantly, GrantOnUndertaking,
    RequestExtension, UndertakeConditions,
};
pub use demand::{Demand, MOST_DEMANDS};
pub use ending::{Terminate, Withdraw};
pub use event::{Actor, Event, Recorded, ReplayFault, record};
pub(crate) use handling::ASK_WITHIN_WORKING_DAYS;
pub use handling::{
    Attend, BookAttendance, Claim, EndSpecialProcedure, ForgoHearing, HoldHearing, Inspect,
    MOST_BOOKINGS, OfferHearing, Reassign, Recommend, Release, RequestHearing, Resume,
    ReturnToReview, ScheduleHearing, StartSpecialProcedure, Suspend,
};
pub use intake::{
    Accept, AcceptWithDeferral, Cure, DeemAccepted, DeferralUndertaking, Filed, LapseCorrection,
    LapseCure, MOST_UNDERTAKINGS, NonAcceptance, NotAccept, RequireCorrection, ServeNotice, Submit,
    Submitted, Supplement, Undertake,
};
pub use recompute::{Recompute, Recounted};
pub use refusal::Refusal;
pub use remedy::Remedy;
pub use rows::{RefusedRows, RowFault, RowReasons};
pub use state::{
    Application, Channel, ClaimedBy, Correction, Deferral, ExpectedEnd, ExtensionAsked, Handling,
    Hearing, ItemVersion, Limits, OnUndertaking, Outcome, PendingPetition, Petition, RowsRefused,
    Service, Stage, Visit,
};

use jiff::civil::Date;

use crate::calendar::WorkingCalendar;
use crate::ids::OfficerId;
use crate::instant::Instant;
use crate::item::ServiceItem;

/// Working days to answer a correction notice, after which the application counts as withdrawn.
pub const CORRECTION_WORKING_DAYS: u16 = 15;

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

impl Context<'_> {
    /// Whether the platform itself acts.
    fn system(&self) -> Result<(), Refusal> {
        match self.actor {
            Actor::System { .. } => Ok(()),
            Actor::Agent { .. } | Actor::Person { .. } | Actor::Officer { .. } => {
                Err(Refusal::NotTheSystem)
            }
        }
    }

    /// Whether `last_day` is over.
    fn is_over(&self, last_day: Date) -> Result<(), Refusal> {
        match Instant::end_of(last_day) {
            Some(end) if self.now.unix_seconds() > end.unix_seconds() => Ok(()),
            _ => Err(Refusal::NotDue),
        }
    }

    /// Whether the submission can still be answered: afterwards it counts as accepted (art. 32), be that
    /// recorded yet or not.
    fn before_deemed(&self, state: &Application) -> Result<(), Refusal> {
        let over = state
            .limits
            .acceptance
            .is_some_and(|answer| self.is_over(answer.date).is_ok());
        if over {
            Err(Refusal::AcceptancePeriodOver)
        } else {
            Ok(())
        }
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
    let post = state
        .next_post()
        .ok_or(Refusal::WrongStage { stage: state.stage })?;
    if state.bars(officer, post) {
        return Err(Refusal::SeparationOfDuties);
    }
    match &state.claim {
        Some(claim) if claim.officer == *officer => Ok(officer),
        Some(_) => Err(Refusal::ClaimedByAnother),
        None => Err(Refusal::NotClaimed),
    }
}
