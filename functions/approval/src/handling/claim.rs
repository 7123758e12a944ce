//! `POST /v1/applications/{id}/claim`: an officer takes a case in hand.

use axum::extract::State;
use domain::application::{self, Claim};
use domain::policy::Authority;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Code, Command, Problem, Reply};

use super::conflict::acts_for_the_applicant;
use crate::act::{Intent, Side, act};
use crate::app::App;
use crate::view::ApplicationBody;

/// Nothing has to be said to claim a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimRequest {}

/// Take a case in hand (领取)
///
/// The officer needs the post that acts next, and may not have taken another step of the same case, nor act
/// for the applicant in private life.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/claim",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = ClaimRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn claim(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ClaimRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Officer,
        number,
        command,
        async |app, case, authority, _| {
            let Authority::Officer(officer) = authority else {
                return Err(Problem::new(Code::WrongSide));
            };
            let claim = Claim {
                posts: officer.posts.clone(),
                conflict: acts_for_the_applicant(app, case, officer).await?,
            };
            Ok(Intent::plain(application::Command::Claim(claim)))
        },
    )
    .await
}
