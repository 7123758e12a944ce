//! Accounts: enterprises and who may act for them, officers and what they may do, devices of units and
//! keys of programs.
//!
//! Each use case is a file. All of them read like the rule they carry out: load, decide, commit,
//! answer.

mod act;
mod api_keys;
mod app;
mod devices;
mod enterprises;
mod health;
mod mandates;
mod me;
mod messages;
mod of_unit;
mod officers;

pub use app::App;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

/// Names the routes of the function, each with its rule of access.
pub fn routes<R: Routes<App>>(routes: R) -> R {
    let routes = routes
        .route(Access::Caller(Action::ReadSelf), endpoint!(me::me))
        .route(Access::Public, endpoint!(health::health));
    let routes = enterprises::routes(routes);
    let routes = mandates::routes(routes);
    let routes = officers::routes(routes);
    let routes = devices::routes(routes);
    let routes = api_keys::routes(routes);
    messages::routes(routes)
}
