//! `POST /v1/applications/{id}/inspect`: record a check on site (实地核查).

use axum::extract::State;
use domain::application::{self, Inspect};
use domain::ids::OfficerId;
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
pub(crate) struct InspectRequest {
    /// The second officer; the first is who records it.
    #[schema(value_type = String, example = "li-na")]
    with: OfficerId,
    /// What they found, at most 2,000 characters.
    #[schema(example = "现场与图纸一致，视频监控覆盖出入口。")]
    findings: String,
}

/// Record a check on site (实地核查)
///
/// Two officers go and look (Administrative Licensing Law, art. 34); the clock runs on.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/inspect",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = InspectRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn inspect(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<InspectRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.findings, "/findings"),
        |findings, body| {
            application::Command::Inspect(Inspect {
                with: body.with.clone(),
                findings,
            })
        },
    )
    .await
}
