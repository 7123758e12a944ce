//! Endings without a decision.

mod terminate;
mod withdraw;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

use crate::app::App;

/// The routes of this room, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::Withdraw),
            endpoint!(withdraw::withdraw),
        )
        .route(
            Access::Caller(Action::HandleProcedure),
            endpoint!(terminate::terminate),
        )
}
