//! `POST /sandbox/register/enterprises/{uscc}`: the register names another legal representative from
//! now on, so that a hand-over can be tried out.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use domain::identifiers::Uscc;
use domain::ids::PersonId;
use domain::words::Words;
use http::{Request, StatusCode};
use platform::error::PlatformError;
use platform::table::{Guard, Key, Part, Stored, Transaction, item};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Code, InputError, Problem, Reply};

use crate::Sandbox;

/// Whom the register names, as it is asked for and kept.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Named {
    /// A person of `GET /sandbox/persons`.
    #[schema(value_type = String)]
    legal_representative: PersonId,
}

impl Stored for Named {
    const TYPE: &'static str = "sandbox_legal_representative";
    const SCHEMA: u32 = 1;
}

/// Whom the register was told to name for `uscc`, if anybody.
pub(crate) async fn of(sandbox: &Sandbox, uscc: &Uscc) -> Result<Option<PersonId>, PlatformError> {
    let key = key(uscc);
    let snapshot = sandbox.table.read([key.clone()]).await?;
    let named = snapshot.read::<Named>(&key)?;
    Ok(named.map(|record| record.body.legal_representative))
}

/// `POST {"legal_representative": …}`.
pub(crate) async fn set(
    State(sandbox): State<Sandbox>,
    Path(uscc): Path<String>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let uscc = web::path::uscc(&uscc)?;
    if sandbox.population.enterprise(&uscc).is_none() {
        return Err(Problem::new(Code::NotFound));
    }
    let named: Named = web::json::parse_described(&web::json::bytes(request).await?)?;
    let known = sandbox.population.persons.iter();
    if !known
        .into_iter()
        .any(|person| person.id == named.legal_representative)
    {
        let words = Words::new(
            "没有这个人员，请从 GET /sandbox/persons 中选择。",
            "There is no such person: choose one that GET /sandbox/persons lists.",
        );
        let unknown = InputError::new("/legal_representative", "unknown_person", words);
        return Err(Problem::new(Code::InvalidValue).with_errors(vec![unknown]));
    }
    let stored = item::write(&key(&uscc), 1, &named)?;
    let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::None);
    sandbox.table.commit(write).await?;
    Reply::new(StatusCode::OK, &named)
}

fn key(uscc: &Uscc) -> Key {
    Key::stand_in("legal-representative", uscc.as_str())
}
