//! The first two administrators, whom nobody could appoint.

use serde::Deserialize;

use super::{OfficerEvent, Post, is_badge};
use crate::ids::OfficerId;
use crate::unit::Unit;

/// One of the first two administrators.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founder {
    /// The officer, as the identity provider of the police names them.
    pub id: OfficerId,
    /// The number on the badge (警号), 4 to 8 letters or digits.
    pub badge: String,
}

/// The command that founds the administration of the province.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The province's unit.
    pub unit: &'a Unit,
    /// The two.
    pub officers: &'a [Founder],
}

/// Why nobody is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFounded {
    /// There are not two, with an identifier and a badge of their own each.
    #[error("two officers must be named, each with an identifier and a badge of their own")]
    NotTwo,
    /// A badge number has another form.
    #[error("a badge number has 4 to 8 letters or digits")]
    Badge,
}

impl Found<'_> {
    /// What happens to each of the two.
    ///
    /// # Errors
    /// [`NotFounded`].
    pub fn decide(&self) -> Result<Vec<(OfficerId, OfficerEvent)>, NotFounded> {
        let [one, other] = self.officers else {
            return Err(NotFounded::NotTwo);
        };
        if one.id == other.id || one.badge == other.badge {
            return Err(NotFounded::NotTwo);
        }
        if !is_badge(&one.badge) || !is_badge(&other.badge) {
            return Err(NotFounded::Badge);
        }
        let appointed = |founder: &Founder| OfficerEvent::Appointed {
            badge: founder.badge.clone(),
            unit: self.unit.id.clone(),
            level: self.unit.level,
            jurisdictions: vec![self.unit.region],
            posts: vec![Post::Administrator],
            own_person: None,
        };
        let officers = self.officers.iter();
        Ok(officers
            .map(|founder| (founder.id.clone(), appointed(founder)))
            .collect())
    }
}
