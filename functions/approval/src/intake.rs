//! Intake: from submission to acceptance.

mod accept;
mod accept_with_deferral;
mod deferral;
mod form;
mod not_accept;
mod require_correction;
mod serve_notice;
mod submit;
mod supplement;
mod undertake;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

use crate::app::App;

/// The routes of this room, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(Access::Caller(Action::Submit), endpoint!(submit::submit))
        .route(Access::Caller(Action::Accept), endpoint!(accept::accept))
        .route(
            Access::Caller(Action::Accept),
            endpoint!(accept_with_deferral::accept_with_deferral),
        )
        .route(
            Access::Caller(Action::Submit),
            endpoint!(undertake::undertake),
        )
        .route(
            Access::Caller(Action::Submit),
            endpoint!(supplement::supplement),
        )
        .route(
            Access::Caller(Action::RequireCorrection),
            endpoint!(require_correction::require_correction),
        )
        .route(
            Access::Caller(Action::Accept),
            endpoint!(not_accept::not_accept),
        )
        .route(
            Access::Caller(Action::Deliver),
            endpoint!(serve_notice::serve_notice),
        )
}
