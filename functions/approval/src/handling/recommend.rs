//! `POST /v1/applications/{id}/recommend`: the reviewer's opinion (审查意见).

use axum::extract::State;
use domain::application::{self, Outcome, Recommend};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Side, act_with_text};
use crate::app::App;
use crate::view::ApplicationBody;

/// What the reviewer recommends, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecommendRequest {
    /// The outcome recommended.
    outcome: Outcome,
    /// The opinion, at most 2,000 characters.
    #[schema(example = "材料齐全，符合法定条件，建议准予许可。")]
    opinion: String,
}

/// Recommend an outcome (审查)
///
/// Somebody else decides.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/recommend",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RecommendRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn recommend(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RecommendRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.opinion, "/opinion"),
        |opinion, body| {
            application::Command::Recommend(Recommend {
                outcome: body.outcome,
                opinion,
            })
        },
    )
    .await
}
