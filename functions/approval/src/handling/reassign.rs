//! `POST /v1/applications/{id}/reassign`: a case goes into other hands (leave, absence).

use axum::extract::State;
use domain::application::{self, Reassign, Refusal};
use domain::ids::OfficerId;
use platform::cases::Wanted;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply, texts};

use super::conflict::acts_for_the_applicant;
use crate::act::{Intent, Side, act_with, seal};
use crate::app::App;
use crate::view::ApplicationBody;

/// Into whose hands the case goes, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReassignRequest {
    /// An officer of the unit who is in office and holds the post that acts next.
    #[schema(value_type = String, example = "li-na")]
    to: OfficerId,
    /// Why, at most 2,000 characters.
    #[schema(example = "原经办人休假。")]
    reasons: String,
}

/// Give a case into other hands (转办)
///
/// By a head or supervisor, whether somebody has it in hand or nobody.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/reassign",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = ReassignRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn reassign(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ReassignRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    let to = command.body.to.clone();
    let wanted = Wanted {
        officer: Some(&to),
        ..Wanted::default()
    };
    act_with(
        &app,
        Side::Officer,
        number,
        command,
        wanted,
        async |app, case, _, body| {
            let reasons = texts::required(Some(&body.reasons), "/reasons")?;
            let Some(to) = &case.officer else {
                return Err(Refusal::CannotTakeOver.into());
            };
            let text = seal(app, case, &reasons).await?;
            let reassign = Reassign {
                conflict: acts_for_the_applicant(app, case, &to.body).await?,
                to: to.body.clone(),
                reason: text.sealed.digest(),
            };
            let command = application::Command::Reassign(Box::new(reassign));
            Ok(Intent::with_text(command, text))
        },
    )
    .await
}
