//! `GET /v1/api-keys/{id}`: the key of a program.

use axum::extract::State;
use http::StatusCode;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Problem, Reply};

use super::{ApiKeyBody, permitted};
use crate::app::App;

/// Read the key of a program
///
/// Its `ETag` is what withdrawing it asks for.
#[utoipa::path(
    get,
    path = "/v1/api-keys/{id}",
    tag = "account",
    params(("id" = String, Path, description = "The key"), ReadHeaders),
    responses((status = 200, body = ApiKeyBody), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn read_api_key(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Reply, Problem> {
    let id = web::path::id(&id)?;
    let file = app.accounts.api_key(&id, &caller.principal).await?;
    let record = permitted(&caller, &file)?;
    let body = ApiKeyBody::from(&record.body.key);
    Ok(Reply::new(StatusCode::OK, &body)?.with_version(record.version))
}
