//! `POST /v1/enterprises/{uscc}/resume`: an authority lets an enterprise act again.

use axum::extract::State;
use domain::enterprise::Resume;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use super::EnterpriseBody;
use super::suspend::authority_acts;
use crate::app::App;

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResumeRequest {
    /// The reason, at most 2,000 characters. The enterprise's people read it as its `standing_reason`.
    #[schema(min_length = 1, max_length = 2000, example = "经核查，材料属实。")]
    reason: String,
}

/// Let an enterprise act again
///
/// By a head or supervisor in one of whose regions it is registered. Every mandate holds again as it did
/// before. One that is not suspended is answered with 409 `not_suspended`.
#[utoipa::path(
    post,
    path = "/v1/enterprises/{uscc}/resume",
    tag = "account",
    params(("uscc" = String, Path, description = "Its unified social credit code"), OfficerHeaders),
    request_body = ResumeRequest,
    responses((status = 200, body = EnterpriseBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn resume_enterprise(
    State(app): State<App>,
    Path(uscc): Path<String>,
    command: Command<ResumeRequest>,
) -> Result<Reply, Problem> {
    let reason = web::texts::required(Some(&command.body.reason), "/reason")?;
    authority_acts(&app, &uscc, command, |household| {
        let reason = reason.clone();
        Resume { reason }.decide(household)
    })
    .await
}
