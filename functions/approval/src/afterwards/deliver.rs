//! `POST /v1/applications/{id}/deliver`: record that the result reached the applicant (送达).

use axum::extract::State;
use domain::application::{self, Deliver};
use domain::item::DeliveryMode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Intent, Side, act};
use crate::app::App;
use crate::view::ApplicationBody;

/// How the result reached the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"mode": "pickup"}))]
pub(crate) struct DeliverRequest {
    /// One of the ways that the item's guide names.
    #[schema(value_type = String, pattern = "^(electronic|express|pickup)$", example = "pickup")]
    mode: DeliveryMode,
}

/// Record that the result reached the applicant (送达)
///
/// Within ten working days of the decision (Administrative Licensing Law, art. 44).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/deliver",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = DeliverRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn deliver(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<DeliverRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Officer,
        number,
        command,
        async |_, _, _, body| {
            let deliver = Deliver { mode: body.mode };
            Ok(Intent::plain(application::Command::Deliver(deliver)))
        },
    )
    .await
}
