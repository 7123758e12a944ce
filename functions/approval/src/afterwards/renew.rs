//! `POST /v1/applications/{id}/renew`: ask for a longer term (延续).

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
pub(crate) struct RenewRequest {
    /// Why the conditions are still met, at most 2,000 characters.
    #[schema(example = "经营条件未发生变化。")]
    reasons: String,
}

/// Ask for a longer term (延续)
///
/// Thirty days before it ends at the latest. Where no decision comes before the end, it is renewed
/// (Administrative Licensing Law, art. 50).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/renew",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    request_body = RenewRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn renew(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RenewRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Applicant,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, _| {
            application::Command::PetitionFor(PetitionFor {
                petition: Petition::Renewal,
                request: reasons,
            })
        },
    )
    .await
}
