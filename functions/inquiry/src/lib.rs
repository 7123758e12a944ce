//! Inquiry (信息查询): the hall, the catalogue, guides and forms, and what the legal clock would say.
//!
//! Nearly all of it is embedded, so that a public page costs no call to AWS; only a notice to be checked,
//! and business time where it can be moved, are read from the table.

mod app;
mod check_notice;
mod clock_preview;
mod description;
mod form;
mod guide;
mod hall;
mod health;
mod items;

pub use app::App;

use web::{Access, Routes, endpoint};

/// Names the routes of the function, each with its rule of access.
pub fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(Access::Public, endpoint!(hall::hall))
        .route(Access::Public, endpoint!(items::items))
        .route(Access::Public, endpoint!(guide::guide))
        .route(Access::Public, endpoint!(form::form))
        .route(Access::Public, endpoint!(clock_preview::clock_preview))
        .route(Access::Public, endpoint!(check_notice::check_notice))
        .route(Access::Public, endpoint!(description::description))
        .route(Access::Public, endpoint!(health::health))
}
