//! `/sandbox/register/behaviour`: how the register answers, so that its failures can be tried out.

use std::str::FromStr;

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::words::Words;
use http::{Request, StatusCode};
use platform::error::PlatformError;
use platform::table::{Guard, Key, Part, Stored, Transaction, item};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Problem, Reply};

use crate::Sandbox;
use crate::members::{Members, Presence};

/// How a stand-in behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// The text names no behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("good, bad, slow or down is expected")]
pub(crate) struct UnknownBehaviour;

impl FromStr for Behaviour {
    type Err = UnknownBehaviour;

    fn from_str(text: &str) -> Result<Self, UnknownBehaviour> {
        match text {
            "good" => Ok(Self::Good),
            "bad" => Ok(Self::Bad),
            "slow" => Ok(Self::Slow),
            "down" => Ok(Self::Down),
            _ => Err(UnknownBehaviour),
        }
    }
}

#[derive(Serialize, Deserialize)]
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
    told(of_register(&sandbox).await?)
}

/// `POST {"behaviour": …}`: has the register behave so until told otherwise.
pub(crate) async fn set(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let mut members = Members::of(&web::json::bytes(request).await?)?;
    let wanted = members.take("behaviour", Presence::Required, expected(), |value| {
        value.as_str()?.parse().ok()
    });
    members.finish()?;
    let behaviour = wanted.unwrap_or_default();
    let stored = item::write(&key(), 1, &RegisterBehaviour { behaviour })?;
    let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::None);
    sandbox.table.commit(write).await?;
    told(behaviour)
}

/// What a request must name.
pub(crate) fn expected() -> Words {
    Words::new(
        "请填写 good、bad、slow 或 down。",
        "good, bad, slow or down is expected.",
    )
}

fn told(behaviour: Behaviour) -> Result<Reply, Problem> {
    Reply::new(StatusCode::OK, &json!({"behaviour": behaviour}))
}

fn key() -> Key {
    Key::stand_in("register", "BEHAVIOUR")
}
