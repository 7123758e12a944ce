//! `/sandbox/register/behaviour`: how the register answers, so that its failures can be tried out.

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{Request, StatusCode};
use platform::error::PlatformError;
use platform::table::{Guard, Key, Part, Stored, Transaction, item};
use serde::de::IntoDeserializer as _;
use serde::de::value::{self, StrDeserializer};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Problem, Reply};

use crate::Sandbox;

/// How a stand-in behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Behaviour {
    /// It answers what it knows.
    #[default]
    Good,
    /// It answers something that is not of its protocol.
    Bad,
    /// It answers what it knows, but later than anybody waits.
    Slow,
    /// It does not serve.
    Down,
}

impl Behaviour {
    /// The behaviour that `text` names.
    pub(crate) fn named(text: &str) -> Option<Self> {
        let text: StrDeserializer<'_, value::Error> = text.into_deserializer();
        Self::deserialize(text).ok()
    }
}

/// How the register behaves, as it is asked for, kept and told.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterBehaviour {
    behaviour: Behaviour,
}

impl Stored for RegisterBehaviour {
    const TYPE: &'static str = "sandbox_register_behaviour";
    const SCHEMA: u32 = 1;
}

/// How the register behaves unless a request asks for something else.
pub(crate) async fn of_register(sandbox: &Sandbox) -> Result<Behaviour, PlatformError> {
    let key = key();
    let snapshot = sandbox.table.read([key.clone()]).await?;
    let stored = snapshot.read::<RegisterBehaviour>(&key)?;
    Ok(stored.map_or_else(Behaviour::default, |record| record.body.behaviour))
}

/// `GET`: how the register behaves.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Result<impl IntoResponse, Problem> {
    let behaviour = of_register(&sandbox).await?;
    Reply::new(StatusCode::OK, &RegisterBehaviour { behaviour })
}

/// `POST {"behaviour": …}`: has the register behave so until told otherwise.
pub(crate) async fn set(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let wanted: RegisterBehaviour = web::json::parse_described(&web::json::bytes(request).await?)?;
    let stored = item::write(&key(), 1, &wanted)?;
    let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::None);
    sandbox.table.commit(write).await?;
    Reply::new(StatusCode::OK, &wanted)
}

fn key() -> Key {
    Key::stand_in("register", "BEHAVIOUR")
}
