//! `POST /v1/applications/{id}/accept`: the unit takes the application on (受理).

use axum::extract::State;
use domain::application::{self, Accept};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Intent, Side, act, papers};
use crate::app::App;
use crate::view::ApplicationBody;

/// Nothing has to be said to accept an application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptRequest {}

/// Accept an application (受理)
///
/// Every required material must be there and examined clean (Administrative Licensing Law, art. 32).
/// Limits that run from acceptance begin.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/accept",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = AcceptRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn accept(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<AcceptRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Officer,
        number,
        command,
        async |_, case, _, _| {
            let accept = Accept {
                manifest: papers(case),
            };
            Ok(Intent::on_papers(application::Command::Accept(accept)))
        },
    )
    .await
}
