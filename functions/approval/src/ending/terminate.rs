//! `POST /v1/applications/{id}/terminate`: end a procedure that cannot lead to a decision any more (终止).

use axum::extract::State;
use domain::application::{self, Terminate};
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
pub(crate) struct TerminateRequest {
    /// Why, and by what rule, at most 2,000 characters.
    #[schema(example = "申请企业已注销。")]
    reasons: String,
}

/// End a procedure that cannot lead to a decision any more (终止)
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/terminate",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = TerminateRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn terminate(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<TerminateRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| application::Command::Terminate(Terminate { reasons }),
    )
    .await
}
