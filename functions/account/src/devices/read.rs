//! `GET /v1/devices/{id}`: a kiosk or counter.

use axum::extract::State;
use http::StatusCode;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Problem, Reply};

use super::{DeviceBody, permitted};
use crate::app::App;

/// Read a kiosk or counter
///
/// Its `ETag` is what withdrawing it asks for.
#[utoipa::path(
    get,
    path = "/v1/devices/{id}",
    tag = "account",
    params(("id" = String, Path, description = "The device"), ReadHeaders),
    responses((status = 200, body = DeviceBody), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn read_device(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Reply, Problem> {
    let id = web::path::id(&id)?;
    let file = app.accounts.device(&id, &caller.principal).await?;
    let record = permitted(&caller, &file)?;
    let body = DeviceBody::from(&record.body.device);
    Ok(Reply::new(StatusCode::OK, &body)?.with_version(record.version))
}
