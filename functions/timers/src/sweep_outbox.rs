//! The outbox sweep: what committed and was not sent within two minutes is sent again.

use domain::instant::Instant;
use serde::Serialize;

use crate::{Answer, Timers, TimersError};

/// Seconds that `relay` has to send a message, before the sweep sends it again.
const GRACE: i64 = 120;
/// How many hours back an event can lie that was not sent: the day for which the stream keeps it, and
/// the hour in which that day begins.
const HOURS: i64 = 25;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

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
        let hours = hours_to_sweep(now);
        let (mut sent, mut failed) = (0, 0);
        for hour in &hours {
            let (sent_of_hour, failed_of_hour) = self.forwarder.sweep_hour(*hour, before).await?;
            sent += sent_of_hour;
            failed += failed_of_hour;
        }
        if failed > 0 {
            return Err(TimersError::NotAllSent { sent, failed });
        }
        let hours = hours.len();
        Ok(Answer::SweepOutbox(Swept { hours, sent }))
    }
}

/// The hours to look at in the minute of `now`, each given by a moment in it, the latest first.
///
/// An event is missed for a moment, not for hours, so that every minute two hours are enough, and the
/// whole day is looked through every tenth minute only: an empty hour costs a query for each of its
/// shards.
fn hours_to_sweep(now: Instant) -> Vec<Instant> {
    let tenth_minute = (now.unix_seconds().div_euclid(MINUTE)) % 10 == 0;
    let last = if tenth_minute { HOURS } else { 1 };
    (0..=last)
        .map(|back| now.plus_seconds(-back * HOUR))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use platform::table::keys::outbox_shard;
    use proptest::prelude::*;

    use super::*;

    fn hour(at: Instant) -> String {
        outbox_shard(at, 0)
    }

    proptest! {
        #[test]
        fn ten_minutes_of_sweeps_look_at_every_hour_of_the_last_day(
            start in 1_767_225_600_i64..1_861_920_000,
            back in 0..=(24 * HOUR),
        ) {
            // Whenever a sweep ran in each of ten minutes, what committed up to a day before the
            // first of them lies in an hour that one of them looked at.
            let committed = Instant::from_unix_seconds(start - back);
            let swept: BTreeSet<String> = (0..10)
                .map(|minute| Instant::from_unix_seconds(start + minute * MINUTE))
                .flat_map(hours_to_sweep)
                .map(hour)
                .collect();
            prop_assert!(swept.contains(&hour(committed)));
        }

        #[test]
        fn every_sweep_looks_at_what_became_due_a_moment_ago(
            now in 1_767_225_600_i64..1_861_920_000,
            late in 0..HOUR,
        ) {
            let committed = Instant::from_unix_seconds(now - late);
            let swept = hours_to_sweep(Instant::from_unix_seconds(now));
            prop_assert!(swept.into_iter().map(hour).any(|swept| swept == hour(committed)));
        }
    }

    #[test]
    fn an_hour_needs_few_queries_unless_it_is_the_tenth_minute() {
        let at = |text: &str| hours_to_sweep(Instant::try_from(text.to_owned()).unwrap());
        assert_eq!(at("2026-11-23T19:01:30+08:00").len(), 2);
        assert_eq!(at("2026-11-23T19:19:59+08:00").len(), 2);
        let day = at("2026-11-23T19:20:00+08:00");
        assert_eq!(day.len(), 26);
        assert_eq!(hour(day[0]), "OUTBOX#2026-11-23T19#0");
        assert_eq!(hour(day[25]), "OUTBOX#2026-11-22T18#0");
    }
}
