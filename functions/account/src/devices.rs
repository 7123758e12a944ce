//! Kiosks and counters of a unit.

pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod register;
pub(crate) mod withdraw;

use domain::device::{Device, DeviceKind};
use domain::instant::Instant;
use domain::policy::Action;
use platform::accounts::DeviceFile;
use platform::devices::StoredDevice;
use platform::table::Record;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Access, Caller, Code, Problem, Routes, endpoint};

use crate::act::permit_unit;
use crate::app::App;

/// A kiosk or counter. Its secret is not among what can be read.
#[derive(Serialize, ToSchema)]
#[schema(as = Device)]
pub(crate) struct DeviceBody {
    /// Its number.
    #[schema(example = "KSK-7K3M9QX2RD4F")]
    id: String,
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
    /// When it was withdrawn; null while it serves.
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Instant>,
}

impl From<&Device> for DeviceBody {
    fn from(device: &Device) -> Self {
        Self {
            id: device.id.to_string(),
            unit: device.unit.to_string(),
            kind: device.id.kind(),
            place: device.place.clone(),
            registered_at: device.registered_at,
            withdrawn_at: device.withdrawn.as_ref().map(|withdrawal| withdrawal.at),
        }
    }
}

/// The device of `file`, if the caller may take the route's action on it.
///
/// # Errors
/// 403 without any authority, 404 where the device is not theirs to know of.
fn permitted<'a>(
    caller: &Caller,
    file: &'a DeviceFile,
) -> Result<&'a Record<StoredDevice>, Problem> {
    caller.authority(file.asked.authority.as_ref())?;
    let record = file.device.as_ref();
    let record = record.ok_or_else(|| Problem::new(Code::NotFound))?;
    permit_unit(caller, &file.asked, &record.body.device.unit)?;
    Ok(record)
}

/// Names the routes of devices, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(register::register_device),
        )
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(list::list_devices),
        )
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(read::read_device),
        )
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(withdraw::withdraw_device),
        )
}
