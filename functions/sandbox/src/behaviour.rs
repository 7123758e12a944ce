//! `/sandbox/{register,vehicles,scanner}/behaviour`: how the stand-ins answer, so that their failures can
//! be tried out.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::chain::Digest;
use domain::identifiers::Uscc;
use http::{Request, StatusCode};
use platform::error::PlatformError;
use platform::table::{Guard, Key, Part, Stored, Transaction, item};
use serde::de::value::{self, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use web::{Code, Problem, Reply};

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

    /// What is answered instead of the truth; none where the truth is, which may be late by `slowness`.
    pub(crate) async fn instead(self, slowness: Duration) -> Result<Option<Reply>, Problem> {
        match self {
            Self::Good => Ok(None),
            Self::Bad => Reply::new(StatusCode::OK, &json!({"code": 0, "data": [null]})).map(Some),
            Self::Slow => {
                tokio::time::sleep(slowness).await;
                Ok(None)
            }
            Self::Down => Err(Problem::new(Code::Unavailable)),
        }
    }
}

/// How a stand-in is told to behave, as it is asked for, kept and told.
pub(crate) trait Told: Stored + Default + Serialize + DeserializeOwned + ToSchema {
    /// The stand-in.
    const SYSTEM: &'static str;

    /// How it behaves.
    fn behaviour(&self) -> Behaviour;

    /// When it is asked of what; of all that nothing else was said of, where there is none.
    fn subject(&self) -> Option<String>;
}

/// How the register behaves.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterBehaviour {
    behaviour: Behaviour,
    /// Of which enterprise it is asked; of every other where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    uscc: Option<Uscc>,
}

impl Stored for RegisterBehaviour {
    const TYPE: &'static str = "sandbox_register_behaviour";
    const SCHEMA: u32 = 1;
}

impl Told for RegisterBehaviour {
    const SYSTEM: &'static str = "register";

    fn behaviour(&self) -> Behaviour {
        self.behaviour
    }

    fn subject(&self) -> Option<String> {
        self.uscc.as_ref().map(|uscc| uscc.as_str().to_owned())
    }
}

/// How the scanner behaves.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScannerBehaviour {
    behaviour: Behaviour,
    /// The digest of the file it is asked of; of every other file where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    sha256: Option<Digest>,
}

impl Stored for ScannerBehaviour {
    const TYPE: &'static str = "sandbox_scanner_behaviour";
    const SCHEMA: u32 = 1;
}

impl Told for ScannerBehaviour {
    const SYSTEM: &'static str = "scanner";

    fn behaviour(&self) -> Behaviour {
        self.behaviour
    }

    fn subject(&self) -> Option<String> {
        self.sha256.as_ref().map(ToString::to_string)
    }
}

/// How the vehicle register behaves.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VehicleBehaviour {
    behaviour: Behaviour,
    /// Of which plate or identification number it is asked; of every other where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

impl Stored for VehicleBehaviour {
    const TYPE: &'static str = "sandbox_vehicle_register_behaviour";
    const SCHEMA: u32 = 1;
}

impl Told for VehicleBehaviour {
    const SYSTEM: &'static str = "vehicle-register";

    fn behaviour(&self) -> Behaviour {
        self.behaviour
    }

    fn subject(&self) -> Option<String> {
        self.number.clone()
    }
}

/// How a stand-in behaves when it is asked of `subjects`, unless the request asks for something else.
pub(crate) async fn towards<T: Told>(
    sandbox: &Sandbox,
    subjects: impl IntoIterator<Item = &str>,
) -> Result<Behaviour, PlatformError> {
    let subjects = subjects.into_iter().map(Some).chain([None]);
    let keys: Vec<Key> = subjects.map(key::<T>).collect();
    let snapshot = sandbox.table.read(keys.clone()).await?;
    let mut told = None;
    for key in &keys {
        told = told.or(snapshot.read::<T>(key)?);
    }
    Ok(told.map_or_else(Behaviour::default, |record| record.body.behaviour()))
}

/// `GET`: how a stand-in behaves when it is asked of what nothing else was said of.
pub(crate) async fn show<T: Told>(
    State(sandbox): State<Sandbox>,
) -> Result<impl IntoResponse, Problem> {
    let key = key::<T>(None);
    let snapshot = sandbox.table.read([key.clone()]).await?;
    let told = snapshot.read::<T>(&key)?;
    let told = told.map_or_else(T::default, |record| record.body);
    Reply::new(StatusCode::OK, &told)
}

/// `POST {"behaviour": …}`, with what it is asked of: has a stand-in behave so until told otherwise.
pub(crate) async fn set<T: Told>(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let wanted: T = web::json::parse_described(&web::json::bytes(request).await?)?;
    let stored = item::write(&key::<T>(wanted.subject().as_deref()), 1, &wanted)?;
    let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::None);
    sandbox.table.commit(write).await?;
    Reply::new(StatusCode::OK, &wanted)
}

fn key<T: Told>(subject: Option<&str>) -> Key {
    let id = subject.map(|subject| format!("BEHAVIOUR#{subject}"));
    Key::stand_in(T::SYSTEM, id.as_deref().unwrap_or("BEHAVIOUR"))
}
