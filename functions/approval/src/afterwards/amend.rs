//! `POST /v1/applications/{id}/amend`: ask for a change of what was granted (变更).

use axum::extract::State;
use domain::application::{self, Petition, PetitionFor};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Side, act_with_text};
use crate::app::App;
use crate::view::ApplicationBody;

/// What is said with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmendRequest {
    /// What is to be changed and why, at most 2,000 characters.
    #[schema(example = "企业名称变更。")]
    reasons: String,
}

/// Ask for a change of what was granted (变更)
///
/// Administrative Licensing Law, art. 49.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/amend",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    request_body = AmendRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn amend(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<AmendRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Applicant,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| {
            application::Command::PetitionFor(PetitionFor {
                petition: Petition::Amendment,
                request: reasons,
            })
        },
    )
    .await
}
