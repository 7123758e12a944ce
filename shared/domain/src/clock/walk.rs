//! From a start to the day a limit ends with, over the days that are taken out.

use jiff::civil::Date;

use super::spans::OwnSpan;
use crate::calendar::{Due, Edition, days_after};
use crate::item::LimitUnit;

/// A walk over the days of a calendar that leaves out those of the pauses.
pub(super) struct Walk<'a> {
    pub(super) calendar: Edition<'a>,
    pub(super) pauses: &'a [OwnSpan<'a>],
}

impl Walk<'_> {
    /// The last day of a limit of `number` days of `unit` that starts on `start`.
    ///
    /// A limit of 0, or of calendar days, that would end on a day off ends with the next working day.
    pub(super) fn due(&self, start: Date, number: u16, unit: LimitUnit) -> Due {
        let by_days = self.nth_day_after(start, u32::from(number), unit);
        let last = self.calendar.day(by_days.date);
        let counted = unit == LimitUnit::WorkingDay && number > 0;
        if counted {
            return by_days;
        }
        let due = Due {
            date: by_days.date,
            provisional: by_days.provisional || last.provisional,
        };
        if last.working {
            due
        } else {
            self.extended(due, 1)
        }
    }

    /// `due` moved by so many working days.
    pub(super) fn extended(&self, due: Due, working_days: u16) -> Due {
        let moved = self.nth_day_after(due.date, u32::from(working_days), LimitUnit::WorkingDay);
        Due {
            date: moved.date,
            provisional: due.provisional || moved.provisional,
        }
    }

    /// How many days of `unit` lie after `after`, through `through`, taken out or not.
    pub(super) fn count(&self, after: Date, through: Date, unit: LimitUnit) -> u32 {
        match unit {
            LimitUnit::WorkingDay => self.calendar.working_days(after, through).count,
            LimitUnit::CalendarDay => {
                let days = (through - after).get_days();
                u32::try_from(days).unwrap_or(0)
            }
        }
    }

    /// The `number`th day of `unit` after `start` that is not taken out; `start` itself for 0.
    fn nth_day_after(&self, start: Date, number: u32, unit: LimitUnit) -> Due {
        let mut due = Due {
            date: start,
            provisional: false,
        };
        let mut remaining = number;
        if remaining == 0 {
            return due;
        }
        let mut pauses = self.pauses.iter().map(|pause| pause.span).peekable();
        for date in days_after(start) {
            while pauses.next_if(|span| span.through < date).is_some() {}
            let taken_out = pauses.peek().is_some_and(|span| span.after < date);
            let day = self.calendar.day(date);
            let counts = match unit {
                LimitUnit::WorkingDay => day.working,
                LimitUnit::CalendarDay => true,
            };
            due = Due {
                date,
                provisional: due.provisional || (unit == LimitUnit::WorkingDay && day.provisional),
            };
            remaining -= u32::from(counts && !taken_out);
            if remaining == 0 {
                break;
            }
        }
        due
    }
}
