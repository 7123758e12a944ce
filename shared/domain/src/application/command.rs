//! The commands on an application that has been submitted, and where each is decided.

use super::Context;
use super::afterwards::{Cancel, Deliver, PetitionFor, RenewBySilence, Rescind, Revoke};
use super::deciding::{
    ApproveExtension, CheckUndertaking, Decision, GrantInstantly, GrantOnUndertaking,
    RequestExtension, UndertakeConditions,
};
use super::ending::{Terminate, Withdraw};
use super::event::Event;
use super::handling::{
    Attend, BookAttendance, Claim, EndSpecialProcedure, ForgoHearing, HoldHearing, Inspect,
    OfferHearing, Reassign, Recommend, Release, RequestHearing, Resume, ReturnToReview,
    ScheduleHearing, StartSpecialProcedure, Suspend,
};
use super::intake::{
    Accept, AcceptWithDeferral, Cure, DeemAccepted, LapseCorrection, LapseCure, NotAccept,
    RequireCorrection, ServeNotice, Supplement, Undertake,
};
use super::recompute::Recompute;
use super::refusal::Refusal;
use super::state::Application;

/// A command on an application that has been submitted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Take the case in hand.
    Claim(Claim),
    /// Give it back.
    Release,
    /// Give it into other hands.
    Reassign(Box<Reassign>),
    /// Tell the applicant what to mend (补正告知).
    RequireCorrection(RequireCorrection),
    /// Answer that (补正).
    Supplement(Supplement),
    /// Record that a notice was handed over on paper (送达).
    ServeNotice(ServeNotice),
    /// End what was not mended.
    LapseCorrection,
    /// Undertake to bring papers later (容缺承诺).
    Undertake(Undertake),
    /// Accept it (受理).
    Accept(Accept),
    /// Accept it with papers to come (容缺受理).
    AcceptWithDeferral(AcceptWithDeferral),
    /// Hold the authority to its silence (视为受理).
    DeemAccepted,
    /// Not accept it (不予受理).
    NotAccept(NotAccept),
    /// Hand in the papers that were to follow.
    Cure(Cure),
    /// End what they did not follow for.
    LapseCure,
    /// Begin a special procedure (特别程序).
    StartSpecialProcedure(StartSpecialProcedure),
    /// End it.
    EndSpecialProcedure(EndSpecialProcedure),
    /// Suspend the procedure (中止).
    Suspend(Suspend),
    /// Go on with it.
    Resume(Resume),
    /// Tell the parties of their right to a hearing (听证告知).
    OfferHearing(OfferHearing),
    /// Ask for a hearing.
    RequestHearing,
    /// Note that nobody asked.
    ForgoHearing,
    /// Say when and where it is.
    ScheduleHearing(ScheduleHearing),
    /// Record that it was held.
    HoldHearing(HoldHearing),
    /// Book a time to come (到场).
    BookAttendance(BookAttendance),
    /// Record that they came.
    Attend,
    /// Record a check on site (实地核查).
    Inspect(Inspect),
    /// Recommend an outcome (审查).
    Recommend(Recommend),
    /// Give it back to the review.
    ReturnToReview(ReturnToReview),
    /// Ask the head for more time (延期).
    RequestExtension(RequestExtension),
    /// Give more time.
    ApproveExtension(ApproveExtension),
    /// Decide (决定), or answer what the holder asks for.
    Decide(Decision),
    /// Undertake to meet the item's conditions (告知承诺).
    UndertakeConditions,
    /// Grant what was undertaken.
    GrantOnUndertaking(GrantOnUndertaking),
    /// Grant what passes every check (即时办结).
    GrantInstantly(GrantInstantly),
    /// Record what the check after the grant found.
    CheckUndertaking(CheckUndertaking),
    /// Withdraw it (撤回申请).
    Withdraw(Withdraw),
    /// Terminate the procedure (终止).
    Terminate(Terminate),
    /// Record that the result was delivered (送达).
    Deliver(Deliver),
    /// Ask for a longer term or a change (延续, 变更).
    PetitionFor(PetitionFor),
    /// Renew what no decision came for (视为准予延续).
    RenewBySilence,
    /// Take back for the public good (撤回).
    Rescind(Rescind),
    /// Undo (撤销).
    Revoke(Revoke),
    /// Strike off (注销).
    Cancel(Cancel),
    /// Compute the limits again.
    Recompute,
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
        Command::Claim(command) => command.decide(state, context),
        Command::Release => Release::decide(state, context),
        Command::Reassign(command) => command.decide(state, context),
        Command::RequireCorrection(command) => command.decide(state, context),
        Command::Supplement(command) => command.decide(state, context),
        Command::ServeNotice(command) => command.decide(state, context),
        Command::LapseCorrection => LapseCorrection::decide(state, context),
        Command::Undertake(command) => command.decide(state, context),
        Command::Accept(command) => command.decide(state, context),
        Command::AcceptWithDeferral(command) => command.decide(state, context),
        Command::DeemAccepted => DeemAccepted::decide(state, context),
        Command::NotAccept(command) => command.decide(state, context),
        Command::Cure(command) => command.decide(state, context),
        Command::LapseCure => LapseCure::decide(state, context),
        Command::StartSpecialProcedure(command) => command.decide(state, context),
        Command::EndSpecialProcedure(command) => command.decide(state, context),
        Command::Suspend(command) => command.decide(state, context),
        Command::Resume(command) => command.decide(state, context),
        Command::OfferHearing(command) => command.decide(state, context),
        Command::RequestHearing => RequestHearing::decide(state, context),
        Command::ForgoHearing => ForgoHearing::decide(state, context),
        Command::ScheduleHearing(command) => command.decide(state, context),
        Command::HoldHearing(command) => command.decide(state, context),
        Command::BookAttendance(command) => command.decide(state, context),
        Command::Attend => Attend::decide(state, context),
        Command::Inspect(command) => command.decide(state, context),
        Command::Recommend(command) => command.decide(state, context),
        Command::ReturnToReview(command) => command.decide(state, context),
        Command::RequestExtension(command) => command.decide(state, context),
        Command::ApproveExtension(command) => command.decide(state, context),
        Command::Decide(command) => command.decide(state, context),
        Command::UndertakeConditions => UndertakeConditions::decide(state, context),
        Command::GrantOnUndertaking(command) => command.decide(state, context),
        Command::GrantInstantly(command) => command.decide(state, context),
        Command::CheckUndertaking(command) => command.decide(state, context),
        Command::Withdraw(command) => command.decide(state, context),
        Command::Terminate(command) => command.decide(state, context),
        Command::Deliver(command) => command.decide(state, context),
        Command::PetitionFor(command) => command.decide(state, context),
        Command::RenewBySilence => RenewBySilence::decide(state, context),
        Command::Rescind(command) => command.decide(state, context),
        Command::Revoke(command) => command.decide(state, context),
        Command::Cancel(command) => command.decide(state, context),
        Command::Recompute => Recompute::decide(state, context),
    }
}
