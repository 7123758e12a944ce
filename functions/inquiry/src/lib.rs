//! Inquiry (信息查询): the hall, the catalogue, guides and forms.
//!
//! All of it is embedded, so that a public page costs no call to AWS; only where business time can be
//! moved is it read from the table.

mod app;
mod description;
mod form;
mod guide;
mod hall;
mod health;
mod items;

pub use app::App;

use utoipa_axum::routes;
use web::{Access, Api};

/// The routes of the function, each with its rule of access.
pub fn api() -> Api<App> {
    Api::new()
        .route(Access::Public, routes!(hall::hall))
        .route(Access::Public, routes!(items::items))
        .route(Access::Public, routes!(guide::guide))
        .route(Access::Public, routes!(form::form))
        .route(Access::Public, routes!(description::description))
        .route(Access::Public, routes!(health::health))
}
