//! `GET /v1/devices`: the kiosks and counters of a unit.

use axum::Json;
use axum::extract::State;
use platform::devices::StoredDevice;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::PageBody;
use web::query::Query;
use web::{Caller, Problem};

use super::DeviceBody;
use crate::app::App;
use crate::of_unit::{UnitQuery, page};

/// List the kiosks and counters of a unit
///
/// For administrators of the unit or of one above it; those withdrawn are listed too.
#[utoipa::path(
    get,
    path = "/v1/devices",
    tag = "account",
    params(ReadHeaders, UnitQuery),
    responses((status = 200, body = PageBody<DeviceBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn list_devices(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<UnitQuery>,
) -> Result<Json<PageBody<DeviceBody>>, Problem> {
    page(&app, &caller, query, |stored: &StoredDevice| {
        DeviceBody::from(&stored.device)
    })
    .await
}
