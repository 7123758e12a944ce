//! What has happened to an application, and the chain it is recorded in.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::demand::Demand;
use super::intake::{DeferralUndertaking, Filed, NonAcceptance, Submitted};
use super::recompute::Recounted;
use super::remedy::Remedy;
use super::rows::RefusedRows;
use super::state::{Application, Limits, Outcome, Petition};
use crate::calendar::Due;
use crate::chain::{self, Digest};
use crate::device::DeviceId;
use crate::ids::{ApplicationNo, EventId, MaterialCode, OfficerId, PersonId};
use crate::instant::Instant;
use crate::item::{DeliveryMode, PauseGround};
use crate::mandate::Role;
use crate::officer::Post;
use crate::quantity::Quantities;
use crate::unit::UnitId;

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A person acting for the enterprise.
    Agent {
        /// Who.
        person: PersonId,
        /// By which role of their mandate.
        role: Role,
        /// The kiosk or counter at which they stood.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<DeviceId>,
    },
    /// A person for themself, without a mandate.
    Person {
        /// Who.
        person: PersonId,
        /// The kiosk or counter at which they stood.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<DeviceId>,
    },
    /// The platform itself.
    System {
        /// Which of its tasks.
        task: String,
    },
    /// An officer.
    Officer {
        /// Who.
        officer: OfficerId,
        /// The number on the badge (警号).
        badge: String,
        /// Of which unit.
        unit: UnitId,
    },
}

impl Actor {
    /// The officer, if one acted.
    pub fn officer(&self) -> Option<&OfficerId> {
        match self {
            Self::Officer { officer, .. } => Some(officer),
            Self::Agent { .. } | Self::Person { .. } | Self::System { .. } => None,
        }
    }
}

/// What happened. Texts that people wrote are not in it: they lie encrypted beside the event, which
/// holds the digest of their ciphertext.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The application was handed in.
    Submitted(Box<Submitted>),
    /// An officer took it in hand.
    Claimed {
        /// In which post.
        post: Post,
    },
    /// The officer gave it back.
    Released,
    /// It was given into another officer's hands (leave, absence).
    Reassigned {
        /// Whose.
        to: OfficerId,
        /// In which post.
        post: Post,
        /// Digest of the sealed reason.
        reason: Digest,
    },
    /// The applicant was told, once and of everything, what to mend (补正告知, art. 32).
    CorrectionRequired {
        /// What.
        demands: Vec<Demand>,
        /// Digest of the sealed explanation.
        explanation: Digest,
        /// The last day to answer, after which the application counts as withdrawn.
        answer_by: Due,
    },
    /// An application that counts as accepted was asked for papers; it is not sent back for them.
    PapersRequested {
        /// Which.
        demands: Vec<Demand>,
        /// Digest of the sealed explanation.
        explanation: Digest,
    },
    /// The applicant answered the notice.
    Supplemented {
        /// Digest of the sealed form, where it was handed in again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<Digest>,
        /// The substances it names then, of which quantities run.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quantities: Option<Quantities>,
        /// How many rows it has then, where it has rows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<u16>,
        /// The documents as they are now.
        papers: Vec<Filed>,
        /// The limits that run from receipt, where that moved.
        limits: Limits,
    },
    /// A notice was handed over on paper (送达).
    NoticeServed {
        /// The place in the chain of the event that issued it.
        notice: u64,
        /// The last day to answer it, where it asks for an answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_by: Option<Due>,
    },
    /// Nobody answered the notice in time: the application counts as withdrawn.
    CorrectionLapsed,
    /// The applicant undertook to bring papers later (容缺承诺).
    DeferralUndertaken {
        /// What was undertaken.
        undertaking: DeferralUndertaking,
    },
    /// The applicant undertook to meet the item's conditions (告知承诺).
    ConditionsUndertaken,
    /// It was accepted (受理).
    Accepted {
        /// The limits that began to run.
        limits: Limits,
        /// No word came within five working days, so that it counts as accepted since receipt.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        deemed: bool,
        /// What may follow later (容缺受理).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deferral: Option<DeferralUndertaking>,
    },
    /// It was not accepted (不予受理).
    NotAccepted {
        /// On what ground.
        ground: NonAcceptance,
        /// Digest of the sealed reasons, which name the right authority.
        reasons: Digest,
        /// What the applicant can do about it.
        remedies: Vec<Remedy>,
    },
    /// The papers that were to follow have come.
    Cured {
        /// The documents as they are now.
        papers: Vec<Filed>,
    },
    /// The papers that were to follow did not come: the procedure ends.
    CureLapsed {
        /// Which did not come.
        materials: Vec<MaterialCode>,
        /// What the applicant can do about it.
        remedies: Vec<Remedy>,
    },
    /// A special procedure began (特别程序, art. 45).
    SpecialProcedureStarted {
        /// On which ground.
        ground: PauseGround,
        /// By when it is expected to be over.
        expected_end: Date,
        /// Digest of the sealed explanation.
        explanation: Digest,
    },
    /// It is over.
    SpecialProcedureEnded {
        /// Which.
        ground: PauseGround,
        /// Digest of the sealed result.
        result: Digest,
        /// The limits as they run now.
        limits: Limits,
    },
    /// The procedure was suspended for a cause on the applicant's side (中止).
    Suspended {
        /// Digest of the sealed cause with its basis.
        basis: Digest,
    },
    /// It goes on.
    Resumed {
        /// Digest of the sealed reason.
        reason: Digest,
        /// The limits as they run now.
        limits: Limits,
    },
    /// The parties were told of their right to a hearing (听证告知, arts. 46 and 47).
    HearingOffered {
        /// Digest of the sealed explanation.
        explanation: Digest,
        /// The last day to ask for it.
        ask_by: Due,
    },
    /// A hearing was asked for.
    HearingRequested {
        /// The last day on which it may be held.
        hold_by: Date,
    },
    /// Nobody asked for it in time.
    HearingForgone,
    /// The parties were told when and where it is held.
    HearingScheduled {
        /// When.
        at: Instant,
        /// Who chairs it.
        chair: OfficerId,
        /// Digest of the sealed place and order.
        order: Digest,
    },
    /// It was held.
    HearingHeld {
        /// Digest of the sealed minutes, which the decision rests on (art. 48).
        minutes: Digest,
        /// The limits as they run now.
        limits: Limits,
    },
    /// The handler asked the head for more time (art. 42).
    ExtensionRequested {
        /// Working days.
        days: u16,
        /// Digest of the sealed reasons.
        reasons: Digest,
    },
    /// The head gave it.
    Extended {
        /// Working days.
        days: u16,
        /// Digest of the sealed reasons the applicant is told.
        reasons: Digest,
        /// The limits as they run now.
        limits: Limits,
    },
    /// Somebody is to come (到场).
    AttendanceBooked {
        /// When.
        at: Instant,
    },
    /// They came.
    Attended,
    /// Two officers checked on site (art. 34).
    Inspected {
        /// The second officer; the first is who acted.
        with: OfficerId,
        /// Digest of the sealed findings.
        findings: Digest,
    },
    /// The review recommended an outcome.
    Recommended {
        /// Which.
        outcome: Outcome,
        /// Digest of the sealed opinion.
        opinion: Digest,
        /// The rows that it would refuse.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused_rows: Option<RefusedRows>,
        /// The unit to which it is passed on for the decision, where that is another (报送).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passed_on_to: Option<UnitId>,
    },
    /// The decider gave it back to the review.
    Returned {
        /// Digest of the sealed reason.
        reason: Digest,
    },
    /// It was granted.
    Granted {
        /// Digest of the sealed reasons, where any were given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Digest>,
        /// The last day of what was granted, where it has a term.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_until: Option<Date>,
        /// The last day to check it, where it was granted on undertaking.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check_by: Option<Due>,
        /// The last day to deliver it (art. 44).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deliver_by: Option<Due>,
        /// The rows that were refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused_rows: Option<RefusedRows>,
        /// What the applicant can do about those (art. 38).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remedies: Vec<Remedy>,
    },
    /// It was refused.
    Refused {
        /// Digest of the sealed reasons (art. 38).
        reasons: Digest,
        /// What the applicant can do about it (art. 38).
        remedies: Vec<Remedy>,
    },
    /// What was undertaken was checked after the grant.
    UndertakingChecked {
        /// Whether it holds.
        holds: bool,
        /// Digest of the sealed findings.
        findings: Digest,
    },
    /// The applicant withdrew it.
    Withdrawn {
        /// Digest of the sealed reason, where one was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Digest>,
    },
    /// The authority ended the procedure without a decision (终止).
    Terminated {
        /// Digest of the sealed reasons.
        reasons: Digest,
        /// What the applicant can do about it.
        remedies: Vec<Remedy>,
    },
    /// The result reached the applicant (送达, art. 44).
    Delivered {
        /// How.
        mode: DeliveryMode,
    },
    /// The holder asked for a longer term (延续) or for a change (变更).
    PetitionFiled {
        /// Which.
        petition: Petition,
        /// Digest of the sealed request.
        request: Digest,
        /// The last day to answer, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_by: Option<Date>,
    },
    /// The term was renewed (延续, art. 50).
    Renewed {
        /// The last day now.
        valid_until: Date,
        /// No decision came before the term ended, so that it counts as renewed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_silence: bool,
        /// Digest of the sealed reasons, where any were given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Digest>,
    },
    /// What was granted was changed (变更, art. 49).
    Amended {
        /// Digest of the sealed reasons, where any were given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Digest>,
    },
    /// The request of the holder was refused.
    PetitionRefused {
        /// Which.
        petition: Petition,
        /// Digest of the sealed reasons.
        reasons: Digest,
        /// What the holder can do about it.
        remedies: Vec<Remedy>,
    },
    /// The authority took back what was lawfully granted, for the public good (撤回, art. 8).
    Rescinded {
        /// Digest of the sealed reasons.
        reasons: Digest,
        /// What the holder can do about it.
        remedies: Vec<Remedy>,
    },
    /// The authority undid what should not have been granted (撤销, art. 69).
    Revoked {
        /// Digest of the sealed reasons.
        reasons: Digest,
        /// What the holder can do about it.
        remedies: Vec<Remedy>,
    },
    /// What was granted was struck off (注销, art. 70).
    Cancelled {
        /// Digest of the sealed reasons.
        reasons: Digest,
    },
    /// The limits were computed again, by the tables of a newer calendar.
    Recomputed {
        /// The version of the calendar.
        calendar: u32,
        /// The limits as they run now.
        limits: Limits,
        /// The other days that it moves.
        #[serde(default, skip_serializing_if = "Recounted::is_none")]
        days: Recounted,
    },
}

impl Event {
    /// Whether it is for officers only until the case is decided: what the review thinks, and who works
    /// on it.
    pub fn is_internal(&self) -> bool {
        matches!(
            self,
            Self::Recommended { .. }
                | Self::Returned { .. }
                | Self::Reassigned { .. }
                | Self::ExtensionRequested { .. }
        )
    }

    /// Its name, as it is written in the event itself and in what is sent on.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Submitted(_) => "submitted",
            Self::Claimed { .. } => "claimed",
            Self::Released => "released",
            Self::Reassigned { .. } => "reassigned",
            Self::CorrectionRequired { .. } => "correction_required",
            Self::PapersRequested { .. } => "papers_requested",
            Self::Supplemented { .. } => "supplemented",
            Self::NoticeServed { .. } => "notice_served",
            Self::CorrectionLapsed => "correction_lapsed",
            Self::DeferralUndertaken { .. } => "deferral_undertaken",
            Self::ConditionsUndertaken => "conditions_undertaken",
            Self::Accepted { .. } => "accepted",
            Self::NotAccepted { .. } => "not_accepted",
            Self::Cured { .. } => "cured",
            Self::CureLapsed { .. } => "cure_lapsed",
            Self::SpecialProcedureStarted { .. } => "special_procedure_started",
            Self::SpecialProcedureEnded { .. } => "special_procedure_ended",
            Self::Suspended { .. } => "suspended",
            Self::Resumed { .. } => "resumed",
            Self::HearingOffered { .. } => "hearing_offered",
            Self::HearingRequested { .. } => "hearing_requested",
            Self::HearingForgone => "hearing_forgone",
            Self::HearingScheduled { .. } => "hearing_scheduled",
            Self::HearingHeld { .. } => "hearing_held",
            Self::ExtensionRequested { .. } => "extension_requested",
            Self::Extended { .. } => "extended",
            Self::AttendanceBooked { .. } => "attendance_booked",
            Self::Attended => "attended",
            Self::Inspected { .. } => "inspected",
            Self::Recommended { .. } => "recommended",
            Self::Returned { .. } => "returned",
            Self::Granted { .. } => "granted",
            Self::Refused { .. } => "refused",
            Self::UndertakingChecked { .. } => "undertaking_checked",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Terminated { .. } => "terminated",
            Self::Delivered { .. } => "delivered",
            Self::PetitionFiled { .. } => "petition_filed",
            Self::Renewed { .. } => "renewed",
            Self::Amended { .. } => "amended",
            Self::PetitionRefused { .. } => "petition_refused",
            Self::Rescinded { .. } => "rescinded",
            Self::Revoked { .. } => "revoked",
            Self::Cancelled { .. } => "cancelled",
            Self::Recomputed { .. } => "recomputed",
        }
    }
}

/// An event in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The application it belongs to.
    pub application: ApplicationNo,
    /// Its place, counted from 1.
    pub seq: u64,
    /// Its own identifier.
    pub id: EventId,
    /// When it happened, in business time.
    pub at: Instant,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
    /// The hash of the event before; [`Digest::GENESIS`] for the first.
    pub prev: Digest,
    /// The hash of this event (see [`crate::chain`]).
    pub hash: Digest,
}

/// Why events do not replay to a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayFault {
    /// There are no events.
    #[error("there is no event")]
    Empty,
    /// An event is missing, doubled or out of place.
    #[error("an event is not the next one of its application")]
    NotInOrder,
    /// An event was changed after it was recorded, or does not follow on the one before.
    #[error("the hash chain is broken")]
    ChainBroken,
}

impl Recorded {
    /// The hash this event should carry.
    fn computed_hash(&self) -> Option<Digest> {
        serde_json::to_value(self).ok().map(chain::link)
    }

    pub(super) fn check_follows(&self, before: Option<&Application>) -> Result<(), ReplayFault> {
        let in_order = match before {
            None => self.seq == 1,
            Some(state) => self.seq == state.version + 1 && self.application == state.number,
        };
        if !in_order {
            return Err(ReplayFault::NotInOrder);
        }
        let head = before.map_or(Digest::GENESIS, |state| state.head);
        if self.prev == head && self.computed_hash() == Some(self.hash) {
            Ok(())
        } else {
            Err(ReplayFault::ChainBroken)
        }
    }
}

/// Puts `events` behind `before` in the chain of `application` and returns them with the state
/// they lead to. `ids` gives each event its identifier.
///
/// # Errors
/// A [`ReplayFault`] where the first event is not one that can come next, or there is none.
pub fn record(
    before: Option<&Application>,
    application: &ApplicationNo,
    events: Vec<Event>,
    at: Instant,
    actor: &Actor,
    mut ids: impl FnMut() -> EventId,
) -> Result<(Vec<Recorded>, Application), ReplayFault> {
    let mut state = before.cloned();
    let mut chained = Vec::with_capacity(events.len());
    for event in events {
        let mut recorded = Recorded {
            application: application.clone(),
            seq: state.as_ref().map_or(1, |state| state.version + 1),
            id: ids(),
            at,
            actor: actor.clone(),
            event,
            prev: state.as_ref().map_or(Digest::GENESIS, |state| state.head),
            hash: Digest::GENESIS,
        };
        recorded.hash = recorded.computed_hash().ok_or(ReplayFault::ChainBroken)?;
        state = Some(Application::evolve(state, &recorded)?);
        chained.push(recorded);
    }
    Ok((chained, state.ok_or(ReplayFault::Empty)?))
}
