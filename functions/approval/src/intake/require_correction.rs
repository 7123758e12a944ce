//! `POST /v1/applications/{id}/require-correction`: tell the applicant what to mend (补正告知).

use axum::extract::State;
use domain::application::{self, Demand, RequireCorrection};
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
pub(crate) struct RequireCorrectionRequest {
    /// Everything to be mended, each once.
    #[schema(max_items = 100)]
    demands: Vec<Demand>,
    /// What is wrong and how to mend it, at most 2,000 characters.
    #[schema(example = "消防安全检查意见已过期，请补交有效的意见书。")]
    explanation: String,
}

/// Tell the applicant what to mend (补正告知)
///
/// One notice that lists everything, within five working days (Administrative Licensing Law, art. 32). A
/// further notice may only repeat what the one before asked for. What counts as accepted is asked for
/// papers and not sent back.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/require-correction",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RequireCorrectionRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn require_correction(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RequireCorrectionRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.explanation, "/explanation"),
        |explanation, body| {
            application::Command::RequireCorrection(RequireCorrection {
                demands: body.demands.clone(),
                explanation,
            })
        },
    )
    .await
}
