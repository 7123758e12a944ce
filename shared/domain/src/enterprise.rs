//! The enterprise or public institution on the platform: who registered it, who administers it, whether
//! it may act.
//!
//! Its history holds every mandate that was given and ended. Each command is a file; all of them
//! decide on the enterprise with its mandates and invitations as one read found them.

mod accept;
mod claim;
mod end;
mod event;
mod forget;
mod hand_over;
mod invite;
mod register;
mod suspend;

pub use accept::{AcceptInvitation, Proof};
pub use claim::{Claim, ClaimAnswer, TurnedAway};
pub use end::{EndMandate, LeaveMandate};
pub use event::{EnterpriseEvent, Granted};
pub use forget::Forget;
pub use hand_over::HandOver;
pub use invite::{INVITATION_DAYS, Invite};
pub use register::{Confirm, Entry, EntryState, REAL_NAME_LEVEL, Register, Registry};
pub use suspend::{Resume, Suspend};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::application::Actor;
use crate::chain::Digest;
use crate::history::{Aggregate, Recorded};
use crate::identifiers::Uscc;
use crate::ids::PersonId;
use crate::instant::Instant;
use crate::mandate::{Answered, Coverage, Invitation, Mandate, MandateId, Role};
use crate::unit::RegionCode;

/// How far an enterprise has come on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Registered, but the register has not answered yet.
    Pending,
    /// The register confirmed it: its people may act.
    Active,
    /// An authority suspended it: its people may read, not act.
    Suspended,
}

/// What kind of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An enterprise (企业).
    Enterprise,
    /// A public institution (事业单位), such as a hospital.
    PublicInstitution,
}

impl Kind {
    /// What a unified social credit code says of its holder (GB 32100: the first two characters).
    pub fn of(uscc: &Uscc) -> Self {
        if uscc.as_str().starts_with("12") {
            Self::PublicInstitution
        } else {
            Self::Enterprise
        }
    }
}

/// An enterprise on the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enterprise {
    /// Its unified social credit code.
    pub uscc: Uscc,
    /// What kind of body it is.
    pub kind: Kind,
    /// How far it has come.
    pub standing: Standing,
    /// Why an authority suspended it, or let it act again; none where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing_reason: Option<String>,
    /// Its name as the register has it; none while pending.
    pub name: Option<String>,
    /// Where it is registered; none while pending.
    pub region: Option<RegionCode>,
    /// Who asks to be its legal representative while the register has not answered.
    pub claimants: BTreeSet<PersonId>,
    /// The legal representative that the register named; none while pending.
    pub legal_representative: Option<PersonId>,
    /// Who administers it besides.
    pub administrators: BTreeSet<PersonId>,
    /// When it was first registered.
    pub registered_at: Instant,
    /// How many events led here.
    pub version: u64,
    /// The hash of the last.
    pub head: Digest,
}

/// How many mandates and open invitations an enterprise can have: all of them change in one
/// transaction when it is suspended.
pub const MOST_PEOPLE: usize = 80;
/// How many persons can wait for the register to say who is the legal representative: each of them is
/// answered by an event and an item of one transaction.
pub const MOST_CLAIMANTS: usize = 40;

/// An enterprise with everybody who has, had or is offered a mandate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Household {
    /// The enterprise; none where nobody has registered it.
    pub enterprise: Option<Enterprise>,
    /// The mandates, ended ones too.
    pub mandates: Vec<Mandate>,
    /// The invitations, answered ones too.
    pub invitations: Vec<Invitation>,
    /// The claims to be its legal representative, answered ones too.
    pub claims: Vec<Claim>,
}

impl Household {
    /// The enterprise, where it may act.
    ///
    /// # Errors
    /// [`Refusal::NotRegistered`], [`Refusal::StillPending`] or [`Refusal::Suspended`].
    pub fn active(&self) -> Result<&Enterprise, Refusal> {
        let enterprise = self.enterprise.as_ref().ok_or(Refusal::NotRegistered)?;
        match enterprise.standing {
            Standing::Active => Ok(enterprise),
            Standing::Pending => Err(Refusal::StillPending),
            Standing::Suspended => Err(Refusal::Suspended),
        }
    }

    /// The mandate known by `id`.
    pub fn mandate(&self, id: &MandateId) -> Option<&Mandate> {
        self.mandates.iter().find(|mandate| mandate.id == *id)
    }

    /// The mandate of `person`, held or ended.
    pub fn of(&self, person: &PersonId) -> Option<&Mandate> {
        self.mandates
            .iter()
            .find(|mandate| mandate.person == *person)
    }

    /// The household after `history`, which led to `enterprise`; `invitee` is the keyed hash of whoever
    /// was invited with it.
    #[must_use]
    pub fn after(
        mut self,
        history: &[Recorded<Uscc, EnterpriseEvent>],
        enterprise: Enterprise,
        invitee: Option<&str>,
    ) -> Self {
        for recorded in history {
            self.follow(recorded, invitee.unwrap_or_default());
        }
        self.enterprise = Some(enterprise);
        self
    }

    fn follow(&mut self, recorded: &Recorded<Uscc, EnterpriseEvent>, invitee: &str) {
        let at = recorded.at;
        match &recorded.event {
            EnterpriseEvent::Registered { person } => {
                self.claims.retain(|claim| claim.person != *person);
                self.claims.push(Claim {
                    person: person.clone(),
                    enterprise: recorded.aggregate.clone(),
                    made_at: at,
                    answer: None,
                });
            }
            EnterpriseEvent::Turned { person, reason } => {
                let answer = ClaimAnswer::TurnedAway {
                    at,
                    reason: *reason,
                };
                let mut claims = self.claims.iter_mut();
                if let Some(claim) = claims.find(|claim| claim.person == *person) {
                    claim.answer = Some(answer);
                }
            }
            EnterpriseEvent::Confirmed {
                legal_representative,
                mandate,
                ..
            } => {
                self.answer_claims(legal_representative, at);
                self.give(&Granted {
                    id: mandate.clone(),
                    person: legal_representative.clone(),
                    role: Role::LegalRepresentative,
                    items: Coverage::All,
                    from: at.date(),
                    to: None,
                });
            }
            EnterpriseEvent::Invited {
                id,
                role,
                items,
                from,
                to,
            } => {
                if let Actor::Agent { person, .. } = &recorded.actor {
                    self.invitations.push(Invitation {
                        id: id.clone(),
                        invitee: (!invitee.is_empty()).then(|| invitee.to_owned()),
                        role: *role,
                        items: items.clone(),
                        from: *from,
                        to: *to,
                        invited_by: person.clone(),
                        invited_at: at,
                        expires_at: at.plus_seconds(INVITATION_DAYS * 24 * 60 * 60),
                        answered: None,
                    });
                }
            }
            EnterpriseEvent::InvitationWithdrawn { id } => {
                self.answer(id, &Answered::Withdrawn { at });
            }
            EnterpriseEvent::Accepted { mandate } => {
                let by = mandate.person.clone();
                self.answer(&mandate.id, &Answered::Accepted { by, at });
                self.give(mandate);
            }
            EnterpriseEvent::MandateEnded { person, .. } => self.end(person, at),
            EnterpriseEvent::HandedOver { from, to } => {
                if let Some(person) = from {
                    self.end(person, at);
                }
                self.give(to);
            }
            EnterpriseEvent::Suspended { reason } => self.suspend(Some(reason), at),
            EnterpriseEvent::Resumed { .. } => self.suspend(None, at),
        }
    }

    /// Gives a mandate; it takes the place of the one its holder had.
    fn give(&mut self, granted: &Granted) {
        self.mandates
            .retain(|mandate| mandate.person != granted.person);
        self.mandates.push(Mandate {
            id: granted.id.clone(),
            person: granted.person.clone(),
            enterprise: granted.id.enterprise().clone(),
            role: granted.role,
            items: granted.items.clone(),
            from: granted.from,
            to: granted.to,
            withdrawn_at: None,
            suspended_at: None,
            suspended_for: None,
        });
    }

    fn end(&mut self, person: &PersonId, at: Instant) {
        let mut mandates = self.mandates.iter_mut();
        if let Some(mandate) = mandates.find(|mandate| mandate.person == *person) {
            mandate.withdrawn_at = Some(at);
        }
    }

    fn answer(&mut self, id: &MandateId, answered: &Answered) {
        let mut invitations = self.invitations.iter_mut();
        if let Some(invitation) = invitations.find(|invitation| invitation.id == *id) {
            invitation.answered = Some(answered.clone());
            invitation.invitee = None;
        }
    }

    /// Answers the claims that wait: the register named `legal_representative`.
    fn answer_claims(&mut self, legal_representative: &PersonId, at: Instant) {
        for claim in self.claims.iter_mut().filter(|it| it.answer.is_none()) {
            let named = claim.person == *legal_representative;
            claim.answer = Some(if named {
                ClaimAnswer::Confirmed { at }
            } else {
                ClaimAnswer::TurnedAway {
                    at,
                    reason: Some(TurnedAway::NotTheLegalRepresentative),
                }
            });
        }
    }

    /// Suspends the mandates that have not ended at `at` for `reason`; without one they hold again.
    fn suspend(&mut self, reason: Option<&String>, at: Instant) {
        let mandates = self.mandates.iter_mut();
        for mandate in mandates.filter(|mandate| !mandate.has_ended(at)) {
            mandate.suspended_at = reason.map(|_| at);
            mandate.suspended_for = reason.cloned();
        }
    }

    /// Whether `person` may give mandates at `now`.
    fn administers(&self, person: &PersonId, now: Instant) -> bool {
        self.of(person).is_some_and(|mandate| {
            let gives = matches!(
                mandate.role,
                Role::LegalRepresentative | Role::Administrator
            );
            gives && mandate.holds(now)
        })
    }

    /// Whether what `invitation` promises is still `person`'s to give.
    fn may_give(&self, person: &PersonId, invitation: &Invitation, now: Instant) -> bool {
        let own = self.of(person);
        self.administers(person, now)
            && own.is_some_and(|own| own.covers(&invitation.items, invitation.to))
    }

    /// Whether `person` is the only one left at `now` who administers the enterprise besides its legal
    /// representative.
    fn is_last_administrator(&self, person: &PersonId, now: Instant) -> bool {
        let mut holding = self
            .mandates
            .iter()
            .filter(|mandate| mandate.role == Role::Administrator && mandate.holds(now))
            .map(|mandate| &mandate.person);
        holding.next() == Some(person) && holding.next().is_none()
    }

    /// How many mandates and invitations there are at `now` that have not ended.
    fn living(&self, now: Instant) -> usize {
        let mandates = self.mandates.iter();
        let mandates = mandates.filter(|mandate| !mandate.has_ended(now)).count();
        let invitations = self
            .invitations
            .iter()
            .filter(|invitation| invitation.answered.is_none() && now < invitation.expires_at);
        mandates + invitations.count()
    }
}

/// What a command is decided in.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Business time.
    pub now: Instant,
    /// Who acts.
    pub actor: &'a Actor,
}

impl Context<'_> {
    /// The person who acts.
    fn person(&self) -> Result<&PersonId, Refusal> {
        match self.actor {
            Actor::Agent { person, .. } | Actor::Person { person, .. } => Ok(person),
            Actor::Officer { .. } | Actor::System { .. } => Err(Refusal::NotAPerson),
        }
    }
}

/// Why nothing happens to an enterprise. Each refusal is answered with a stable code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The identity provider has not proved by document who the person is.
    #[error("the real-name level is below {REAL_NAME_LEVEL}")]
    RealNameLevelTooLow,
    /// It is registered already.
    #[error("the enterprise is registered already")]
    AlreadyRegistered,
    /// The register has no such enterprise.
    #[error("the register does not know the enterprise")]
    NotInRegister,
    /// The register says it is closed or has lost its licence.
    #[error("the register says that the enterprise is no longer in being")]
    NoLongerInBeing,
    /// The register names somebody else as legal representative.
    #[error("the register names another legal representative")]
    NotTheLegalRepresentative,
    /// The register does not answer: one may come again.
    #[error("the register does not answer")]
    RegisterSilent,
    /// Nobody has registered it.
    #[error("the enterprise is not registered")]
    NotRegistered,
    /// The register has not confirmed it yet.
    #[error("the register has not confirmed the enterprise yet")]
    StillPending,
    /// It is suspended.
    #[error("the enterprise is suspended")]
    Suspended,
    /// It is suspended already.
    #[error("the enterprise is suspended already")]
    AlreadySuspended,
    /// It is not suspended.
    #[error("the enterprise is not suspended")]
    NotSuspended,
    /// There is no such mandate or invitation.
    #[error("there is no such mandate")]
    NoSuchMandate,
    /// The mandate has ended.
    #[error("the mandate has ended")]
    MandateEnded,
    /// The invitation was answered or taken back.
    #[error("the invitation was answered or taken back")]
    InvitationAnswered,
    /// The invitation was not answered in time.
    #[error("the invitation has expired")]
    InvitationExpired,
    /// The invitation is for somebody else.
    #[error("the invitation is for somebody else")]
    InvitationOfAnother,
    /// The last day lies before the first, or in the past.
    #[error("the mandate would end before it begins")]
    EndsBeforeItBegins,
    /// Only the legal representative can be that, and by the register.
    #[error("nobody is invited to be the legal representative")]
    LegalRepresentativeByRegister,
    /// The legal representative is one by the register: nobody withdraws that mandate or leaves it.
    #[error("only the legal representative ends the mandate of the legal representative")]
    LegalRepresentativeStays,
    /// Nobody else would administer the enterprise.
    #[error("the last administrator cannot leave")]
    LastAdministrator,
    /// The caller is the legal representative already.
    #[error("the caller is the legal representative already")]
    NothingToHandOver,
    /// Nobody gives more than they hold.
    #[error("the mandate would reach further than that of who gives it")]
    BeyondOwnMandate,
    /// There are as many mandates and invitations as an enterprise can have.
    #[error("there are {MOST_PEOPLE} mandates and invitations already")]
    TooManyPeople,
    /// As many persons as can wait say that they are the legal representative.
    #[error("{MOST_CLAIMANTS} persons wait for the register already")]
    TooManyClaimants,
    /// A reason is needed.
    #[error("a reason is needed")]
    ReasonMissing,
    /// Persons act here, not officers.
    #[error("persons act here")]
    NotAPerson,
}

impl Aggregate for Enterprise {
    type Id = Uscc;
    type Event = EnterpriseEvent;

    fn id(&self) -> &Uscc {
        &self.uscc
    }

    fn place(&self) -> (u64, Digest) {
        (self.version, self.head)
    }

    fn evolve(before: Option<Self>, recorded: &Recorded<Uscc, EnterpriseEvent>) -> Option<Self> {
        let mut state = match (before, &recorded.event) {
            (Some(state), _) => state,
            (None, EnterpriseEvent::Registered { .. }) => Self::new(recorded),
            (None, _) => return None,
        };
        match &recorded.event {
            EnterpriseEvent::Registered { person } => {
                state.claimants.insert(person.clone());
            }
            EnterpriseEvent::Confirmed {
                name,
                region,
                legal_representative,
                ..
            } => {
                state.standing = Standing::Active;
                state.name = Some(name.clone());
                state.region = Some(*region);
                state.legal_representative = Some(legal_representative.clone());
                state.claimants.clear();
            }
            EnterpriseEvent::Turned { person, .. } => {
                state.claimants.remove(person);
            }
            EnterpriseEvent::Invited { .. } | EnterpriseEvent::InvitationWithdrawn { .. } => {}
            EnterpriseEvent::Accepted { mandate } => {
                state.administrators.remove(&mandate.person);
                if mandate.role == Role::Administrator {
                    state.administrators.insert(mandate.person.clone());
                }
            }
            EnterpriseEvent::MandateEnded { person, .. } => {
                state.administrators.remove(person);
            }
            EnterpriseEvent::HandedOver { to, .. } => {
                state.administrators.remove(&to.person);
                state.legal_representative = Some(to.person.clone());
            }
            EnterpriseEvent::Suspended { reason } => {
                state.standing = Standing::Suspended;
                state.standing_reason = Some(reason.clone());
            }
            EnterpriseEvent::Resumed { reason } => {
                state.standing = Standing::Active;
                state.standing_reason = Some(reason.clone());
            }
        }
        state.version = recorded.seq;
        state.head = recorded.hash;
        Some(state)
    }
}

impl Enterprise {
    fn new(recorded: &Recorded<Uscc, EnterpriseEvent>) -> Self {
        Self {
            kind: Kind::of(&recorded.aggregate),
            uscc: recorded.aggregate.clone(),
            standing: Standing::Pending,
            standing_reason: None,
            name: None,
            region: None,
            claimants: BTreeSet::new(),
            legal_representative: None,
            administrators: BTreeSet::new(),
            registered_at: recorded.at,
            version: 0,
            head: Digest::GENESIS,
        }
    }
}
