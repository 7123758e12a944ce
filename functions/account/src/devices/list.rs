//! `GET /v1/devices`: the kiosks and counters of a unit.

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

use super::DeviceBody;
use crate::act::permit_unit;
use crate::app::App;

/// Whose devices to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DevicesQuery {
    /// The unit; the caller's own without it.
    #[param(value_type = Option<String>, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    unit: Option<UnitId>,
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the kiosks and counters of a unit
///
/// For administrators of the unit or of one above it; those withdrawn are listed too.
#[utoipa::path(
    get,
    path = "/v1/devices",
    tag = "account",
    params(ReadHeaders, DevicesQuery),
    responses((status = 200, body = PageBody<DeviceBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn list_devices(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<DevicesQuery>,
) -> Result<Json<PageBody<DeviceBody>>, Problem> {
    let limit = paging::limit(query.limit)?;
    let asked = app.accounts.standing(&caller.principal, None).await?;
    let Authority::Officer(officer) = caller.authority(asked.authority.as_ref())? else {
        return Err(Problem::new(Code::WrongSide));
    };
    let unit = query.unit.as_ref().unwrap_or(&officer.unit);
    permit_unit(&caller, &asked, unit)?;

    let name = format!("devices {unit}");
    let start = paging::start(&app.vault, &name, query.cursor.as_deref()).await?;
    let (devices, next) = app.accounts.devices_of(unit, limit, start).await?;
    let next_cursor = paging::next(&app.vault, &name, next, asked.now).await?;
    let items = devices.iter();
    Ok(Json(PageBody {
        items: items
            .map(|record| DeviceBody::from(&record.body.device))
            .collect(),
        next_cursor,
    }))
}
