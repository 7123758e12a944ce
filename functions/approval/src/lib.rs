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
mod events;
mod health;
mod list;
mod masking;
mod open_draft;
mod read;
mod read_document;
mod recommend;
mod release;
mod report;
mod submit;
mod texts;
mod view;
mod withdraw;
mod workbench;

pub use app::App;

use domain::policy::Action;
use utoipa_axum::routes;
use web::{Access, Api};

/// The routes of the function, each with its rule of access.
pub fn api() -> Api<App> {
    Api::new()
        .route(
            Access::Caller(Action::OpenDraft),
            routes!(open_draft::open_draft),
        )
        .route(
            Access::Caller(Action::ListApplications),
            routes!(list::list),
        )
        .route(Access::Caller(Action::ReadApplication), routes!(read::read))
        .route(
            Access::Caller(Action::EditDraft),
            routes!(change_draft::change_draft),
        )
        .route(
            Access::Caller(Action::UploadDocument),
            routes!(announce_document::announce_document),
        )
        .route(
            Access::Caller(Action::ReadDocument),
            routes!(read_document::read_document),
        )
        .route(Access::Caller(Action::Submit), routes!(submit::submit))
        .route(
            Access::Caller(Action::Withdraw),
            routes!(withdraw::withdraw),
        )
        .route(
            Access::Caller(Action::ReadWorkbench),
            routes!(workbench::workbench),
        )
        .route(Access::Caller(Action::Claim), routes!(claim::claim))
        .route(Access::Caller(Action::Claim), routes!(release::release))
        .route(Access::Caller(Action::Accept), routes!(accept::accept))
        .route(
            Access::Caller(Action::Recommend),
            routes!(recommend::recommend),
        )
        .route(Access::Caller(Action::Decide), routes!(decide::decide))
        .route(Access::Caller(Action::ReadEvents), routes!(events::events))
        .route(Access::Caller(Action::ReadReport), routes!(report::report))
        .route(Access::Public, routes!(health::health))
}
