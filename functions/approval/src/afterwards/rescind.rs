//! `POST /v1/applications/{id}/rescind`: take back what was granted, for the public good (撤回).

use axum::extract::State;
use domain::application::{self, Rescind};
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
pub(crate) struct RescindRequest {
    /// Why, at most 2,000 characters.
    #[schema(example = "城市规划调整，该区域不再设置此类场所。")]
    reasons: String,
}

/// Take back what was granted, for the public good (撤回)
///
/// Where the law or the facts it rested on have changed; losses are made good (Administrative Licensing
/// Law, art. 8).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/rescind",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RescindRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn rescind(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RescindRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| application::Command::Rescind(Rescind { reasons }),
    )
    .await
}
