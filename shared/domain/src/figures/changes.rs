use std::collections::BTreeMap;

use super::{Count, Counter, MOST_DAYS, Month};
use crate::application::{Application, Event};
use crate::calendar::WorkingCalendar;
use crate::clock::{Account, Course, Ledger, State, Terms, ledger};
use crate::ids::OfficerId;
use crate::occurrence::Occurrence;
use crate::officer::Post;
use crate::unit::UnitId;

/// What is added to each counter; never 0.
pub type Changes = BTreeMap<Counter, i64>;

/// What `occurrence` adds to the counters.
pub fn changes(occurrence: &Occurrence<'_>, calendar: &WorkingCalendar) -> Changes {
    let mut changes = Changes::new();
    for (count, number) in counted(occurrence, calendar) {
        let counter = Counter::Cases {
            unit: occurrence.after.unit.clone(),
            month: Month::of(occurrence.recorded.at.date()),
            item: occurrence.after.item.code,
            count,
        };
        *changes.entry(counter).or_default() += number;
    }
    let before = occurrence.before.and_then(Place::of);
    for (place, number) in [(before, -1), (Place::of(occurrence.after), 1)] {
        for counter in place.into_iter().flat_map(Place::counters) {
            *changes.entry(counter).or_default() += number;
        }
    }
    changes.retain(|_, number| *number != 0);
    changes
}

/// What the event adds to the figures of its month.
fn counted(occurrence: &Occurrence<'_>, calendar: &WorkingCalendar) -> Vec<(Count, i64)> {
    let one = |count| vec![(count, 1)];
    match &occurrence.recorded.event {
        Event::Submitted(_) => one(Count::Submitted),
        Event::Accepted { deemed: true, .. } => one(Count::DeemedAccepted),
        Event::Accepted { deemed: false, .. } => one(Count::Accepted),
        Event::NotAccepted { .. } => one(Count::NotAccepted),
        Event::CorrectionRequired { .. } | Event::PapersRequested { .. } => one(Count::Corrections),
        Event::CorrectionLapsed => one(Count::Lapsed),
        Event::Withdrawn { .. } => one(Count::Withdrawn),
        Event::Terminated { .. } | Event::CureLapsed { .. } => one(Count::Terminated),
        Event::Granted { .. } => decided(Count::Granted, occurrence, calendar),
        Event::Refused { .. } => decided(Count::Refused, occurrence, calendar),
        Event::Claimed { .. }
        | Event::Released
        | Event::Reassigned { .. }
        | Event::Supplemented { .. }
        | Event::DeferralUndertaken { .. }
        | Event::ConditionsUndertaken
        | Event::Cured { .. }
        | Event::SpecialProcedureStarted { .. }
        | Event::SpecialProcedureEnded { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::HearingOffered { .. }
        | Event::HearingRequested { .. }
        | Event::HearingForgone
        | Event::HearingScheduled { .. }
        | Event::HearingHeld { .. }
        | Event::ExtensionRequested { .. }
        | Event::Extended { .. }
        | Event::AttendanceBooked { .. }
        | Event::Attended
        | Event::Inspected { .. }
        | Event::Recommended { .. }
        | Event::Returned { .. }
        | Event::UndertakingChecked { .. }
        | Event::Delivered { .. }
        | Event::PetitionFiled { .. }
        | Event::Renewed { .. }
        | Event::Amended { .. }
        | Event::PetitionRefused { .. }
        | Event::Rescinded { .. }
        | Event::Revoked { .. }
        | Event::Cancelled { .. }
        | Event::NoticeServed { .. }
        | Event::Recomputed { .. } => Vec::new(),
    }
}

/// What a decision adds: itself, its corrections, whether it was in time, and how long it took.
fn decided(
    outcome: Count,
    occurrence: &Occurrence<'_>,
    calendar: &WorkingCalendar,
) -> Vec<(Count, i64)> {
    let case = occurrence.after;
    let accounts = ledger(
        &Terms::of(occurrence.item),
        &case.course,
        calendar,
        occurrence.recorded.at,
    );
    let corrections = case.correction.as_ref();
    let corrections = corrections.map_or(0, |correction| correction.notices);
    let in_time = |account: &Account, met, missed| match account.state {
        State::Met { .. } => Some(met),
        State::Overdue { .. } => Some(missed),
        _ => None,
    };
    let promised = in_time(
        &accounts.promised,
        Count::PromisedMet,
        Count::PromisedMissed,
    );
    let statutory = accounts
        .statutory
        .as_ref()
        .and_then(|account| in_time(account, Count::StatutoryMet, Count::StatutoryMissed));
    let days = working_days(&accounts, &case.course, calendar);
    let days = days.map(|days| {
        let days = u16::try_from(days).unwrap_or(MOST_DAYS);
        Count::Days(days.min(MOST_DAYS))
    });
    let once = [Some(outcome), promised, statutory, days];
    let mut counted: Vec<(Count, i64)> = once.into_iter().flatten().map(|it| (it, 1)).collect();
    counted.push((Count::CorrectionsOfDecided, i64::from(corrections)));
    counted
}

/// How many working days a case took: those after the day on which its promised limit began through the
/// day of the decision, without those that the ledger takes out for pauses. None where the limit had not
/// begun.
fn working_days(accounts: &Ledger, course: &Course, calendar: &WorkingCalendar) -> Option<u32> {
    let account = &accounts.promised;
    let (started, decided_at) = (account.started?, course.decided_at?);
    let edition = calendar.as_of_version(account.calendar_version);
    let all = edition.working_days(started.at.date(), decided_at.date());
    let pauses = account.pauses.iter().filter(|pause| pause.days > 0);
    let out: u32 = pauses
        .map(|pause| edition.working_days(pause.after, pause.through).count)
        .sum();
    Some(all.count.saturating_sub(out))
}

/// Where a case stands: for whom it waits, and in whose hands.
struct Place<'a> {
    unit: &'a UnitId,
    post: Post,
    officer: Option<&'a OfficerId>,
}

impl<'a> Place<'a> {
    /// Where `case` stands; none where it waits for nobody of the unit.
    fn of(case: &'a Application) -> Option<Self> {
        Some(Self {
            unit: &case.unit,
            post: case.works_for()?,
            officer: case.claim.as_ref().map(|claim| &claim.officer),
        })
    }

    fn counters(self) -> impl Iterator<Item = Counter> {
        let waiting = Counter::Waiting {
            unit: self.unit.clone(),
            post: self.post,
            claimed: self.officer.is_some(),
        };
        let in_hand = self.officer.map(|officer| Counter::InHand {
            unit: self.unit.clone(),
            officer: officer.clone(),
            post: self.post,
        });
        std::iter::once(waiting).chain(in_hand)
    }
}
