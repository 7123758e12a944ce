use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A month, written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i16,
    month: i8,
}

/// The text is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month: YYYY-MM is expected")]
pub struct InvalidMonth;

impl Month {
    /// The month in which `date` lies.
    pub fn of(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        date(self.year, self.month, 1).last_of_month()
    }

    /// The months from this one through `last`, at most `most` of them; none where `last` is earlier.
    pub fn through(self, last: Self, most: usize) -> Vec<Self> {
        let next = |month: &Self| month.last_day().tomorrow().ok().map(Self::of);
        std::iter::successors(Some(self), next)
            .take_while(|month| *month <= last)
            .take(most)
            .collect()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = InvalidMonth;

    fn from_str(text: &str) -> Result<Self, InvalidMonth> {
        let fits = text.len() == 7 && text.bytes().filter(u8::is_ascii_digit).count() == 6;
        let first: Date = format!("{text}-01").parse().map_err(|_| InvalidMonth)?;
        if fits {
            Ok(Self::of(first))
        } else {
            Err(InvalidMonth)
        }
    }
}

impl TryFrom<String> for Month {
    type Error = InvalidMonth;

    fn try_from(text: String) -> Result<Self, InvalidMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_and_read_back() {
        let november = Month::of(date(2026, 11, 23));
        assert_eq!(november.to_string(), "2026-11");
        assert_eq!("2026-11".parse(), Ok(november));
        assert_eq!(november.last_day(), date(2026, 11, 30));
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-1",
            "26-11-1",
            "2026-11-01",
            "+026-11",
        ] {
            assert_eq!(text.parse::<Month>(), Err(InvalidMonth), "{text:?}");
        }
    }

    #[test]
    fn a_period_goes_over_the_turn_of_the_year_and_has_an_end() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let period = month("2026-11").through(month("2027-02"), 12);
        let written: Vec<String> = period.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["2026-11", "2026-12", "2027-01", "2027-02"]);
        assert!(month("2027-01").through(month("2026-12"), 12).is_empty());
        assert_eq!(month("0001-01").through(month("9999-12"), 12).len(), 12);
    }
}
