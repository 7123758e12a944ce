//! Supervision (督办): cards about limits, reports on what was promised and on workload, and the counts
//! of an officer's workbench.
//!
//! Everything is read from counters and lists that workers keep: no answer walks the cases.

mod app;
mod asked;
mod cards;
mod counts;
mod health;
mod promise;
mod workload;

pub use app::App;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

/// Names the routes of the function, each with its rule of access.
pub fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(Access::Caller(Action::ReadCards), endpoint!(cards::cards))
        .route(
            Access::Caller(Action::ReadReports),
            endpoint!(promise::promise),
        )
        .route(
            Access::Caller(Action::ReadReports),
            endpoint!(workload::workload),
        )
        .route(
            Access::Caller(Action::ReadWorkbench),
            endpoint!(counts::counts),
        )
        .route(Access::Public, endpoint!(health::health))
}
