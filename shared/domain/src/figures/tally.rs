use std::collections::BTreeMap;

use super::Count;

/// Working days up to which decisions are told apart: longer ones count as that many. No limit of the
/// catalogue is nearly as long.
pub const MOST_DAYS: u16 = 365;

/// Counters of a month, or of several added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Count, u64>,
}

impl Tally {
    /// Adds `number` to what is counted.
    pub fn add(&mut self, count: Count, number: u64) {
        if number > 0 {
            *self.counts.entry(count).or_default() += number;
        }
    }

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (count, number) in &other.counts {
            self.add(*count, *number);
        }
    }

    /// How many of it there are.
    pub fn of(&self, count: Count) -> u64 {
        self.counts.get(&count).copied().unwrap_or(0)
    }

    /// How many cases were decided.
    pub fn decided(&self) -> u64 {
        self.of(Count::Granted) + self.of(Count::Refused)
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The fewest working days within which at least `percent` (1 to 100) of the decisions were made, by
    /// nearest rank: exact below [`MOST_DAYS`]. None without decisions.
    pub fn days_within_which(&self, percent: u64) -> Option<u16> {
        let days = self
            .counts
            .iter()
            .filter_map(|(count, number)| match count {
                Count::Days(days) => Some((*days, *number)),
                _ => None,
            });
        let all: u64 = days.clone().map(|(_, number)| number).sum();
        let wanted = (all * percent).div_ceil(100);
        let mut reached = 0;
        let mut found = days.filter(|(_, number)| {
            reached += number;
            reached >= wanted
        });
        found.next().map(|(days, _)| days)
    }

    /// `met` of `met` and `missed`, 0 to 1; none where there are neither.
    pub fn share(&self, met: Count, missed: Count) -> Option<f64> {
        ratio(self.of(met), self.of(met) + self.of(missed))
    }

    /// Correction notices per decided case; none without decisions.
    pub fn corrections_per_case(&self) -> Option<f64> {
        ratio(self.of(Count::CorrectionsOfDecided), self.decided())
    }
}

/// `part` of `whole` to four decimals; none of nothing.
fn ratio(part: u64, whole: u64) -> Option<f64> {
    let scaled = (part * 10_000 + whole / 2).checked_div(whole)?;
    let scaled = u32::try_from(scaled).unwrap_or(u32::MAX);
    Some(f64::from(scaled) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of_days(days: &[u16]) -> Tally {
        let mut tally = Tally::default();
        for day in days {
            tally.add(Count::Days(*day), 1);
        }
        tally
    }

    #[test]
    fn the_median_and_the_ninetieth_percentile_are_days_that_some_case_took() {
        let tally = of_days(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 30]);
        assert_eq!(tally.days_within_which(50), Some(5));
        assert_eq!(tally.days_within_which(90), Some(9));
        assert_eq!(tally.days_within_which(100), Some(30));
        assert_eq!(of_days(&[4]).days_within_which(50), Some(4));
        assert_eq!(Tally::default().days_within_which(50), None);
    }

    proptest! {
        #[test]
        fn percentiles_are_those_of_the_sorted_days(
            mut days in prop::collection::vec(0_u16..400, 1..200),
            percent in 1_u64..=100,
        ) {
            let tally = of_days(&days);
            days.sort_unstable();
            let rank = (days.len() * usize::try_from(percent).unwrap()).div_ceil(100);
            prop_assert_eq!(tally.days_within_which(percent), Some(days[rank - 1]));
        }

        #[test]
        fn months_added_up_are_as_if_counted_together(
            one in prop::collection::vec(0_u16..30, 0..50),
            other in prop::collection::vec(0_u16..30, 0..50),
        ) {
            let mut sum = of_days(&one);
            sum.merge(&of_days(&other));
            prop_assert_eq!(sum, of_days(&[one, other].concat()));
        }
    }

    #[test]
    fn shares_and_averages_of_nothing_are_none() {
        let mut tally = Tally::default();
        assert_eq!(tally.share(Count::PromisedMet, Count::PromisedMissed), None);
        assert_eq!(tally.corrections_per_case(), None);
        tally.add(Count::PromisedMet, 2);
        tally.add(Count::PromisedMissed, 1);
        tally.add(Count::Granted, 2);
        tally.add(Count::CorrectionsOfDecided, 3);
        assert_eq!(
            tally.share(Count::PromisedMet, Count::PromisedMissed),
            Some(0.6667)
        );
        assert_eq!(tally.corrections_per_case(), Some(1.5));
    }
}
