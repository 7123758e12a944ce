//! What the applicant is told: what happened, what to do next and by when.

mod afterwards;
mod clock;
mod end;
mod intake;
mod review;

use jiff::civil::Date;

use super::{Message, Recipient, phrase};
use crate::application::{Event, Limits, Remedy};
use crate::occurrence::Occurrence;
use crate::words::Words;

/// What the applicant is told; none of what stays inside the authority until it is decided.
pub(super) fn message(occurrence: &Occurrence<'_>) -> Option<(Recipient, Message)> {
    match &occurrence.recorded.event {
        Event::Submitted(_)
        | Event::CorrectionRequired { .. }
        | Event::PapersRequested { .. }
        | Event::Supplemented { .. }
        | Event::NoticeServed {
            answer_by: Some(_), ..
        }
        | Event::CorrectionLapsed
        | Event::DeferralUndertaken { .. }
        | Event::ConditionsUndertaken
        | Event::Accepted { .. }
        | Event::NotAccepted { .. }
        | Event::Cured { .. }
        | Event::CureLapsed { .. } => intake::message(occurrence),
        Event::SpecialProcedureStarted { .. }
        | Event::SpecialProcedureEnded { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::Extended { .. }
        | Event::Recomputed { .. } => clock::message(occurrence),
        Event::HearingOffered { .. }
        | Event::HearingRequested { .. }
        | Event::HearingForgone
        | Event::HearingScheduled { .. }
        | Event::HearingHeld { .. }
        | Event::AttendanceBooked { .. }
        | Event::Attended
        | Event::Inspected { .. } => review::message(occurrence),
        Event::Granted { .. }
        | Event::Refused { .. }
        | Event::Withdrawn { .. }
        | Event::Terminated { .. } => end::message(occurrence),
        Event::UndertakingChecked { .. }
        | Event::Delivered { .. }
        | Event::PetitionFiled { .. }
        | Event::Renewed { .. }
        | Event::Amended { .. }
        | Event::PetitionRefused { .. }
        | Event::Rescinded { .. }
        | Event::Revoked { .. }
        | Event::Cancelled { .. } => afterwards::message(occurrence),
        // Who has it in hand, and what is thought of it, is the authority's own until it is decided.
        Event::Claimed { .. }
        // Who was served has the paper in hand, and nothing to answer.
        | Event::NoticeServed { answer_by: None, .. }
        | Event::Released
        | Event::Reassigned { .. }
        | Event::ExtensionRequested { .. }
        | Event::Recommended { .. }
        | Event::Returned { .. } => None,
    }
}

/// The last day promised for the decision, as the case stands after the event.
fn promised(occurrence: &Occurrence<'_>) -> Option<Date> {
    occurrence.after.limits.promised.map(|due| due.date)
}

/// With the day by which it is decided, unless the clock stands still.
fn decision_by(mut told: Message, occurrence: &Occurrence<'_>) -> Message {
    let by = promised(occurrence).filter(|_| !occurrence.after.is_paused());
    if let Some(by) = by {
        let day = phrase::day(by);
        told = told.and(&Words::new(
            format!("承诺于{}（含）前作出决定。", day.zh),
            format!(" The decision is promised by the end of {}.", day.en),
        ));
    }
    told.due(by)
}

/// With the day by which the submission is answered.
fn answer_by(mut told: Message, limits: &Limits) -> Message {
    let Some(by) = limits.acceptance else {
        return told;
    };
    let day = phrase::day(by.date);
    told = told.and(&Words::new(
        format!("最迟于{}答复，逾期未答复的视为受理。", day.zh),
        format!(
            " You hear by the end of {}; without an answer by then it counts as accepted.",
            day.en
        ),
    ));
    told.due(by.date)
}

/// With what can be done against it.
fn contestable(told: Message, remedies: &[Remedy]) -> Message {
    if remedies.is_empty() {
        told
    } else {
        told.next(phrase::remedies(remedies))
    }
}
