//! `POST /v1/applications/{id}/request-extension`: ask the head for more time (延期).

use axum::extract::State;
use domain::application::{self, RequestExtension};
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
pub(crate) struct RequestExtensionRequest {
    /// Working days.
    #[schema(minimum = 1, maximum = 10)]
    days: u16,
    /// Why, at most 2,000 characters.
    #[schema(example = "需向外省公安机关核实有关情况。")]
    reasons: String,
}

/// Ask the head for more time (延期)
///
/// Once, before the limit ends, at most as many working days as the item's basis allows (Administrative
/// Licensing Law, art. 42).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/request-extension",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RequestExtensionRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn request_extension(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RequestExtensionRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, body| {
            application::Command::RequestExtension(RequestExtension {
                days: body.days,
                reasons,
            })
        },
    )
    .await
}
