//! An administrator changes what an officer holds, approves it as the second, or dismisses them.

use serde::Deserialize;

use super::appoint::within;
use super::{Administrators, Officer, OfficerEvent, Post, Refusal, divided, other_officer};
use crate::application::Actor;
use crate::ids::PersonId;
use crate::unit::RegionCode;

/// The command that changes; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The number on the badge (警号).
    pub badge: Option<String>,
    /// The regions to be responsible for.
    pub jurisdictions: Option<Vec<RegionCode>>,
    /// The posts; new ones of administrator and head wait for a second administrator. Where all of
    /// them wait, those held are kept: nobody is left without a post by a mere proposal.
    pub posts: Option<Vec<Post>>,
    /// As whom they act in private life.
    pub own_person: OwnPerson,
}

/// What becomes of whom an officer acts as in private life. Where it is read, null clears it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Option<PersonId>")]
pub enum OwnPerson {
    /// It stays as it is.
    #[default]
    Stays,
    /// It is this from now on; none where nothing is known of it any more.
    Becomes(Option<PersonId>),
}

impl From<Option<PersonId>> for OwnPerson {
    fn from(person: Option<PersonId>) -> Self {
        Self::Becomes(person)
    }
}

impl Change {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(
        &self,
        officer: &Officer,
        actor: &Actor,
        administrators: &Administrators,
    ) -> Result<Vec<OfficerEvent>, Refusal> {
        let officer = in_office(officer)?;
        other_officer(actor, &officer.id)?;
        let jurisdictions = match &self.jurisdictions {
            Some(asked) => within(&officer.unit, asked)?,
            None => officer.jurisdictions.clone(),
        };
        let asked = self.posts.as_ref().unwrap_or(&officer.posts);
        let (mut posts, proposed) = divided(asked, &officer.posts);
        if self.posts.is_some() && posts.is_empty() {
            if proposed.is_empty() {
                return Err(Refusal::NoPost);
            }
            posts.clone_from(&officer.posts);
        }
        if !posts.contains(&Post::Administrator) {
            administrators.can_spare(officer)?;
        }
        let changed = OfficerEvent::Changed {
            badge: self.badge.clone().unwrap_or_else(|| officer.badge.clone()),
            jurisdictions,
            posts,
            own_person: match &self.own_person {
                OwnPerson::Stays => officer.own_person.clone(),
                OwnPerson::Becomes(person) => person.clone(),
            },
        };
        // Posts that are named without what was proposed take the proposal back.
        let takes_back = self.posts.is_some() && officer.proposed.is_some();
        let proposed = (takes_back || !proposed.is_empty())
            .then_some(OfficerEvent::Proposed { posts: proposed });
        Ok(std::iter::once(changed).chain(proposed).collect())
    }
}

/// The command by which a second administrator approves what waits.
#[derive(Clone, Copy, Debug)]
pub struct Approve;

impl Approve {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(self, officer: &Officer, actor: &Actor) -> Result<Vec<OfficerEvent>, Refusal> {
        let officer = in_office(officer)?;
        let approver = other_officer(actor, &officer.id)?;
        let proposal = officer.proposed.as_ref().ok_or(Refusal::NothingProposed)?;
        if proposal.by == *approver {
            return Err(Refusal::SecondPairOfEyes);
        }
        Ok(vec![OfficerEvent::Approved {
            posts: proposal.posts.clone(),
        }])
    }
}

/// The command that dismisses.
#[derive(Clone, Copy, Debug)]
pub struct Dismiss;

impl Dismiss {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(
        self,
        officer: &Officer,
        actor: &Actor,
        administrators: &Administrators,
    ) -> Result<Vec<OfficerEvent>, Refusal> {
        let officer = in_office(officer)?;
        other_officer(actor, &officer.id)?;
        administrators.can_spare(officer)?;
        Ok(vec![OfficerEvent::Dismissed])
    }
}

fn in_office(officer: &Officer) -> Result<&Officer, Refusal> {
    if officer.active {
        Ok(officer)
    } else {
        Err(Refusal::NotInOffice)
    }
}
