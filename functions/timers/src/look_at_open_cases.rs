//! Every open case is looked at, due or not: for operators, after a change of the calendar that moves
//! dates which were not provisional.
//!
//! No case is searched for: each open one lies among the deadlines of the next weeks.

use domain::card::LONGEST_UNSEEN_DAYS;
use domain::instant::Instant;
use jiff::ToSpan as _;
use jiff::civil::Date;
use platform::table::keys::DEADLINE_SHARDS;
use serde::Serialize;

use crate::walk_deadlines::days;
use crate::{Answer, Timers, TimersError};

/// After how many cases an invocation stops, at the end of the day it is at.
const MOST_SENT: usize = 10_000;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SentOpenCases {
    /// How many cases were sent to be looked at.
    pub sent: usize,
    /// With which day of deadlines to go on; none where all are sent.
    pub go_on_with: Option<Date>,
}

impl Timers {
    pub(crate) async fn look_at_open_cases(
        &self,
        from: Option<Date>,
    ) -> Result<Answer, TimersError> {
        let now = self.table.now().await?;
        let last = now.plus_seconds((LONGEST_UNSEEN_DAYS + 1) * 24 * 60 * 60);
        let (mut sent, mut failed, mut unreadable) = (0, 0, 0);
        let mut go_on_with = None;
        for date in days(now, last).filter(|date| from.is_none_or(|from| *date >= from)) {
            for shard in 0..DEADLINE_SHARDS {
                let mut next = None;
                loop {
                    let place = (date, shard);
                    let whole_day = (start_of(date, now), last);
                    let page = self.deadlines.page(place, whole_day, next).await?;
                    let unsent = self.deadlines.send(&page.due).await;
                    sent += page.due.len() - unsent;
                    failed += unsent;
                    unreadable += page.unreadable;
                    next = page.next;
                    if next.is_none() {
                        break;
                    }
                }
            }
            if sent >= MOST_SENT {
                go_on_with = date
                    .checked_add(1.day())
                    .ok()
                    .filter(|next| *next <= last.date());
                break;
            }
        }
        if failed + unreadable > 0 {
            return Err(TimersError::NotAllDueSent {
                sent,
                failed,
                unreadable,
            });
        }
        Ok(Answer::LookAtOpenCases(SentOpenCases { sent, go_on_with }))
    }
}

/// A moment before every deadline of `date`.
fn start_of(date: Date, otherwise: Instant) -> Instant {
    let before = date.yesterday().ok().and_then(Instant::end_of);
    before.unwrap_or(otherwise)
}
