//! `POST /v1/applications/{id}/accept-with-deferral`: the unit takes the application on, with papers to
//! come (容缺受理).

use axum::extract::State;
use domain::application::{self, AcceptWithDeferral};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Intent, Side, act, papers};
use crate::app::App;
use crate::view::ApplicationBody;

/// Nothing has to be said: what may follow, and until when, is what the applicant undertook.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptWithDeferralRequest {}

/// Accept an application with papers to come (容缺受理)
///
/// On the applicant's undertaking, and only for papers that the item marks deferrable. They must follow
/// one working day before the promised date at the latest; until then nothing is granted, and if they do
/// not, the procedure ends.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/accept-with-deferral",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = AcceptWithDeferralRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn accept_with_deferral(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<AcceptWithDeferralRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Officer,
        number,
        command,
        async |_, case, _, _| {
            let accept = AcceptWithDeferral {
                manifest: papers(case),
            };
            let command = application::Command::AcceptWithDeferral(accept);
            Ok(Intent::on_papers(command))
        },
    )
    .await
}
