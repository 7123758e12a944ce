//! `GET /v1/officers/{id}`: an officer.

use axum::extract::State;
use domain::ids::OfficerId;
use http::StatusCode;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem, Reply};

use super::OfficerBody;
use crate::act::permit_officer;
use crate::app::App;

/// Read an officer
#[utoipa::path(
    get,
    path = "/v1/officers/{id}",
    tag = "account",
    params(("id" = String, Path, description = "The officer"), ReadHeaders),
    responses((status = 200, body = OfficerBody), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn read_officer(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Reply, Problem> {
    let id = OfficerId::try_from(id).map_err(|_| Problem::new(Code::NotFound))?;
    let file = app.accounts.officer(&id, &caller.principal, None).await?;
    let (officer, version, _) = permit_officer(&caller, &file)?;
    Ok(Reply::new(StatusCode::OK, &OfficerBody::from(officer))?.with_version(version))
}
