//! `POST /v1/applications/{id}/end-special-procedure`: end a special procedure.

use axum::extract::State;
use domain::application::{self, EndSpecialProcedure};
use domain::item::PauseGround;
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
pub(crate) struct EndSpecialProcedureRequest {
    /// Which.
    ground: PauseGround,
    /// What came of it, at most 2,000 characters.
    #[schema(example = "专家组认为设计方案符合安全要求。")]
    result: String,
}

/// End a special procedure
///
/// The clock runs on from the next day.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/end-special-procedure",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = EndSpecialProcedureRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn end_special_procedure(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<EndSpecialProcedureRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.result, "/result"),
        |result, body| {
            application::Command::EndSpecialProcedure(EndSpecialProcedure {
                ground: body.ground,
                result,
            })
        },
    )
    .await
}
