//! Working calendar, regions and units.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::{WorkingCalendar, YearTable};
use domain::unit::{Level, Region, Unit};
use domain::words::Words;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Fault, Report};
use crate::source::Source;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holidays {
    version: u32,
    #[serde(rename = "source")]
    _source: String,
    years: BTreeMap<i16, Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    /// The version of the calendar that brought the table.
    version: u32,
    days_off: Vec<DayOff>,
    makeup_working_days: Vec<MakeupDay>,
    /// Counted by somebody else; guards against a day that was left out.
    working_day_count: u32,
    /// What was in force for the year before, where a later notice changed it.
    #[serde(default)]
    superseded: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayOff {
    date: Date,
    #[serde(rename = "name")]
    _name: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MakeupDay {
    date: Date,
    #[serde(rename = "instead_of")]
    _instead_of: Words,
}

/// Reads `calendar/holidays.json`: the calendar, and the same as it is embedded.
pub(super) fn calendar(source: &Source, faults: &mut Vec<Fault>) -> (WorkingCalendar, Value) {
    let mut report = Report {
        file: "calendar/holidays.json",
        faults,
    };
    let holidays: Holidays = read(source, &mut report).unwrap_or_default();
    let mut years = BTreeMap::new();
    for (year, table) in &holidays.years {
        years.insert(
            *year,
            year_table(*year, table, &format!("/years/{year}"), &mut report),
        );
    }
    let newest = years.values().map(|table| table.version).max();
    report.require(
        newest.is_none_or(|newest| newest == holidays.version),
        "/version",
        "must be the version that the newest table came with",
    );
    let json = json!({ "version": holidays.version, "years": &years });
    let calendar = WorkingCalendar::new(holidays.version, years);
    (calendar, json)
}

/// The table of a year, with those that it has replaced.
fn year_table(year: i16, table: &Year, at: &str, report: &mut Report<'_>) -> YearTable {
    let days_off = table.days_off.iter().map(|day| day.date);
    let days_off = dates(year, days_off, at, report);
    let makeup = table.makeup_working_days.iter().map(|day| day.date);
    let makeup_working_days = dates(year, makeup, at, report);
    for day in &makeup_working_days {
        report.require(
            is_weekend(*day) && !days_off.contains(day),
            &format!("{at}/makeup_working_days"),
            &format!("{day} must be a Saturday or Sunday that is no day off"),
        );
    }
    let mut later = table.version;
    let mut superseded = Vec::new();
    for (position, before) in table.superseded.iter().enumerate() {
        let at = format!("{at}/superseded/{position}");
        report.require(
            before.version < later && before.superseded.is_empty(),
            &at,
            "the newest comes first, and each has a lower version and none of its own",
        );
        later = before.version;
        superseded.push(year_table(year, before, &at, report));
    }
    report.require(table.version > 0, &format!("{at}/version"), "counts from 1");
    let read = YearTable {
        version: table.version,
        days_off,
        makeup_working_days,
        superseded,
    };
    check_count(year, table, &read, at, report);
    read
}

/// Holds the number of working days that a table gives to the number counted by somebody else.
fn check_count(year: i16, table: &Year, read: &YearTable, at: &str, report: &mut Report<'_>) {
    let alone = BTreeMap::from([(year, read.clone())]);
    let calendar = WorkingCalendar::new(read.version, alone);
    let counted = date(year, 1, 1)
        .series(1.day())
        .take_while(|day| day.year() == year)
        .filter(|day| calendar.day(*day).working)
        .count();
    report.require(
        u32::try_from(counted) == Ok(table.working_day_count),
        &format!("{at}/working_day_count"),
        &format!("the table gives {counted} working days"),
    );
}

fn dates(
    year: i16,
    dates: impl Iterator<Item = Date>,
    at: &str,
    report: &mut Report<'_>,
) -> BTreeSet<Date> {
    let mut set = BTreeSet::new();
    for day in dates {
        report.require(
            day.year() == year,
            at,
            &format!("{day} belongs to another year"),
        );
        report.require(set.insert(day), at, &format!("{day} is listed twice"));
    }
    set
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(rename = "source")]
    _source: String,
    regions: Vec<Region>,
    units: Vec<Unit>,
}

/// Reads `units/regions_units.json` as it is embedded.
pub(super) fn units(source: &Source, faults: &mut Vec<Fault>) -> Value {
    let mut report = Report {
        file: "units/regions_units.json",
        faults,
    };
    let Tables { regions, units, .. } = read(source, &mut report).unwrap_or_default();
    let codes: BTreeSet<_> = regions.iter().map(|region| region.code).collect();
    report.require(
        codes.len() == regions.len(),
        "/regions",
        "a code is listed twice",
    );
    let by_id: BTreeMap<_, _> = units.iter().map(|unit| (&unit.id, unit)).collect();
    report.require(by_id.len() == units.len(), "/units", "an id is used twice");
    for (index, unit) in units.iter().enumerate() {
        let at = format!("/units/{index}");
        report.require(
            codes.contains(&unit.region),
            &at,
            "its region is not listed",
        );
        report.require(
            unit.id.as_str() == format!("psb-{}", unit.region),
            &format!("{at}/id"),
            "must be psb- and the code of the region",
        );
        report.require(
            unit.level == unit.region.level(),
            &format!("{at}/level"),
            "must be the level of the region",
        );
        let parent = unit.parent.as_ref().map(|id| by_id.get(id));
        let holds = match parent {
            None => unit.level == Level::Province,
            Some(None) => false,
            Some(Some(parent)) => parent.level > unit.level && parent.region.contains(unit.region),
        };
        report.require(
            holds,
            &format!("{at}/parent"),
            "must be a unit of a higher level whose region contains this one (none for the province)",
        );
        if let Some(successor) = &unit.successor {
            let named = by_id.get(successor);
            let takes_over = unit
                .closed_on
                .is_some_and(|day| named.is_some_and(|named| named.is_open(day)));
            report.require(
                takes_over,
                &format!("{at}/successor"),
                "must be a unit that is open on the day this one closes, which must be named",
            );
        }
    }
    for city in codes.iter().filter(|code| code.level() != Level::County) {
        report.require(
            units.iter().any(|unit| unit.region == *city),
            "/units",
            &format!("{city} needs a unit: regions without one fall back to that of their city"),
        );
    }
    json!({ "regions": regions, "units": units })
}

fn read<T: serde::de::DeserializeOwned>(source: &Source, report: &mut Report<'_>) -> Option<T> {
    let Some(text) = source.get(report.file) else {
        report.add("", "is missing");
        return None;
    };
    let value = report.json(text)?;
    report.typed(value)
}
