//! An administrator appoints an officer.

use std::collections::BTreeSet;

use super::{Officer, OfficerEvent, Post, Refusal, divided, other_officer};
use crate::application::Actor;
use crate::ids::{OfficerId, PersonId};
use crate::unit::{Level, RegionCode, UnitId};

/// The command that appoints.
#[derive(Clone, Debug)]
pub struct Appoint {
    /// Whom.
    pub officer: OfficerId,
    /// The number on the badge (警号).
    pub badge: String,
    /// The unit.
    pub unit: UnitId,
    /// Its level.
    pub level: Level,
    /// The regions to be responsible for; the unit's own where there are none.
    pub jurisdictions: Vec<RegionCode>,
    /// The posts; those of administrator and head wait for a second administrator.
    pub posts: Vec<Post>,
    /// As whom they act in private life, where they do: they handle no case of an enterprise they act for.
    pub own_person: Option<PersonId>,
}

impl Appoint {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(
        &self,
        before: Option<&Officer>,
        actor: &Actor,
    ) -> Result<Vec<OfficerEvent>, Refusal> {
        other_officer(actor, &self.officer)?;
        if let Some(before) = before {
            self.may_come_back(before, actor)?;
        }
        let jurisdictions = within(&self.unit, &self.jurisdictions)?;
        let (posts, proposed) = divided(&self.posts, &[]);
        if posts.is_empty() && proposed.is_empty() {
            return Err(Refusal::NoPost);
        }
        let appointed = OfficerEvent::Appointed {
            badge: self.badge.clone(),
            unit: self.unit.clone(),
            level: self.level,
            jurisdictions,
            posts,
            own_person: self.own_person.clone(),
        };
        let proposed = (!proposed.is_empty()).then_some(OfficerEvent::Proposed { posts: proposed });
        Ok(std::iter::once(appointed).chain(proposed).collect())
    }

    /// Whoever was dismissed comes back to their unit, or goes to another one by who answers for both:
    /// no unit undoes what another decided.
    fn may_come_back(&self, before: &Officer, actor: &Actor) -> Result<(), Refusal> {
        if before.active {
            return Err(Refusal::AlreadyAppointed);
        }
        let answers_for_both = match actor {
            Actor::Officer { unit, .. } => unit.answers_for(&before.unit),
            _ => false,
        };
        if before.unit == self.unit || answers_for_both {
            Ok(())
        } else {
            Err(Refusal::ServedElsewhere)
        }
    }
}

/// The regions asked for, each once, which lie in that of `unit`; that region itself where none were.
pub(super) fn within(unit: &UnitId, asked: &[RegionCode]) -> Result<Vec<RegionCode>, Refusal> {
    let own = unit.region().ok_or(Refusal::JurisdictionOutside)?;
    if asked.is_empty() {
        return Ok(vec![own]);
    }
    if !asked.iter().all(|region| own.contains(*region)) {
        return Err(Refusal::JurisdictionOutside);
    }
    let mut seen = BTreeSet::new();
    let each_once = asked.iter().filter(|region| seen.insert(**region));
    Ok(each_once.copied().collect())
}
