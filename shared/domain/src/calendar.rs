//! The working calendar (工作日历): which days count, and when a limit ends.
//!
//! Working days come from the yearly notice of the State Council on holidays, which also names the
//! weekend days to be worked instead. A year whose notice is not out yet is computed from weekends
//! and the holidays with a fixed date, and everything that rests on it is marked provisional.

mod year;

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::year::{Year, is_weekend};
use crate::item::LimitUnit;

/// Holidays with a fixed date (全国年节及纪念日放假办法, as amended from 2025), as month and day.
///
/// Those that follow the moon or the sun (Spring Festival, Qingming, Dragon Boat, Mid-Autumn) are
/// left out: a provisional limit ends too early rather than too late.
const FIXED_HOLIDAYS: [(i8, i8); 6] = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)];

/// The days of one year that differ from the week's rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearTable {
    /// The version of the calendar that brought the table, counted from 1.
    pub version: u32,
    /// Days off, weekends inside a holiday included.
    pub days_off: BTreeSet<Date>,
    /// Weekend days that are worked (调休上班).
    pub makeup_working_days: BTreeSet<Date>,
    /// The tables that were in force for the year before a later notice changed it. They stay, so that
    /// a limit can be told as it was told then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<YearTable>,
}

/// Which days are worked. Made from yearly tables; knows nothing of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingCalendar {
    version: u32,
    years: BTreeMap<i16, Vec<Year>>,
}

/// The calendar as it stood with one of its versions. Costs nothing to make.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    calendar: &'a WorkingCalendar,
    version: u32,
}

/// What the calendar says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Whether it is a working day.
    pub working: bool,
    /// Whether that was computed because the year has no table.
    pub provisional: bool,
}

/// When a limit ends: with that day, 23:59:59 China time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day of the limit.
    pub date: Date,
    /// Whether a day without a table was counted, so that the date may still move.
    pub provisional: bool,
}

/// How many working days lie in a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    /// The number of working days.
    pub count: u32,
    /// Whether a day without a table was counted.
    pub provisional: bool,
}

impl WorkingCalendar {
    /// Takes the tables by year. `version` is raised with every change of a table, so that a limit
    /// can say by which calendar it was computed.
    pub fn new(version: u32, years: BTreeMap<i16, YearTable>) -> Self {
        let years = years
            .into_iter()
            .map(|(year, table)| (year, Year::all(year, &table)))
            .collect();
        Self { version, years }
    }

    /// The version of the tables.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The years that have a table.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.keys().copied()
    }

    /// The calendar as it stood with `version`: tables that came later are not there. A version later
    /// than the calendar's own is taken for that.
    pub fn as_of_version(&self, version: u32) -> Edition<'_> {
        Edition {
            calendar: self,
            version: version.min(self.version),
        }
    }

    /// The calendar as it stands.
    pub fn latest(&self) -> Edition<'_> {
        self.as_of_version(self.version)
    }

    /// Whether `date` is a working day.
    pub fn day(&self, date: Date) -> Day {
        self.latest().day(date)
    }

    /// The last day of a limit; see [`Edition::due`].
    pub fn due(&self, start: Date, number: u16, unit: LimitUnit) -> Due {
        self.latest().due(start, number, unit)
    }

    /// How many working days lie after `after`, through `through`; none if `through` is not later.
    pub fn working_days(&self, after: Date, through: Date) -> WorkingDays {
        self.latest().working_days(after, through)
    }
}

impl Edition<'_> {
    /// The version of the tables.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Whether `date` is a working day.
    pub fn day(&self, date: Date) -> Day {
        let mut editions = self.calendar.years.get(&date.year()).into_iter().flatten();
        match editions.find(|year| year.version <= self.version) {
            Some(year) => Day {
                working: year.is_worked(date),
                provisional: false,
            },
            None => Day {
                working: !is_weekend(date) && !FIXED_HOLIDAYS.contains(&(date.month(), date.day())),
                provisional: true,
            },
        }
    }

    /// The last day of a limit of `number` days that starts on `start`.
    ///
    /// The starting day does not count; day n is the nth working day (or day) after it. A limit of 0
    /// ends with the starting day. A limit of calendar days, or of 0, that would end on a day off
    /// ends with the next working day.
    pub fn due(&self, start: Date, number: u16, unit: LimitUnit) -> Due {
        match unit {
            LimitUnit::WorkingDay if number > 0 => self.nth_working_day_after(start, number),
            LimitUnit::WorkingDay => self.working_day_from(start),
            LimitUnit::CalendarDay => {
                self.working_day_from(start.saturating_add(i64::from(number).days()))
            }
        }
    }

    /// How many working days lie after `after`, through `through`; none if `through` is not later.
    pub fn working_days(&self, after: Date, through: Date) -> WorkingDays {
        let mut found = WorkingDays {
            count: 0,
            provisional: false,
        };
        for date in days_after(after).take_while(|date| *date <= through) {
            let day = self.day(date);
            found.count += u32::from(day.working);
            found.provisional |= day.provisional;
        }
        found
    }

    fn nth_working_day_after(&self, start: Date, number: u16) -> Due {
        let mut due = Due {
            date: start,
            provisional: false,
        };
        let mut remaining = number;
        for date in days_after(start) {
            let day = self.day(date);
            due = Due {
                date,
                provisional: due.provisional || day.provisional,
            };
            remaining -= u16::from(day.working);
            if remaining == 0 {
                break;
            }
        }
        due
    }

    fn working_day_from(&self, date: Date) -> Due {
        let day = self.day(date);
        if day.working {
            return Due {
                date,
                provisional: day.provisional,
            };
        }
        let next = self.nth_working_day_after(date, 1);
        Due {
            provisional: next.provisional || day.provisional,
            ..next
        }
    }
}

/// The days after `date`, up to the last one that a date can express.
pub(crate) fn days_after(date: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(date.tomorrow().ok(), |date| date.tomorrow().ok())
}

#[cfg(test)]
mod tests;
