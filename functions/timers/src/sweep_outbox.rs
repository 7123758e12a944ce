//! The outbox sweep: what committed and was not sent within two minutes is sent again.
//!
//! A mark remembers up to which hour everything has been sent, so that a sweep finds what it has to
//! after an outage of any length, and looks at three hours on a day without one.

use domain::instant::Instant;
use platform::outbox::{Hour, SweptTo};
use serde::Serialize;

use crate::{Answer, Timers, TimersError};

/// Seconds that `relay` has to send a message, before the sweep sends it again.
const GRACE: i64 = 120;
/// Seconds after which nothing that committed in an hour can still turn up in the index of the outbox,
/// which follows the table with a delay.
const SETTLED: i64 = 2 * HOUR;
/// Seconds that the first sweep of a stage looks back.
const FIRST_LOOK: i64 = 24 * HOUR;
/// How many hours one sweep looks at: four queries each, which is what its time limit allows.
const MOST_HOURS: usize = 200;

const HOUR: i64 = 60 * 60;

/// What a sweep did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// How many hours of the outbox were looked at.
    pub hours: usize,
    /// How many messages were sent.
    pub sent: usize,
}

impl Timers {
    pub(crate) async fn sweep_outbox(
        &self,
        older_than_seconds: Option<u32>,
        now: Instant,
    ) -> Result<Answer, TimersError> {
        if older_than_seconds.is_some() && !self.config.stage.may_be_simulated() {
            return Err(TimersError::NotOnThisStage);
        }
        let before = now.plus_seconds(-older_than_seconds.map_or(GRACE, i64::from));
        let mark = self.forwarder.swept_to().await?;
        let from = mark.map_or(now.plus_seconds(-FIRST_LOOK), |mark| mark.hour);
        let hours = hours_to_sweep(from, now);

        let mut reached = hours.first().copied();
        let (mut sent, mut failed, mut unreadable) = (0, 0, 0);
        for (hour, next) in hours
            .iter()
            .zip(hours.iter().skip(1).map(Some).chain([None]))
        {
            let found = self.forwarder.sweep_hour(*hour, before).await?;
            sent += found.sent;
            failed += found.failed;
            unreadable += found.unreadable;
            // What cannot be read is told at every sweep until its hour is passed; waiting for it
            // would keep the mark from moving for ever.
            let all_sent = failed == 0 && now.seconds_since(hour.end()) >= SETTLED;
            if all_sent && let Some(next) = next {
                reached = Some(*next);
            }
        }
        if let Some(hour) = reached {
            let moved = SweptTo { hour: hour.start() };
            if mark != Some(moved) {
                self.forwarder.remember(moved).await?;
            }
        }
        if failed + unreadable > 0 {
            return Err(TimersError::NotAllSent {
                sent,
                failed,
                unreadable,
            });
        }
        let hours = hours.len();
        Ok(Answer::SweepOutbox(Swept { hours, sent }))
    }
}

/// The hours to look at, from that of `from` to that of `now`, the earliest first; not more than one
/// sweep can do, the next goes on from there.
fn hours_to_sweep(from: Instant, now: Instant) -> Vec<Hour> {
    let first = Hour::of(from.min(now));
    std::iter::successors(Some(first), |hour| Some(Hour::of(hour.end())))
        .take_while(|hour| *hour <= Hour::of(now))
        .take(MOST_HOURS)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sweeps_go_from_the_mark_to_now_without_a_gap(
            now in 1_767_225_600_i64..1_861_920_000,
            behind in 0..(150 * HOUR),
        ) {
            let (from, now) = (Instant::from_unix_seconds(now - behind), Instant::from_unix_seconds(now));
            let hours = hours_to_sweep(from, now);
            prop_assert_eq!(hours.first(), Some(&Hour::of(from)));
            prop_assert_eq!(hours.last(), Some(&Hour::of(now)));
            prop_assert!(hours.iter().zip(hours.iter().skip(1)).all(|(one, next)| one.end() == next.start()));
        }
    }

    #[test]
    fn a_sweep_that_is_far_behind_does_what_it_can() {
        let now = Instant::from_unix_seconds(1_800_000_000);
        let hours = hours_to_sweep(now.plus_seconds(-5000 * HOUR), now);
        assert_eq!(hours.len(), MOST_HOURS);
        assert_eq!(hours[0], Hour::of(now.plus_seconds(-5000 * HOUR)));
    }

    #[test]
    fn a_mark_in_the_future_stops_nothing() {
        let now = Instant::from_unix_seconds(1_800_000_000);
        assert_eq!(
            hours_to_sweep(now.plus_seconds(5 * HOUR), now),
            [Hour::of(now)]
        );
    }
}
