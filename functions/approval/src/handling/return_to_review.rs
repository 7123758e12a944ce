//! `POST /v1/applications/{id}/return`: give a case back to the review.

use axum::extract::State;
use domain::application::{self, ReturnToReview};
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
pub(crate) struct ReturnToReviewRequest {
    /// What is still to be reviewed, at most 2,000 characters.
    #[schema(example = "请补充核查消防通道情况。")]
    reasons: String,
}

/// Give a case back to the review
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/return",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = ReturnToReviewRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn return_to_review(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ReturnToReviewRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| application::Command::ReturnToReview(ReturnToReview { reason: reasons }),
    )
    .await
}
