//! Approval (行政审批): an enterprise applies, the unit's officers accept, review and decide.
//!
//! Each use case is a file. All of them read like the rule they carry out: load the case, decide,
//! commit, answer.

mod accept;
mod act;
mod announce_document;
mod app;
mod change_draft;
mod claim;
mod decide;
mod discard_draft;
mod events;
mod health;
mod list;
mod masking;
mod open_draft;
mod read;
mod read_document;
mod read_form;
mod recommend;
mod release;
mod report;
mod search;
mod submit;
mod view;
mod withdraw;
mod workbench;

pub use app::App;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

/// Names the routes of the function, each with its rule of access.
pub fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::OpenDraft),
            endpoint!(open_draft::open_draft),
        )
        .route(
            Access::Caller(Action::ListApplications),
            endpoint!(list::list),
        )
        .route(
            Access::Caller(Action::ReadApplication),
            endpoint!(read::read),
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
            Access::Caller(Action::ReadDocument),
            endpoint!(read_document::read_document),
        )
        .route(Access::Caller(Action::Submit), endpoint!(submit::submit))
        .route(
            Access::Caller(Action::Withdraw),
            endpoint!(withdraw::withdraw),
        )
        .route(
            Access::Caller(Action::ReadWorkbench),
            endpoint!(workbench::workbench),
        )
        .route(
            Access::Caller(Action::SearchByPerson),
            endpoint!(search::search),
        )
        .route(
            Access::Caller(Action::ReadForm),
            endpoint!(read_form::read_form),
        )
        .route(Access::Caller(Action::Claim), endpoint!(claim::claim))
        .route(Access::Caller(Action::Claim), endpoint!(release::release))
        .route(Access::Caller(Action::Accept), endpoint!(accept::accept))
        .route(
            Access::Caller(Action::Recommend),
            endpoint!(recommend::recommend),
        )
        .route(Access::Caller(Action::Decide), endpoint!(decide::decide))
        .route(
            Access::Caller(Action::ReadEvents),
            endpoint!(events::events),
        )
        .route(
            Access::Caller(Action::ReadReport),
            endpoint!(report::report),
        )
        .route(Access::Public, endpoint!(health::health))
}
