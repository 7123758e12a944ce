use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::calendar::{WorkingCalendar, YearTable};
use domain::unit::{Region, Unit, Units};
use serde::Deserialize;

use crate::embedded;

/// The working calendar made from `calendar/holidays.json`.
pub fn calendar() -> &'static WorkingCalendar {
    static CALENDAR: LazyLock<WorkingCalendar> = LazyLock::new(|| {
        #[derive(Default, Deserialize)]
        struct Tables {
            version: u32,
            years: BTreeMap<i16, YearTable>,
        }
        // The build has parsed the same text. Without tables every date would be provisional.
        let tables: Tables = serde_json::from_str(embedded::CALENDAR).unwrap_or_default();
        WorkingCalendar::new(tables.version, tables.years)
    });
    &CALENDAR
}

/// The regions of the province and the police units competent in them, from
/// `units/regions_units.json`.
pub fn units() -> &'static Units {
    static UNITS: LazyLock<Units> = LazyLock::new(|| {
        #[derive(Default, Deserialize)]
        struct Tables {
            regions: Vec<Region>,
            units: Vec<Unit>,
        }
        // The build has parsed the same text. Without units nobody would be competent.
        let tables: Tables = serde_json::from_str(embedded::UNITS).unwrap_or_default();
        Units::new(tables.regions, tables.units)
    });
    &UNITS
}

/// A national telephone line. No number of a unit is known, and none is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactLine {
    /// The number to dial.
    pub number: &'static str,
    /// What it is for, in Chinese.
    pub name_zh: &'static str,
    /// What it is for, in English.
    pub name_en: &'static str,
    /// Whether it is for danger, not for questions.
    pub emergency: bool,
}

/// The lines shown as contact of every item and unit.
pub const fn contact_lines() -> &'static [ContactLine] {
    const fn line(
        number: &'static str,
        name_zh: &'static str,
        name_en: &'static str,
        emergency: bool,
    ) -> ContactLine {
        ContactLine {
            number,
            name_zh,
            name_en,
            emergency,
        }
    }
    const LINES: [ContactLine; 4] = [
        line("12345", "政务服务便民热线", "Government services", false),
        line(
            "12389",
            "公安机关举报投诉电话",
            "Complaints about the police",
            false,
        ),
        line("110", "报警（紧急危险）", "Police emergency", true),
        line("122", "交通事故报警", "Traffic accident", true),
    ];
    &LINES
}
