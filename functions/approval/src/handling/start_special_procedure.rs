//! `POST /v1/applications/{id}/start-special-procedure`: begin a special procedure (特别程序).

use axum::extract::State;
use domain::application::{self, StartSpecialProcedure};
use domain::item::PauseGround;
use jiff::civil::Date;
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
pub(crate) struct StartSpecialProcedureRequest {
    /// On which ground.
    ground: PauseGround,
    /// By when it is expected to be over.
    #[schema(value_type = String, format = Date, example = "2026-12-18")]
    expected_end: Date,
    /// What is done and why, at most 2,000 characters.
    #[schema(example = "委托专家组对爆破设计方案进行评审。")]
    explanation: String,
}

/// Begin a special procedure (特别程序)
///
/// On a ground of art. 45 of the Administrative Licensing Law that the item lists; the clock stands still
/// and the applicant is told by when it is expected to be over. A hearing has commands of its own.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/start-special-procedure",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = StartSpecialProcedureRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn start_special_procedure(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<StartSpecialProcedureRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.explanation, "/explanation"),
        |explanation, body| {
            application::Command::StartSpecialProcedure(StartSpecialProcedure {
                ground: body.ground,
                expected_end: body.expected_end,
                explanation,
            })
        },
    )
    .await
}
