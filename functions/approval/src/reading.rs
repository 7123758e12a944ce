//! What can be read of cases: one, many, what happened, what waits.

mod clock;
mod events;
mod list;
mod notice;
mod notices;
pub(crate) mod read;
pub(crate) mod read_document;
mod read_form;
mod report;
mod rows;
mod search;
mod workbench;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

use crate::app::App;

/// The routes of this room, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::ListApplications),
            endpoint!(list::list),
        )
        .route(
            Access::Caller(Action::ReadApplication),
            endpoint!(read::read),
        )
        .route(
            Access::Caller(Action::ReadDocument),
            endpoint!(read_document::read_document),
        )
        .route(
            Access::Caller(Action::ReadForm),
            endpoint!(read_form::read_form),
        )
        .route(
            Access::Caller(Action::ReadEvents),
            endpoint!(events::events),
        )
        .route(
            Access::Caller(Action::ReadApplication),
            endpoint!(clock::clock),
        )
        .route(
            Access::Caller(Action::ReadApplication),
            endpoint!(notices::notices),
        )
        .route(
            Access::Caller(Action::ReadApplication),
            endpoint!(notice::notice),
        )
        .route(
            Access::Caller(Action::ReadReport),
            endpoint!(report::report),
        )
        .route(
            Access::Caller(Action::ReadApplication),
            endpoint!(rows::rows),
        )
        .route(
            Access::Caller(Action::ReadWorkbench),
            endpoint!(workbench::workbench),
        )
        .route(
            Access::Caller(Action::SearchByPerson),
            endpoint!(search::search),
        )
}
