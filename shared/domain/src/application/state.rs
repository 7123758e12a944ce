//! The state of an application and how events change it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::demand::Demand;
use super::event::{Event, Recorded, ReplayFault};
use super::intake::{DeferralUndertaking, Filed};
use crate::calendar::Due;
use crate::chain::Digest;
use crate::clock::{Course, Ground};
use crate::identifiers::Uscc;
use crate::ids::{ApplicationNo, MaterialCode, OfficerId, PersonId};
use crate::instant::Instant;
use crate::item::ItemCode;
use crate::officer::Post;
use crate::quantity::Quantities;
use crate::unit::{RegionCode, UnitId};

/// Through which channel an application came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The web hall.
    Web,
    /// The WeChat programme.
    Wechat,
    /// A police kiosk (警务自助机).
    Kiosk,
    /// A counter.
    Counter,
    /// A program of the enterprise.
    Api,
}

/// How far an application has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Handed in, waiting for acceptance.
    Submitted,
    /// Sent back to be mended (补正): the applicant acts next.
    CorrectionRequired,
    /// Accepted (受理), waiting for a reviewer.
    Accepted,
    /// In a reviewer's hands (审查).
    UnderReview,
    /// In a special procedure that stops the clock (特别程序, art. 45).
    SpecialProcedure,
    /// Suspended for a cause on the applicant's side (中止).
    Suspended,
    /// Reviewed, waiting for the decision.
    AwaitingDecision,
    /// Granted (准予), not delivered yet.
    Granted,
    /// Granted and delivered (送达).
    Delivered,
    /// Refused (不予).
    Refused,
    /// Not accepted (不予受理).
    NotAccepted,
    /// Not mended in time: counts as withdrawn (视为撤回); one may apply again.
    Lapsed,
    /// Withdrawn by the applicant.
    Withdrawn,
    /// Ended by the authority without a decision (终止).
    Terminated,
    /// Granted, and taken back for the public good (撤回, art. 8).
    Rescinded,
    /// Granted, and undone (撤销, art. 69).
    Revoked,
    /// Granted, and struck off (注销, art. 70).
    Cancelled,
}

impl Stage {
    /// The post that acts next; none when it is the applicant who does, or nobody.
    pub fn next_post(self) -> Option<Post> {
        match self {
            Self::Submitted => Some(Post::Intake),
            Self::Accepted | Self::UnderReview | Self::SpecialProcedure | Self::Suspended => {
                Some(Post::Reviewer)
            }
            Self::AwaitingDecision => Some(Post::Decider),
            Self::CorrectionRequired
            | Self::Granted
            | Self::Delivered
            | Self::Refused
            | Self::NotAccepted
            | Self::Lapsed
            | Self::Withdrawn
            | Self::Terminated
            | Self::Rescinded
            | Self::Revoked
            | Self::Cancelled => None,
        }
    }

    /// Whether it has been decided, or ended without a decision.
    pub fn is_final(self) -> bool {
        self != Self::CorrectionRequired && self.next_post().is_none()
    }

    /// Whether something was granted that stands.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Granted | Self::Delivered)
    }

    /// Whether the authority has taken it on and not decided yet.
    pub fn is_accepted_and_open(self) -> bool {
        matches!(
            self,
            Self::Accepted
                | Self::UnderReview
                | Self::SpecialProcedure
                | Self::Suspended
                | Self::AwaitingDecision
        )
    }
}

/// A service item in the version a case is handled under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemVersion {
    /// The item.
    pub code: ItemCode,
    /// Its version, counted from 1.
    pub version: u32,
}

/// What is decided, or recommended to be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 准予; the word shown follows the matter type.
    Grant,
    /// 不予.
    Refuse,
}

/// The officer who has the case in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedBy {
    /// Who.
    pub officer: OfficerId,
    /// In which post.
    pub post: Post,
    /// Since when.
    pub since: Instant,
}

/// Who took which step; one person may take only one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handling {
    /// Who accepted; nobody where it counts as accepted or the platform did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<OfficerId>,
    /// Who reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_by: Option<OfficerId>,
    /// Who took part in the review otherwise: before it was returned, or in what was done on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviewed_before: Vec<OfficerId>,
    /// Who chairs the hearing, or chaired it: nobody who reviews (art. 48).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_by: Option<OfficerId>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<OfficerId>,
}

impl Handling {
    /// Whether `officer` has taken a step of the case that keeps them from one of `post`. Who reviewed
    /// may review again; who chairs the hearing may not.
    pub fn bars(&self, officer: &OfficerId, post: Post) -> bool {
        let took = |step: &Option<OfficerId>| step.as_ref() == Some(officer);
        let reviewed = took(&self.reviewed_by) || self.reviewed_before.contains(officer);
        let other = if post == Post::Reviewer {
            took(&self.heard_by)
        } else {
            reviewed
        };
        took(&self.accepted_by) || took(&self.decided_by) || other
    }

    /// Whether `officer` has taken any step.
    pub fn includes(&self, officer: &OfficerId) -> bool {
        self.bars(officer, Post::Head)
    }
}

/// The dates with which the limits end, where they have begun to run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The five working days within which the authority must answer a submission (art. 32).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance: Option<Due>,
    /// The promised limit (承诺时限).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Due>,
    /// The statutory limit (法定时限).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<Due>,
}

impl Limits {
    /// These limits with those that `later` sets.
    #[must_use]
    pub fn merged(self, later: Self) -> Self {
        Self {
            acceptance: later.acceptance.or(self.acceptance),
            promised: later.promised.or(self.promised),
            statutory: later.statutory.or(self.statutory),
        }
    }
}

/// The notice that told the applicant what to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What the last notice asked for: a further one may ask for nothing else.
    pub demands: Vec<Demand>,
    /// When the last one was served.
    pub asked_at: Instant,
    /// The last day to answer it.
    pub answer_by: Due,
    /// How many notices there were.
    pub notices: u16,
    /// Whether the last one has reached the applicant: the time to answer runs from then.
    #[serde(default, skip_serializing_if = "Service::is_done")]
    pub service: Service,
}

/// Whether a notice has reached whom it is for (送达).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Service {
    /// It has; where electronic service was agreed, with its issue.
    #[default]
    Done,
    /// On paper it has not yet.
    Awaited {
        /// The place in the chain of the event that issued the notice.
        notice: u64,
    },
}

impl Service {
    /// Whether the notice has still to reach them.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Awaited { .. })
    }

    /// Whether it is the notice of the event at `seq` that has still to reach them.
    pub fn awaits(self, seq: u64) -> bool {
        self == Self::Awaited { notice: seq }
    }

    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands over a reference"
    )]
    fn is_done(&self) -> bool {
        *self == Self::Done
    }
}

/// Papers that may follow later (容缺受理).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferral {
    /// What was undertaken.
    pub undertaking: DeferralUndertaking,
    /// Whether the authority accepted on it.
    pub accepted: bool,
    /// When the papers had all come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cured_at: Option<Instant>,
}

impl Deferral {
    /// What is still to come of it once `papers` are there; none where all is.
    #[must_use]
    pub fn without(mut self, papers: &[Filed]) -> Option<Self> {
        let came = |code: &MaterialCode| papers.iter().any(|paper| paper.material() == code);
        self.undertaking.materials.retain(|code| !came(code));
        (!self.undertaking.materials.is_empty()).then_some(self)
    }

    /// What the applicant undertook, not accepted yet.
    pub fn undertaken(undertaking: DeferralUndertaking) -> Self {
        Self {
            undertaking,
            accepted: false,
            cured_at: None,
        }
    }
}

/// An approval on undertaking (告知承诺).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnUndertaking {
    /// When it was signed.
    pub signed_at: Instant,
    /// The last day to check what was granted on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_by: Option<Due>,
    /// Whether it was found to hold, once checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
}

/// How far a hearing is (听证, arts. 46 to 48).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Hearing {
    /// The parties know that they may ask for it.
    Offered {
        /// The last day to ask.
        ask_by: Due,
        /// Whether they have been told: the time to ask runs from then.
        #[serde(default, skip_serializing_if = "Service::is_done")]
        service: Service,
    },
    /// One asked.
    Requested {
        /// The last day to hold it.
        hold_by: Date,
    },
    /// The parties know when and where it is.
    Scheduled {
        /// When it is.
        at: Instant,
        /// Who chairs it.
        chair: OfficerId,
        /// The last day on which it may be held; not known of one that was announced before that was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hold_by: Option<Date>,
    },
    /// It was held.
    Held {
        /// Digest of the sealed minutes.
        minutes: Digest,
    },
    /// Nobody asked.
    Forgone,
}

impl Hearing {
    /// The last day on which it may be held, where one asked for it.
    pub fn hold_by(&self) -> Option<Date> {
        match self {
            Self::Requested { hold_by } => Some(*hold_by),
            Self::Scheduled { hold_by, .. } => *hold_by,
            Self::Offered { .. } | Self::Held { .. } | Self::Forgone => None,
        }
    }

    /// Whether a decision has to wait for it.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Held { .. } | Self::Forgone)
    }
}

/// By when a special procedure that runs is expected to be over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedEnd {
    /// Which.
    pub ground: Ground,
    /// The day.
    pub by: Date,
}

/// More time that the handler asked the head for (延期, art. 42).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionAsked {
    /// Working days.
    pub days: u16,
    /// Who asked.
    pub by: OfficerId,
}

/// Somebody comes (到场).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// For when it is booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked_for: Option<Instant>,
    /// How often a time was booked.
    #[serde(default)]
    pub bookings: u8,
    /// When they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attended_at: Option<Instant>,
}

/// What a holder can ask for after a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Petition {
    /// A longer term (延续, art. 50).
    Renewal,
    /// A change (变更, art. 49).
    Amendment,
}

/// A petition that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingPetition {
    /// Which.
    pub petition: Petition,
    /// Since when.
    pub filed_at: Instant,
    /// The last day to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_none_yet(times: &u8) -> bool {
    *times == 0
}

/// The rows that are refused while the others are granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsRefused {
    /// Their numbers in order, the first row of the form being 1.
    pub numbers: Vec<u16>,
    /// The place in the chain of the event that says so, with which the reasons of each lie.
    pub seq: u64,
}

/// An application as the fold of its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its number.
    pub number: ApplicationNo,
    /// What is applied for.
    pub item: ItemVersion,
    /// The applicant.
    pub enterprise: Uscc,
    /// The unit that handles it.
    pub unit: UnitId,
    /// The unit that accepted and reviewed it, where it was passed on to another for the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_on_by: Option<UnitId>,
    /// Where the matter lies.
    pub region: RegionCode,
    /// Through which channel it came.
    pub channel: Channel,
    /// Who filed it (经办人).
    pub filed_by: PersonId,
    /// Whether notices are handed over on paper; else they are served by arriving in the inbox, to which
    /// the applicant agreed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paper_service: bool,
    /// How far it has come.
    pub stage: Stage,
    /// Who has it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimedBy>,
    /// Who took which step.
    #[serde(default)]
    pub handling: Handling,
    /// What the review recommends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<Outcome>,
    /// Receipt, acceptance, pauses, extension and end: all that the clock depends on.
    #[serde(flatten)]
    pub course: Course,
    /// Whether no word came in time, so that it counts as accepted (视为受理).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deemed: bool,
    /// The dates with which the limits end; while the clock stands still, as it stood then.
    #[serde(default)]
    pub limits: Limits,
    /// The last day to deliver what was granted (art. 44).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliver_by: Option<Due>,
    /// By when all special procedures that run are expected to be over, as the applicant was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_end: Option<Date>,
    /// The same of each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expected_ends: Vec<ExpectedEnd>,
    /// Where the case goes on once no pause is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goes_on_at: Option<Stage>,
    /// More time that the handler asked for; what was given stands in the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_asked: Option<ExtensionAsked>,
    /// What the applicant was told to mend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// What was asked for after it counted as accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub papers_asked_for: Option<Vec<Demand>>,
    /// All that was ever asked for then: nothing else may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers_asked_for_before: Vec<Demand>,
    /// The substances it is about, of which quantities run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantities: Option<Quantities>,
    /// How many rows its form has, where it is for many persons or things at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u16>,
    /// The rows that the review would refuse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_against: Option<RowsRefused>,
    /// The rows that were refused in granting the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_refused: Option<RowsRefused>,
    /// Papers that may follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deferral: Option<Deferral>,
    /// How often an undertaking to bring papers later was changed after the submission.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    pub undertakings: u8,
    /// The applicant's undertaking to meet the conditions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_undertaking: Option<OnUndertaking>,
    /// The hearing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing: Option<Hearing>,
    /// Whether somebody came, where the item asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// Whether it was checked on site.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inspected: bool,
    /// The last day of what was granted, where it has a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// When what was granted was taken back, undone or struck off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck_at: Option<Instant>,
    /// What the holder asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub petition: Option<PendingPetition>,
    /// How many events it is the fold of.
    pub version: u64,
    /// The hash of the last of them.
    pub head: Digest,
}

impl Application {
    /// The state after `recorded`, which must be the next event of the chain.
    ///
    /// # Errors
    /// A [`ReplayFault`] where the event does not follow on the state.
    pub fn evolve(before: Option<Self>, recorded: &Recorded) -> Result<Self, ReplayFault> {
        recorded.check_follows(before.as_ref())?;
        let mut after = match (before, &recorded.event) {
            (None, Event::Submitted(submitted)) => Self {
                number: recorded.application.clone(),
                item: submitted.item.clone(),
                enterprise: submitted.enterprise.clone(),
                unit: submitted.unit.clone(),
                passed_on_by: None,
                region: submitted.region,
                channel: submitted.channel,
                filed_by: submitted.filed_by.clone(),
                paper_service: submitted.paper_service,
                stage: Stage::Submitted,
                claim: None,
                handling: Handling::default(),
                recommendation: None,
                course: submitted.course(recorded.at),
                deemed: false,
                limits: submitted.limits,
                deliver_by: None,
                expected_end: None,
                expected_ends: Vec::new(),
                goes_on_at: None,
                extension_asked: None,
                correction: None,
                papers_asked_for: None,
                papers_asked_for_before: Vec::new(),
                quantities: submitted.quantities.clone(),
                rows: submitted.rows,
                rows_against: None,
                rows_refused: None,
                deferral: submitted.undertaking.clone().map(Deferral::undertaken),
                undertakings: 0,
                on_undertaking: None,
                hearing: None,
                visit: None,
                inspected: false,
                valid_until: None,
                struck_at: None,
                petition: None,
                version: 0,
                head: Digest::GENESIS,
            },
            (Some(state), event) if !matches!(event, Event::Submitted(_)) => state,
            _ => return Err(ReplayFault::NotInOrder),
        };
        after.apply(recorded);
        after.version = recorded.seq;
        after.head = recorded.hash;
        Ok(after)
    }

    /// The state after all of `events`, from submission on.
    ///
    /// # Errors
    /// A [`ReplayFault`] where the chain is broken or empty.
    pub fn replay<'e>(events: impl IntoIterator<Item = &'e Recorded>) -> Result<Self, ReplayFault> {
        let mut state = None;
        for recorded in events {
            state = Some(Self::evolve(state, recorded)?);
        }
        state.ok_or(ReplayFault::Empty)
    }

    /// The post that acts next; none when it is the applicant who does, or nobody.
    pub fn next_post(&self) -> Option<Post> {
        let petitioned = self.petition.is_some() && self.stage.is_in_force();
        // A pause leaves the case with those who had it.
        self.goes_on_at
            .unwrap_or(self.stage)
            .next_post()
            .or_else(|| petitioned.then_some(Post::Decider))
    }

    /// The post whose work it is, in hand or not: that which acts next, intake while a correction notice is
    /// to be handed over or a grant delivered, and review while what was granted on an undertaking is to be checked.
    pub fn works_for(&self) -> Option<Post> {
        let unchecked = self
            .on_undertaking
            .as_ref()
            .is_some_and(|undertaken| undertaken.check_by.is_some() && undertaken.holds.is_none());
        let untold = self.correction.as_ref();
        let untold = untold.is_some_and(|correction| correction.service.is_awaited());
        let left_to_do = match self.stage {
            Stage::CorrectionRequired if untold => Some(Post::Intake),
            Stage::Granted => Some(Post::Intake),
            Stage::Delivered if unchecked => Some(Post::Reviewer),
            _ => None,
        };
        self.next_post().or(left_to_do)
    }

    /// When it was handed in, mended since or not.
    pub fn submitted_at(&self) -> Instant {
        let first = self.course.corrections.first();
        first.map_or(self.course.received_at, |first| first.received_at)
    }

    /// The materials that the authority let follow and that have not come.
    pub fn uncured(&self) -> Option<&DeferralUndertaking> {
        let deferral = self.deferral.as_ref()?;
        (deferral.accepted && deferral.cured_at.is_none()).then_some(&deferral.undertaking)
    }

    /// Whether papers may still be brought: to mend it, because they are to follow, or because they were
    /// asked for after it counted as accepted.
    pub fn takes_papers(&self) -> bool {
        let to_follow = self.uncured().is_some();
        let asked_for = self.deemed && self.papers_asked_for.is_some();
        self.stage == Stage::CorrectionRequired
            || (self.stage.is_accepted_and_open() && (to_follow || asked_for))
    }

    /// Whether the paper for `material` may still be brought. One that the applicant undertook to bring may
    /// come early.
    pub fn takes_paper(&self, material: &MaterialCode) -> bool {
        let demanded =
            |demands: &Vec<Demand>| demands.iter().any(|demand| demand.asks_for(material));
        let correction = self.correction.as_ref();
        let deferral = self.deferral.as_ref();
        let asked_for = correction.is_some_and(|correction| demanded(&correction.demands))
            || self.papers_asked_for.as_ref().is_some_and(demanded);
        let to_follow =
            deferral.is_some_and(|deferral| deferral.undertaking.materials.contains(material));
        self.takes_papers() && (asked_for || to_follow)
    }

    /// The last day to check what was granted on an undertaking, while nobody has.
    pub fn unchecked_until(&self) -> Option<Due> {
        let undertaken = self.on_undertaking.as_ref()?;
        undertaken
            .check_by
            .filter(|_| undertaken.holds.is_none() && self.stage.is_in_force())
    }

    /// The last day to deliver what was granted, while nobody has.
    pub fn undelivered_until(&self) -> Option<Due> {
        self.deliver_by.filter(|_| self.stage == Stage::Granted)
    }

    /// Whether somebody came, as the item asks.
    pub fn has_attended(&self) -> bool {
        self.visit.is_some_and(|visit| visit.attended_at.is_some())
    }

    /// Whether the clock stands still.
    pub fn is_paused(&self) -> bool {
        self.course.pauses.iter().any(|pause| pause.to.is_none())
    }
}
