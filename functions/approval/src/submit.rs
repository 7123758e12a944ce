//! `POST /v1/applications/{id}/submit`: the draft becomes an application.

use axum::extract::State;
use domain::application::{Context, Refusal, Submit, record};
use domain::draft::Draft;
use domain::ids::{ApplicationNo, EventId};
use domain::item::ServiceItem;
use domain::policy::{Authority, Resource};
use domain::words::Words;
use http::StatusCode;
use platform::authority::Principal;
use platform::cases::{Case, Submission, Wanted};
use platform::table::{Part, Record};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::faults::paper_errors;
use web::path::Path;
use web::{Caller, Code, Command, InputError, Problem, Reply};

use crate::act::papers;
use crate::app::App;
use crate::open_draft::item_applied_for;
use crate::view::ApplicationBody;

/// How often a submission is tried while the examination of its papers changes the manifest.
const ATTEMPTS: usize = 4;

/// Nothing has to be said to submit: what is submitted is the draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubmitRequest {}

/// Submit a draft
///
/// The form must fit the item's schema, every required material be announced and none refused; all
/// that is missing is told at once. From here on the application is handled under the version of the
/// item in force now.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/submit",
    tag = "approval",
    params(("id" = String, Path, description = "The draft's number"), AgentHeaders),
    request_body = SubmitRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<SubmitRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    for _ in 0..ATTEMPTS {
        match attempt(&app, &number, &command).await {
            // A paper was examined in between: the next look sees it settled.
            Err(problem) if problem.code == Code::PapersChanged => {}
            done => return done,
        }
    }
    Err(Problem::new(Code::PapersChanged))
}

async fn attempt(
    app: &App,
    number: &ApplicationNo,
    command: &Command<SubmitRequest>,
) -> Result<Reply, Problem> {
    let wanted = Wanted {
        principal: Some(&command.caller.principal),
        request: Some(&command.request),
        ..Wanted::default()
    };
    let case = app.cases.load(number, wanted).await?;
    let authority = command.caller.authority(case.authority.as_ref())?;
    if let Some(repeat) = command.repeat_of(&case.earlier)? {
        return Ok(repeat);
    }
    let draft = own_draft(&command.caller, &case, authority)?;
    let resource = Resource {
        enterprise: Some(&draft.body.enterprise),
        unit: None,
        item: Some(&draft.body.item),
    };
    let actor = command.caller.permit(authority, &resource, case.now)?;

    let item = item_applied_for(draft.body.item, case.now.date())?;
    let manifest = papers(&case);
    let form = case
        .form
        .as_ref()
        .ok_or_else(|| Problem::new(Code::Internal))?;
    let unit = catalogue::units().competent(item.accepting_level, &draft.body.region);
    let submit = Submit {
        draft: &draft.body,
        manifest: &manifest,
        form: form.body.sealed.digest(),
        unit: unit.map(|unit| &unit.id),
    };
    let context = Context {
        now: case.now,
        actor: &actor,
        item,
        calendar: catalogue::calendar(),
    };
    let form_errors = form_errors(app, &case, item).await?;
    let events = with_every_fault(submit.decide(&context), form_errors)?;
    let ids = || EventId(Uuid::now_v7());
    let (events, application) =
        record(None, number, events, case.now, &actor, ids).map_err(|fault| {
            tracing::error!(%fault, "an application does not take its own submission");
            Problem::new(Code::Internal)
        })?;

    let reply = Reply::new(
        StatusCode::OK,
        &ApplicationBody::application(&application, item),
    )?
    .with_version(application.version);
    let submission = Submission {
        case: &case,
        application: &application,
        events: &events,
    };
    let committed = app
        .cases
        .submit(submission, Some((&command.request, reply.answer())))
        .await;
    command.settle(committed, reply, |error| {
        let submitted = error.failed(Part::State).is_some();
        Problem::new(if submitted {
            Code::AlreadySubmitted
        } else {
            Code::PapersChanged
        })
    })
}

/// The draft of `case`, if it is one that the caller's enterprise has.
///
/// # Errors
/// 404 where there is none or it is another enterprise's, [`Code::AlreadySubmitted`] where it was one.
pub(crate) fn own_draft<'a>(
    caller: &Caller,
    case: &'a Case,
    authority: &Authority,
) -> Result<&'a Record<Draft>, Problem> {
    let owned_by_caller = |owner| match &caller.principal {
        Principal::Agent { enterprise, .. } => enterprise == owner,
        Principal::Officer(_) => false,
    };
    if let Some(state) = &case.state {
        let of_the_unit =
            matches!(authority, Authority::Officer(officer) if officer.unit == state.body.unit);
        return Err(Problem::new(if owned_by_caller(&state.body.enterprise) {
            Code::AlreadySubmitted
        } else if of_the_unit {
            Code::WrongSide
        } else {
            Code::NotFound
        }));
    }
    case.draft
        .as_ref()
        .filter(|draft| owned_by_caller(&draft.body.enterprise))
        .ok_or_else(|| Problem::new(Code::NotFound))
}

/// What is wrong with the form, member by member.
async fn form_errors(
    app: &App,
    case: &Case,
    item: &ServiceItem,
) -> Result<Vec<InputError>, Problem> {
    let form = app.cases.open_form(case).await?;
    let checked = catalogue::check_form(&item.code, item.version, &form, case.now.date());
    Ok(checked
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|fault| {
            let words = Words::new(fault.message_zh, fault.message_en);
            InputError::new(format!("/form{}", fault.pointer), fault.code, words)
        })
        .collect())
}

/// The events, or every fault of form and papers at once.
fn with_every_fault<T>(
    decided: Result<T, Refusal>,
    form_errors: Vec<InputError>,
) -> Result<T, Problem> {
    match decided {
        Ok(_) | Err(Refusal::Papers(_)) if !form_errors.is_empty() => {
            let mut errors = form_errors;
            if let Err(Refusal::Papers(faults)) = &decided {
                errors.extend(paper_errors(faults));
            }
            Err(Problem::new(Code::FormInvalid).with_errors(errors))
        }
        decided => Ok(decided?),
    }
}
