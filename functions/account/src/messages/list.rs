//! `GET /v1/messages`: the caller's inbox.

use axum::Json;
use axum::extract::State;
use domain::policy::Resource;
use platform::inbox::Inbox;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::documentation::{AnyProblem, CallerProblem};
use web::paging;
use web::query::Query;
use web::{Caller, Problem};

use super::{MessageBody, own_inbox};
use crate::app::App;

/// Which messages to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessagesQuery {
    /// Only those that were not read.
    #[serde(default)]
    unread: bool,
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of an inbox.
#[derive(Serialize, ToSchema)]
#[schema(as = Messages)]
pub(crate) struct MessagesBody {
    /// Newest first.
    items: Vec<MessageBody>,
    /// Where to go on; null at the end.
    next_cursor: Option<String>,
    /// How many messages of the inbox were not read; 100 where there are as many or more.
    #[schema(minimum = 0, maximum = 100)]
    unread: usize,
}

/// List one's messages, newest first
///
/// What happened to applications that concern the caller, with what to do next and by when. A message is
/// kept for two years; what has just happened can take some seconds to arrive.
#[utoipa::path(
    get,
    path = "/v1/messages",
    tag = "account",
    params(MessagesQuery),
    responses((status = 200, body = MessagesBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn list_messages(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<MessagesQuery>,
) -> Result<Json<MessagesBody>, Problem> {
    let limit = paging::limit(query.limit)?;
    let asked = app.accounts.standing(&caller.principal, None).await?;
    let authority = caller.authority(asked.authority.as_ref())?;
    caller.permit(authority, &Resource::NOTHING, asked.now)?;
    let addressee = own_inbox(&caller.principal)?;

    let inbox = Inbox::new(app.accounts.table().clone());
    let name = format!("messages {} {}", caller.id(), query.unread);
    let start = paging::start(&app.vault, &name, query.cursor.as_deref()).await?;
    let (messages, next) = if query.unread {
        inbox.unread(&addressee, limit, start).await?
    } else {
        inbox.messages(&addressee, limit, start).await?
    };
    let unread = inbox.count_unread(&addressee).await?;
    let next_cursor = paging::next(&app.vault, &name, next, asked.now).await?;
    Ok(Json(MessagesBody {
        items: messages.into_iter().map(MessageBody::from).collect(),
        next_cursor,
        unread,
    }))
}
