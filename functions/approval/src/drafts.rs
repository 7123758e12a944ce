//! Drafts: what is applied for, before it is handed in.

mod announce_document;
mod change_draft;
mod discard_draft;
mod list_reusable;
pub(crate) mod open_draft;
mod reuse;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

use crate::app::App;

/// The routes of this room, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::OpenDraft),
            endpoint!(open_draft::open_draft),
        )
        .route(
            Access::Caller(Action::EditDraft),
            endpoint!(change_draft::change_draft),
        )
        .route(
            Access::Caller(Action::EditDraft),
            endpoint!(discard_draft::discard_draft),
        )
        .route(
            Access::Caller(Action::UploadDocument),
            endpoint!(announce_document::announce_document),
        )
        .route(
            Access::Caller(Action::UploadDocument),
            endpoint!(list_reusable::list_reusable),
        )
        .route(
            Access::Caller(Action::UploadDocument),
            endpoint!(reuse::reuse),
        )
}
