//! `GET /v1/applications/{id}/clock`: how the limits of a case stand, and how they came to stand so.

use axum::Json;
use axum::extract::State;
use domain::application::Application;
use domain::card;
use domain::clock::{ClockFault, Terms, ledger};
use domain::instant::Instant;
use platform::authority::Principal;
use platform::cases::{Case, Wanted};
use platform::error::PlatformError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::clock::{LedgerBody, input_error};
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::query::Query;
use web::{Caller, Code, Problem};

use super::read::see;
use crate::act::item_of;
use crate::app::App;
use crate::view::StandingCardBody;

/// Of which moment to tell.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClockQuery {
    /// As it stood or will stand at this moment; now without it.
    #[param(value_type = Option<String>, format = DateTime)]
    as_of: Option<Instant>,
}

/// The clock, with the cards where an officer asks.
#[derive(Serialize, ToSchema)]
#[schema(as = ApplicationClock)]
pub(crate) struct ClockBody {
    #[serde(flatten)]
    ledger: LedgerBody,
    /// The supervision cards that stood, stand or will stand then; for officers only.
    #[serde(skip_serializing_if = "Option::is_none")]
    cards: Option<Vec<StandingCardBody>>,
}

/// Read the legal clock of an application
///
/// Its ledger: what started each limit, every pause with its ground and the days it takes out, the
/// extension, the calendar, and the day each limit ends with. `as_of` in the past tells what was told
/// then; in the future, what will stand if nothing else happens. Officers see the supervision cards of that
/// moment too, by replay of what had happened.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/clock",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ClockQuery, ReadHeaders),
    responses((status = 200, body = ClockBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn clock(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(query): Query<ClockQuery>,
    caller: Caller,
) -> Result<Json<ClockBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    let seen = see(&caller, &case)?;
    let Some(state) = &case.state else {
        return Err(Problem::new(Code::NotSubmitted));
    };

    let as_of = query.as_of.unwrap_or(case.now);
    if as_of < state.body.submitted_at() {
        let error = input_error("as_of", ClockFault::BeforeReceipt);
        return Err(Problem::new(Code::InvalidParameter).with_errors(vec![error]));
    }
    let terms = Terms::of(seen.item);
    let ledger = ledger(&terms, &state.body.course, catalogue::calendar(), as_of);
    let body = LedgerBody::new(&ledger, seen.item);
    Ok(Json(match caller.principal {
        Principal::Officer(_) => ClockBody {
            ledger: body,
            cards: Some(cards(&app, &case, &state.body, as_of).await?),
        },
        Principal::Agent { .. } | Principal::Person { .. } => ClockBody {
            ledger: body.without_officers(),
            cards: None,
        },
    }))
}

/// The cards of the case at `as_of`: of the past, what its events by then make of it.
async fn cards(
    app: &App,
    case: &Case,
    state: &Application,
    as_of: Instant,
) -> Result<Vec<StandingCardBody>, Problem> {
    let (item, calendar) = (item_of(state)?, catalogue::calendar());
    let standing = if as_of < case.now {
        let events = app.cases.events(&case.number, None).await?;
        let events = events.iter().map(|told| &told.recorded);
        card::cards_at(events, item, calendar, as_of).map_err(PlatformError::broken)?
    } else {
        card::cards(state, item, calendar, as_of)
    };
    Ok(standing.into_iter().map(StandingCardBody::from).collect())
}
