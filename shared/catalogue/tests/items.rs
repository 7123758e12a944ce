//! What the embedded catalogue answers.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so at once"
)]

use std::collections::BTreeSet;

use domain::item::{
    Handler, ItemCode, Kind, LimitSource, MaterialFormat, MatterType, OnlineLevel, Section,
};
use domain::unit::Level;
use jiff::civil::date;

fn code(text: &str) -> ItemCode {
    text.parse().unwrap()
}

fn hotel() -> ItemCode {
    code("PSB-APR-004")
}

#[test]
fn all_95_items_are_there_and_can_be_read() {
    let in_force: Vec<_> = catalogue::summaries_in_force(date(2026, 11, 23)).collect();
    let of = |kind| in_force.iter().filter(|item| item.kind == kind).count();
    assert_eq!((of(Kind::Approval), of(Kind::Proactive)), (74, 21));
    for summary in in_force {
        let item = catalogue::item_version(&summary.code, summary.version).unwrap();
        assert_eq!(item.name.zh, summary.name_zh);
        assert_eq!(item.promised_limit, summary.promised_limit);
        assert_eq!(item.handled_by, summary.handled_by);
        assert_eq!(item.fee.amount_fen, summary.fee);
    }
}

#[test]
fn the_hotel_licence_says_what_it_takes() {
    let item = catalogue::item(&hotel(), date(2026, 11, 23)).unwrap();
    assert_eq!(item.name.zh, "旅馆业特种行业许可证核发");
    assert_eq!(item.matter_type, MatterType::Licence);
    assert_eq!(item.deciding_level, Level::County);
    assert_eq!(item.statutory_limit.map(|limit| limit.number), Some(20));
    assert_eq!(item.promised_limit.number, 7);
    assert!(item.allows_deferral());
    assert_eq!(item.on_site_visits(), 0);
    assert!(
        item.pause_grounds().is_empty(),
        "a site inspection is no ground of article 45"
    );
    let roster = item
        .material(&"MAT-STAFF".to_owned().try_into().unwrap())
        .unwrap();
    assert_eq!(roster.format, MaterialFormat::Spreadsheet);
    assert!(roster.deferrable);
}

#[test]
fn nothing_is_in_force_before_its_first_day() {
    assert!(catalogue::item(&hotel(), date(2025, 12, 31)).is_none());
    assert!(catalogue::item(&hotel(), date(2026, 1, 1)).is_some());
    assert_eq!(catalogue::summaries_in_force(date(2025, 12, 31)).count(), 0);
}

#[test]
fn an_item_or_a_version_nobody_wrote_is_not_found() {
    assert!(catalogue::item(&code("PSB-APR-999"), date(2026, 11, 23)).is_none());
    assert!(catalogue::item_version(&hotel(), 2).is_none());
    assert!(catalogue::form_schema(&hotel(), 2).is_none());
    assert!(catalogue::rules(&hotel(), 2).is_none());
}

#[test]
fn the_functions_share_the_items_as_planned() {
    let of = |handler| {
        catalogue::summaries()
            .iter()
            .filter(|item| item.handled_by == handler)
            .count()
    };
    assert_eq!(of(Handler::Approval), 73);
    assert_eq!(of(Handler::Epass), 2);
    assert_eq!(of(Handler::Inquiry), 4);
    assert_eq!(of(Handler::Complaint), 16);
}

#[test]
fn what_was_made_up_says_so() {
    let item = catalogue::item(&hotel(), date(2026, 11, 23)).unwrap();
    for pointer in [
        "/promised_limit/number",
        "/effective_from",
        "/materials/0/deferrable",
        "/name/en",
        "/steps",
    ] {
        assert!(item.is_illustrative(pointer), "{pointer}");
    }
    for pointer in [
        "/name/zh",
        "/statutory_limit/number",
        "/materials/0/required",
        "/legal_basis",
    ] {
        assert!(!item.is_illustrative(pointer), "{pointer}");
    }
    let liaison = catalogue::item(&code("PSB-PRO-012"), date(2026, 11, 23)).unwrap();
    assert!(
        liaison.is_illustrative("/legal_basis"),
        "the whole item is illustrative"
    );
}

#[test]
fn every_partial_item_says_who_must_come_where_and_with_what() {
    let partial = catalogue::summaries()
        .iter()
        .filter(|item| item.online_level == OnlineLevel::Partial)
        .map(|item| catalogue::item_version(&item.code, item.version).unwrap());
    let mut count = 0;
    for item in partial {
        let attendance = item.attendance.as_ref().unwrap();
        assert!(
            !attendance.bring.is_empty() && !attendance.place.zh.is_empty(),
            "{}",
            item.code
        );
        count += 1;
    }
    assert_eq!(count, 28);
}

#[test]
fn only_an_internet_cafe_is_granted_on_an_undertaking_and_its_guide_says_what_is_undertaken() {
    let on_undertaking: Vec<_> = catalogue::summaries()
        .iter()
        .filter_map(|item| catalogue::item_version(&item.code, item.version))
        .filter_map(|item| Some((item.code, item.undertaking.as_ref()?)))
        .collect();
    let [(code, terms)] = on_undertaking.as_slice() else {
        panic!("{on_undertaking:?}");
    };
    assert_eq!(code.to_string(), "PSB-APR-060");
    // Regulations on Internet Cafés, article 32: checked within 20 working days.
    assert_eq!(terms.check_within_working_days, 20);
    assert!(terms.statement.zh.contains("20个工作日"));
    assert!(terms.statement.en.contains("20 working days"));
}

#[test]
fn a_borrowed_limit_is_never_shown_as_law() {
    for summary in catalogue::summaries() {
        let item = catalogue::item_version(&summary.code, summary.version).unwrap();
        assert!(!item.promised_limit.source.is_law());
        let Some(limit) = item.statutory_limit else {
            continue;
        };
        if limit.source == LimitSource::Analogy {
            assert!(!limit.source.is_law());
            assert_eq!(limit.source.name().zh, "无法定时限（平台默认）");
            assert_eq!(
                item.extension, None,
                "{}: nothing in law to extend",
                item.code
            );
        }
    }
}

#[test]
fn names_are_unique_and_sections_hold_what_they_should() {
    let names: BTreeSet<_> = catalogue::summaries()
        .iter()
        .map(|item| item.name_zh)
        .collect();
    assert_eq!(names.len(), 95);
    let of = |section| {
        catalogue::summaries()
            .iter()
            .filter(|item| item.section == section)
            .count()
    };
    assert_eq!(Section::ALL.map(of), [74, 8, 6, 7]);
}

#[test]
fn regions_find_their_unit() {
    let competent = |level, region: &str| {
        let today = jiff::civil::date(2026, 11, 23);
        let unit = catalogue::units().competent(level, &region.parse().unwrap(), today);
        unit.map(|unit| unit.name_zh.as_str())
    };
    assert_eq!(
        competent(Level::County, "140105"),
        Some("太原市公安局小店分局")
    );
    assert_eq!(competent(Level::City, "140105"), Some("太原市公安局"));
    assert_eq!(competent(Level::Province, "140105"), Some("山西省公安厅"));
    assert_eq!(
        competent(Level::County, "140171"),
        Some("太原市公安局"),
        "a development zone"
    );
    assert_eq!(competent(Level::County, "310101"), None, "not our province");
    assert!(catalogue::units().iter().all(|unit| unit.illustrative));
}

#[test]
fn the_calendar_is_the_one_the_state_council_announced() {
    let working = |year, month, day| catalogue::calendar().day(date(year, month, day));
    assert!(
        working(2026, 2, 14).working,
        "Saturday before Spring Festival, worked"
    );
    assert!(
        !working(2026, 2, 23).working,
        "Monday, still Spring Festival"
    );
    assert!(!working(2026, 9, 25).working, "Mid-Autumn");
    assert!(
        working(2026, 10, 10).working,
        "Saturday after National Day, worked"
    );
    assert!(!working(2025, 10, 8).working);
    assert!(working(2024, 2, 18).working);
    assert!(!working(2026, 12, 31).provisional);
    assert!(working(2027, 1, 4).provisional);
}

#[test]
fn a_hotel_accepted_before_national_day_is_promised_after_it() {
    let item = catalogue::item(&hotel(), date(2026, 9, 28)).unwrap();
    let due = |limit: domain::item::Limit| {
        catalogue::calendar()
            .due(date(2026, 9, 28), limit.number, limit.unit)
            .date
    };
    assert_eq!(due(item.promised_limit), date(2026, 10, 13));
    assert_eq!(item.statutory_limit.map(due), Some(date(2026, 10, 30)));
}

#[test]
fn only_national_lines_are_given_as_contacts() {
    let numbers: Vec<_> = catalogue::contact_lines()
        .iter()
        .map(|line| line.number)
        .collect();
    assert_eq!(numbers, ["12345", "12389", "110", "122"]);
}
