//! `POST /v1/applications/{id}/revoke`: undo what should not have been granted (撤销).

use axum::extract::State;
use domain::application::{self, Revoke};
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
pub(crate) struct RevokeRequest {
    /// Why, at most 2,000 characters.
    #[schema(example = "以欺骗手段取得许可。")]
    reasons: String,
}

/// Undo what should not have been granted (撤销)
///
/// Administrative Licensing Law, art. 69.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/revoke",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RevokeRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn revoke(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RevokeRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| application::Command::Revoke(Revoke { reasons }),
    )
    .await
}
