//! How long the personal data of a case is kept, and what becomes of it when its person asks for
//! erasure.

use jiff::ToSpan as _;

use crate::application::Application;
use crate::instant::Instant;

/// Years for which an ended case is kept, counted from the day on which it ended.
///
/// Archives of state organs that are not kept for ever are kept for 10 or 30 years (《机关文件材料归档
/// 范围和文书档案保管期限规定》, National Archives Administration order no. 8 of 2006); which, each organ
/// lays down in a table of its own. Until the bureau's table is known the longer one holds, so that
/// nothing is destroyed too early. Illustrative.
pub const KEPT_YEARS: i16 = 30;

/// Days for which the table can be restored to an earlier state (`DynamoDB`, point-in-time recovery).
/// What was erased is gone for good when they have passed.
pub const RECOVERABLE_DAYS: i64 = 35;

/// What becomes of the personal data of a submitted case whose person asks for erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is erased (Personal Information Protection Law, art. 47).
    Erased,
    /// It must be kept: it is only stored, and used for legal duties (art. 47, second paragraph).
    Restricted {
        /// The end of the period; none while the case goes on.
        until: Option<Instant>,
    },
}

/// What becomes at `now` of the personal data of a case that ended at `ended`; none where it goes on.
pub fn fate(ended: Option<Instant>, now: Instant) -> Fate {
    match ended.map(kept_until) {
        Some(until) if until < now => Fate::Erased,
        until => Fate::Restricted { until },
    }
}

/// The last second of the day with which the retention of a case that ended at `ended` is over.
pub fn kept_until(ended: Instant) -> Instant {
    ended
        .date()
        .checked_add(KEPT_YEARS.years())
        .ok()
        .and_then(Instant::end_of)
        // Past the end of the calendar: kept for ever.
        .unwrap_or_else(|| Instant::from_timestamp(jiff::Timestamp::MAX))
}

impl Application {
    /// When it ended; `last_event` is when its last event happened. None while it goes on.
    pub fn ended_at(&self, last_event: Instant) -> Option<Instant> {
        self.stage.is_final().then(|| {
            self.struck_at
                .or(self.course.decided_at)
                .unwrap_or(last_event)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_case_is_kept_through_the_last_second_of_its_thirtieth_anniversary() {
        let ended = Some(at("2026-11-23T09:00:00+08:00"));
        let until = at("2056-11-23T23:59:59+08:00");
        assert_eq!(fate(ended, until), Fate::Restricted { until: Some(until) });
        assert_eq!(fate(ended, until.plus_seconds(1)), Fate::Erased);
    }

    #[test]
    fn a_case_that_ended_on_a_leap_day_is_kept_to_the_end_of_february() {
        assert_eq!(
            kept_until(at("2028-02-29T09:00:00+08:00")),
            at("2058-02-28T23:59:59+08:00")
        );
    }

    #[test]
    fn a_case_that_goes_on_is_kept_however_late_it_is() {
        let now = at("2999-01-01T00:00:00+08:00");
        assert_eq!(fate(None, now), Fate::Restricted { until: None });
    }
}
