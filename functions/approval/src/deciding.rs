//! Deciding, and more time for it.

mod approve_extension;
mod check_undertaking;
mod decide;
pub(crate) mod refused_rows;
mod request_extension;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

use crate::app::App;

/// The routes of this room, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(Access::Caller(Action::Decide), endpoint!(decide::decide))
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(request_extension::request_extension),
        )
        .route(
            Access::Caller(Action::ApproveExtension),
            endpoint!(approve_extension::approve_extension),
        )
        .route(
            Access::Caller(Action::CheckUndertaking),
            endpoint!(check_undertaking::check_undertaking),
        )
}
