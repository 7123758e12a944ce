//! How every command on a submitted application goes: load, decide, commit, answer.

use catalogue::{calendar, item_version};
use domain::application::{self, Context, record};
use domain::ids::{ApplicationNo, EventId};
use domain::item::ServiceItem;
use domain::manifest::Manifest;
use domain::policy::{Authority, Resource};
use http::StatusCode;
use platform::cases::{Case, NewText, Recording, Wanted};
use platform::table::{CommitError, Part};
use uuid::Uuid;
use web::{Code, Command, Problem, Reply};

use crate::app::App;
use crate::view::ApplicationBody;

/// A command of the domain with what is stored beside its events.
pub(crate) struct Intent {
    /// The command.
    pub(crate) command: application::Command,
    /// What was written with it.
    pub(crate) text: Option<NewText>,
    /// Whether it relies on the papers as they were read.
    pub(crate) relies_on_papers: bool,
}

impl Intent {
    /// A command without text that relies on no papers.
    pub(crate) fn plain(command: application::Command) -> Self {
        Self {
            command,
            text: None,
            relies_on_papers: false,
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
    let wanted = Wanted {
        principal: Some(&command.caller.principal),
        request: Some(&command.request),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    let authority = command.caller.authority(case.authority.as_ref())?;
    if let Some(repeat) = command.repeat_of(&case.earlier)? {
        return Ok(repeat);
    }
    let Some(state) = &case.state else {
        return Err(not_submitted(&case, &command));
    };
    let resource = Resource {
        enterprise: Some(&state.body.enterprise),
        unit: Some(&state.body.unit),
        item: Some(&state.body.item.code),
    };
    let actor = command.caller.permit(authority, &resource, case.now)?;
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

    let reply = Reply::new(StatusCode::OK, &ApplicationBody::application(&after, item))?
        .with_version(after.version);
    let manifest_version = case.manifest.as_ref().map(|manifest| manifest.version);
    let recording = Recording {
        before: state.version,
        after: &after,
        events: &events,
        texts: intent.text.into_iter().collect(),
        manifest: manifest_version.filter(|_| intent.relies_on_papers),
    };
    let answering = Some((&command.request, reply.answer()));
    let committed = app.cases.record(recording, answering).await;
    command.settle(committed, reply, lost)
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

/// A draft is there for its own side only.
fn not_submitted<T>(case: &Case, command: &Command<T>) -> Problem {
    let own = case
        .draft
        .as_ref()
        .is_some_and(|draft| match &command.caller.principal {
            platform::authority::Principal::Agent { enterprise, .. } => {
                draft.body.enterprise == *enterprise
            }
            platform::authority::Principal::Officer(_) => false,
        });
    Problem::new(if own {
        Code::NotSubmitted
    } else {
        Code::NotFound
    })
}

/// The papers of `case`.
pub(crate) fn papers(case: &Case) -> Manifest {
    case.manifest
        .as_ref()
        .map(|manifest| manifest.body.clone())
        .unwrap_or_default()
}
