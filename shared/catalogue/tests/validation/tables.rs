//! What the calendar and the units must be.

use serde_json::json;

use crate::{CALENDAR, UNITS, assert_told, broken, with};

#[test]
fn the_calendar_is_counted_and_every_day_stands_in_its_year() {
    let faults = broken(CALENDAR, |calendar| {
        calendar["years"]["2026"]["days_off"]
            .as_array_mut()
            .unwrap()
            .remove(0);
    });
    assert_told(
        &faults,
        CALENDAR,
        "/years/2026/working_day_count",
        "gives 249 working days",
    );
    let faults = with(CALENDAR, "/years/2026/days_off/0/date", json!("2025-01-01"));
    assert_told(&faults, CALENDAR, "/years/2026", "belongs to another year");
    let faults = with(
        CALENDAR,
        "/years/2026/makeup_working_days/0/date",
        json!("2026-01-05"),
    );
    assert_told(
        &faults,
        CALENDAR,
        "/years/2026/makeup_working_days",
        "must be a Saturday or Sunday",
    );
}

#[test]
fn every_table_says_which_version_of_the_calendar_brought_it() {
    let faults = with(CALENDAR, "/years/2026/version", json!(2));
    assert_told(&faults, CALENDAR, "/version", "newest table");
    let faults = with(CALENDAR, "/years/2025/version", json!(0));
    assert_told(&faults, CALENDAR, "/years/2025/version", "counts from 1");

    let changed = |before: u32| {
        broken(CALENDAR, |calendar| {
            let mut earlier = calendar["years"]["2026"].clone();
            earlier["version"] = json!(before);
            calendar["years"]["2026"]["superseded"] = json!([earlier]);
            calendar["years"]["2026"]["version"] = json!(2);
        })
    };
    // The calendar's own version is the only fault: one notice may change a year that has a table.
    assert_eq!(changed(1).len(), 1);
    assert_told(
        &changed(2),
        CALENDAR,
        "/years/2026/superseded/0",
        "lower version",
    );
}

#[test]
fn every_unit_has_a_region_a_parent_and_a_level_that_fit() {
    let faults = broken(UNITS, |tables| {
        tables["units"][1]["parent"] = json!("psb-140200");
        tables["units"][2]["level"] = json!("county");
        tables["units"][3]["region"] = json!("140399");
        tables["regions"][0]["code"] = json!("140100");
    });
    assert_told(&faults, UNITS, "/units/1/parent", "higher level");
    let open = broken(UNITS, |tables| {
        tables["units"][1]["successor"] = json!("psb-140200");
    });
    let closes = "open on the day this one closes";
    assert_told(&open, UNITS, "/units/1/successor", closes);
    let unknown = broken(UNITS, |tables| {
        tables["units"][1]["closed_on"] = json!("2026-12-01");
        tables["units"][1]["successor"] = json!("psb-149998");
    });
    assert_told(&unknown, UNITS, "/units/1/successor", closes);
    assert_told(&faults, UNITS, "/units/2/level", "level of the region");
    assert_told(&faults, UNITS, "/units/3", "region is not listed");
    assert_told(&faults, UNITS, "/units/3/id", "psb- and the code");
    assert_told(&faults, UNITS, "/regions", "listed twice");
    assert_told(&faults, UNITS, "/units", "140300 needs a unit");
}
