//! `POST /v1/applications/{id}/record-hearing`: record that the hearing was held.

use axum::extract::State;
use domain::application::{self, HoldHearing};
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
pub(crate) struct RecordHearingRequest {
    /// The minutes, at most 2,000 characters.
    #[schema(example = "各方陈述、质证后无异议，签字确认。")]
    minutes: String,
}

/// Record that the hearing was held
///
/// The decision rests on its minutes (Administrative Licensing Law, art. 48).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/record-hearing",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RecordHearingRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn record_hearing(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RecordHearingRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.minutes, "/minutes"),
        |minutes, _| application::Command::HoldHearing(HoldHearing { minutes }),
    )
    .await
}
