//! `GET /v1/applications/{id}/events`: what happened, who did it, and the chain that proves it.

use axum::Json;
use axum::extract::State;
use domain::application::{Event, Recorded};
use platform::authority::Principal;
use platform::cases::Wanted;
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use crate::app::App;
use crate::read::see;

/// An event with what was written with it.
#[derive(Serialize, ToSchema)]
#[schema(as = RecordedEvent)]
pub(crate) struct RecordedBody {
    /// The event exactly as it is hashed: its `hash` is the SHA-256 of the canonical JSON (RFC 8785)
    /// of all its other members, one of which, `prev`, is the hash of the event before.
    #[schema(value_type = Object)]
    record: Recorded,
    /// What was written with it; the reviewer's opinion is for officers only.
    text: Option<String>,
}

/// The events of an application.
#[derive(Serialize, ToSchema)]
#[schema(as = Events)]
pub(crate) struct EventsBody {
    /// Oldest first.
    items: Vec<RecordedBody>,
    /// The hash of the last event, as the stored state has it.
    #[schema(value_type = String)]
    head: String,
}

/// Read what happened to an application
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/events",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ReadHeaders),
    responses((status = 200, body = EventsBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn events(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<EventsBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    see(&caller, &case)?;
    let Some(state) = &case.state else {
        return Err(Problem::new(Code::NotSubmitted));
    };

    let key = app.cases.data_key(&case).await?;
    let is_officer = matches!(caller.principal, Principal::Officer(_));
    let events = app.cases.events(&number, &key).await?;
    let items = events.into_iter().map(|(record, text)| {
        let internal = matches!(record.event, Event::Recommended { .. });
        RecordedBody {
            record,
            text: text.filter(|_| is_officer || !internal),
        }
    });
    Ok(Json(EventsBody {
        items: items.collect(),
        head: state.body.head.to_string(),
    }))
}
