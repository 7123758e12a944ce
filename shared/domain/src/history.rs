//! The history of an aggregate: events in a chain, and the state they lead to.
//!
//! Applications have a history of their own shape ([`crate::application`]); enterprises and officers
//! have this one.

use serde::{Deserialize, Serialize};

use crate::application::Actor;
use crate::chain::{self, Digest};
use crate::ids::EventId;
use crate::instant::Instant;

/// Something whose state is the fold of its events.
pub trait Aggregate: Clone {
    /// What it is known by.
    type Id: Clone + PartialEq + Serialize;
    /// What can happen to it.
    type Event: Serialize;

    /// What it is known by.
    fn id(&self) -> &Self::Id;
    /// How many events led here, and the hash of the last.
    fn place(&self) -> (u64, Digest);
    /// The state after `recorded`; none where it cannot follow on `before`.
    fn evolve(before: Option<Self>, recorded: &Recorded<Self::Id, Self::Event>) -> Option<Self>;
}

/// An event in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded<I, E> {
    /// To what it happened.
    pub aggregate: I,
    /// Its place, counted from 1.
    pub seq: u64,
    /// Its own identifier.
    pub id: EventId,
    /// When it happened, in business time.
    pub at: Instant,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub event: E,
    /// The hash of the event before; [`Digest::GENESIS`] for the first.
    pub prev: Digest,
    /// The hash of this event (see [`crate::chain`]).
    pub hash: Digest,
}

/// The events of a history do not follow one on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event is missing, doubled, out of place or was changed")]
pub struct BrokenHistory;

impl<I: Serialize, E: Serialize> Recorded<I, E> {
    fn computed_hash(&self) -> Result<Digest, BrokenHistory> {
        serde_json::to_value(self)
            .map(chain::link)
            .map_err(|_| BrokenHistory)
    }
}

/// To what something happens, when and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a, I> {
    /// To what it happens.
    pub aggregate: &'a I,
    /// When, in business time.
    pub at: Instant,
    /// Who does it.
    pub actor: &'a Actor,
}

/// What events made of an aggregate.
#[derive(Clone, Debug)]
pub struct Step<A: Aggregate> {
    /// The events in their places.
    pub history: Vec<Recorded<A::Id, A::Event>>,
    /// The state they lead to.
    pub state: A,
}

/// Puts `events` behind `before` and returns them with the state they lead to. `ids` gives each its
/// identifier.
///
/// # Errors
/// [`BrokenHistory`] where one cannot come next, or there is none.
pub fn record<A: Aggregate>(
    before: Option<&A>,
    occasion: &Occasion<'_, A::Id>,
    events: Vec<A::Event>,
    mut ids: impl FnMut() -> EventId,
) -> Result<Step<A>, BrokenHistory> {
    let mut state = before.cloned();
    let mut history = Vec::with_capacity(events.len());
    for event in events {
        let (seq, prev) = state
            .as_ref()
            .map_or((0, Digest::GENESIS), Aggregate::place);
        let mut recorded = Recorded {
            aggregate: occasion.aggregate.clone(),
            seq: seq + 1,
            id: ids(),
            at: occasion.at,
            actor: occasion.actor.clone(),
            event,
            prev,
            hash: Digest::GENESIS,
        };
        recorded.hash = recorded.computed_hash()?;
        state = Some(A::evolve(state, &recorded).ok_or(BrokenHistory)?);
        history.push(recorded);
    }
    let state = state.ok_or(BrokenHistory)?;
    Ok(Step { history, state })
}

/// The state that `history` leads to.
///
/// # Errors
/// [`BrokenHistory`] where it is empty, or an event does not follow on the one before.
pub fn replay<A: Aggregate>(history: &[Recorded<A::Id, A::Event>]) -> Result<A, BrokenHistory> {
    let mut state: Option<A> = None;
    for recorded in history {
        let (seq, prev) = state
            .as_ref()
            .map_or((0, Digest::GENESIS), Aggregate::place);
        let follows = recorded.seq == seq + 1
            && recorded.prev == prev
            && recorded.hash == recorded.computed_hash()?
            && state
                .as_ref()
                .is_none_or(|state| *state.id() == recorded.aggregate);
        if !follows {
            return Err(BrokenHistory);
        }
        state = Some(A::evolve(state, recorded).ok_or(BrokenHistory)?);
    }
    state.ok_or(BrokenHistory)
}
