//! The hearing (听证, arts. 46 to 48): the parties are told of the right, one asks, it is held, and the
//! decision rests on its minutes.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::application::event::{Actor, Event};
use crate::application::limits::gone_on;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Hearing, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;
use crate::clock::Ground;
use crate::ids::OfficerId;
use crate::instant::Instant;
use crate::item::{LimitUnit, PauseGround};

/// Working days within which a hearing must be asked for (art. 47).
pub(crate) const ASK_WITHIN_WORKING_DAYS: u16 = 5;
/// Working days after the request within which it must be held (art. 47).
const HOLD_WITHIN_WORKING_DAYS: u16 = 20;
/// Days before the hearing by which the parties are told when and where (art. 48).
const NOTICE_DAYS: i64 = 7;

const IN_REVIEW: [Stage; 3] = [
    Stage::UnderReview,
    Stage::SpecialProcedure,
    Stage::Suspended,
];

/// The command that tells the parties of their right: where the item says so, or the decision touches
/// weighty interests of theirs or of others.
#[derive(Clone, Copy, Debug)]
pub struct OfferHearing {
    /// Digest of the sealed explanation.
    pub explanation: Digest,
}

impl OfferHearing {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::UnderReview], context)?;
        if state.hearing.is_some() {
            return Err(Refusal::HearingOfferedBefore);
        }
        let ask_by = context.calendar.due(
            context.now.date(),
            ASK_WITHIN_WORKING_DAYS,
            LimitUnit::WorkingDay,
        );
        Ok(vec![Event::HearingOffered {
            explanation: self.explanation,
            ask_by,
        }])
    }
}

/// The command with which the applicant asks for it.
#[derive(Clone, Copy, Debug)]
pub struct RequestHearing;

impl RequestHearing {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if !matches!(context.actor, Actor::Agent { .. }) {
            return Err(Refusal::NotTheApplicant);
        }
        if !state.stage.is_accepted_and_open() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        match &state.hearing {
            Some(Hearing::Offered { ask_by, service }) => {
                let told = !service.is_awaited();
                if told && context.is_over(ask_by.date).is_ok() {
                    return Err(Refusal::HearingAskedTooLate);
                }
                let hold_by = context.calendar.due(
                    context.now.date(),
                    HOLD_WITHIN_WORKING_DAYS,
                    LimitUnit::WorkingDay,
                );
                Ok(vec![Event::HearingRequested {
                    hold_by: hold_by.date,
                }])
            }
            Some(Hearing::Forgone) => Err(Refusal::HearingAskedTooLate),
            _ => Err(Refusal::HearingNotAtThatStep),
        }
    }
}

/// The command with which the platform notes that nobody asked in time.
#[derive(Clone, Copy, Debug)]
pub struct ForgoHearing;

impl ForgoHearing {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        match &state.hearing {
            Some(Hearing::Offered { ask_by, service })
                if state.stage.is_accepted_and_open() && !service.is_awaited() =>
            {
                context.is_over(ask_by.date)?;
                Ok(vec![Event::HearingForgone])
            }
            _ => Err(Refusal::HearingNotAtThatStep),
        }
    }
}

/// The command that tells the parties when and where it is, once more where it is put off. From the first
/// time until it is held the clock stands still (art. 45).
#[derive(Clone, Debug)]
pub struct ScheduleHearing {
    /// When.
    pub at: Instant,
    /// Who chairs it: nobody who reviewed the case (art. 48).
    pub chair: OfficerId,
    /// Whether they are in office and do not act for the applicant in private life.
    pub able: bool,
    /// Digest of the sealed place and order.
    pub order: Digest,
}

impl ScheduleHearing {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let handler = officer_in_hand(state, &IN_REVIEW, context)?;
        let to_be_held = |hearing: &&Hearing| {
            matches!(
                hearing,
                Hearing::Requested { .. } | Hearing::Scheduled { .. }
            )
        };
        let hearing = state.hearing.as_ref().filter(to_be_held);
        let hearing = hearing.ok_or(Refusal::HearingNotAtThatStep)?;
        let put_off = match hearing {
            Hearing::Scheduled { at, chair, .. } => (*at, chair) != (self.at, &self.chair),
            _ => true,
        };
        if !put_off {
            return Err(Refusal::HearingNotAtThatStep);
        }
        if self.chair == *handler || state.handling.includes(&self.chair) {
            return Err(Refusal::ChairFromTheReview);
        }
        if !self.able {
            return Err(Refusal::OfficerUnfit);
        }
        let today = context.now.date();
        let earliest: Date = today.saturating_add(NOTICE_DAYS.days());
        // One that was put off too long is late, and is still held: the notice is not cut short.
        let latest = hearing.hold_by().map_or(earliest, |day| earliest.max(day));
        if self.at.date() < earliest || self.at.date() > latest {
            return Err(Refusal::HearingDay { earliest, latest });
        }
        Ok(vec![Event::HearingScheduled {
            at: self.at,
            chair: self.chair.clone(),
            order: self.order,
        }])
    }
}

/// The command that records that it was held, with its minutes.
#[derive(Clone, Copy, Debug)]
pub struct HoldHearing {
    /// Digest of the sealed minutes.
    pub minutes: Digest,
}

impl HoldHearing {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &IN_REVIEW, context)?;
        match &state.hearing {
            Some(Hearing::Scheduled { at, .. }) if *at <= context.now => {
                let ground = Ground::SpecialProcedure(PauseGround::Hearing);
                Ok(vec![Event::HearingHeld {
                    minutes: self.minutes,
                    limits: gone_on(state, ground, context),
                }])
            }
            _ => Err(Refusal::HearingNotAtThatStep),
        }
    }
}
