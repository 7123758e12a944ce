//! `POST /v1/applications/{id}/decide`: the decision (决定).

use axum::extract::State;
use domain::application::{self, Decision, Outcome};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::texts;
use web::{Command, Problem, Reply};

use super::refused_rows::{self, RefusedRowRequest};
use crate::act::{Intent, Side, act, papers, seal};
use crate::app::App;
use crate::view::ApplicationBody;

/// What is decided, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecideRequest {
    /// The outcome.
    outcome: Outcome,
    /// The reasons, at most 2,000 characters; a refusal needs them (art. 38), and so does a decision
    /// against the recommendation.
    #[serde(default)]
    #[schema(example = "经审查，符合《旅馆业治安管理办法》第四条规定的条件。")]
    reasons: Option<String>,
    /// The rows of the form that are refused while all others are granted, each with its reasons.
    #[serde(default)]
    refused_rows: Vec<RefusedRowRequest>,
}

/// Decide an application (决定)
///
/// The decider is another person than those who accepted and reviewed it. A refusal gives its reasons
/// and tells the applicant of reconsideration and lawsuit (Administrative Licensing Law, art. 38). After a
/// grant it answers the renewal or amendment that the holder asks for. An application for many persons or
/// things at once is answered row by row: the rows named are refused, each with its reasons, the others granted.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/decide",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = DecideRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn decide(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<DecideRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Officer,
        number,
        command,
        async |app, case, _, body| {
            let refused = refused_rows::check(case, body.outcome, &body.refused_rows);
            let reasons = match body.outcome {
                Outcome::Grant => texts::optional(body.reasons.as_deref(), "/reasons"),
                Outcome::Refuse => texts::required(body.reasons.as_deref(), "/reasons").map(Some),
            };
            let (reasons, refused) = texts::both(reasons, refused)?;
            let text = match &reasons {
                Some(reasons) => Some(seal(app, case, reasons).await?),
                None => None,
            };
            let (refused_rows, rows) = refused_rows::seal(app, case, refused.as_deref())
                .await?
                .unzip();
            let reasons = text.as_ref().map(|text| text.sealed.digest());
            let state = case.state.as_ref();
            let answers_holder = state.is_some_and(|state| state.body.petition.is_some());
            let decision = Decision {
                outcome: body.outcome,
                reasons,
                refused_rows,
                manifest: papers(case),
            };
            Ok(Intent {
                text,
                rows,
                relies_on_papers: body.outcome == Outcome::Grant && !answers_holder,
                ..Intent::plain(application::Command::Decide(decision))
            })
        },
    )
    .await
}
