//! `POST /v1/applications/{id}/approve-extension`: give more time (批准延期).

use axum::extract::State;
use domain::application::{self, ApproveExtension};
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
pub(crate) struct ApproveExtensionRequest {
    /// What the applicant is told, at most 2,000 characters.
    #[schema(example = "案情复杂，经本机关负责人批准，延长十个工作日。")]
    reasons: String,
}

/// Give more time (批准延期)
///
/// By the head of the authority, who does not handle the case; the applicant is told the reasons
/// (Administrative Licensing Law, art. 42). It moves both limits.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/approve-extension",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = ApproveExtensionRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn approve_extension(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ApproveExtensionRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| application::Command::ApproveExtension(ApproveExtension { reasons }),
    )
    .await
}
