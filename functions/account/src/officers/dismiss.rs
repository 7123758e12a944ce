//! `DELETE /v1/officers/{id}`: an officer is dismissed.

use axum::extract::State;
use domain::officer::Dismiss;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::Problem;
use web::command::Change;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerChangeHeaders};
use web::path::Path;

use super::change::{load, store};
use crate::act::{permit_officer, refused_officer};
use crate::app::App;

/// Nothing has to be said to dismiss an officer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DismissRequest {}

/// Dismiss an officer
///
/// From then on nothing exists for them here; what they did keeps their name. The province keeps two
/// administrators.
#[utoipa::path(
    delete,
    path = "/v1/officers/{id}",
    tag = "account",
    params(("id" = String, Path, description = "The officer"), OfficerChangeHeaders),
    responses((status = 204, description = "The officer is dismissed"), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn dismiss_officer(
    State(app): State<App>,
    Path(id): Path<String>,
    change: Change<DismissRequest>,
) -> Result<StatusCode, Problem> {
    let file = load(&app, &id, &change).await?;
    let (officer, version, actor) = permit_officer(&change.caller, &file)?;
    change.require_version(version)?;

    let events = Dismiss
        .decide(officer, &actor, &file.administrators())
        .map_err(refused_officer)?;
    store(&app, &file, events, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
