//! How every command on a submitted application goes: load, decide, commit, answer.

use catalogue::{calendar, item_version};
use domain::application::{self, Actor, Context, record};
use domain::chain::Digest;
use domain::draft::Draft;
use domain::ids::{ApplicationNo, EventId};
use domain::item::ServiceItem;
use domain::manifest::Manifest;
use domain::notice::Notice;
use domain::policy::{Authority, Resource};
use http::StatusCode;
use platform::audit::{self, AuditEntry, AuditedAction};
use platform::cases::{Case, NewForm, NewRows, NewText, Recording, Wanted};
use platform::table::{CommitError, Part, Record};
use uuid::Uuid;
use web::{Caller, Code, Command, Problem, Reply, texts};

use crate::app::App;
use crate::handling::conflict::acts_for_the_applicant;
use crate::view::ApplicationBody;

/// A command of the domain with what is stored beside its events.
pub(crate) struct Intent {
    /// The command.
    pub(crate) command: application::Command,
    /// What was written with it.
    pub(crate) text: Option<NewText>,
    /// Why it refuses rows, where it refuses some.
    pub(crate) rows: Option<NewRows>,
    /// Whether it relies on the papers as they were read.
    pub(crate) relies_on_papers: bool,
    /// The form that takes the place of the one there is.
    pub(crate) form: Option<NewForm>,
    /// The notice that was handed over on paper.
    pub(crate) served: Option<Record<Notice>>,
}

impl Intent {
    /// A command without text that relies on no papers.
    pub(crate) fn plain(command: application::Command) -> Self {
        Self {
            command,
            text: None,
            rows: None,
            relies_on_papers: false,
            form: None,
            served: None,
        }
    }

    /// A command with the text it carries the digest of.
    pub(crate) fn with_text(command: application::Command, text: NewText) -> Self {
        Self {
            text: Some(text),
            ..Self::plain(command)
        }
    }

    /// A command without text that relies on the papers as they were read.
    pub(crate) fn on_papers(command: application::Command) -> Self {
        Self {
            relies_on_papers: true,
            ..Self::plain(command)
        }
    }
}

/// Which side a command belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The applicant, who need not have seen the last version.
    Applicant,
    /// An officer, who must have.
    Officer,
}

/// The item in the version `case` is handled under.
///
/// # Errors
/// 503 where this binary does not know it: a newer one must answer.
pub(crate) fn item_of(state: &application::Application) -> Result<&'static ServiceItem, Problem> {
    item_version(&state.item.code, state.item.version).ok_or_else(|| {
        tracing::error!(item = %state.item.code, version = state.item.version, "unknown item version");
        Problem::new(Code::Unavailable)
    })
}

/// Carries out what `intend` makes of the case and the caller's authority.
pub(crate) async fn act<T>(
    app: &App,
    side: Side,
    number: ApplicationNo,
    command: Command<T>,
    intend: impl AsyncFnOnce(&App, &Case, &Authority, &T) -> Result<Intent, Problem>,
) -> Result<Reply, Problem> {
    act_with(app, side, number, command, Wanted::default(), intend).await
}

/// Carries out a command that says one text; `text` tells which and where, `make` takes its digest.
pub(crate) async fn act_with_text<T>(
    app: &App,
    side: Side,
    id: String,
    command: Command<T>,
    text: impl FnOnce(&T) -> (&str, &'static str),
    make: impl FnOnce(Digest, &T) -> application::Command,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(app, side, number, command, async |app, case, _, body| {
        let (said, pointer) = text(body);
        let said = texts::required(Some(said), pointer)?;
        let text = seal(app, case, &said).await?;
        Ok(Intent::with_text(make(text.sealed.digest(), body), text))
    })
    .await
}

/// `text` sealed for the event that comes next.
pub(crate) async fn seal(app: &App, case: &Case, text: &str) -> Result<NewText, Problem> {
    let key = app.cases.data_key(case).await?;
    Ok(case.seal_next_text(&key, text)?)
}

/// Carries out a command for which more than the case is `wanted`.
pub(crate) async fn act_with<T>(
    app: &App,
    side: Side,
    number: ApplicationNo,
    command: Command<T>,
    wanted: Wanted<'_>,
    intend: impl AsyncFnOnce(&App, &Case, &Authority, &T) -> Result<Intent, Problem>,
) -> Result<Reply, Problem> {
    let wanted = Wanted {
        principal: Some(&command.caller.principal),
        request: Some(&command.request),
        ..wanted
    };
    let case = app.cases.load(&number, wanted).await?;
    let authority = command.caller.authority(case.authority.as_ref())?;
    let actor = permit(&command.caller, &case)?;
    if let Some(repeat) = command.repeat_of(&case.earlier)? {
        return Ok(repeat);
    }
    let state = case
        .state
        .as_ref()
        .ok_or_else(|| Problem::new(Code::NotSubmitted))?;
    if side == Side::Officer {
        command.require_version(state.version)?;
    }

    let item = item_of(&state.body)?;
    let context = Context {
        now: case.now,
        actor: &actor,
        item,
        calendar: calendar(),
    };
    let intent = intend(app, &case, authority, &command.body).await?;
    check_interest(app, &case, authority, &intent.command).await?;
    let events = application::decide(&state.body, &intent.command, &context)?;
    let (events, after) = if events.is_empty() {
        (Vec::new(), state.body.clone())
    } else {
        record(Some(&state.body), &number, events, case.now, &actor, || {
            EventId(Uuid::now_v7())
        })
        .map_err(|fault| {
            tracing::error!(%fault, "an application does not take its own events");
            Problem::new(Code::Internal)
        })?
    };

    let shown = ApplicationBody::application(&after, item);
    let shown = match side {
        Side::Applicant => shown.for_applicant(),
        Side::Officer => shown,
    };
    let reply = Reply::new(StatusCode::OK, &shown)?.with_version(after.version);
    let manifest_version = case.manifest.as_ref().map(|manifest| manifest.version);
    let recording = Recording {
        before: state.version,
        after: &after,
        events: &events,
        texts: intent.text.into_iter().collect(),
        rows: intent.rows,
        manifest: manifest_version.filter(|_| intent.relies_on_papers),
        form: intent.form,
        notices: catalogue::notices(&events, &after, item, rand::random),
        served: intent.served,
        kept: catalogue::kept(&events, &after, item, &papers(&case)),
        drawn: None,
    };
    let answering = Some((&command.request, reply.answer()));
    let committed = app.cases.record(recording, answering).await;
    command.settle(committed, reply, lost)
}

/// Whether an officer may act on the case although they act for enterprises in private life. A claim looks
/// by itself; giving a case back is left to everybody.
async fn check_interest(
    app: &App,
    case: &Case,
    authority: &Authority,
    command: &application::Command,
) -> Result<(), Problem> {
    use application::Command::{Claim, Release};
    let Authority::Officer(officer) = authority else {
        return Ok(());
    };
    let looked_at = matches!(command, Claim(_) | Release);
    if !looked_at && acts_for_the_applicant(app, case, officer).await? {
        return Err(application::Refusal::ConflictOfInterest.into());
    }
    Ok(())
}

/// What a failed guard tells the caller.
fn lost(error: &CommitError) -> Problem {
    let stale = error.failed(Part::State).is_some() || error.failed(Part::Event).is_some();
    Problem::new(if stale {
        Code::StaleVersion
    } else {
        Code::PapersChanged
    })
}

/// The actor, if the caller may take the route's action on `case`, be it still a draft or submitted.
///
/// Asked before anything is told of the case, a repeat's answer included.
///
/// # Errors
/// 403 without any authority or for the wrong act, 404 where there is no case or it is not theirs.
pub(crate) fn permit(caller: &Caller, case: &Case) -> Result<Actor, Problem> {
    let authority = caller.authority(case.authority.as_ref())?;
    let resource = concerning(case).ok_or_else(|| Problem::new(Code::NotFound))?;
    caller.permit(authority, &resource, case.now)
}

/// What `case` is to the policy; none where there is no case.
pub(crate) fn concerning(case: &Case) -> Option<Resource<'_>> {
    let submitted = case.state.as_ref().map(|state| Resource {
        enterprise: Some(&state.body.enterprise),
        unit: Some(&state.body.unit),
        item: Some(&state.body.item.code),
        region: Some(state.body.region),
        passed_on_by: state.body.passed_on_by.as_ref(),
    });
    let draft = || {
        case.draft.as_ref().map(|draft| Resource {
            enterprise: Some(&draft.body.enterprise),
            unit: None,
            item: Some(&draft.body.item),
            region: Some(draft.body.region),
            passed_on_by: None,
        })
    };
    submitted.or_else(draft)
}

/// The draft of a case the caller may act on.
///
/// # Errors
/// [`Code::AlreadySubmitted`] where it is none any more.
pub(crate) fn draft_of(case: &Case) -> Result<&Record<Draft>, Problem> {
    case.draft
        .as_ref()
        .filter(|_| case.state.is_none())
        .ok_or_else(|| Problem::new(Code::AlreadySubmitted))
}

/// The papers of `case`.
pub(crate) fn papers(case: &Case) -> Manifest {
    case.manifest
        .as_ref()
        .map(|manifest| manifest.body.clone())
        .unwrap_or_default()
}

/// Records that somebody looks at what is personal in `case`, before it is shown to them. What its filer
/// reads of their own is not recorded, nor what anybody reads of a draft.
///
/// # Errors
/// 503 where it cannot be recorded; it must not be shown then.
pub(crate) async fn record_look(
    app: &App,
    case: &Case,
    actor: &Actor,
    action: AuditedAction,
    details: &[(&str, String)],
) -> Result<(), Problem> {
    let Some(state) = &case.state else {
        return Ok(());
    };
    let own = matches!(actor, Actor::Agent { person, .. } if *person == state.body.filed_by);
    if own {
        return Ok(());
    }
    let details = details.iter();
    let entry = AuditEntry {
        id: EventId(Uuid::now_v7()),
        unit: state.body.unit.clone(),
        actor: actor.clone(),
        action,
        resource: case.number.to_string(),
        at: case.now,
        details: details
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    };
    Ok(audit::record(app.cases.table(), &entry).await?)
}
