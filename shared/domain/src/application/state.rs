//! The state of an application and how events change it.

use serde::{Deserialize, Serialize};

use super::event::{Event, Recorded, ReplayFault};
use crate::calendar::Due;
use crate::chain::Digest;
use crate::identifiers::Uscc;
use crate::ids::{ApplicationNo, OfficerId, PersonId};
use crate::instant::Instant;
use crate::item::ItemCode;
use crate::officer::Post;
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
    /// Accepted (受理), waiting for a reviewer.
    Accepted,
    /// In a reviewer's hands (审查).
    UnderReview,
    /// Reviewed, waiting for the decision.
    AwaitingDecision,
    /// Granted (准予).
    Granted,
    /// Refused (不予).
    Refused,
    /// Withdrawn by the applicant.
    Withdrawn,
}

impl Stage {
    /// The post that acts next; none when the application has ended.
    pub fn next_post(self) -> Option<Post> {
        match self {
            Self::Submitted => Some(Post::Intake),
            Self::Accepted | Self::UnderReview => Some(Post::Reviewer),
            Self::AwaitingDecision => Some(Post::Decider),
            Self::Granted | Self::Refused | Self::Withdrawn => None,
        }
    }

    /// Whether nothing more is to be done before a decision.
    pub fn is_final(self) -> bool {
        self.next_post().is_none()
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
    /// Who accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<OfficerId>,
    /// Who reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_by: Option<OfficerId>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<OfficerId>,
}

impl Handling {
    /// Whether `officer` has taken a step of the case already.
    pub fn includes(&self, officer: &OfficerId) -> bool {
        [&self.accepted_by, &self.reviewed_by, &self.decided_by]
            .into_iter()
            .flatten()
            .any(|taken_by| taken_by == officer)
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
    fn merged(self, later: Self) -> Self {
        Self {
            acceptance: later.acceptance.or(self.acceptance),
            promised: later.promised.or(self.promised),
            statutory: later.statutory.or(self.statutory),
        }
    }
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
    /// Where the matter lies.
    pub region: RegionCode,
    /// Through which channel it came.
    pub channel: Channel,
    /// Who filed it (经办人).
    pub filed_by: PersonId,
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
    /// When the complete papers arrived (receipt).
    pub received_at: Instant,
    /// When it was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Instant>,
    /// When it was decided, which ends both limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Instant>,
    /// The dates with which the limits end.
    #[serde(default)]
    pub limits: Limits,
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
                region: submitted.region,
                channel: submitted.channel,
                filed_by: submitted.filed_by.clone(),
                stage: Stage::Submitted,
                claim: None,
                handling: Handling::default(),
                recommendation: None,
                received_at: recorded.at,
                accepted_at: None,
                decided_at: None,
                limits: submitted.limits,
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

    fn apply(&mut self, recorded: &Recorded) {
        let officer = recorded.actor.officer().cloned();
        match &recorded.event {
            Event::Submitted(_) => {}
            Event::Claimed { post } => {
                self.claim = officer.map(|officer| ClaimedBy {
                    officer,
                    post: *post,
                    since: recorded.at,
                });
                if self.stage == Stage::Accepted {
                    self.stage = Stage::UnderReview;
                }
            }
            Event::Released => {
                self.claim = None;
                if self.stage == Stage::UnderReview {
                    self.stage = Stage::Accepted;
                }
            }
            Event::Accepted { limits } => {
                self.stage = Stage::Accepted;
                self.claim = None;
                self.handling.accepted_by = officer;
                self.accepted_at = Some(recorded.at);
                self.limits = self.limits.merged(*limits);
            }
            Event::Recommended { outcome, .. } => {
                self.stage = Stage::AwaitingDecision;
                self.claim = None;
                self.handling.reviewed_by = officer;
                self.recommendation = Some(*outcome);
            }
            Event::Granted { .. } | Event::Refused { .. } => {
                let granted = matches!(recorded.event, Event::Granted { .. });
                self.stage = if granted {
                    Stage::Granted
                } else {
                    Stage::Refused
                };
                self.claim = None;
                self.handling.decided_by = officer;
                self.decided_at = Some(recorded.at);
            }
            Event::Withdrawn { .. } => {
                self.stage = Stage::Withdrawn;
                self.claim = None;
            }
        }
    }
}
