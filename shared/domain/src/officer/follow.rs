//! What events make of an officer, whose history may begin with how they were found.

use super::{Officer, OfficerEvent};
use crate::application::Actor;
use crate::history::{BrokenHistory, Occasion, Step, record};
use crate::ids::{EventId, OfficerId};

/// The officer that `events` lead to from `before`, with what is to be recorded.
///
/// An officer who was stored without a history gets one first, which leads to how they were found, so
/// that every history replays.
///
/// # Errors
/// [`BrokenHistory`] where an event cannot come next.
pub fn follow(
    before: Option<&Officer>,
    occasion: &Occasion<'_, OfficerId>,
    events: Vec<OfficerEvent>,
    mut ids: impl FnMut() -> EventId,
) -> Result<Step<Officer>, BrokenHistory> {
    let Some(found) = before.filter(|officer| officer.version == 0) else {
        return record(before, occasion, events, ids);
    };
    let system = Actor::System {
        task: "adopt_officer".to_owned(),
    };
    let adoption = Occasion {
        actor: &system,
        ..*occasion
    };
    let adopted = record(None, &adoption, leading_to(found), &mut ids)?;
    let mut step = record(Some(&adopted.state), occasion, events, ids)?;
    step.history.splice(0..0, adopted.history);
    Ok(step)
}

/// What leads to `officer`, whatever was before.
pub fn leading_to(officer: &Officer) -> Vec<OfficerEvent> {
    let appointed = OfficerEvent::Appointed {
        badge: officer.badge.clone(),
        unit: officer.unit.clone(),
        level: officer.level,
        jurisdictions: officer.jurisdictions.clone(),
        posts: officer.posts.clone(),
        own_person: officer.own_person.clone(),
    };
    let dismissed = (!officer.active).then_some(OfficerEvent::Dismissed);
    std::iter::once(appointed).chain(dismissed).collect()
}
