//! Failed attempts at a secret: after too many, none is looked at for a while.

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// How many failures lock.
const MOST: usize = 5;
/// Within how many seconds they must lie.
const WINDOW: i64 = 15 * 60;
/// For how many seconds after the last of them nothing is looked at.
const LOCKED_FOR: i64 = 15 * 60;

/// The latest failed attempts at one secret, in real time, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedAttempts {
    at: Vec<Instant>,
}

impl FailedAttempts {
    /// These with one more at `now`.
    #[must_use]
    pub fn and_one(mut self, now: Instant) -> Self {
        self.at.retain(|at| now.seconds_since(*at) < WINDOW);
        // Requests at once may each have found it open; the last ones decide for how long it locks.
        let surplus = (self.at.len() + 1).saturating_sub(MOST);
        self.at.drain(..surplus);
        self.at.push(now);
        self
    }

    /// For how many whole seconds from `now` on no attempt is looked at, 1 to 900; none where one is.
    pub fn locked_for(&self, now: Instant) -> Option<u32> {
        let last = *self.at.last().filter(|_| self.at.len() >= MOST)?;
        let left = LOCKED_FOR - now.seconds_since(last);
        // A clock that is behind the one that counted must not lock for longer.
        u32::try_from(left.min(LOCKED_FOR))
            .ok()
            .filter(|left| *left > 0)
    }

    /// When they mean nothing any more.
    pub fn forgotten_at(&self) -> Option<Instant> {
        let last = self.at.last()?;
        Some(last.plus_seconds(WINDOW.max(LOCKED_FOR)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_unix_seconds(1_800_000_000 + seconds)
    }

    fn failed(moments: &[i64]) -> FailedAttempts {
        moments
            .iter()
            .fold(FailedAttempts::default(), |failed, moment| {
                failed.and_one(at(*moment))
            })
    }

    #[test]
    fn four_failures_do_not_lock_and_the_fifth_does_for_fifteen_minutes() {
        assert_eq!(failed(&[0, 1, 2, 3]).locked_for(at(3)), None);
        let five = failed(&[0, 1, 2, 3, 4]);
        assert_eq!(five.locked_for(at(4)), Some(900));
        assert_eq!(five.locked_for(at(903)), Some(1));
        assert_eq!(five.locked_for(at(904)), None);
    }

    #[test]
    fn failures_that_lie_fifteen_minutes_apart_are_forgotten() {
        assert_eq!(failed(&[0, 1, 2, 3, 900]).locked_for(at(900)), None);
        assert_eq!(failed(&[0, 1, 2, 3, 899]).locked_for(at(899)), Some(900));
    }

    #[test]
    fn a_window_slides_so_that_its_edge_gives_no_second_handful() {
        let failures = failed(&[0, 890, 891, 892, 893]);
        assert_eq!(failures.locked_for(at(893)), Some(900));
        let slid = failed(&[0, 890, 891, 892, 901]);
        assert_eq!(slid.locked_for(at(901)), None);
        assert_eq!(slid.and_one(at(902)).locked_for(at(902)), Some(900));
    }

    #[test]
    fn a_lock_that_has_run_out_leaves_nothing_behind() {
        let again = failed(&[0, 1, 2, 3, 4]).and_one(at(904));
        assert_eq!(again, failed(&[904]));
        assert_eq!(again.forgotten_at(), Some(at(904 + 900)));
    }

    #[test]
    fn more_at_once_than_lock_are_kept_no_longer_than_they_count() {
        let many = failed(&[0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(many.at.len(), MOST);
        assert_eq!(many.locked_for(at(1)), Some(900));
    }
}
