//! `POST /v1/applications/{id}/cancel`: what was granted is struck off (注销).

use axum::extract::State;
use domain::application::{self, Cancel};
use platform::authority::Principal;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CancelHeaders, CommandProblem};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Side, act_with_text};
use crate::app::App;
use crate::view::ApplicationBody;

/// Why it is struck off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelRequest {
    /// The reasons, at most 2,000 characters.
    #[schema(example = "企业停止经营，申请注销。")]
    reasons: String,
}

/// Strike off what was granted (注销)
///
/// By the holder, who gives it up, or by the authority, where its term ended or the holder is no more
/// (Administrative Licensing Law, art. 70). An officer must have read the last version (`If-Match`).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/cancel",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), CancelHeaders),
    request_body = CancelRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn cancel(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<CancelRequest>,
) -> Result<Reply, Problem> {
    let side = match command.caller.principal {
        Principal::Officer(_) => Side::Officer,
        Principal::Agent { .. } | Principal::Person { .. } => Side::Applicant,
    };
    act_with_text(
        &app,
        side,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| application::Command::Cancel(Cancel { reasons }),
    )
    .await
}
