//! `GET /v1/applications/{id}/events`: what happened, who did it, and the chain that proves it.

use axum::Json;
use axum::extract::State;
use platform::authority::Principal;
use platform::cases::{ToldEvent, Wanted};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use crate::app::App;
use crate::reading::read::see;
use crate::view::RefusedRowBody;

/// An event with what was written with it.
#[derive(Serialize, ToSchema)]
#[schema(as = RecordedEvent)]
pub(crate) struct RecordedBody {
    /// The event exactly as it is hashed: its `hash` is the SHA-256 of the canonical JSON (RFC 8785)
    /// of all its other members, one of which, `prev`, is the hash of the event before; of the first,
    /// 64 zeros.
    #[schema(value_type = Object)]
    record: Value,
    /// Whether what the event says is left out of `record`, so that its hash cannot be recomputed yet:
    /// what the review thinks and who works on it is for officers only until it is decided.
    withheld: bool,
    /// What was written with it; opinions within the authority are for officers only. Null also once the
    /// personal data of the application is erased.
    text: Option<String>,
    /// Why it refuses rows, by their numbers; left out where it refuses none, and wherever the text is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<RefusedRowBody>,
}

/// Who looks at the events, and when.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Viewer {
    Officer,
    ApplicantBeforeDecision,
    Applicant,
}

impl RecordedBody {
    fn new(told: ToldEvent, viewer: Viewer) -> Result<Self, Problem> {
        let record = &told.recorded;
        let internal = record.event.is_internal();
        let withheld = internal && viewer == Viewer::ApplicantBeforeDecision;
        let mut shown = serde_json::to_value(record).map_err(|error| {
            tracing::error!(%error, "an event cannot be written");
            Problem::new(Code::Internal)
        })?;
        if withheld && let Some(event) = shown.get_mut("event").and_then(Value::as_object_mut) {
            event.retain(|member, _| member == "type");
        }
        if withheld && let Some(actor) = shown.get_mut("actor").and_then(Value::as_object_mut) {
            actor.retain(|member, _| member == "kind");
        }
        let shows_texts = !internal || viewer == Viewer::Officer;
        let rows = told.rows.into_iter().filter(|_| shows_texts);
        Ok(Self {
            record: shown,
            withheld,
            text: told.text.filter(|_| shows_texts),
            rows: rows.map(RefusedRowBody::from).collect(),
        })
    }
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

    // Of an erased case the events are left, and the chain they prove.
    let key = if case.is_erased() {
        None
    } else {
        Some(app.cases.data_key(&case).await?)
    };
    let viewer = match caller.principal {
        Principal::Officer(_) => Viewer::Officer,
        Principal::Agent { .. } | Principal::Person { .. }
            if state.body.course.decided_at.is_none() =>
        {
            Viewer::ApplicantBeforeDecision
        }
        Principal::Agent { .. } | Principal::Person { .. } => Viewer::Applicant,
    };
    let events = app.cases.events(&number, key.as_ref()).await?;
    let items = events
        .into_iter()
        .map(|told| RecordedBody::new(told, viewer))
        .collect::<Result<_, _>>()?;
    Ok(Json(EventsBody {
        items,
        head: state.body.head.to_string(),
    }))
}
