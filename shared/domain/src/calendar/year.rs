//! A year's working days, one bit each, so that asking for a day neither searches nor allocates.

use jiff::civil::{Date, Weekday};

use super::YearTable;

/// 6 × 64 bits hold the 366 days a year can have.
const WORDS: usize = 6;

/// The working days of a year as one version of the calendar has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Year {
    pub(super) version: u32,
    worked: [u64; WORDS],
}

impl Year {
    /// The year by its table and by those before it, the newest first.
    pub(super) fn all(year: i16, table: &YearTable) -> Vec<Self> {
        let mut editions: Vec<Self> = std::iter::once(table)
            .chain(&table.superseded)
            .map(|table| Self::new(year, table))
            .collect();
        editions.sort_by_key(|edition| std::cmp::Reverse(edition.version));
        editions
    }

    fn new(year: i16, table: &YearTable) -> Self {
        let mut worked = [0; WORDS];
        let first = Date::new(year, 1, 1).ok();
        let days = std::iter::successors(first, |date| date.tomorrow().ok())
            .take_while(|date| date.year() == year)
            .filter(|date| {
                table.makeup_working_days.contains(date)
                    || !(is_weekend(*date) || table.days_off.contains(date))
            });
        for date in days {
            let (word, bit) = place(date);
            if let Some(word) = worked.get_mut(word) {
                *word |= bit;
            }
        }
        Self {
            version: table.version,
            worked,
        }
    }

    /// Whether `date`, a day of this year, is worked.
    pub(super) fn is_worked(&self, date: Date) -> bool {
        let (word, bit) = place(date);
        self.worked.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// The word and the bit that stand for `date` in its year.
fn place(date: Date) -> (usize, u64) {
    let day = date.day_of_year().unsigned_abs() - 1;
    (usize::from(day / 64), 1 << (day % 64))
}

/// Whether the week's rule gives `date` off.
pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
