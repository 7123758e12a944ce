//! `POST /v1/applications/{id}/attend`: record that somebody came (到场登记).

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

/// Nothing has to be said: who came is the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttendRequest {}

/// Record that somebody came (到场登记)
///
/// Who comes without having booked is not sent away.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/attend",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = AttendRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn attend(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<AttendRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(&app, Side::Officer, number, command, async |_, _, _, _| {
        Ok(Intent::plain(application::Command::Attend))
    })
    .await
}
