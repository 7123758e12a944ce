use domain::vehicle::{Registration, Vehicle, VehicleNumber};
use serde::{Deserialize, Serialize};

use super::Remote;
use crate::config::Config;
use crate::error::PlatformError;

/// The vehicle register (机动车登记), with inspection, insurance, violations and accidents.
pub trait VehicleRegister {
    /// What it knows of the vehicles with `numbers`, in their order; none where it is silent, or cannot
    /// tell which of several vehicles a plate is on.
    fn vehicles(
        &self,
        numbers: &[VehicleNumber],
    ) -> impl Future<Output = Option<Vec<Vehicle>>> + Send;
}

/// The register over HTTP: `POST {base}/lookups`, all vehicles of a case at once, so that no number
/// stands in an address.
#[derive(Debug)]
pub struct HttpVehicleRegister(Remote);

#[derive(Serialize)]
struct Lookup<'a> {
    vehicles: &'a [VehicleNumber],
}

#[derive(Deserialize)]
struct Answer {
    vehicles: Vec<Option<Found>>,
}

#[derive(Deserialize)]
struct Found {
    registered: bool,
    temporary_plates: u32,
    #[serde(flatten)]
    registration: Option<Registration>,
}

impl Found {
    /// The vehicle, if it is the one with `number`.
    fn vehicle(self, number: &VehicleNumber) -> Option<Vehicle> {
        let registration = self.registration.filter(|_| self.registered);
        let is_asked_for = |it: &Registration| match number {
            VehicleNumber::Plate(plate) => it.plate == *plate,
            VehicleNumber::Vin(vin) => it.vin == *vin,
        };
        let fits = match &registration {
            None => !self.registered,
            Some(registration) => is_asked_for(registration),
        };
        fits.then_some(Vehicle {
            temporary_plates: self.temporary_plates,
            registration,
        })
    }
}

impl HttpVehicleRegister {
    /// The register that `config` names.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without `VEHICLE_REGISTER_URL`.
    pub fn new(config: &Config) -> Result<Self, PlatformError> {
        let url = config.vehicle_register_url.as_ref();
        let base = Config::require(url, "VEHICLE_REGISTER_URL")?;
        Ok(Self(Remote::new(base, config)))
    }

    async fn ask(&self, numbers: &[VehicleNumber]) -> Result<Vec<Vehicle>, String> {
        let lookup = Lookup { vehicles: numbers };
        let (status, body) = self
            .0
            .ask("/lookups", |client, address| {
                client.post(address).json(&lookup)
            })
            .await?;
        if !status.is_success() {
            return Err(format!("status {status}"));
        }
        let answer: Answer =
            serde_json::from_slice(&body).map_err(|_| "it answered none of its protocol")?;
        if answer.vehicles.len() != numbers.len() {
            return Err("it answered about other vehicles".to_owned());
        }
        answer
            .vehicles
            .into_iter()
            .zip(numbers)
            .map(|(found, number)| found.and_then(|found| found.vehicle(number)))
            .collect::<Option<_>>()
            .ok_or_else(|| "it could not tell which vehicle, or told of another".to_owned())
    }
}

impl VehicleRegister for HttpVehicleRegister {
    async fn vehicles(&self, numbers: &[VehicleNumber]) -> Option<Vec<Vehicle>> {
        let answered = self.ask(numbers).await;
        answered
            .inspect_err(|fault| tracing::warn!(fault, "the vehicle register gave no answer"))
            .ok()
    }
}
