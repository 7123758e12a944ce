//! A motor vehicle as the vehicle register (机动车登记) knows it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::{Plate, Uscc, Vin};

/// By what a vehicle is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleNumber {
    /// The number on its plate (号牌号码).
    Plate(Plate),
    /// The number it was built with (车辆识别代号).
    Vin(Vin),
}

impl VehicleNumber {
    /// What a form says, as the number it is; none where it is neither.
    pub fn read(text: &str) -> Option<Self> {
        let vin = || Vin::parse(text).ok().map(Self::Vin);
        let plate = || Plate::parse(text).ok().map(Self::Plate);
        vin().or_else(plate)
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Plate(plate) => plate.as_str(),
            Self::Vin(vin) => vin.as_str(),
        }
    }
}

/// What a vehicle is registered for (使用性质).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleUse {
    /// 货运.
    Freight,
    /// 危险货物运输.
    HazardousGoods,
    /// 客运.
    Passenger,
    /// 校车.
    SchoolBus,
    /// 救护.
    Ambulance,
    /// Anything else.
    Other,
}

/// How a vehicle stands (机动车状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleState {
    /// 正常.
    Normal,
    /// 报废.
    Scrapped,
    /// 查封, 扣留.
    Seized,
    /// 盗抢.
    Stolen,
    /// 注销.
    Cancelled,
}

/// The registration of a vehicle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Its plate.
    pub plate: Plate,
    /// Its identification number.
    pub vin: Vin,
    /// What it is registered for.
    #[serde(rename = "use")]
    pub registered_for: VehicleUse,
    /// How it stands.
    pub state: VehicleState,
    /// The enterprise that owns it; none where a natural person does, whom no rule needs to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Uscc>,
    /// The last day of its inspection (检验有效期止).
    pub inspection_until: Date,
    /// The last day of its compulsory insurance (交强险终止日期).
    pub insurance_until: Date,
    /// Violations of traffic law not yet dealt with.
    pub unsettled_violations: u32,
    /// Accidents not yet dealt with.
    pub accidents_unsettled: u32,
    /// Whether it is mortgaged (抵押).
    pub mortgaged: bool,
}

/// What the register knows of a vehicle, registered or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// How many temporary plates (临时号牌) it was given.
    pub temporary_plates: u32,
    /// Its registration, if it has one.
    pub registration: Option<Registration>,
}
