//! The case in officers' hands: who has it, what stops its clock, what the review finds.

mod attend;
mod book_attendance;
mod claim;
pub(crate) mod conflict;
mod end_special_procedure;
mod inspect;
mod offer_hearing;
mod reassign;
mod recommend;
mod record_hearing;
mod release;
mod request_hearing;
mod resume;
mod return_to_review;
mod schedule_hearing;
mod start_special_procedure;
mod suspend;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

use crate::app::App;

/// The routes of this room, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(Access::Caller(Action::Claim), endpoint!(claim::claim))
        .route(Access::Caller(Action::Claim), endpoint!(release::release))
        .route(
            Access::Caller(Action::Reassign),
            endpoint!(reassign::reassign),
        )
        .route(
            Access::Caller(Action::Recommend),
            endpoint!(recommend::recommend),
        )
        .route(
            Access::Caller(Action::Submit),
            endpoint!(book_attendance::book_attendance),
        )
        .route(Access::Caller(Action::Attend), endpoint!(attend::attend))
        .route(
            Access::Caller(Action::Submit),
            endpoint!(request_hearing::request_hearing),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(start_special_procedure::start_special_procedure),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(end_special_procedure::end_special_procedure),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(suspend::suspend),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(resume::resume),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(offer_hearing::offer_hearing),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(schedule_hearing::schedule_hearing),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(record_hearing::record_hearing),
        )
        .route(
            Access::Caller(Action::Recommend),
            endpoint!(inspect::inspect),
        )
        .route(
            Access::Caller(Action::Decide),
            endpoint!(return_to_review::return_to_review),
        )
}
