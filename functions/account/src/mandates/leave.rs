//! `POST /v1/mandates/{id}/leave`: a holder leaves their mandate.

use axum::extract::State;
use domain::enterprise::LeaveMandate;
use domain::mandate::MandateId;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use super::MandateBody;
use crate::act::{act, refused};
use crate::app::App;

/// Nothing has to be said to leave.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeaveRequest {}

/// Leave a mandate
///
/// It ends at once. The last administrator cannot leave before there is another.
#[utoipa::path(
    post,
    path = "/v1/mandates/{id}/leave",
    tag = "account",
    params(("id" = String, Path, description = "The mandate"), PersonHeaders),
    request_body = LeaveRequest,
    responses((status = 200, body = MandateBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn leave_mandate(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<LeaveRequest>,
) -> Result<Reply, Problem> {
    let id: MandateId = web::path::id(&id)?;
    act(
        &app,
        id.enterprise(),
        &command,
        async |file, context| {
            let leave = LeaveMandate { id: id.clone() };
            let events = leave.decide(&file.household, context);
            Ok(events.map_err(refused)?.into())
        },
        |after, now| MandateBody::reply(after, &id, now),
    )
    .await
}
