//! `/sandbox/register/behaviour`: how the register answers, so that its failures can be tried out.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::identifiers::Uscc;
use http::{Request, StatusCode};
use platform::error::PlatformError;
use platform::table::{Guard, Key, Part, Stored, Transaction, item};
use serde::de::IntoDeserializer as _;
use serde::de::value::{self, StrDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use web::{Code, Problem, Reply};

use crate::Sandbox;

/// How late a slow answer is: longer than a caller should wait, shorter than the function may run.
const SLOWNESS: Duration = Duration::from_secs(6);

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

    /// What is answered instead of the truth; none where the truth is, which may be late.
    pub(crate) async fn instead(self) -> Result<Option<Reply>, Problem> {
        match self {
            Self::Good => Ok(None),
            Self::Bad => Reply::new(StatusCode::OK, &json!({"code": 0, "data": [null]})).map(Some),
            Self::Slow => {
                tokio::time::sleep(SLOWNESS).await;
                Ok(None)
            }
            Self::Down => Err(Problem::new(Code::Unavailable)),
        }
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
