//! `POST /v1/devices`: a unit registers a kiosk or counter.

use axum::extract::State;
use domain::device::{Device, DeviceId, DeviceKind};
use domain::instant::Instant;
use domain::unit::UnitId;
use http::StatusCode;
use jiff::civil::Date;
use platform::devices::newly_registered;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerCreationHeaders};
use web::{Code, Command, Problem, Reply};

use crate::act::{lost, officer_of, permit_named_unit, text_fault, unit_fault};
use crate::app::App;

/// Which device.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterDeviceRequest {
    /// The unit it belongs to.
    #[schema(value_type = String, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    unit: UnitId,
    /// What kind of device it is, and with that the channel of what is filed at it.
    kind: DeviceKind,
    /// Where it stands, 1 to 100 characters.
    #[schema(example = "小店分局一楼大厅")]
    place: String,
}

/// A device just registered.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = RegisteredDevice)]
pub(crate) struct RegisteredDeviceBody {
    /// Its number.
    #[schema(example = "KSK-7K3M9QX2RD4F")]
    id: String,
    /// The secret, which the device sends as `X-Device-Authorization: Device id.secret`. It is shown this
    /// once: null in the answer to a repeat of the request.
    #[schema(example = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg")]
    secret: Option<String>,
    /// The unit it belongs to.
    #[schema(example = "psb-140105")]
    unit: String,
    /// What kind of device it is.
    kind: DeviceKind,
    /// Where it stands.
    #[schema(example = "小店分局一楼大厅")]
    place: String,
    /// When it was registered.
    #[schema(value_type = String, format = DateTime)]
    registered_at: Instant,
}

/// Register a kiosk or counter
///
/// By an administrator of the unit or of one above it. The answer shows the device's secret, and nothing
/// ever shows it again: only its digest is kept, in the record of the request too, whose repeat is
/// answered with `secret: null`. Whoever lost the answer withdraws the device and registers it anew.
#[utoipa::path(
    post,
    path = "/v1/devices",
    tag = "account",
    params(OfficerCreationHeaders),
    request_body = RegisterDeviceRequest,
    responses(
        (status = 201, body = RegisteredDeviceBody, headers(("Location", description = "Where the device is"))),
        AnyProblem, CallerProblem, CommandProblem
    ),
    security(("officer" = []))
)]
pub(crate) async fn register_device(
    State(app): State<App>,
    command: Command<RegisterDeviceRequest>,
) -> Result<Reply, Problem> {
    let (caller, body) = (&command.caller, &command.body);
    let request = Some(&command.request);
    let asked = app.accounts.standing(&caller.principal, request).await?;
    let actor = permit_named_unit(caller, &asked, &body.unit)?;
    if let Some(repeat) = command.repeat_of(&asked.earlier)? {
        return Ok(repeat);
    }

    check(body, asked.now.date())?;
    let (stored, secret) = newly_registered(Device {
        id: DeviceId::new(body.kind, rand::random()),
        unit: body.unit.clone(),
        place: body.place.trim().to_owned(),
        registered_at: asked.now,
        registered_by: officer_of(&actor)?,
        withdrawn: None,
    })?;
    let device = &stored.device;

    let remembered = RegisteredDeviceBody {
        id: device.id.to_string(),
        secret: None,
        unit: device.unit.to_string(),
        kind: body.kind,
        place: device.place.clone(),
        registered_at: device.registered_at,
    };
    let shown = RegisteredDeviceBody {
        secret: Some(secret.reveal()),
        ..remembered.clone()
    };
    let reply = |body| {
        let reply = Reply::new(StatusCode::CREATED, body)?.with_version(1);
        Ok::<_, Problem>(reply.with_location(format!("/v1/devices/{}", device.id)))
    };
    let (remembered, shown) = (reply(&remembered)?, reply(&shown)?);
    // What is remembered lies in the table for a day: the secret must not.
    let answering = Some((&command.request, remembered.answer()));
    let committed = app.accounts.commit_device(None, &stored, answering).await;
    command.settle(committed, shown, lost)
}

fn check(body: &RegisterDeviceRequest, today: Date) -> Result<(), Problem> {
    let mut errors = Vec::new();
    errors.extend(unit_fault(&body.unit, today));
    errors.extend(text_fault("/place", &body.place));
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::new(Code::InvalidValue).with_errors(errors))
    }
}
