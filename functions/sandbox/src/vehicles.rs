//! `/sandbox/vehicles`: the vehicle register (机动车登记), which also learns.

use std::sync::OnceLock;

use axum::body::Body;
use axum::extract::State;
use domain::identifiers::{Plate, Vin};
use domain::vehicle::{Registration, VehicleNumber};
use http::{Request, StatusCode};
use platform::table::{Guard, Key, Part, Stored, Transaction, item};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use web::{Problem, Reply};

use crate::Sandbox;
use crate::behaviour::{self, VehicleBehaviour};
use crate::register::SLOWNESS;

/// The vehicles it knows from the beginning: those that the example forms of the catalogue name.
const KNOWN: &str = include_str!("../data/vehicles.json");

/// What is asked: at most 40 vehicles.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Lookup {
    #[schema(value_type = Vec<Object>, max_items = 40)]
    vehicles: Vec<VehicleNumber>,
}

/// A vehicle as the register tells of it and is told of it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
struct Told {
    /// Whether it is registered; then the members of a registration are there too.
    registered: bool,
    /// How many temporary plates it was given.
    #[serde(default)]
    temporary_plates: u32,
    /// The identification number by which it is known if it is not registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    known_by: Option<Vin>,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    registration: Option<Registration>,
}

impl Stored for Told {
    const TYPE: &'static str = "sandbox_vehicle";
    const SCHEMA: u32 = 1;
}

impl Told {
    fn plate(&self) -> Option<&Plate> {
        self.registration.as_ref().map(|it| &it.plate)
    }

    fn vin(&self) -> Option<&Vin> {
        let registered = self.registration.as_ref().map(|it| &it.vin);
        registered.or(self.known_by.as_ref())
    }

    fn is(&self, number: &VehicleNumber) -> bool {
        match number {
            VehicleNumber::Plate(plate) => self.plate() == Some(plate),
            VehicleNumber::Vin(vin) => self.vin() == Some(vin),
        }
    }
}

/// `POST {"vehicles": [{"plate": …}, {"vin": …}]}`: what it knows of each, in their order.
pub(crate) async fn look_up(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<Reply, Problem> {
    let Lookup { vehicles } = web::json::parse_described(&web::json::bytes(request).await?)?;
    let told_of = vehicles.iter().map(|number| vehicle_key(number.as_str()));
    let snapshot = sandbox.table.read(told_of).await?;
    let numbers = vehicles.iter().map(VehicleNumber::as_str);
    let behaviour = behaviour::towards::<VehicleBehaviour>(&sandbox, numbers).await?;
    if let Some(instead) = behaviour.instead(SLOWNESS).await? {
        return Ok(instead);
    }
    let mut found = Vec::with_capacity(vehicles.len());
    for number in &vehicles {
        let told = snapshot.read::<Told>(&vehicle_key(number.as_str()))?;
        let known = || known()?.iter().find(|it| it.is(number)).cloned();
        let answer = told.map(|record| record.body).or_else(known);
        found.push(answer.map_or_else(
            || json!({"registered": false, "temporary_plates": 0}),
            |told| json!(told),
        ));
    }
    Reply::new(StatusCode::OK, &json!({ "vehicles": found }))
}

/// `POST` of a vehicle: from now on the register knows it so.
pub(crate) async fn register(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<Reply, Problem> {
    let told: Told = web::json::parse_described(&web::json::bytes(request).await?)?;
    let numbers = [told.plate().map(Plate::as_str), told.vin().map(Vin::as_str)];
    let mut write = Transaction::new();
    for number in numbers.into_iter().flatten() {
        let stored = item::write(&vehicle_key(number), 1, &told)?;
        write = write.put(&sandbox.table, Part::State, stored, Guard::None);
    }
    sandbox.table.commit(write).await?;
    Reply::new(StatusCode::OK, &told)
}

fn known() -> Option<&'static [Told]> {
    static READ: OnceLock<Option<Vec<Told>>> = OnceLock::new();
    READ.get_or_init(|| serde_json::from_str(KNOWN).ok())
        .as_deref()
}

fn vehicle_key(number: &str) -> Key {
    Key::stand_in("vehicles", number)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_known_vehicles_can_be_read() {
        assert!(super::known().is_some_and(|known| known.len() > 20));
    }
}
