//! Limits: a promise must never be later than the law.

use std::collections::BTreeMap;

use domain::calendar::WorkingCalendar;
use domain::item::{Limit, LimitSource};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::{Fault, Item, ItemVersion, Report, path_of};

/// Checks the limits of every item.
pub(super) fn check(
    items: &BTreeMap<ItemVersion, Item>,
    calendar: &WorkingCalendar,
    faults: &mut Vec<Fault>,
) {
    for (&version, Item { content: item, .. }) in items {
        let mut report = Report {
            file: &path_of("items", version),
            faults,
        };
        let in_law = item.statutory_limit;
        report.require(
            in_law.is_some() == item.statutory_limit_basis.is_some(),
            "/statutory_limit_basis",
            "goes with statutory_limit: set both or none",
        );
        let extendable = in_law.is_some_and(|limit| limit.source != LimitSource::Analogy);
        report.require(
            item.extension.is_none() || extendable,
            "/extension",
            "only a limit in law can be extended",
        );
        if let Some(in_law) = in_law {
            check_promise(item.promised_limit, in_law, calendar, &mut report);
        }
    }
}

fn check_promise(
    promised: Limit,
    in_law: Limit,
    calendar: &WorkingCalendar,
    report: &mut Report<'_>,
) {
    if promised.start != in_law.start {
        report.add(
            "/promised_limit/start",
            "must be that of statutory_limit, or the two cannot be compared",
        );
    } else if promised.unit == in_law.unit {
        report.require(
            promised.number <= in_law.number,
            "/promised_limit/number",
            &format!(
                "the promise is longer than the {} days of the law",
                in_law.number
            ),
        );
    } else if let Some(start) = worst_start(promised, in_law, calendar) {
        report.add(
            "/promised_limit",
            format!("the promise ends after the limit of the law if it starts on {start}"),
        );
    }
}

/// A day on which the promise would start too late to be within the law.
fn worst_start(promised: Limit, in_law: Limit, calendar: &WorkingCalendar) -> Option<Date> {
    let due = |limit: Limit, start| calendar.due(start, limit.number, limit.unit).date;
    calendar
        .years()
        .flat_map(|year| {
            date(year, 1, 1)
                .series(1.day())
                .take_while(move |day| day.year() == year)
        })
        .find(|start| due(promised, *start) > due(in_law, *start))
}
