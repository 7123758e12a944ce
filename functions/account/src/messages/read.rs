//! `POST /v1/messages/{id}/read`: a message was read.

use axum::extract::State;
use domain::ids::EventId;
use domain::policy::Resource;
use http::StatusCode;
use platform::inbox::{Inbox, InboxMessage};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::path::Path;
use web::{Code, Command, Problem, Reply};

use super::{MessageBody, own_inbox};
use crate::act::lost;
use crate::app::App;

/// Nothing has to be said to have read a message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadRequest {}

/// Mark a message as read
///
/// What was read before stays read since then.
#[utoipa::path(
    post,
    path = "/v1/messages/{id}/read",
    tag = "account",
    params(("id" = String, Path, description = "The message"), PersonHeaders),
    request_body = ReadRequest,
    responses((status = 200, body = MessageBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn read_message(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ReadRequest>,
) -> Result<Reply, Problem> {
    let id: EventId = web::path::id(&id)?;
    let caller = &command.caller;
    let inbox = Inbox::new(app.accounts.table().clone());
    let addressee = own_inbox(&caller.principal)?;
    let file = inbox
        .message(&addressee, id, &caller.principal, &command.request)
        .await?;
    let authority = caller.authority(file.authority.as_ref())?;
    caller.permit(authority, &Resource::NOTHING, file.now)?;
    if let Some(repeat) = command.repeat_of(&file.earlier)? {
        return Ok(repeat);
    }
    let found = file.message.as_ref();
    let found = found.ok_or_else(|| Problem::new(Code::NotFound))?;

    let read = InboxMessage {
        read_at: Some(found.body.read_at.unwrap_or(file.now)),
        ..found.body.clone()
    };
    let reply = Reply::new(StatusCode::OK, &MessageBody::from(read.clone()))?;
    let answering = Some((&command.request, reply.answer()));
    let committed = inbox.change(&addressee, &file, &read, answering).await;
    command.settle(committed, reply, lost)
}
