//! `POST /v1/applications/{id}/check-undertaking`: record what the check after a grant on undertaking found.

use axum::extract::State;
use domain::application::{self, CheckUndertaking};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Side, act_with_text};
use crate::app::App;
use crate::view::ApplicationBody;

/// What is said with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckUndertakingRequest {
    /// Whether what was undertaken holds.
    holds: bool,
    /// What was found, at most 2,000 characters.
    #[schema(example = "现场核查与承诺一致。")]
    findings: String,
}

/// Record what the check after a grant on undertaking found
///
/// What was untrue is revoked by a command of its own.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/check-undertaking",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = CheckUndertakingRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn check_undertaking(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<CheckUndertakingRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.findings, "/findings"),
        |findings, body| {
            application::Command::CheckUndertaking(CheckUndertaking {
                holds: body.holds,
                findings,
            })
        },
    )
    .await
}
