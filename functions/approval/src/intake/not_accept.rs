//! `POST /v1/applications/{id}/not-accept`: not accept an application (不予受理).

use axum::extract::State;
use domain::application::{self, NonAcceptance, NotAccept};
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
pub(crate) struct NotAcceptRequest {
    /// On what ground.
    ground: NonAcceptance,
    /// The reasons, with the right authority where there is one, at most 2,000 characters.
    #[schema(example = "该事项由应急管理部门办理，请向山西省应急管理厅申请。")]
    reasons: String,
}

/// Not accept an application (不予受理)
///
/// For want of power, or because nothing has to be applied for; the reasons name the right authority
/// (Administrative Licensing Law, art. 32).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/not-accept",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = NotAcceptRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn not_accept(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<NotAcceptRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.reasons, "/reasons"),
        |reasons, body| {
            application::Command::NotAccept(NotAccept {
                ground: body.ground,
                reasons,
            })
        },
    )
    .await
}
