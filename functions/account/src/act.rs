//! How every command on an enterprise or an officer goes: load, decide, commit, answer.

use domain::application::Actor;
use domain::enterprise::{self, Context, Enterprise, EnterpriseEvent, Household};
use domain::history::{BrokenHistory, Occasion, Recorded, Step, record};
use domain::identifiers::Uscc;
use domain::ids::{EventId, OfficerId};
use domain::instant::Instant;
use domain::mandate::MandateId;
use domain::officer::{self, Officer, OfficerEvent};
use domain::policy::Resource;
use domain::unit::{NotOpen, UnitId};
use domain::words::Words;
use jiff::civil::Date;
use platform::accounts::{Answering, EnterpriseFile, OfficerFile};
use platform::authority::Principal;
use platform::table::{CommitError, Part};
use uuid::Uuid;
use web::{Caller, Code, Command, InputError, Problem, Reply};

use crate::app::App;

/// A fresh name for a mandate of `uscc`.
pub(crate) fn new_mandate(uscc: &Uscc) -> MandateId {
    MandateId::new(uscc.clone(), rand::random())
}

/// The actor, if the caller may take the route's action on the enterprise of `file`.
///
/// # Errors
/// 403 without any authority or for the wrong act, 404 where the enterprise is not theirs to know of.
pub(crate) fn permit_enterprise(caller: &Caller, file: &EnterpriseFile) -> Result<Actor, Problem> {
    let authority = caller.authority(file.asked.authority.as_ref());
    let authority = authority.map_err(|problem| match problem.code {
        Code::NoMandate if claims(caller, file) => problem.with_detail(Words::new(
            "您登记该企业的申请尚待登记库核验，核验通过后即有授权；进度见该企业的 claim。",
            "Your registration of it still waits for the register, and gives you a mandate once confirmed: its claim shows how it stands.",
        )),
        _ => problem,
    })?;
    let enterprise = file.household.enterprise.as_ref();
    let resource = Resource {
        enterprise: Some(&file.uscc),
        region: enterprise.and_then(|enterprise| enterprise.region),
        ..Resource::NOTHING
    };
    caller.permit(authority, &resource, file.asked.now)
}

/// Whether the caller, who acts for the enterprise of `file`, waits for the register to name them.
fn claims(caller: &Caller, file: &EnterpriseFile) -> bool {
    let Principal::Agent {
        person, enterprise, ..
    } = &caller.principal
    else {
        return false;
    };
    let known = file.household.enterprise.as_ref();
    *enterprise == file.uscc && known.is_some_and(|known| known.claimants.contains(person))
}

/// What is to happen to an enterprise.
pub(crate) struct Intent {
    /// The events.
    pub(crate) events: Vec<EnterpriseEvent>,
    /// Keyed hash of who is invited with them.
    pub(crate) invitee: Option<String>,
}

impl From<Vec<EnterpriseEvent>> for Intent {
    fn from(events: Vec<EnterpriseEvent>) -> Self {
        Self {
            events,
            invitee: None,
        }
    }
}

/// How often a command is decided, where somebody else changed the enterprise in between.
pub(crate) const ATTEMPTS: usize = 3;

/// Whether a command is decided anew after `attempt`, counted from 1: somebody else was faster, and it was
/// not the same command.
pub(crate) fn goes_again(committed: &Result<(), CommitError>, attempt: usize) -> bool {
    attempt < ATTEMPTS
        && committed.as_ref().is_err_and(|error| {
            matches!(error, CommitError::Guards(_)) && error.failed(Part::Idempotency).is_none()
        })
}

/// Carries out on the enterprise `uscc` what `decide` makes of it, and answers what `answer` makes of
/// what became of it.
pub(crate) async fn act<T>(
    app: &App,
    uscc: &Uscc,
    command: &Command<T>,
    decide: impl AsyncFnOnce(&EnterpriseFile, &Context<'_>) -> Result<Intent, Problem> + Copy,
    answer: impl Fn(&Household, Instant) -> Result<Reply, Problem>,
) -> Result<Reply, Problem> {
    let caller = &command.caller;
    let request = Some(&command.request);
    let mut attempt = 1;
    loop {
        let file = app
            .accounts
            .enterprise(uscc, &caller.principal, request)
            .await?;
        let actor = permit_enterprise(caller, &file)?;
        if let Some(repeat) = command.repeat_of(&file.asked.earlier)? {
            return Ok(repeat);
        }

        let now = file.asked.now;
        let context = Context { now, actor: &actor };
        let intent = decide(&file, &context).await?;
        let changed = follow(&file, intent.events, &actor, intent.invitee.as_deref())?;
        let reply = answer(&changed.household, now)?;
        let answering = Some((&command.request, reply.answer()));
        let committed = commit(app, &file, &changed, answering).await;
        if !goes_again(&committed, attempt) {
            return command.settle(committed, reply, lost);
        }
        attempt += 1;
    }
}

/// The actor, if the caller may take the route's action on what belongs to `unit`.
///
/// # Errors
/// As [`permit_enterprise`].
pub(crate) fn permit_unit(
    caller: &Caller,
    asked: &platform::accounts::Asked,
    unit: &UnitId,
) -> Result<Actor, Problem> {
    let authority = caller.authority(asked.authority.as_ref())?;
    let resource = Resource {
        unit: Some(unit),
        ..Resource::NOTHING
    };
    caller.permit(authority, &resource, asked.now)
}

/// As [`permit_unit`], for what is to belong to the unit that the body names.
///
/// # Errors
/// As [`permit_enterprise`], with the place of the unit.
pub(crate) fn permit_named_unit(
    caller: &Caller,
    asked: &platform::accounts::Asked,
    unit: &UnitId,
) -> Result<Actor, Problem> {
    permit_unit(caller, asked, unit).map_err(|problem| match problem.code {
        Code::NotFound => {
            let words = Words::new(
                "该单位不归您管理，请填写本单位或其下级单位",
                "You do not answer for this unit: name your own or one below it",
            );
            problem.with_errors(vec![InputError::new("/unit", "out_of_reach", words)])
        }
        _ => problem,
    })
}

/// The officer of `file` with the version of their item, and the actor if the caller may take the
/// route's action on them.
///
/// # Errors
/// As [`permit_enterprise`].
pub(crate) fn permit_officer<'a>(
    caller: &Caller,
    file: &'a OfficerFile,
) -> Result<(&'a Officer, u64, Actor), Problem> {
    caller.authority(file.asked.authority.as_ref())?;
    let record = file
        .officer
        .as_ref()
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let actor = permit_unit(caller, &file.asked, &record.body.unit)?;
    Ok((&record.body, record.version, actor))
}

/// The officer who acts.
///
/// # Errors
/// 403 where it is none.
pub(crate) fn officer_of(actor: &Actor) -> Result<OfficerId, Problem> {
    match actor {
        Actor::Officer { officer, .. } => Ok(officer.clone()),
        _ => Err(Problem::new(Code::WrongSide)),
    }
}

/// What is wrong with `unit` as one that something new belongs to.
pub(crate) fn unit_fault(unit: &UnitId, today: Date) -> Option<InputError> {
    let not_open = catalogue::units().open(unit, today).err()?;
    let (code, words) = match not_open {
        NotOpen::Unknown => (
            "unknown_unit",
            Words::new("没有该单位", "There is no such unit"),
        ),
        NotOpen::Closed => (
            "closed_unit",
            Words::new("该单位已撤销", "The unit is closed"),
        ),
    };
    Some(InputError::new("/unit", code, words))
}

/// How many entries a list in a request has at the most.
const LONGEST_LIST: usize = 100;

/// What is wrong with the length of the list at `pointer`.
pub(crate) fn length_fault<T>(pointer: &str, list: &[T]) -> Option<InputError> {
    (list.len() > LONGEST_LIST).then(|| {
        let words = Words::new(
            format!("最多填写 {LONGEST_LIST} 项"),
            format!("Name {LONGEST_LIST} at the most"),
        );
        InputError::new(pointer, "too_many", words)
    })
}

/// What is wrong with a short text for people, of 1 to 100 characters besides the blanks around it.
pub(crate) fn text_fault(pointer: &str, text: &str) -> Option<InputError> {
    let trimmed = text.trim();
    let fits = (1..=100).contains(&trimmed.chars().count());
    (!fits || trimmed.chars().any(char::is_control)).then(|| {
        let words = Words::new(
            "请填写 1–100 个字符，不含换行",
            "Give 1 to 100 characters on one line",
        );
        InputError::new(pointer, "wrong_length", words)
    })
}

/// What became of a change that has no idempotency key.
///
/// # Errors
/// 412 where somebody was faster.
pub(crate) fn committed(result: Result<(), CommitError>) -> Result<(), Problem> {
    result.map_err(|error| match error {
        CommitError::Guards(_) => lost(&error),
        other => other.into(),
    })
}

/// What became of an enterprise.
pub(crate) struct Changed {
    /// The enterprise with its people.
    pub(crate) household: Household,
    history: Vec<Recorded<Uscc, EnterpriseEvent>>,
}

impl Changed {
    /// The enterprise.
    pub(crate) fn enterprise(&self) -> Result<&Enterprise, Problem> {
        let enterprise = self.household.enterprise.as_ref();
        enterprise.ok_or_else(|| Problem::new(Code::Internal))
    }
}

/// What `events` make of the enterprise in `file`.
///
/// # Errors
/// [`Code::Internal`] where it does not take its own events.
pub(crate) fn follow(
    file: &EnterpriseFile,
    events: Vec<EnterpriseEvent>,
    actor: &Actor,
    invitee: Option<&str>,
) -> Result<Changed, Problem> {
    if events.is_empty() {
        return Ok(Changed {
            household: file.household.clone(),
            history: Vec::new(),
        });
    }
    let occasion = Occasion {
        aggregate: &file.uscc,
        at: file.asked.now,
        actor,
    };
    let before = file.household.enterprise.as_ref();
    let step = record(before, &occasion, events, new_event).map_err(broken)?;
    Ok(Changed {
        household: file
            .household
            .clone()
            .after(&step.history, step.state, invitee),
        history: step.history,
    })
}

/// Commits what was `changed` of the enterprise in `file`.
pub(crate) async fn commit(
    app: &App,
    file: &EnterpriseFile,
    changed: &Changed,
    answering: Answering<'_>,
) -> Result<(), CommitError> {
    app.accounts
        .commit_enterprise(file, &changed.household, &changed.history, answering)
        .await
}

/// The officer that `events` lead to from `before`, with their history.
///
/// # Errors
/// [`Code::Internal`] where they do not take their own events.
pub(crate) fn follow_officer(
    before: Option<&Officer>,
    occasion: &Occasion<'_, OfficerId>,
    events: Vec<OfficerEvent>,
) -> Result<Step<Officer>, Problem> {
    officer::follow(before, occasion, events, new_event).map_err(broken)
}

fn new_event() -> EventId {
    EventId(Uuid::now_v7())
}

fn broken(fault: BrokenHistory) -> Problem {
    tracing::error!(%fault, "an aggregate does not take its own events");
    Problem::new(Code::Internal)
}

/// What a failed guard tells the caller: somebody was faster, or who proposed has left.
pub(crate) fn lost(error: &CommitError) -> Problem {
    Problem::new(if error.failed(Part::Proposer).is_some() {
        Code::ProposerGone
    } else {
        Code::StaleVersion
    })
}

/// The problem that a refusal of an enterprise's command is.
pub(crate) fn refused(refusal: enterprise::Refusal) -> Problem {
    use enterprise::Refusal;
    Problem::new(match refusal {
        Refusal::RealNameLevelTooLow => Code::RealNameLevelTooLow,
        Refusal::AlreadyRegistered => Code::AlreadyRegistered,
        Refusal::NotInRegister => Code::NotInRegister,
        Refusal::NoLongerInBeing => Code::NoLongerInBeing,
        Refusal::RegisterSilent => Code::Unavailable,
        Refusal::BeyondOwnMandate => Code::BeyondOwnMandate,
        Refusal::TooManyPeople => Code::TooManyPeople,
        Refusal::NotTheLegalRepresentative => Code::NotTheLegalRepresentative,
        Refusal::StillPending => Code::RegistrationPending,
        Refusal::TooManyClaimants => Code::TooManyClaimants,
        Refusal::Suspended => Code::EnterpriseSuspended,
        Refusal::AlreadySuspended => Code::AlreadySuspended,
        Refusal::NotSuspended => Code::NotSuspended,
        Refusal::NotRegistered | Refusal::NoSuchMandate | Refusal::InvitationOfAnother => {
            Code::NotFound
        }
        Refusal::MandateEnded => Code::MandateEnded,
        Refusal::InvitationAnswered => Code::InvitationAnswered,
        Refusal::InvitationExpired => Code::InvitationExpired,
        Refusal::EndsBeforeItBegins
        | Refusal::LegalRepresentativeByRegister
        | Refusal::ReasonMissing => Code::InvalidValue,
        Refusal::LegalRepresentativeStays => Code::LegalRepresentativeStays,
        Refusal::LastAdministrator => Code::LastAdministrator,
        Refusal::NothingToHandOver => Code::NothingToHandOver,
        Refusal::NotAPerson => Code::WrongSide,
    })
}

/// The problem that a refusal of a command on an officer is.
pub(crate) fn refused_officer(refusal: officer::Refusal) -> Problem {
    use officer::Refusal;
    Problem::new(match refusal {
        Refusal::AlreadyAppointed => Code::AlreadyAppointed,
        Refusal::NotInOffice => Code::NotInOffice,
        Refusal::OwnPosts => Code::OwnPosts,
        Refusal::JurisdictionOutside | Refusal::NoPost => Code::InvalidValue,
        Refusal::NothingProposed => Code::NothingProposed,
        Refusal::SecondPairOfEyes => Code::SecondPairOfEyes,
        Refusal::NotAnOfficer => Code::WrongSide,
        Refusal::ServedElsewhere => Code::ServedElsewhere,
        Refusal::TooFewAdministrators => Code::TooFewAdministrators,
    })
}
