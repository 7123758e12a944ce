//! `POST /v1/applications/{id}/resume`: go on with a suspended procedure.

use axum::extract::State;
use domain::application::{self, Resume};
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
pub(crate) struct ResumeProcedureRequest {
    /// Why it goes on, at most 2,000 characters.
    #[schema(example = "诉讼已终结。")]
    reasons: String,
}

/// Go on with a suspended procedure
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/resume",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = ResumeProcedureRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn resume(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ResumeProcedureRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| application::Command::Resume(Resume { reason: reasons }),
    )
    .await
}
