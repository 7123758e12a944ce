//! `POST /v1/mandates/{id}/leave`: a holder leaves their mandate.

use axum::extract::State;
use domain::enterprise::{Context, LeaveMandate};
use domain::mandate::MandateId;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::path::Path;
use web::{Code, Command, Problem, Reply};

use super::MandateBody;
use crate::act::{commit, follow, lost, permit_person, refused};
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
    let caller = &command.caller;
    let request = Some(&command.request);
    let file = app
        .accounts
        .enterprise(id.enterprise(), &caller.principal, request)
        .await?;
    let actor = permit_person(caller, &file.asked)?;
    if let Some(repeat) = command.repeat_of(&file.asked.earlier)? {
        return Ok(repeat);
    }

    let now = file.asked.now;
    let context = Context { now, actor: &actor };
    let leave = LeaveMandate { id: id.clone() };
    let events = leave.decide(&file.household, &context).map_err(refused)?;
    let changed = follow(&file, events, &actor, None)?;

    let mandate = changed.household.mandate(&id);
    let mandate = mandate.ok_or_else(|| Problem::new(Code::NotFound))?;
    let reply = Reply::new(StatusCode::OK, &MandateBody::given(mandate, now))?;
    let answering = Some((&command.request, reply.answer()));
    let committed = commit(&app, &file, &changed, answering).await;
    command.settle(committed, reply, lost)
}
