//! The officer: unit, level and posts, and who gave them.

mod administrators;
mod appoint;
mod change;
mod event;
mod follow;
mod found;

pub use administrators::{Administrators, FEWEST_ADMINISTRATORS};
pub use appoint::Appoint;
pub use change::{Approve, Change, Dismiss, OwnPerson};
pub use event::OfficerEvent;
pub use follow::{follow, leading_to};
pub use found::{Found, Founder, NotFounded};

use serde::{Deserialize, Serialize};

use crate::application::Actor;
use crate::chain::Digest;
use crate::history::{Aggregate, Recorded};
use crate::ids::{OfficerId, PersonId};
use crate::unit::{Level, RegionCode, UnitId};
use crate::words::Words;

/// What an officer is appointed to do in the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// Accepts applications (受理).
    Intake,
    /// Reviews them (审查).
    Reviewer,
    /// Decides (决定).
    Decider,
    /// Head of the authority (本行政机关负责人), who alone extends limits (art. 42).
    Head,
    /// Watches limits and complaints.
    Supervisor,
    /// Checks passes on the road.
    Traffic,
    /// Looks after enterprises (警企联络).
    Liaison,
    /// Administers officers and devices of the unit.
    Administrator,
}

impl Post {
    /// Every post.
    pub const ALL: [Self; 8] = [
        Self::Intake,
        Self::Reviewer,
        Self::Decider,
        Self::Head,
        Self::Supervisor,
        Self::Traffic,
        Self::Liaison,
        Self::Administrator,
    ];

    /// What people call it.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Intake => ("受理", "Intake"),
            Self::Reviewer => ("审查", "Reviewer"),
            Self::Decider => ("决定", "Decider"),
            Self::Head => ("负责人", "Head"),
            Self::Supervisor => ("督查", "Supervisor"),
            Self::Traffic => ("交通", "Traffic"),
            Self::Liaison => ("联络", "Liaison"),
            Self::Administrator => ("管理", "Administrator"),
        };
        Words::new(zh, en)
    }

    /// Whether two administrators must agree on who holds it.
    pub fn needs_four_eyes(self) -> bool {
        matches!(self, Self::Administrator | Self::Head)
    }
}

/// An officer as the unit has appointed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Who.
    pub id: OfficerId,
    /// The number on the badge (警号), by which a citizen may name the officer.
    pub badge: String,
    /// The unit they serve in.
    pub unit: UnitId,
    /// The level of that unit.
    pub level: Level,
    /// The regions they are responsible for.
    pub jurisdictions: Vec<RegionCode>,
    /// Their posts.
    pub posts: Vec<Post>,
    /// Whether the appointment is in force.
    pub active: bool,
    /// As whom they act in private life, so that nobody handles a case of an enterprise they act for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_person: Option<PersonId>,
    /// Posts that wait for a second administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposal>,
    /// How many events led here.
    #[serde(default)]
    pub version: u64,
    /// The hash of the last.
    #[serde(default = "genesis")]
    pub head: Digest,
}

fn genesis() -> Digest {
    Digest::GENESIS
}

/// Posts that one administrator would give and another must approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which.
    pub posts: Vec<Post>,
    /// Who would give them.
    pub by: OfficerId,
}

/// Why nothing happens to an officer. Each refusal is answered with a stable code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The officer is appointed already.
    #[error("the officer is appointed already")]
    AlreadyAppointed,
    /// There is no such officer, or they were dismissed.
    #[error("there is no such officer in office")]
    NotInOffice,
    /// Nobody decides on their own posts.
    #[error("nobody decides on their own posts")]
    OwnPosts,
    /// A region lies outside that of the unit.
    #[error("a region lies outside that of the unit")]
    JurisdictionOutside,
    /// No post was named.
    #[error("an officer holds at least one post")]
    NoPost,
    /// Nothing waits to be approved.
    #[error("nothing waits to be approved")]
    NothingProposed,
    /// Who proposed does not approve.
    #[error("who proposed does not approve")]
    SecondPairOfEyes,
    /// Only officers appoint officers.
    #[error("only officers appoint officers")]
    NotAnOfficer,
    /// The officer served in a unit that who appoints does not answer for.
    #[error("the officer served in a unit that who appoints does not answer for")]
    ServedElsewhere,
    /// Too few would administer the province.
    #[error("the province keeps {FEWEST_ADMINISTRATORS} administrators")]
    TooFewAdministrators,
}

impl Officer {
    /// Whether `region` lies in one of their jurisdictions.
    pub fn serves(&self, region: RegionCode) -> bool {
        let mut jurisdictions = self.jurisdictions.iter();
        jurisdictions.any(|jurisdiction| jurisdiction.contains(region))
    }

    /// Whether the officer holds `post`.
    pub fn holds(&self, post: Post) -> bool {
        self.posts.contains(&post)
    }

    /// All posts the officer will hold once what waits is approved; none where nothing waits.
    pub fn posts_once_approved(&self) -> Option<Vec<Post>> {
        let proposal = self.proposed.as_ref()?;
        Some(together(&self.posts, &proposal.posts))
    }

    /// Whether the officer is in office as an administrator of the province's unit.
    pub fn administers_the_province(&self) -> bool {
        self.active && self.level == Level::Province && self.holds(Post::Administrator)
    }
}

/// Whether `text` can be the number on a badge: 4 to 8 letters or digits (GA 408.1 has six digits).
pub fn is_badge(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Aggregate for Officer {
    type Id = OfficerId;
    type Event = OfficerEvent;

    fn id(&self) -> &OfficerId {
        &self.id
    }

    fn place(&self) -> (u64, Digest) {
        (self.version, self.head)
    }

    fn evolve(before: Option<Self>, recorded: &Recorded<OfficerId, OfficerEvent>) -> Option<Self> {
        let mut officer = match (before, &recorded.event) {
            (
                _,
                OfficerEvent::Appointed {
                    badge,
                    unit,
                    level,
                    jurisdictions,
                    posts,
                    own_person,
                },
            ) => Self {
                id: recorded.aggregate.clone(),
                badge: badge.clone(),
                unit: unit.clone(),
                level: *level,
                jurisdictions: jurisdictions.clone(),
                posts: posts.clone(),
                active: true,
                own_person: own_person.clone(),
                proposed: None,
                version: 0,
                head: Digest::GENESIS,
            },
            (Some(officer), _) => officer,
            (None, _) => return None,
        };
        match &recorded.event {
            OfficerEvent::Appointed { .. } => {}
            OfficerEvent::Changed {
                badge,
                jurisdictions,
                posts,
                own_person,
            } => {
                officer.own_person.clone_from(own_person);
                officer.badge.clone_from(badge);
                officer.jurisdictions.clone_from(jurisdictions);
                // What waits for a second administrator goes on waiting, unless the posts change.
                if officer.posts != *posts {
                    officer.proposed = None;
                }
                officer.posts.clone_from(posts);
            }
            OfficerEvent::Proposed { posts } => {
                let Actor::Officer { officer: by, .. } = &recorded.actor else {
                    return None;
                };
                officer.proposed = (!posts.is_empty()).then(|| Proposal {
                    posts: posts.clone(),
                    by: by.clone(),
                });
            }
            OfficerEvent::Approved { posts } => {
                officer.posts = together(&officer.posts, posts);
                officer.proposed = None;
            }
            OfficerEvent::Dismissed => {
                officer.active = false;
                officer.proposed = None;
            }
        }
        officer.version = recorded.seq;
        officer.head = recorded.hash;
        Some(officer)
    }
}

/// The officer who acts, who may not act on themself.
fn other_officer<'a>(actor: &'a Actor, than: &OfficerId) -> Result<&'a OfficerId, Refusal> {
    let officer = actor.officer().ok_or(Refusal::NotAnOfficer)?;
    if officer == than {
        return Err(Refusal::OwnPosts);
    }
    Ok(officer)
}

/// The posts of both lists, each once.
fn together(held: &[Post], more: &[Post]) -> Vec<Post> {
    let mut posts = [held, more].concat();
    posts.sort_unstable();
    posts.dedup();
    posts
}

/// The posts given at once, and those that wait for a second administrator.
fn divided(posts: &[Post], held: &[Post]) -> (Vec<Post>, Vec<Post>) {
    let mut posts = posts.to_vec();
    posts.sort_unstable();
    posts.dedup();
    posts
        .into_iter()
        .partition(|post| held.contains(post) || !post.needs_four_eyes())
}
