//! Stand-ins for the systems outside the platform: two identity providers with ready persons, the
//! enterprise and the vehicle register, the malware scanner, and the movable clock of test stacks.
//!
//! They speak the protocols of the real ones, so that nothing in the platform knows of them; they
//! are deployed on local and test stacks only and refuse to start elsewhere.

mod appointed;
mod behaviour;
mod clock;
mod founding;
mod health;
mod oidc;
mod persons;
mod population;
mod register;
mod scanner;
mod seed;
mod settings;
mod token;
mod vehicles;

pub use population::Population;
pub use settings::Settings;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use domain::instant::Instant;
use platform::clock::real_now;
use platform::error::PlatformError;
use platform::table::Table;
use web::{Code, Problem};

use crate::behaviour::{RegisterBehaviour, ScannerBehaviour, VehicleBehaviour};

/// What all stand-ins share.
#[derive(Clone, Debug)]
pub struct Sandbox {
    table: Table,
    settings: Arc<Settings>,
    population: Arc<Population>,
    now: fn() -> Instant,
}

impl Sandbox {
    /// The stand-ins as `settings` say, keeping what they must remember in `table`.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] where the embedded population cannot be read.
    pub fn new(settings: Settings, table: Table) -> Result<Self, PlatformError> {
        Ok(Self {
            table,
            settings: Arc::new(settings),
            population: Arc::new(Population::embedded()?),
            now: real_now,
        })
    }

    /// The same with real time read from `now`.
    #[must_use]
    pub fn with_time(self, now: fn() -> Instant) -> Self {
        Self { now, ..self }
    }
}

/// Every route of the sandbox. None needs a login: it holds no data of real persons.
pub fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/sandbox/health", get(health::show))
        .route("/sandbox/persons", get(persons::list))
        .route("/sandbox/token", post(token::issue))
        .route("/sandbox/seed", post(seed::write))
        .route(
            "/sandbox/clock",
            get(clock::show).post(clock::set).delete(clock::reset),
        )
        .route(
            "/sandbox/register/enterprises/{uscc}",
            get(register::enterprise).post(appointed::set),
        )
        .route(
            "/sandbox/register/behaviour",
            get(behaviour::show::<RegisterBehaviour>).post(behaviour::set::<RegisterBehaviour>),
        )
        .route("/sandbox/scanner/scan", post(scanner::scan))
        .route(
            "/sandbox/scanner/behaviour",
            get(behaviour::show::<ScannerBehaviour>).post(behaviour::set::<ScannerBehaviour>),
        )
        .route("/sandbox/vehicles", post(vehicles::register))
        .route("/sandbox/vehicles/lookups", post(vehicles::look_up))
        .route(
            "/sandbox/vehicles/behaviour",
            get(behaviour::show::<VehicleBehaviour>).post(behaviour::set::<VehicleBehaviour>),
        )
        .nest("/sandbox/oidc/{provider}", oidc::routes())
        .fallback(async || Problem::new(Code::NotFound))
        .method_not_allowed_fallback(async || Problem::new(Code::MethodNotAllowed))
        .with_state(sandbox)
}
