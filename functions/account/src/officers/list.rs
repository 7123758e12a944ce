//! `GET /v1/officers`: the officers of a unit.

use axum::Json;
use axum::extract::State;
use domain::policy::Authority;
use domain::unit::UnitId;
use serde::Deserialize;
use utoipa::IntoParams;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::{self, PageBody};
use web::query::Query;
use web::{Caller, Code, Problem};

use super::OfficerBody;
use crate::act::permit_unit;
use crate::app::App;

/// Whose officers to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficersQuery {
    /// The unit; the caller's own without it.
    #[param(value_type = Option<String>, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    unit: Option<UnitId>,
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the officers of a unit
///
/// For administrators of the unit or of one above it; those dismissed are listed too.
#[utoipa::path(
    get,
    path = "/v1/officers",
    tag = "account",
    params(ReadHeaders, OfficersQuery),
    responses((status = 200, body = PageBody<OfficerBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn list_officers(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<OfficersQuery>,
) -> Result<Json<PageBody<OfficerBody>>, Problem> {
    let limit = paging::limit(query.limit)?;
    let asked = app.accounts.standing(&caller.principal, None).await?;
    let Authority::Officer(officer) = caller.authority(asked.authority.as_ref())? else {
        return Err(Problem::new(Code::WrongSide));
    };
    let unit = query.unit.as_ref().unwrap_or(&officer.unit);
    permit_unit(&caller, &asked, unit)?;

    let name = format!("officers {unit}");
    let start = paging::start(&app.vault, &name, query.cursor.as_deref()).await?;
    let (officers, next) = app.accounts.officers_of(unit, limit, start).await?;
    let next_cursor = paging::next(&app.vault, &name, next, asked.now).await?;
    let items = officers.iter();
    Ok(Json(PageBody {
        items: items
            .map(|record| OfficerBody::from(&record.body))
            .collect(),
        next_cursor,
    }))
}
