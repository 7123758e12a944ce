use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn days(list: &[(i8, i8)], year: i16) -> BTreeSet<Date> {
    list.iter()
        .map(|(month, day)| date(year, *month, *day))
        .collect()
}

/// Spring Festival, National Day and the Mid-Autumn of 2026 as the notices of the State Council set
/// them; the limits below touch no other holiday.
fn calendar() -> WorkingCalendar {
    let table = |year, days_off: &[(i8, i8)], makeup: &[(i8, i8)]| {
        let makeup_working_days = days(makeup, year);
        (
            year,
            YearTable {
                version: 1,
                days_off: days(days_off, year),
                makeup_working_days,
                superseded: Vec::new(),
            },
        )
    };
    let october = [
        (10, 1),
        (10, 2),
        (10, 3),
        (10, 4),
        (10, 5),
        (10, 6),
        (10, 7),
    ];
    WorkingCalendar::new(
        1,
        BTreeMap::from([
            table(
                2024,
                &[
                    &[
                        (2, 10),
                        (2, 11),
                        (2, 12),
                        (2, 13),
                        (2, 14),
                        (2, 15),
                        (2, 16),
                        (2, 17),
                    ],
                    &october[..],
                ]
                .concat(),
                &[(2, 4), (2, 18), (9, 29), (10, 12)],
            ),
            table(
                2025,
                &[
                    &[
                        (1, 28),
                        (1, 29),
                        (1, 30),
                        (1, 31),
                        (2, 1),
                        (2, 2),
                        (2, 3),
                        (2, 4),
                    ],
                    &october[..],
                    &[(10, 8)],
                ]
                .concat(),
                &[(1, 26), (2, 8), (9, 28), (10, 11)],
            ),
            table(
                2026,
                &[
                    &[
                        (2, 15),
                        (2, 16),
                        (2, 17),
                        (2, 18),
                        (2, 19),
                        (2, 20),
                        (2, 21),
                        (2, 22),
                    ][..],
                    &[(2, 23), (9, 25)],
                    &october[..],
                ]
                .concat(),
                &[(2, 14), (2, 28), (9, 20), (10, 10)],
            ),
        ]),
    )
}

fn working(number: u16, start: Date) -> Date {
    let due = calendar().due(start, number, LimitUnit::WorkingDay);
    assert!(!due.provisional, "{start} + {number}");
    due.date
}

fn calendar_days(number: u16, start: Date) -> Date {
    calendar().due(start, number, LimitUnit::CalendarDay).date
}

#[test]
fn the_starting_day_does_not_count() {
    // Monday; Tuesday is day 1.
    assert_eq!(working(1, date(2026, 11, 23)), date(2026, 11, 24));
    assert_eq!(working(5, date(2026, 11, 23)), date(2026, 11, 30));
}

#[test]
fn a_limit_that_starts_on_a_day_off_counts_from_the_next_working_day() {
    assert_eq!(working(1, date(2026, 11, 21)), date(2026, 11, 23));
    assert_eq!(working(1, date(2026, 10, 4)), date(2026, 10, 8));
}

#[test]
fn a_limit_of_nothing_ends_with_its_starting_day_or_the_next_working_day() {
    assert_eq!(working(0, date(2026, 11, 23)), date(2026, 11, 23));
    assert_eq!(working(0, date(2026, 11, 21)), date(2026, 11, 23));
    assert_eq!(
        working(0, date(2026, 2, 14)),
        date(2026, 2, 14),
        "Saturday that is worked"
    );
    assert_eq!(working(0, date(2026, 10, 1)), date(2026, 10, 8));
}

#[test]
fn limits_run_over_spring_festival_and_its_makeup_days() {
    // 2024: Sunday 4 and Sunday 18 February are worked, 10 to 17 are off.
    assert_eq!(working(1, date(2024, 2, 3)), date(2024, 2, 4));
    assert_eq!(working(1, date(2024, 2, 9)), date(2024, 2, 18));
    assert_eq!(working(5, date(2024, 2, 9)), date(2024, 2, 22));
    // 2025: Sunday 26 January and Saturday 8 February are worked, 28 January to 4 February off.
    assert_eq!(working(1, date(2025, 1, 25)), date(2025, 1, 26));
    assert_eq!(working(1, date(2025, 1, 27)), date(2025, 2, 5));
    assert_eq!(working(4, date(2025, 1, 27)), date(2025, 2, 8));
    // 2026: Saturday 14 and Saturday 28 February are worked, 15 to 23 are off.
    assert_eq!(working(1, date(2026, 2, 13)), date(2026, 2, 14));
    assert_eq!(working(2, date(2026, 2, 13)), date(2026, 2, 24));
    assert_eq!(working(6, date(2026, 2, 13)), date(2026, 2, 28));
    assert_eq!(working(7, date(2026, 2, 13)), date(2026, 3, 2));
}

#[test]
fn limits_run_over_national_day_and_its_makeup_days() {
    // 2024: Sunday 29 September and Saturday 12 October are worked.
    assert_eq!(working(2, date(2024, 9, 27)), date(2024, 9, 30));
    assert_eq!(working(3, date(2024, 9, 27)), date(2024, 10, 8));
    assert_eq!(working(5, date(2024, 10, 7)), date(2024, 10, 12));
    // 2025: Sunday 28 September and Saturday 11 October are worked; 8 October is off.
    assert_eq!(working(1, date(2025, 9, 30)), date(2025, 10, 9));
    assert_eq!(working(3, date(2025, 9, 30)), date(2025, 10, 11));
    // 2026: Sunday 20 September and Saturday 10 October are worked.
    assert_eq!(working(1, date(2026, 9, 19)), date(2026, 9, 20));
    assert_eq!(working(1, date(2026, 9, 30)), date(2026, 10, 8));
    assert_eq!(working(3, date(2026, 9, 30)), date(2026, 10, 10));
    assert_eq!(
        working(20, date(2026, 9, 18)),
        date(2026, 10, 22),
        "Mid-Autumn on 25 September"
    );
}

#[test]
fn a_limit_of_calendar_days_that_ends_on_a_day_off_ends_with_the_next_working_day() {
    assert_eq!(calendar_days(15, date(2026, 11, 23)), date(2026, 12, 8));
    assert_eq!(
        calendar_days(15, date(2026, 11, 20)),
        date(2026, 12, 7),
        "ends on a Saturday"
    );
    assert_eq!(
        calendar_days(15, date(2026, 9, 18)),
        date(2026, 10, 8),
        "ends on 3 October"
    );
    assert_eq!(
        calendar_days(15, date(2026, 9, 25)),
        date(2026, 10, 10),
        "Saturday worked"
    );
    assert_eq!(calendar_days(0, date(2026, 11, 22)), date(2026, 11, 23));
}

#[test]
fn a_year_without_a_table_is_computed_and_marked_provisional() {
    let calendar = calendar();
    let new_year = calendar.day(date(2027, 1, 1));
    assert_eq!(
        new_year,
        Day {
            working: false,
            provisional: true
        }
    );
    assert!(!calendar.day(date(2027, 5, 2)).working);
    assert!(!calendar.day(date(2028, 10, 3)).working);
    assert!(
        calendar.day(date(2027, 10, 4)).working,
        "a Monday whose holiday is not announced"
    );

    let due = calendar.due(date(2026, 12, 30), 2, LimitUnit::WorkingDay);
    assert_eq!(
        due,
        Due {
            date: date(2027, 1, 4),
            provisional: true
        }
    );
}

#[test]
fn a_limit_that_ends_before_the_year_without_a_table_is_certain() {
    let due = calendar().due(date(2026, 12, 30), 1, LimitUnit::WorkingDay);
    assert_eq!(
        due,
        Due {
            date: date(2026, 12, 31),
            provisional: false
        }
    );
}

#[test]
fn a_day_off_at_the_end_of_a_table_makes_what_follows_it_provisional() {
    // 31 December 2023 is a Sunday; 2023 has no table, 2024 has one.
    let due = calendar().due(date(2023, 12, 31), 0, LimitUnit::CalendarDay);
    assert_eq!(
        due,
        Due {
            date: date(2024, 1, 1),
            provisional: true
        }
    );
}

#[test]
fn an_earlier_version_knows_neither_the_tables_nor_the_changes_that_came_later() {
    let first = YearTable {
        version: 1,
        days_off: days(&[(1, 1), (5, 1)], 2026),
        ..YearTable::default()
    };
    let changed = YearTable {
        version: 3,
        days_off: days(&[(1, 1), (5, 1), (5, 4)], 2026),
        superseded: vec![first],
        ..YearTable::default()
    };
    let next = YearTable {
        version: 2,
        days_off: days(&[(1, 1), (2, 8)], 2027),
        ..YearTable::default()
    };
    let calendar = WorkingCalendar::new(3, BTreeMap::from([(2026, changed), (2027, next)]));
    let worked = |version, day| calendar.as_of_version(version).day(day).working;
    let certain = |version, day| !calendar.as_of_version(version).day(day).provisional;

    assert!(worked(2, date(2026, 5, 4)) && !worked(3, date(2026, 5, 4)));
    assert!(worked(1, date(2027, 2, 8)) && !certain(1, date(2027, 2, 8)));
    assert!(!worked(2, date(2027, 2, 8)) && certain(2, date(2027, 2, 8)));
    assert!(
        !certain(0, date(2026, 5, 4)),
        "no table came with version 0"
    );
    assert_eq!(calendar.as_of_version(9).version(), 3);
    assert_eq!(
        calendar.day(date(2026, 5, 4)),
        calendar.latest().day(date(2026, 5, 4))
    );
}

#[test]
fn the_last_day_of_a_leap_year_has_a_place_of_its_own() {
    let table = YearTable {
        version: 1,
        days_off: days(&[(12, 31)], 2024),
        ..YearTable::default()
    };
    let calendar = WorkingCalendar::new(1, BTreeMap::from([(2024, table)]));
    assert!(!calendar.day(date(2024, 12, 31)).working, "a Tuesday");
    assert!(calendar.day(date(2024, 12, 30)).working);
    assert!(
        calendar.day(date(2024, 1, 1)).working,
        "a Monday, given no day off here"
    );
}

#[test]
fn the_last_date_there_is_ends_every_limit() {
    let due = calendar().due(Date::MAX, u16::MAX, LimitUnit::WorkingDay);
    assert_eq!(due.date, Date::MAX);
    assert_eq!(
        calendar().due(Date::MAX, 1, LimitUnit::CalendarDay).date,
        Date::MAX
    );
}

#[test]
fn a_pause_takes_out_the_working_days_after_it_starts_through_the_day_it_ends() {
    // From Wednesday 30 September to Saturday 10 October: 8, 9 and the worked 10.
    let days = calendar().working_days(date(2026, 9, 30), date(2026, 10, 10));
    assert_eq!(
        days,
        WorkingDays {
            count: 3,
            provisional: false
        }
    );
    assert_eq!(
        calendar()
            .working_days(date(2026, 10, 10), date(2026, 10, 10))
            .count,
        0
    );
    assert_eq!(
        calendar()
            .working_days(date(2026, 10, 10), date(2026, 9, 1))
            .count,
        0
    );
}

fn any_date() -> impl Strategy<Value = Date> {
    (0_i32..2_200).prop_map(|offset| date(2023, 6, 1).saturating_add(offset.days()))
}

proptest! {
    #[test]
    fn a_limit_ends_on_a_working_day_not_before_it_starts(
        start in any_date(), number in 0_u16..200, working_days: bool,
    ) {
        let unit = if working_days { LimitUnit::WorkingDay } else { LimitUnit::CalendarDay };
        let due = calendar().due(start, number, unit);
        prop_assert!(calendar().day(due.date).working);
        prop_assert!(due.date >= start);
    }

    #[test]
    fn a_limit_of_n_working_days_has_n_working_days_in_it(start in any_date(), number in 1_u16..200) {
        let due = calendar().due(start, number, LimitUnit::WorkingDay);
        let span = calendar().working_days(start, due.date);
        prop_assert_eq!(span.count, u32::from(number));
        prop_assert_eq!(span.provisional, due.provisional);
    }

    #[test]
    fn one_more_day_ends_later_for_working_days_and_never_earlier_for_calendar_days(
        start in any_date(), number in 1_u16..200,
    ) {
        let due = |number, unit| calendar().due(start, number, unit).date;
        prop_assert!(
            due(number, LimitUnit::WorkingDay) < due(number + 1, LimitUnit::WorkingDay)
        );
        prop_assert!(
            due(number, LimitUnit::CalendarDay) <= due(number + 1, LimitUnit::CalendarDay)
        );
    }

    #[test]
    fn spans_add_up(first in any_date(), second in any_date(), third in any_date()) {
        let mut ends = [first, second, third];
        ends.sort();
        let [from, middle, to] = ends;
        let count = |after, through| calendar().working_days(after, through).count;
        prop_assert_eq!(count(from, middle) + count(middle, to), count(from, to));
    }

    #[test]
    fn a_makeup_day_or_a_day_off_is_certain_and_only_a_missing_table_is_not(day in any_date()) {
        let known = (2024..=2026).contains(&day.year());
        prop_assert_eq!(calendar().day(day).provisional, !known);
    }
}
