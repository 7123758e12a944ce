//! The walk of the deadlines: which cases are due is sent to the queue of the looks.
//!
//! A cursor for each shard remembers up to where everything was sent, so that an outage of days skips
//! nothing. The index follows the table with a delay: the walk looks back behind its cursor, and sends
//! what it finds there at growing intervals, because it is either late in the index or still waiting on
//! the queue.

use domain::instant::Instant;
use futures_util::future::join_all;
use jiff::ToSpan as _;
use jiff::civil::Date;
use platform::deadlines::{Due, Walked};
use platform::table::{CommitError, Record};
use serde::Serialize;

use crate::{Answer, Timers, TimersError};

/// Seconds behind the cursor in which a deadline can still turn up in the index.
const LOOK_BACK: i64 = 2 * 60 * 60;
/// Days that the first walk of a stage looks back, should its schedule have begun late: one query for
/// each and shard.
const FIRST_LOOK_DAYS: i64 = 100;
/// How many cases of a shard one walk sends, which is what its time limit allows; the next goes on.
const MOST_SENT: usize = 5_000;
/// Seconds after its deadline at which a case is sent again for the first time; then after twice as
/// long, and so on.
const FIRST_REPEAT: i64 = 60;

/// What a walk did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Walk {
    /// How many keys of the index were asked.
    pub keys: usize,
    /// How many deadlines were read.
    pub read: usize,
    /// How many cases were sent to be looked at.
    pub sent: usize,
}

/// What came of a shard.
#[derive(Clone, Copy, Debug, Default)]
struct ShardWalk {
    walk: Walk,
    unsent: usize,
    unreadable: usize,
}

impl Timers {
    pub(crate) async fn walk_deadlines(&self) -> Result<Answer, TimersError> {
        let cursors = self.deadlines.cursors().await?;
        let now = cursors.now;
        let shards = cursors.shards.iter();
        let walks = shards.map(|(shard, cursor)| self.walk_shard(*shard, cursor.as_ref(), now));
        let mut all = ShardWalk::default();
        // One shard that fails must not keep the others from being walked.
        let mut failed = None;
        for walked in join_all(walks).await {
            match walked {
                Ok(one) => {
                    all.walk.keys += one.walk.keys;
                    all.walk.read += one.walk.read;
                    all.walk.sent += one.walk.sent;
                    all.unsent += one.unsent;
                    all.unreadable += one.unreadable;
                }
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        if all.unsent + all.unreadable > 0 {
            return Err(TimersError::NotAllDueSent {
                sent: all.walk.sent,
                failed: all.unsent,
                unreadable: all.unreadable,
            });
        }
        Ok(Answer::WalkDeadlines(all.walk))
    }

    async fn walk_shard(
        &self,
        shard: u8,
        cursor: Option<&Record<Walked>>,
        now: Instant,
    ) -> Result<ShardWalk, TimersError> {
        let walked = cursor.map(|record| &record.body);
        let from = start(walked, now);
        let mut done = ShardWalk::default();
        let mut reached = Walked::all_until(now);
        'days: for date in days(from, now) {
            let mut next = None;
            loop {
                let place = (date, shard);
                let page = self.deadlines.page(place, (from, now), next).await?;
                done.walk.keys += 1;
                done.walk.read += page.due.len();
                done.unreadable += page.unreadable;
                let wanted = page.due.iter().filter(|due| is_sent(due, walked, now));
                let wanted: Vec<Due> = wanted.cloned().collect();
                let unsent = self.deadlines.send(&wanted).await;
                done.unsent += unsent;
                done.walk.sent += wanted.len() - unsent;
                next = page.next;
                if done.walk.sent >= MOST_SENT
                    && let (Some(last), true) = (page.due.last(), next.is_some())
                {
                    reached = Walked::through(last);
                    break 'days;
                }
                if next.is_none() {
                    break;
                }
            }
        }
        // What could not be sent is sent by the next walk, from where this one began.
        if done.unsent == 0 {
            self.remember(shard, cursor, &reached).await?;
        }
        Ok(done)
    }

    async fn remember(
        &self,
        shard: u8,
        cursor: Option<&Record<Walked>>,
        reached: &Walked,
    ) -> Result<(), CommitError> {
        match self.deadlines.remember(shard, cursor, reached).await {
            // Another walk came first, and remembers where it is.
            Err(CommitError::Guards(_)) => Ok(()),
            remembered => remembered,
        }
    }
}

/// From where a shard is read: some time before its cursor, or before now where business time was
/// turned back.
fn start(walked: Option<&Walked>, now: Instant) -> Instant {
    walked.map_or_else(
        || now.plus_seconds(-FIRST_LOOK_DAYS * 24 * 60 * 60),
        |walked| walked.until.min(now).plus_seconds(-LOOK_BACK),
    )
}

/// The days in China from that of `from` to that of `now`.
pub(crate) fn days(from: Instant, now: Instant) -> impl Iterator<Item = Date> {
    let last = now.date();
    std::iter::successors(Some(from.date()), |date| date.checked_add(1.day()).ok())
        .take_while(move |date| *date <= last)
}

/// Whether `due` is sent by the walk at `now`: if the cursor has not passed it; and behind the cursor,
/// once for every doubling of the time since then.
fn is_sent(due: &Due, walked: Option<&Walked>, now: Instant) -> bool {
    let Some(walked) = walked.filter(|walked| walked.passed(due)) else {
        return true;
    };
    let last_walk = walked.until.seconds_since(due.at);
    let this_walk = now.seconds_since(due.at);
    std::iter::successors(Some(FIRST_REPEAT), |after| after.checked_mul(2))
        .take_while(|after| *after <= this_walk)
        .any(|after| after > last_walk)
}

#[cfg(test)]
mod tests {
    use domain::ids::ApplicationNo;
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_unix_seconds(1_795_881_600 + seconds)
    }

    fn due(seconds: i64, number: u64) -> Due {
        Due {
            application: ApplicationNo::new(jiff::civil::date(2026, 11, 23), number),
            at: at(seconds),
        }
    }

    proptest! {
        #[test]
        fn whatever_the_walks_came_past_is_sent_at_once_and_at_growing_intervals(
            gaps in prop::collection::vec(1_i64..400, 1..200),
            moment in 0_i64..3000,
        ) {
            let due = due(moment, 1);
            let mut walked = Walked::all_until(at(0));
            let mut now = 0;
            let mut sent = Vec::new();
            for gap in gaps {
                now += gap;
                if due.at <= at(now) && is_sent(&due, Some(&walked), at(now)) {
                    sent.push(now - moment);
                }
                walked = Walked::all_until(at(now));
            }
            if now >= moment && moment > 0 {
                prop_assert!(sent.first().is_some_and(|after| *after < 400), "{:?}", sent);
            }
            // Twelve doublings of a minute are more than the walks look back.
            prop_assert!(sent.len() <= 13, "{:?}", sent);
        }

        #[test]
        fn a_deadline_that_comes_late_into_the_index_is_found(late in 1_i64..3600) {
            let due = due(0, 1);
            let found = (0..LOOK_BACK / 60).map(|minute| minute * 60 + 30).find(|now| {
                let walked = Walked::all_until(at(now - 60));
                *now >= late && is_sent(&due, Some(&walked), at(*now))
            });
            prop_assert!(found.is_some_and(|now| now <= 2 * late + 120), "{:?}", found);
        }
    }

    #[test]
    fn a_walk_goes_on_behind_the_last_case_of_the_same_second() {
        let walked = Walked::through(&due(0, 5));
        let before = due(0, 4).application.min(due(0, 6).application);
        let behind = due(0, 4).application.max(due(0, 6).application);
        let five = due(0, 5).application;
        let sent = |application: &ApplicationNo| {
            let due = Due {
                application: application.clone(),
                at: at(0),
            };
            is_sent(&due, Some(&walked), at(1))
        };
        for number in [before, behind] {
            assert_eq!(sent(&number), number > five);
        }
        assert!(!sent(&five));
    }

    #[test]
    fn a_clock_that_was_turned_back_is_followed() {
        let walked = Walked::all_until(at(100_000));
        assert_eq!(start(Some(&walked), at(0)), at(-LOOK_BACK));
    }

    #[test]
    fn every_day_between_is_walked() {
        let walked: Vec<Date> = days(at(-3 * 24 * 60 * 60), at(0)).collect();
        assert_eq!(walked.len(), 4);
    }
}
