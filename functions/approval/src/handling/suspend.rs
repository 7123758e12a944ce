//! `POST /v1/applications/{id}/suspend`: suspend the procedure (中止).

use axum::extract::State;
use domain::application::{self, Suspend};
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
pub(crate) struct SuspendProcedureRequest {
    /// The cause and its basis, at most 2,000 characters.
    #[schema(example = "申请人主体资格正在诉讼中，依据申请人书面请求中止。")]
    basis: String,
}

/// Suspend the procedure (中止)
///
/// For a cause on the applicant's side, with its basis. It is no special procedure.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/suspend",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = SuspendProcedureRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn suspend(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<SuspendProcedureRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.basis, "/basis"),
        |basis, _| application::Command::Suspend(Suspend { basis }),
    )
    .await
}
