//! What may be added to a course. Commands ask before they record; a course that somebody made up is
//! looked through as a whole.

use super::ledger::{State, ledger};
use super::{Course, Ground, Pause, Terms};
use crate::calendar::WorkingCalendar;
use crate::instant::Instant;
use crate::item::ServiceItem;

/// Why something may not be added to a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockFault {
    /// It is dated before the receipt.
    #[error("before the receipt")]
    BeforeReceipt,
    /// It is dated before the acceptance.
    #[error("before the acceptance")]
    BeforeAcceptance,
    /// It is dated after the decision or the end of the case, which stopped the clock.
    #[error("after the clock was stopped")]
    AfterStop,
    /// The days for an answer were over: silence has counted as acceptance (art. 32).
    #[error("accepted by silence already")]
    AcceptedBySilence,
    /// The item does not list the ground (art. 45).
    #[error("the item does not list the ground")]
    GroundNotListed,
    /// The clock stands still on that ground already.
    #[error("paused on that ground already")]
    AlreadyPaused,
    /// The clock does not stand still on that ground.
    #[error("not paused on that ground")]
    NotPaused,
    /// A pause ends before it begins.
    #[error("the end is before the beginning")]
    EndsBeforeItBegins,
    /// The item cites no basis for an extension.
    #[error("the item cites no basis for an extension")]
    NoBasisForExtension,
    /// An extension adds from 1 to so many working days.
    #[error("an extension adds from 1 to {most} working days")]
    ExtensionOutOfRange {
        /// The most that the item allows.
        most: u16,
    },
    /// It was extended before, and that is possible once (art. 42).
    #[error("extended once already")]
    AlreadyExtended,
    /// The limit that would be extended has not started.
    #[error("the limit has not started")]
    LimitNotStarted,
    /// The limit that would be extended has ended.
    #[error("the limit has ended")]
    LimitEnded,
}

/// A fault of a course, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CourseFault {
    /// Which fact.
    pub place: Place,
    /// What is wrong with it.
    pub fault: ClockFault,
}

/// A fact of a course. Pauses are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The acceptance.
    Acceptance,
    /// The ground of a pause.
    PauseGround(usize),
    /// The beginning of a pause.
    PauseFrom(usize),
    /// The end of a pause.
    PauseTo(usize),
    /// The days of the extension.
    ExtensionDays,
    /// The moment of the extension.
    ExtensionAt,
    /// The decision.
    Decision,
    /// The moment to tell of.
    AsOf,
}

impl Course {
    /// Whether the clock may be stopped on `ground` at `at`.
    ///
    /// # Errors
    /// The first [`ClockFault`].
    pub fn check_pause(
        &self,
        item: &ServiceItem,
        ground: Ground,
        at: Instant,
    ) -> Result<(), ClockFault> {
        self.check_runs(at)?;
        require(ground.holds_for(item), ClockFault::GroundNotListed)?;
        require(self.open_pause(ground).is_none(), ClockFault::AlreadyPaused)
    }

    /// The pause on `ground` that ends if the clock goes on at `at`.
    ///
    /// # Errors
    /// The first [`ClockFault`].
    pub fn check_resume(&self, ground: Ground, at: Instant) -> Result<&Pause, ClockFault> {
        self.check_runs(at)?;
        let pause = self.open_pause(ground).ok_or(ClockFault::NotPaused)?;
        require(at >= pause.from, ClockFault::EndsBeforeItBegins)?;
        Ok(pause)
    }

    /// Whether a correction may still be asked for at `at`, so that the limits start anew with the
    /// supplement.
    ///
    /// # Errors
    /// The first [`ClockFault`].
    pub fn check_correction(
        &self,
        calendar: &WorkingCalendar,
        at: Instant,
    ) -> Result<(), ClockFault> {
        self.check_runs(at)?;
        require(
            !self.is_accepted_by_silence(calendar, at),
            ClockFault::AcceptedBySilence,
        )
    }

    /// Whether the limits may be extended by `days` working days at `at`: once, before the statutory
    /// limit ends, by as many days as the basis that the item cites allows (art. 42).
    ///
    /// # Errors
    /// The first [`ClockFault`].
    pub fn check_extension(
        &self,
        item: &ServiceItem,
        calendar: &WorkingCalendar,
        days: u16,
        at: Instant,
    ) -> Result<(), ClockFault> {
        self.check_runs(at)?;
        require(self.extension.is_none(), ClockFault::AlreadyExtended)?;
        extension_days(item, days)?;
        self.check_extendable(item, calendar, at)
    }

    /// Whether the submission was accepted by silence at `at`, or is to be counted as accepted so: the
    /// five working days for an answer are over and there was none (art. 32).
    pub fn is_accepted_by_silence(&self, calendar: &WorkingCalendar, at: Instant) -> bool {
        let answered = self.accepted_at.or(self.ended_at);
        let sent_back = self
            .corrections
            .last()
            .is_some_and(|correction| correction.received_at == self.received_at);
        !sent_back
            && self
                .silence_counts_from(self.received_at, calendar)
                .is_some_and(|silent| silent <= answered.map_or(at, |answered| answered.min(at)))
    }

    /// Everything that is wrong with a course that somebody made up, told of at `as_of`.
    pub fn faults(
        &self,
        item: &ServiceItem,
        calendar: &WorkingCalendar,
        as_of: Instant,
    ) -> Vec<CourseFault> {
        let mut faults = Vec::new();
        let mut add = |place, result: Result<(), ClockFault>| {
            if let Err(fault) = result {
                faults.push(CourseFault { place, fault });
            }
        };
        if let Some(accepted_at) = self.accepted_at {
            add(Place::Acceptance, self.check_received(accepted_at));
        }
        for (position, pause) in self.pauses.iter().enumerate() {
            let listed = require(pause.ground.holds_for(item), ClockFault::GroundNotListed);
            add(Place::PauseGround(position), listed);
            add(Place::PauseFrom(position), self.check_runs(pause.from));
            let ends = pause.to.is_none_or(|to| to >= pause.from);
            add(
                Place::PauseTo(position),
                require(ends, ClockFault::EndsBeforeItBegins),
            );
        }
        if let Some(extension) = &self.extension {
            let days = extension_days(item, extension.days);
            let allowed = days.is_ok();
            add(Place::ExtensionDays, days);
            let runs = self.check_runs(extension.at);
            let in_time = runs.and_then(|()| {
                if allowed {
                    self.check_extendable(item, calendar, extension.at)
                } else {
                    Ok(())
                }
            });
            add(Place::ExtensionAt, in_time);
        }
        if let Some(decided_at) = self.decided_at {
            let accepted = self
                .accepted_at
                .is_none_or(|accepted| decided_at >= accepted);
            let in_order = self
                .check_received(decided_at)
                .and(require(accepted, ClockFault::BeforeAcceptance));
            add(Place::Decision, in_order);
        }
        add(Place::AsOf, self.check_received(as_of));
        faults
    }

    fn check_received(&self, at: Instant) -> Result<(), ClockFault> {
        require(at >= self.received_at, ClockFault::BeforeReceipt)
    }

    /// The clock has begun at `at` and has not been stopped.
    fn check_runs(&self, at: Instant) -> Result<(), ClockFault> {
        self.check_received(at)?;
        let mut stops = [self.decided_at, self.ended_at].into_iter().flatten();
        require(stops.all(|stop| at <= stop), ClockFault::AfterStop)
    }

    /// The limit that the law lets be extended runs at `at`.
    fn check_extendable(
        &self,
        item: &ServiceItem,
        calendar: &WorkingCalendar,
        at: Instant,
    ) -> Result<(), ClockFault> {
        let without = Self {
            extension: None,
            ..self.clone()
        };
        let then = ledger(&Terms::of(item), &without, calendar, at);
        match then.statutory.as_ref().unwrap_or(&then.promised).state {
            State::NotStarted => Err(ClockFault::LimitNotStarted),
            State::Overdue { .. } => Err(ClockFault::LimitEnded),
            State::Running { .. }
            | State::Paused { .. }
            | State::Met { .. }
            | State::Ended { .. } => Ok(()),
        }
    }
}

fn extension_days(item: &ServiceItem, days: u16) -> Result<(), ClockFault> {
    let extension = item
        .extension
        .as_ref()
        .ok_or(ClockFault::NoBasisForExtension)?;
    let most = extension.max_working_days;
    require(
        (1..=most).contains(&days),
        ClockFault::ExtensionOutOfRange { most },
    )
}

fn require(holds: bool, fault: ClockFault) -> Result<(), ClockFault> {
    if holds { Ok(()) } else { Err(fault) }
}
