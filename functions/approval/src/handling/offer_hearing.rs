//! `POST /v1/applications/{id}/offer-hearing`: tell the parties of their right to a hearing (听证告知).

use axum::extract::State;
use domain::application::{self, OfferHearing};
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
pub(crate) struct OfferHearingRequest {
    /// Whose interest is at stake and how to ask, at most 2,000 characters.
    #[schema(example = "该许可直接涉及相邻居民重大利益。")]
    explanation: String,
}

/// Tell the parties of their right to a hearing (听证告知)
///
/// They have five working days to ask (Administrative Licensing Law, arts. 46 and 47). No decision is taken
/// before.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/offer-hearing",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = OfferHearingRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn offer_hearing(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<OfferHearingRequest>,
) -> Result<Reply, Problem> {
    act_with_text(
        &app,
        Side::Officer,
        id,
        command,
        |body| (&body.explanation, "/explanation"),
        |explanation, _| application::Command::OfferHearing(OfferHearing { explanation }),
    )
    .await
}
