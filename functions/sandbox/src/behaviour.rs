//! `/sandbox/register/behaviour` and `/sandbox/scanner/behaviour`: how the stand-ins answer, so that their
//! failures can be tried out.

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::chain::Digest;
use domain::identifiers::Uscc;
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
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterBehaviour {
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

/// How the register behaves when it is asked of `uscc`, unless the request asks for something else.
pub(crate) async fn of_register(
    sandbox: &Sandbox,
    uscc: &Uscc,
) -> Result<Behaviour, PlatformError> {
    let (of_this, of_all) = (key(Some(uscc)), key(None));
    let told = [of_this.clone(), of_all.clone()];
    let snapshot = sandbox.table.read(told).await?;
    let told = match snapshot.read::<RegisterBehaviour>(&of_this)? {
        None => snapshot.read::<RegisterBehaviour>(&of_all)?,
        of_this => of_this,
    };
    Ok(told.map_or_else(Behaviour::default, |record| record.body.behaviour))
}

/// How the scanner behaves, as it is asked for and kept.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScannerBehaviour {
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

/// How the scanner behaves when it is asked of the file with the digest `sha256`.
pub(crate) async fn of_scanner(
    sandbox: &Sandbox,
    sha256: &Digest,
) -> Result<Behaviour, PlatformError> {
    let (of_this, of_all) = (scanner_key(Some(sha256)), scanner_key(None));
    let told = [of_this.clone(), of_all.clone()];
    let snapshot = sandbox.table.read(told).await?;
    let told = match snapshot.read::<ScannerBehaviour>(&of_this)? {
        None => snapshot.read::<ScannerBehaviour>(&of_all)?,
        of_this => of_this,
    };
    Ok(told.map_or_else(Behaviour::default, |record| record.body.behaviour))
}

/// `POST {"behaviour": …, "sha256": …}`: has the scanner behave so until told otherwise.
pub(crate) async fn set_of_scanner(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let wanted: ScannerBehaviour = web::json::parse_described(&web::json::bytes(request).await?)?;
    let stored = item::write(&scanner_key(wanted.sha256.as_ref()), 1, &wanted)?;
    let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::None);
    sandbox.table.commit(write).await?;
    Reply::new(StatusCode::OK, &wanted)
}

/// `GET`: how the register behaves when it is asked of an enterprise nothing else was said of.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Result<impl IntoResponse, Problem> {
    let key = key(None);
    let snapshot = sandbox.table.read([key.clone()]).await?;
    let told = snapshot.read::<RegisterBehaviour>(&key)?;
    let told = told.map_or_else(RegisterBehaviour::default, |record| record.body);
    Reply::new(StatusCode::OK, &told)
}

/// `POST {"behaviour": …, "uscc": …}`: has the register behave so until told otherwise.
pub(crate) async fn set(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let wanted: RegisterBehaviour = web::json::parse_described(&web::json::bytes(request).await?)?;
    let stored = item::write(&key(wanted.uscc.as_ref()), 1, &wanted)?;
    let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::None);
    sandbox.table.commit(write).await?;
    Reply::new(StatusCode::OK, &wanted)
}

fn key(uscc: Option<&Uscc>) -> Key {
    let id = uscc.map(|uscc| format!("BEHAVIOUR#{}", uscc.as_str()));
    Key::stand_in("register", id.as_deref().unwrap_or("BEHAVIOUR"))
}

fn scanner_key(sha256: Option<&Digest>) -> Key {
    let id = sha256.map(|sha256| format!("BEHAVIOUR#{sha256}"));
    Key::stand_in("scanner", id.as_deref().unwrap_or("BEHAVIOUR"))
}
