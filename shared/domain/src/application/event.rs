//! What has happened to an application, and the chain it is recorded in.

use serde::{Deserialize, Serialize};

use super::decision::Remedy;
use super::state::{Application, Limits, Outcome};
use super::submit::Submitted;
use crate::chain::{self, Digest};
use crate::ids::{ApplicationNo, EventId, OfficerId, PersonId};
use crate::instant::Instant;
use crate::mandate::Role;
use crate::officer::Post;
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
    },
    /// A person for themself, without a mandate.
    Person {
        /// Who.
        person: PersonId,
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
    /// It was accepted (受理).
    Accepted {
        /// The limits that began to run.
        limits: Limits,
    },
    /// The review recommended an outcome.
    Recommended {
        /// Which.
        outcome: Outcome,
        /// Digest of the sealed opinion.
        opinion: Digest,
    },
    /// It was granted.
    Granted {
        /// Digest of the sealed reasons, where any were given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<Digest>,
    },
    /// It was refused.
    Refused {
        /// Digest of the sealed reasons (art. 38).
        reasons: Digest,
        /// What the applicant can do about it (art. 38).
        remedies: Vec<Remedy>,
    },
    /// The applicant withdrew it.
    Withdrawn {
        /// Digest of the sealed reason, where one was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Digest>,
    },
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
