//! `GET /v1/applications/{id}/clock`: how the limits of a case stand, and how they came to stand so.

use axum::Json;
use axum::extract::State;
use domain::clock::{ClockFault, Terms, ledger};
use domain::instant::Instant;
use platform::authority::Principal;
use platform::cases::Wanted;
use serde::Deserialize;
use utoipa::IntoParams;
use web::clock::{LedgerBody, input_error};
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::query::Query;
use web::{Caller, Code, Problem};

use super::read::see;
use crate::app::App;

/// Of which moment to tell.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClockQuery {
    /// As it stood or will stand at this moment; now without it.
    #[param(value_type = Option<String>, format = DateTime)]
    as_of: Option<Instant>,
}

/// Read the legal clock of an application
///
/// Its ledger: what started each limit, every pause with its ground and the days it takes out, the
/// extension, the calendar, and the day each limit ends with. `as_of` in the past tells what was told
/// then; in the future, what will stand if nothing else happens.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/clock",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ClockQuery, ReadHeaders),
    responses((status = 200, body = LedgerBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn clock(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(query): Query<ClockQuery>,
    caller: Caller,
) -> Result<Json<LedgerBody>, Problem> {
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
        Principal::Officer(_) => body,
        Principal::Agent { .. } | Principal::Person { .. } => body.without_officers(),
    }))
}
