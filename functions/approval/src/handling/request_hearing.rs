//! `POST /v1/applications/{id}/request-hearing`: ask for a hearing (申请听证).

use axum::extract::State;
use domain::application;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Intent, Side, act};
use crate::app::App;
use crate::view::ApplicationBody;

/// Nothing has to be said to ask for a hearing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestHearingRequest {}

/// Ask for a hearing (申请听证)
///
/// Within five working days of being told of the right (Administrative Licensing Law, art. 47).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/request-hearing",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    request_body = RequestHearingRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn request_hearing(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RequestHearingRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Applicant,
        number,
        command,
        async |_, _, _, _| Ok(Intent::plain(application::Command::RequestHearing)),
    )
    .await
}
