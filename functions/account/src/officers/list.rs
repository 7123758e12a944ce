//! `GET /v1/officers`: the officers of a unit.

use axum::Json;
use axum::extract::State;
use domain::officer::Officer;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::PageBody;
use web::query::Query;
use web::{Caller, Problem};

use super::OfficerBody;
use crate::app::App;
use crate::of_unit::{UnitQuery, page};

/// List the officers of a unit
///
/// For administrators of the unit or of one above it; those dismissed are listed too.
#[utoipa::path(
    get,
    path = "/v1/officers",
    tag = "account",
    params(ReadHeaders, UnitQuery),
    responses((status = 200, body = PageBody<OfficerBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn list_officers(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<UnitQuery>,
) -> Result<Json<PageBody<OfficerBody>>, Problem> {
    page(&app, &caller, query, |officer: &Officer| {
        OfficerBody::from(officer)
    })
    .await
}
