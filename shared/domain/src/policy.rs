//! Who may do what: (role or post, action, resource) → allow, or the reason why not.
//!
//! Default is deny. A resource outside the caller's reach is answered as if it did not exist; an act
//! that is not theirs on one they can see is refused with its reason.

use crate::application::Stage;
use crate::identifiers::Uscc;
use crate::ids::PersonId;
use crate::instant::Instant;
use crate::item::ItemCode;
use crate::mandate::{Mandate, Role};
use crate::officer::{Officer, Post};
use crate::unit::{Level, RegionCode, UnitId};

/// Everything that a caller who is known can ask for. Every route names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Open a draft for an enterprise.
    OpenDraft,
    /// List the enterprise's applications.
    ListApplications,
    /// Read an application.
    ReadApplication,
    /// Change or discard a draft.
    EditDraft,
    /// Announce a document and get leave to upload it.
    UploadDocument,
    /// Read a form unmasked.
    ReadForm,
    /// Read a document.
    ReadDocument,
    /// Submit.
    Submit,
    /// Withdraw (撤回申请).
    Withdraw,
    /// Read the events of an application.
    ReadEvents,
    /// Read the report of the background review.
    ReadReport,
    /// See the unit's work.
    ReadWorkbench,
    /// Search the unit's cases for a person.
    SearchByPerson,
    /// Take a case in hand, or give it back.
    Claim,
    /// Answer a submission: accept it (受理), with papers to come (容缺受理), or not (不予受理).
    Accept,
    /// Tell the applicant what to mend (补正告知).
    RequireCorrection,
    /// Conduct the procedure: special procedures, hearing, suspension, more time, termination.
    HandleProcedure,
    /// Give a case into other hands.
    Reassign,
    /// Record that somebody came.
    Attend,
    /// Give more time (延期).
    ApproveExtension,
    /// Record what the check after a grant on undertaking found.
    CheckUndertaking,
    /// Record that a result reached the applicant (送达).
    Deliver,
    /// Ask for a longer term or a change of what was granted (延续, 变更).
    Petition,
    /// Take back or undo what was granted (撤回, 撤销).
    TakeBack,
    /// Strike off what was granted (注销).
    Cancel,
    /// Recommend an outcome after review (审查).
    Recommend,
    /// Decide (决定).
    Decide,
    /// See who one is here: one's mandates and invitations, or one's posts.
    ReadSelf,
    /// Read the messages in one's own inbox.
    ReadMessages,
    /// See the cards of a unit.
    ReadCards,
    /// See the reports of a unit.
    ReadReports,
    /// Register an enterprise as its legal representative.
    RegisterEnterprise,
    /// See what became of one's own claim to be the legal representative.
    ReadClaim,
    /// Take over as the legal representative that the register names now.
    TakeOver,
    /// Accept an invitation.
    AcceptInvitation,
    /// Leave a mandate.
    LeaveMandate,
    /// Read an enterprise.
    ReadEnterprise,
    /// See who has a mandate.
    ListMandates,
    /// Invite somebody.
    Invite,
    /// Withdraw a mandate, or take an invitation back.
    EndMandate,
    /// Suspend an enterprise, or let it act again.
    SuspendEnterprise,
    /// See the officers of a unit.
    ReadOfficers,
    /// Appoint, change or dismiss an officer.
    ManageOfficers,
    /// Approve what needs four eyes.
    ApproveOfficer,
    /// See, register or withdraw the devices of a unit.
    ManageDevices,
    /// See, give or withdraw the keys of programs of others.
    ManageApiKeys,
}

impl Action {
    /// The posts of which an officer needs one; empty where the action is not an officer's.
    pub fn posts(self) -> &'static [Post] {
        match self {
            Self::ReadApplication
            | Self::ReadDocument
            | Self::ReadEvents
            | Self::ReadReport
            | Self::ReadWorkbench
            | Self::SearchByPerson => &[
                Post::Intake,
                Post::Reviewer,
                Post::Decider,
                Post::Head,
                Post::Supervisor,
            ],
            Self::Claim | Self::ReadForm | Self::Attend => {
                &[Post::Intake, Post::Reviewer, Post::Decider]
            }
            Self::Accept | Self::Deliver => &[Post::Intake],
            Self::RequireCorrection => &[Post::Intake, Post::Reviewer],
            Self::Recommend | Self::CheckUndertaking => &[Post::Reviewer],
            Self::HandleProcedure => &[Post::Reviewer, Post::Decider],
            Self::Decide => &[Post::Decider],
            Self::ApproveExtension => &[Post::Head],
            Self::TakeBack | Self::Cancel => &[Post::Decider, Post::Head],
            Self::ReadSelf | Self::ReadMessages => &Post::ALL,
            Self::ReadEnterprise => &[
                Post::Intake,
                Post::Reviewer,
                Post::Decider,
                Post::Head,
                Post::Supervisor,
                Post::Liaison,
            ],
            Self::SuspendEnterprise | Self::Reassign | Self::ReadCards | Self::ReadReports => {
                &[Post::Head, Post::Supervisor]
            }
            Self::ReadOfficers
            | Self::ManageOfficers
            | Self::ApproveOfficer
            | Self::ManageDevices
            | Self::ManageApiKeys => &[Post::Administrator],
            Self::OpenDraft
            | Self::ListApplications
            | Self::EditDraft
            | Self::UploadDocument
            | Self::Submit
            | Self::Withdraw
            | Self::Petition
            | Self::RegisterEnterprise
            | Self::ReadClaim
            | Self::TakeOver
            | Self::AcceptInvitation
            | Self::LeaveMandate
            | Self::ListMandates
            | Self::Invite
            | Self::EndMandate => &[],
        }
    }

    /// Whether a person takes it for themself, by no mandate.
    pub fn is_personal(self) -> bool {
        matches!(
            self,
            Self::ReadSelf
                | Self::ReadMessages
                | Self::RegisterEnterprise
                | Self::ReadClaim
                | Self::TakeOver
                | Self::AcceptInvitation
                | Self::LeaveMandate
        )
    }

    /// Whether officers alone take it.
    pub fn is_for_officers_only(self) -> bool {
        self.roles().is_empty() && !self.is_personal()
    }

    /// Whether it changes nothing: that is left to the people of a suspended enterprise.
    fn only_reads(self) -> bool {
        matches!(
            self,
            Self::ListApplications
                | Self::ReadApplication
                | Self::ReadDocument
                | Self::ReadEvents
                | Self::ReadReport
                | Self::ReadEnterprise
                | Self::ListMandates
        )
    }

    /// How far an officer's reach goes.
    fn reach(self) -> Reach {
        match self {
            // A search concerns whatever the officer's own unit has, which its handler sees to.
            Self::ReadWorkbench | Self::SearchByPerson | Self::ReadSelf | Self::ReadMessages => {
                Reach::Own
            }
            Self::ReadEnterprise | Self::SuspendEnterprise => Reach::Jurisdiction,
            Self::ReadOfficers
            | Self::ManageOfficers
            | Self::ApproveOfficer
            | Self::ManageDevices
            | Self::ReadCards
            | Self::ReadReports => Reach::UnitsBelow,
            _ => Reach::Unit,
        }
    }

    /// The roles of which a mandate needs one; empty where the action is not an applicant's.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::ListApplications
            | Self::ReadApplication
            | Self::ReadDocument
            | Self::ReadEvents
            | Self::ReadReport
            | Self::ReadEnterprise => &[
                Role::LegalRepresentative,
                Role::Administrator,
                Role::Handler,
                Role::Signer,
                Role::Payer,
                Role::Viewer,
            ],
            Self::OpenDraft
            | Self::EditDraft
            | Self::UploadDocument
            | Self::Submit
            | Self::Withdraw
            | Self::Petition
            | Self::Cancel => &[
                Role::LegalRepresentative,
                Role::Administrator,
                Role::Handler,
            ],
            Self::ListMandates | Self::Invite | Self::EndMandate => {
                &[Role::LegalRepresentative, Role::Administrator]
            }
            Self::ReadForm
            | Self::ReadWorkbench
            | Self::SearchByPerson
            | Self::Claim
            | Self::Accept
            | Self::RequireCorrection
            | Self::HandleProcedure
            | Self::Reassign
            | Self::Attend
            | Self::ApproveExtension
            | Self::CheckUndertaking
            | Self::Deliver
            | Self::TakeBack
            | Self::Recommend
            | Self::Decide
            | Self::ReadSelf
            | Self::ReadMessages
            | Self::ReadCards
            | Self::ReadReports
            | Self::RegisterEnterprise
            | Self::ReadClaim
            | Self::TakeOver
            | Self::AcceptInvitation
            | Self::LeaveMandate
            | Self::SuspendEnterprise
            | Self::ReadOfficers
            | Self::ManageOfficers
            | Self::ApproveOfficer
            | Self::ManageDevices
            | Self::ManageApiKeys => &[],
        }
    }

    /// The lowest level of unit whose officers take it.
    pub fn lowest_level(self) -> Level {
        match self {
            // A key opens the whole province's requests.
            Self::ManageApiKeys => Level::Province,
            _ => Level::County,
        }
    }
}

/// What an officer's authority covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Only what is the officer's own: it concerns nothing else.
    Own,
    /// What the officer's unit is responsible for.
    Unit,
    /// What lies in a region the officer is responsible for.
    Jurisdiction,
    /// The officer's unit and those in its region.
    UnitsBelow,
}

/// By what right the caller acts: what the mandate or officer item read with the resource says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// A person acting for themself.
    Person(PersonId),
    /// A person acting for an enterprise.
    Mandate(Mandate),
    /// An officer.
    Officer(Officer),
}

/// What the action is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource<'a> {
    /// The enterprise it belongs to; none where the action concerns no single enterprise.
    pub enterprise: Option<&'a Uscc>,
    /// The unit responsible for it; none for what is still a draft.
    pub unit: Option<&'a UnitId>,
    /// The unit that reviewed it, where it was passed on to another for the decision.
    pub passed_on_by: Option<&'a UnitId>,
    /// The service item it concerns.
    pub item: Option<&'a ItemCode>,
    /// Where it lies, where that decides who is responsible.
    pub region: Option<RegionCode>,
}

impl Resource<'_> {
    /// What concerns nothing but the caller.
    pub const NOTHING: Self = Self {
        enterprise: None,
        unit: None,
        passed_on_by: None,
        item: None,
        region: None,
    };
}

/// Why a caller may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// The resource is not theirs to know of.
    #[error("the resource is outside the caller's reach")]
    OutOfReach,
    /// There is no mandate for the enterprise, or it does not hold now.
    #[error("no mandate for the enterprise holds now")]
    NoMandate,
    /// The mandate does not cover the service item.
    #[error("the mandate does not cover the item")]
    ItemNotCovered,
    /// The role does not include the act.
    #[error("the role does not include the act")]
    RoleInsufficient,
    /// The officer does not hold a post that includes the act.
    #[error("the post does not include the act")]
    PostMissing,
    /// The enterprise is suspended: its people may read, not act.
    #[error("the enterprise is suspended")]
    EnterpriseSuspended,
    /// The act belongs to the other side: officers do not file, applicants do not decide.
    #[error("the act is not one of this side")]
    WrongSide,
}

/// Whether `action` is one of the side that `authority` is on, whatever it concerns.
///
/// # Errors
/// [`Denial::WrongSide`].
pub fn check_side(authority: &Authority, action: Action) -> Result<(), Denial> {
    let theirs = match authority {
        Authority::Person(_) => action.is_personal(),
        Authority::Mandate(_) => !action.roles().is_empty(),
        Authority::Officer(_) => !action.posts().is_empty(),
    };
    if theirs {
        Ok(())
    } else {
        Err(Denial::WrongSide)
    }
}

/// Whether `authority` may take `action` on `resource` at `now`.
///
/// # Errors
/// The first reason why not; [`Denial::OutOfReach`] hides the resource.
pub fn permit(
    authority: &Authority,
    action: Action,
    resource: &Resource<'_>,
    now: Instant,
) -> Result<(), Denial> {
    check_side(authority, action)?;
    match authority {
        Authority::Person(_) => Ok(()),
        Authority::Mandate(mandate) => permit_mandate(mandate, action, resource, now),
        Authority::Officer(officer) => permit_officer(officer, action, resource),
    }
}

/// Whether the holder of `authority` must see the personal data of a case at `stage` although its
/// person asked for erasure: who handles it until it has ended, and who answers for it afterwards
/// (Personal Information Protection Law, arts. 34 and 47).
pub fn has_duty_to_see(authority: &Authority, stage: Stage) -> bool {
    const HANDLING: [Post; 3] = [Post::Intake, Post::Reviewer, Post::Decider];
    const ANSWERING: [Post; 2] = [Post::Head, Post::Supervisor];
    match authority {
        Authority::Person(_) | Authority::Mandate(_) => false,
        Authority::Officer(officer) => {
            let holds_one = |posts: &[Post]| posts.iter().any(|post| officer.holds(*post));
            holds_one(&ANSWERING) || (!stage.is_final() && holds_one(&HANDLING))
        }
    }
}

fn permit_mandate(
    mandate: &Mandate,
    action: Action,
    resource: &Resource<'_>,
    now: Instant,
) -> Result<(), Denial> {
    if resource
        .enterprise
        .is_some_and(|enterprise| *enterprise != mandate.enterprise)
    {
        return Err(Denial::OutOfReach);
    }
    if !mandate.holds(now) {
        return Err(Denial::NoMandate);
    }
    if resource
        .item
        .is_some_and(|item| !mandate.items.includes(item))
    {
        return Err(Denial::ItemNotCovered);
    }
    if !action.roles().contains(&mandate.role) {
        return Err(Denial::RoleInsufficient);
    }
    if mandate.suspended_at.is_some() && !action.only_reads() {
        return Err(Denial::EnterpriseSuspended);
    }
    Ok(())
}

fn permit_officer(
    officer: &Officer,
    action: Action,
    resource: &Resource<'_>,
) -> Result<(), Denial> {
    let within_reach = match action.reach() {
        Reach::Own => true,
        // Who passed it on may be told once more that they did.
        Reach::Unit => {
            let own = |unit: Option<&UnitId>| unit.is_some_and(|unit| *unit == officer.unit);
            let of_unit =
                own(resource.unit) || (action == Action::Recommend && own(resource.passed_on_by));
            of_unit && resource.region.is_none_or(|region| officer.serves(region))
        }
        Reach::Jurisdiction => resource.region.is_some_and(|region| officer.serves(region)),
        Reach::UnitsBelow => resource
            .unit
            .is_some_and(|unit| officer.unit.answers_for(unit)),
    };
    if !officer.active || !within_reach {
        return Err(Denial::OutOfReach);
    }
    let high_enough = officer.level >= action.lowest_level();
    if high_enough && action.posts().iter().any(|post| officer.holds(*post)) {
        Ok(())
    } else {
        Err(Denial::PostMissing)
    }
}
