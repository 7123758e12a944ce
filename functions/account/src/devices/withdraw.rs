//! `DELETE /v1/devices/{id}`: a kiosk or counter is withdrawn.

use axum::extract::State;
use http::StatusCode;
use platform::devices::StoredDevice;
use serde::Deserialize;
use utoipa::ToSchema;
use web::command::Change;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerChangeHeaders};
use web::path::Path;
use web::{Code, Problem};

use super::permitted;
use crate::act::{committed, officer_of, permit_unit};
use crate::app::App;

/// Nothing has to be said to withdraw a device.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawDeviceRequest {}

/// Withdraw a kiosk or counter
///
/// It serves nobody from then on and never comes back; what was filed at it stays.
#[utoipa::path(
    delete,
    path = "/v1/devices/{id}",
    tag = "account",
    params(("id" = String, Path, description = "The device"), OfficerChangeHeaders),
    responses((status = 204, description = "The device is withdrawn"), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn withdraw_device(
    State(app): State<App>,
    Path(id): Path<String>,
    change: Change<WithdrawDeviceRequest>,
) -> Result<StatusCode, Problem> {
    let id = web::path::id(&id)?;
    let caller = &change.caller;
    let file = app.accounts.device(&id, &caller.principal).await?;
    let record = permitted(caller, &file)?;
    let actor = permit_unit(caller, &file.asked, &record.body.device.unit)?;
    change.require_version(record.version)?;

    let device = &record.body.device;
    let withdrawn = device
        .withdraw(file.asked.now, officer_of(&actor)?)
        .map_err(|_| Problem::new(Code::AlreadyWithdrawn))?;
    let after = StoredDevice {
        device: withdrawn,
        secret: record.body.secret,
    };
    let before = Some(record.version);
    committed(app.accounts.commit_device(before, &after, None).await)?;
    Ok(StatusCode::NO_CONTENT)
}
