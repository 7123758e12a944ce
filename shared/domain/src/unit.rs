//! Regions (行政区划) and the police units (公安机关) that have jurisdiction in them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The level of an authority, from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 县级: counties, districts and county-level cities.
    County,
    /// 市级: cities with districts.
    City,
    /// 省级.
    Province,
}

/// A region code of six digits (GB/T 2260): two for the province, two for the city, two for the
/// county. `140000` is a province, `140100` a city, `140105` a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(u32);

/// The text is not a region code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a region code: six digits that do not begin with 0 are expected")]
pub struct InvalidRegionCode;

impl RegionCode {
    /// The level the code itself stands for.
    pub const fn level(self) -> Level {
        if self.0.is_multiple_of(10_000) {
            Level::Province
        } else if self.0.is_multiple_of(100) {
            Level::City
        } else {
            Level::County
        }
    }

    /// The code of the province it lies in.
    #[must_use]
    pub const fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The code of the city it lies in; of a province, the province itself.
    #[must_use]
    pub const fn city(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    /// Whether `other` is this region or lies in it.
    pub const fn contains(self, other: Self) -> bool {
        let other = match self.level() {
            Level::Province => other.province(),
            Level::City => other.city(),
            Level::County => other,
        };
        self.0 == other.0
    }
}

impl FromStr for RegionCode {
    type Err = InvalidRegionCode;

    fn from_str(text: &str) -> Result<Self, InvalidRegionCode> {
        let fits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        let code = text.parse().map_err(|_| InvalidRegionCode)?;
        if fits && code >= 100_000 {
            Ok(Self(code))
        } else {
            Err(InvalidRegionCode)
        }
    }
}

impl TryFrom<String> for RegionCode {
    type Error = InvalidRegionCode;

    fn try_from(text: String) -> Result<Self, InvalidRegionCode> {
        text.parse()
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:06}", self.0)
    }
}

/// The identifier of a police unit: `psb-` and the code of its region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitId(String);

/// The text is not the identifier of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a unit identifier: psb- and a region code are expected")]
pub struct InvalidUnitId;

impl UnitId {
    /// The region it has jurisdiction in.
    pub fn region(&self) -> Option<RegionCode> {
        self.0.strip_prefix("psb-")?.parse().ok()
    }

    /// Whether this is `other`, or a unit above it: its region contains that of the other.
    pub fn answers_for(&self, other: &Self) -> bool {
        let regions = self.region().zip(other.region());
        regions.is_some_and(|(own, other)| own.contains(other))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UnitId {
    type Err = InvalidUnitId;

    fn from_str(text: &str) -> Result<Self, InvalidUnitId> {
        match text.strip_prefix("psb-").map(RegionCode::from_str) {
            Some(Ok(_)) => Ok(Self(text.to_owned())),
            _ => Err(InvalidUnitId),
        }
    }
}

impl TryFrom<String> for UnitId {
    type Error = InvalidUnitId;

    fn try_from(text: String) -> Result<Self, InvalidUnitId> {
        text.parse()
    }
}

impl From<UnitId> for String {
    fn from(id: UnitId) -> Self {
        id.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its name, in Chinese.
    pub name_zh: String,
}

/// A police unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its identifier.
    pub id: UnitId,
    /// The region it has jurisdiction in.
    pub region: RegionCode,
    /// Its name, in Chinese.
    pub name_zh: String,
    /// Its level.
    pub level: Level,
    /// The unit above it; `None` for the province's.
    pub parent: Option<UnitId>,
    /// Whether the name only follows the usual pattern and was not checked.
    pub illustrative: bool,
    /// The first day in China on which it is no more (撤销); `None` while it is in being.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<Date>,
    /// The unit that took over what it did; its parent did where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<UnitId>,
}

impl Unit {
    /// Whether it is in being on `date`.
    pub fn is_open(&self, date: Date) -> bool {
        self.closed_on.is_none_or(|closed_on| date < closed_on)
    }
}

/// Why nothing new can belong to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpen {
    /// There is no such unit.
    #[error("there is no such unit")]
    Unknown,
    /// It is no more.
    #[error("the unit is closed")]
    Closed,
}

/// All regions and units the platform knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    regions: BTreeMap<RegionCode, Region>,
    by_region: BTreeMap<RegionCode, Unit>,
}

impl Units {
    /// Takes the regions and, for each that has one, its unit.
    pub fn new(
        regions: impl IntoIterator<Item = Region>,
        units: impl IntoIterator<Item = Unit>,
    ) -> Self {
        Self {
            regions: regions
                .into_iter()
                .map(|region| (region.code, region))
                .collect(),
            by_region: units.into_iter().map(|unit| (unit.region, unit)).collect(),
        }
    }

    /// The unit of `level` that is competent in `region` on `date`, a day in China.
    ///
    /// A region without a unit of that level (a development zone, a code newer than the table)
    /// belongs to the unit of its city. What a closed unit did is its successor's, else that of the unit
    /// above it. `None` outside the province, and for a city the table does not know.
    pub fn competent(&self, level: Level, region: &RegionCode, date: Date) -> Option<&Unit> {
        let province = || self.by_region.get(&region.province());
        let city = || self.by_region.get(&region.city());
        let mut unit = match level {
            Level::Province => province(),
            Level::City => city(),
            Level::County => self.by_region.get(region).or_else(city),
        }?;
        // A table in which units succeed each other in a ring must not hold anybody up.
        for _ in 0..self.by_region.len() {
            if unit.is_open(date) {
                return Some(unit);
            }
            let next = unit.successor.as_ref().or(unit.parent.as_ref())?;
            unit = self.get(next)?;
        }
        None
    }

    /// The unit with that identifier.
    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        let region = id.as_str().strip_prefix("psb-")?.parse().ok()?;
        self.by_region.get(&region).filter(|unit| unit.id == *id)
    }

    /// The unit with that identifier, to which something new can belong on `date`.
    ///
    /// # Errors
    /// [`NotOpen`].
    pub fn open(&self, id: &UnitId, date: Date) -> Result<&Unit, NotOpen> {
        let unit = self.get(id).ok_or(NotOpen::Unknown)?;
        if unit.is_open(date) {
            Ok(unit)
        } else {
            Err(NotOpen::Closed)
        }
    }

    /// The region with that code, if the table knows it.
    pub fn region(&self, code: &RegionCode) -> Option<&Region> {
        self.regions.get(code)
    }

    /// All regions in the order of their codes.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.regions.values()
    }

    /// All units in the order of their regions.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.by_region.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        text.parse().unwrap()
    }

    fn unit(region: &str, level: Level, parent: Option<&str>) -> Unit {
        Unit {
            id: format!("psb-{region}").parse().unwrap(),
            region: code(region),
            name_zh: String::new(),
            level,
            parent: parent.map(|parent| parent.parse().unwrap()),
            illustrative: true,
            closed_on: None,
            successor: None,
        }
    }

    fn shanxi() -> Units {
        Units::new(
            [Region {
                code: code("140171"),
                name_zh: "山西转型综合改革示范区".to_owned(),
            }],
            [
                unit("140000", Level::Province, None),
                unit("140100", Level::City, Some("psb-140000")),
                unit("140105", Level::County, Some("psb-140100")),
            ],
        )
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn competent(level: Level, region: &str) -> Option<String> {
        shanxi()
            .competent(level, &code(region), date("2026-11-23"))
            .map(|unit| unit.id.to_string())
    }

    #[test]
    fn each_level_has_its_own_competent_unit() {
        assert_eq!(
            competent(Level::County, "140105").as_deref(),
            Some("psb-140105")
        );
        assert_eq!(
            competent(Level::City, "140105").as_deref(),
            Some("psb-140100")
        );
        assert_eq!(
            competent(Level::Province, "140105").as_deref(),
            Some("psb-140000")
        );
    }

    #[test]
    fn a_development_zone_or_a_new_county_belongs_to_the_unit_of_its_city() {
        assert_eq!(
            competent(Level::County, "140171").as_deref(),
            Some("psb-140100")
        );
        assert_eq!(
            competent(Level::County, "140199").as_deref(),
            Some("psb-140100")
        );
    }

    #[test]
    fn nobody_is_competent_outside_the_province() {
        for level in [Level::County, Level::City, Level::Province] {
            assert_eq!(competent(level, "110105"), None);
        }
        assert_eq!(competent(Level::County, "149901"), None);
    }

    #[test]
    fn a_unit_is_open_through_the_day_before_it_closes_and_for_good_without_one() {
        let lasting = unit("140105", Level::County, None);
        assert!(lasting.is_open(date("2099-12-31")));
        let closing = Unit {
            closed_on: Some(date("2026-12-01")),
            ..lasting.clone()
        };
        assert!(closing.is_open(date("2026-11-30")));
        assert!(!closing.is_open(date("2026-12-01")));
        let read = |unit: &Unit| serde_json::from_value(serde_json::to_value(unit).unwrap());
        assert_eq!(read(&closing).ok(), Some(closing));
        assert_eq!(read(&lasting).ok(), Some(lasting));
    }

    #[test]
    fn what_a_closed_unit_did_is_its_successors_or_that_of_the_unit_above() {
        let closed = |mut unit: Unit, successor: Option<&str>| {
            unit.closed_on = Some(date("2026-12-01"));
            unit.successor = successor.map(|id| id.parse().unwrap());
            unit
        };
        let county = unit("140105", Level::County, Some("psb-140100"));
        let other = unit("140106", Level::County, Some("psb-140100"));
        let city = unit("140100", Level::City, Some("psb-140000"));
        let province = unit("140000", Level::Province, None);
        let found = |units: [Unit; 4], on: &str| {
            let units = Units::new([], units);
            let unit = units.competent(Level::County, &code("140105"), date(on));
            unit.map(|unit| unit.id.to_string())
        };
        let all =
            |county: Unit, city: Unit, province: Unit| [county, other.clone(), city, province];

        let succeeded = closed(county.clone(), Some("psb-140106"));
        let units = all(succeeded, city.clone(), province.clone());
        assert_eq!(
            found(units.clone(), "2026-11-30").as_deref(),
            Some("psb-140105")
        );
        assert_eq!(found(units, "2026-12-01").as_deref(), Some("psb-140106"));
        let alone = closed(county.clone(), None);
        let units = all(alone.clone(), city.clone(), province.clone());
        assert_eq!(found(units, "2026-12-01").as_deref(), Some("psb-140100"));
        let units = all(alone.clone(), closed(city.clone(), None), province.clone());
        assert_eq!(found(units, "2026-12-01").as_deref(), Some("psb-140000"));
        let none = all(
            alone,
            closed(city.clone(), None),
            closed(province.clone(), None),
        );
        assert_eq!(found(none, "2026-12-01"), None);
        let ring = closed(county, Some("psb-140105"));
        assert_eq!(found(all(ring, city, province), "2026-12-01"), None);
    }

    #[test]
    fn nothing_new_belongs_to_a_closed_unit_or_to_none() {
        let mut closing = unit("140105", Level::County, Some("psb-140100"));
        closing.closed_on = Some(date("2026-12-01"));
        let units = Units::new([], [closing]);
        let open = |id: &str, on: &str| {
            let unit = units.open(&id.parse().unwrap(), date(on));
            unit.map(|unit| unit.region)
        };
        assert_eq!(open("psb-140105", "2026-11-30"), Ok(code("140105")));
        assert_eq!(open("psb-140105", "2026-12-01"), Err(NotOpen::Closed));
        assert_eq!(open("psb-140106", "2026-11-30"), Err(NotOpen::Unknown));
    }

    #[test]
    fn levels_rise_from_county_to_province() {
        assert!(Level::County < Level::City && Level::City < Level::Province);
    }

    #[test]
    fn a_city_contains_its_districts_and_no_others() {
        assert!(code("140100").contains(code("140105")));
        assert!(code("140000").contains(code("140105")));
        assert!(code("140105").contains(code("140105")));
        assert!(!code("140105").contains(code("140106")));
        assert!(!code("140200").contains(code("140105")));
        assert!(!code("140105").contains(code("140100")));
    }

    #[test]
    fn what_is_not_six_digits_is_no_region() {
        for text in [
            "",
            "14010",
            "1401050",
            "14010a",
            "+40105",
            "040105",
            "１４０１０５",
        ] {
            assert_eq!(
                text.parse::<RegionCode>(),
                Err(InvalidRegionCode),
                "{text:?}"
            );
        }
        assert!("psb-14010".parse::<UnitId>().is_err());
        assert!("140105".parse::<UnitId>().is_err());
    }
}
