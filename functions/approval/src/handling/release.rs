//! `POST /v1/applications/{id}/release`: an officer gives a case back.

use axum::extract::State;
use domain::application;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Intent, Side, act};
use crate::app::App;
use crate::view::ApplicationBody;

/// Nothing has to be said to release a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReleaseRequest {}

/// Give a case back (退回待办)
///
/// It returns to the unit's queue for the post that acts next.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/release",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = ReleaseRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn release(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ReleaseRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(&app, Side::Officer, number, command, async |_, _, _, _| {
        Ok(Intent::plain(application::Command::Release))
    })
    .await
}
