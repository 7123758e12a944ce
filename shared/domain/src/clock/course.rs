use serde::{Deserialize, Serialize};

use super::Ground;
use crate::calendar::{Edition, WorkingCalendar};
use crate::clock::ACCEPTANCE_WORKING_DAYS;
use crate::ids::OfficerId;
use crate::instant::Instant;
use crate::item::LimitUnit;

/// The facts of one case that its clock depends on, each with the moment it came about. None is ever
/// taken back: what changes is added, so that the past can be told as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Receipt (收到): when the complete papers arrived; after a correction, when the supplement did.
    pub received_at: Instant,
    /// The receipts before that were answered by asking for a correction (补正告知), the oldest first.
    /// One whose `received_at` is that of the course still waits for the supplement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// When it was accepted (受理), or when silence was recorded as acceptance. The limits then start
    /// with the day of receipt (art. 32); the ledger sees that for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Instant>,
    /// When the clock stood still. Pauses may overlap; days count once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// The extension (延期), once granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extended>,
    /// When it was decided, which ends the promised and the statutory limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Instant>,
    /// Whether the decision was against the applicant, so that no certificate is to be delivered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// When it ended without a decision: withdrawn, terminated, lapsed or not accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// When what was granted was delivered (送达).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Instant>,
    /// By which versions of the calendar the case was counted, the oldest first. Before the first
    /// that one counts too; where there is none, the calendar as it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<CalendarUse>,
}

/// A receipt that was answered by asking for what was missing (补正, art. 32).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When the papers arrived that were not complete.
    pub received_at: Instant,
    /// When the correction was asked for.
    pub asked_at: Instant,
}

/// A time in which the clock stands still. It takes out the days after the day it starts, through the
/// day it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// On what it rests.
    pub ground: Ground,
    /// When it began.
    pub from: Instant,
    /// When it ended; `None` while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Instant>,
    /// Who ordered it; nobody where a course is only supposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OfficerId>,
}

/// An extension that was approved (art. 42).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extended {
    /// How many working days it adds.
    pub days: u16,
    /// When it was approved.
    pub at: Instant,
    /// The head of the authority who approved it; nobody where a course is only supposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<OfficerId>,
}

/// From when a case was counted by which version of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarUse {
    /// The moment of submission, or of the event that counted it anew.
    pub from: Instant,
    /// The version.
    pub version: u32,
}

impl Course {
    /// The course of a case whose papers have just arrived, counted by `calendar`.
    pub fn received(at: Instant, calendar: &WorkingCalendar) -> Self {
        Self {
            calendars: vec![CalendarUse {
                from: at,
                version: calendar.version(),
            }],
            ..Self::supposed(at)
        }
    }

    /// A course of which nothing but the receipt is supposed, counted by whichever calendar there is.
    pub const fn supposed(received_at: Instant) -> Self {
        Self {
            received_at,
            corrections: Vec::new(),
            accepted_at: None,
            pauses: Vec::new(),
            extension: None,
            decided_at: None,
            refused: false,
            ended_at: None,
            delivered_at: None,
            calendars: Vec::new(),
        }
    }

    /// The pause that lasts on that ground.
    pub fn open_pause(&self, ground: Ground) -> Option<&Pause> {
        self.pauses
            .iter()
            .find(|pause| pause.ground == ground && pause.to.is_none())
    }

    /// The calendar by which the case was counted at `at`.
    pub fn calendar_at<'c>(&self, calendar: &'c WorkingCalendar, at: Instant) -> Edition<'c> {
        let used = self
            .calendars
            .iter()
            .rfind(|used| used.from <= at)
            .or(self.calendars.first());
        used.map_or(calendar.latest(), |used| {
            calendar.as_of_version(used.version)
        })
    }

    /// Whether the case should be counted anew, because `calendar` has tables it was not counted by.
    pub fn is_counted_by_an_older_calendar(&self, calendar: &WorkingCalendar) -> bool {
        self.calendars
            .last()
            .is_some_and(|used| used.version < calendar.version())
    }

    /// When silence on what arrived at `received_at` counts as acceptance: with the day after the last
    /// one for an answer, by the calendar in use then.
    pub(super) fn silence_counts_from(
        &self,
        received_at: Instant,
        calendar: &WorkingCalendar,
    ) -> Option<Instant> {
        let over = |edition: Edition<'_>| {
            let due = edition.due(
                received_at.date(),
                ACCEPTANCE_WORKING_DAYS,
                LimitUnit::WorkingDay,
            );
            Instant::end_of(due.date).map(|end| end.plus_seconds(1))
        };
        if self.calendars.is_empty() {
            return over(calendar.latest());
        }
        let replaced = self.calendars.iter().skip(1).map(|later| Some(later.from));
        self.calendars
            .iter()
            .zip(replaced.chain([None]))
            .find_map(|(used, replaced)| {
                let over = over(calendar.as_of_version(used.version))?;
                // Before the first version in use, that one counts too.
                let first = self.calendars.first() == Some(used);
                let silent = if first { over } else { over.max(used.from) };
                replaced
                    .is_none_or(|replaced| silent < replaced)
                    .then_some(silent)
            })
    }
}
