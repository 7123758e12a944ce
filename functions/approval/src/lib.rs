//! Approval (行政审批): an enterprise applies, the unit's officers accept, review and decide.
//!
//! Each use case is a file, in the room of its step. All of them read like the rule they carry out: load
//! the case, decide, commit, answer.

mod act;
mod afterwards;
mod app;
mod deciding;
mod drafts;
mod ending;
mod handling;
mod health;
mod intake;
mod masking;
mod reading;
mod view;

pub use app::App;

use web::{Access, Routes, endpoint};

/// Names the routes of the function, each with its rule of access.
pub fn routes<R: Routes<App>>(routes: R) -> R {
    let routes = drafts::routes(routes);
    let routes = reading::routes(routes);
    let routes = intake::routes(routes);
    let routes = handling::routes(routes);
    let routes = deciding::routes(routes);
    let routes = ending::routes(routes);
    let routes = afterwards::routes(routes);
    routes.route(Access::Public, endpoint!(health::health))
}
