//! Which facts of a course are known at a moment: those that had come about by then.

use super::ledger::{StartEvent, Started};
use super::terms::Rule;
use super::{Course, Extended, LimitKind, Pause};
use crate::calendar::{Edition, WorkingCalendar};
use crate::instant::Instant;
use crate::item::LimitStart;

/// A course as it was known at a moment.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    course: &'a Course,
    calendar: &'a WorkingCalendar,
    at: Instant,
}

/// What makes a limit stop running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// What it limits was done.
    Done(Instant),
    /// The case ended otherwise.
    Ended(Instant),
}

impl Stop {
    pub(super) const fn at(self) -> Instant {
        match self {
            Self::Done(at) | Self::Ended(at) => at,
        }
    }
}

impl<'a> Known<'a> {
    pub(super) const fn new(
        course: &'a Course,
        calendar: &'a WorkingCalendar,
        at: Instant,
    ) -> Self {
        Self {
            course,
            calendar,
            at,
        }
    }

    pub(super) const fn at(&self) -> Instant {
        self.at
    }

    /// The calendar by which the case was counted at `at`.
    pub(super) fn edition(&self, at: Instant) -> Edition<'a> {
        self.course.calendar_at(self.calendar, at)
    }

    fn seen(&self, fact: Option<Instant>) -> Option<Instant> {
        fact.filter(|fact| *fact <= self.at)
    }

    /// The last receipt.
    fn received_at(&self) -> Option<Instant> {
        let before = self.course.corrections.iter().rev();
        std::iter::once(self.course.received_at)
            .chain(before.map(|correction| correction.received_at))
            .find(|received| *received <= self.at)
    }

    /// When the last receipt was answered by asking for a correction.
    fn sent_back_at(&self) -> Option<Instant> {
        let received = self.received_at()?;
        let correction = self
            .course
            .corrections
            .iter()
            .rfind(|correction| correction.received_at == received)?;
        self.seen(Some(correction.asked_at))
    }

    /// When silence counted as acceptance: as soon as the days for an answer were over.
    fn silent_since(&self) -> Option<Instant> {
        let received = self.received_at()?;
        let answered = self
            .sent_back_at()
            .or(self.seen(self.course.accepted_at))
            .or(self.seen(self.course.ended_at));
        let silent = self.course.silence_counts_from(received, self.calendar)?;
        (silent <= answered.unwrap_or(self.at)).then_some(silent)
    }

    /// What starts the limit.
    pub(super) fn start(&self, rule: Rule) -> Option<Started> {
        let started = |event| move |at| Started { event, at };
        let receipt = || self.received_at().map(started(StartEvent::Receipt));
        match (rule.kind, rule.start) {
            (LimitKind::Acceptance, _) => receipt(),
            (LimitKind::Delivery, _) => self
                .seen(self.course.decided_at)
                .filter(|_| !self.course.refused)
                .map(started(StartEvent::Decision)),
            (_, LimitStart::Receipt) => {
                let waits = self.sent_back_at().is_some() && self.silent_since().is_none();
                if waits { None } else { receipt() }
            }
            (_, LimitStart::Acceptance) => match self.silent_since() {
                Some(_) => self
                    .received_at()
                    .map(started(StartEvent::DeemedAcceptance)),
                None => self
                    .seen(self.course.accepted_at)
                    .map(started(StartEvent::Acceptance)),
            },
        }
    }

    /// What stops the limit of that kind.
    pub(super) fn stop(&self, kind: LimitKind) -> Option<Stop> {
        let ended = self.seen(self.course.ended_at).map(Stop::Ended);
        let done = match kind {
            LimitKind::Acceptance => self
                .silent_since()
                .or(self.sent_back_at())
                .or(self.seen(self.course.accepted_at)),
            LimitKind::Promised | LimitKind::Statutory => self.seen(self.course.decided_at),
            LimitKind::Delivery => return self.seen(self.course.delivered_at).map(Stop::Done),
        };
        done.map(Stop::Done)
            .into_iter()
            .chain(ended)
            .min_by_key(|stop| stop.at())
    }

    /// The pauses of the limit of that kind: none where no decision is waited for.
    pub(super) const fn pauses(&self, kind: LimitKind) -> &'a [Pause] {
        match kind {
            LimitKind::Promised | LimitKind::Statutory => self.course.pauses.as_slice(),
            LimitKind::Acceptance | LimitKind::Delivery => &[],
        }
    }

    /// The extension of the limit of that kind, if it was approved by `by`.
    pub(super) fn extension(&self, kind: LimitKind, by: Instant) -> Option<&'a Extended> {
        let extends = matches!(kind, LimitKind::Promised | LimitKind::Statutory);
        let extension = self.course.extension.as_ref().filter(|_| extends);
        extension.filter(|extension| extension.at <= by)
    }
}
