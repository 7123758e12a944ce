//! When on a day a case is looked at.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::calendar::Edition;
use crate::ids::ApplicationNo;
use crate::instant::Instant;

/// Over how many seconds from midnight the cards of a day are spread.
pub const SPREAD_SECONDS: u32 = 3600;

/// The moment of `date` at which the cards of `number` change: in its first hour, each case at a second
/// of its own, so that a province does not come at midnight.
pub(super) fn in_first_hour(date: Date, number: &ApplicationNo) -> Option<Instant> {
    Some(start_of(date)?.plus_seconds(i64::from(hash(number) % SPREAD_SECONDS)))
}

/// The same, `days` after the day of `now`.
pub(super) fn in_days(now: Instant, days: i64, number: &ApplicationNo) -> Option<Instant> {
    in_first_hour(now.date().checked_add(days.days()).ok()?, number)
}

/// The last working day before `date`: what is due with `date` is due within one working day from
/// then on.
pub(super) fn working_day_before(date: Date, edition: Edition<'_>) -> Option<Date> {
    std::iter::successors(date.yesterday().ok(), |day| day.yesterday().ok())
        .find(|day| edition.day(*day).working)
}

fn start_of(date: Date) -> Option<Instant> {
    let end = Instant::end_of(date.yesterday().ok()?)?;
    Some(end.plus_seconds(1))
}

/// FNV-1a: it must stay the same from one release to the next, which the library's hasher need not.
fn hash(number: &ApplicationNo) -> u32 {
    number
        .as_str()
        .bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn cases_are_spread_evenly_over_the_first_hour() {
        let mut minutes = [0; 60];
        for random in 0..6000_u64 {
            let number = ApplicationNo::new(
                date(2026, 11, 23),
                random.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            );
            let moment = in_first_hour(date(2026, 11, 30), &number).unwrap();
            let start = start_of(date(2026, 11, 30)).unwrap();
            let second = moment.seconds_since(start);
            minutes[usize::try_from(second / 60).unwrap()] += 1;
        }
        assert!(
            minutes.iter().all(|cases| (50..200).contains(cases)),
            "{minutes:?}"
        );
    }
}
