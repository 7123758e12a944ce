//! `POST /v1/applications/{id}/submit`: the draft becomes an application.

use std::time::Duration;

use axum::extract::State;
use domain::application::{Context, Refusal, Submit, record};
use domain::draft::Draft;
use domain::ids::{ApplicationNo, EventId};
use domain::item::ServiceItem;
use domain::words::Words;
use http::StatusCode;
use jiff::civil::Date;
use platform::cases::{Submission, Wanted};
use platform::table::Part;
use platform::vault::SearchHash;
use rand::Rng as _;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::faults::paper_errors;
use web::path::Path;
use web::{Code, Command, InputError, Problem, Reply};

use crate::act::{draft_of, papers, permit};
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
            // A paper was examined in between: the next look, a moment later, sees it settled.
            Err(problem) if problem.code == Code::PapersChanged => {
                let pause = rand::rng().random_range(20..80);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
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
    let actor = permit(&command.caller, &case)?;
    if let Some(repeat) = command.repeat_of(&case.earlier)? {
        return Ok(repeat);
    }
    let draft = draft_of(&case)?;

    let item = item_applied_for(draft.body.item, case.now.date())?;
    let manifest = papers(&case);
    let sealed_form = case
        .form
        .as_ref()
        .ok_or_else(|| Problem::new(Code::Internal))?;
    let unit =
        catalogue::units().competent(item.accepting_level, &draft.body.region, case.now.date());
    let submit = Submit {
        draft: &draft.body,
        manifest: &manifest,
        form: sealed_form.body.sealed.digest(),
        unit: unit.map(|unit| &unit.id),
    };
    let context = Context {
        now: case.now,
        actor: &actor,
        item,
        calendar: catalogue::calendar(),
    };
    let form = app.cases.open_form(&case).await?;
    let form_errors = form_errors(&form, case.now.date(), &draft.body, item);
    let events = with_every_fault(submit.decide(&context), form_errors)?;
    let found_by = found_by(app, &form, case.now.date(), item).await?;
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
        found_by: &found_by,
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

/// What is wrong with the form, member by member.
fn form_errors(form: &Value, today: Date, draft: &Draft, item: &ServiceItem) -> Vec<InputError> {
    let checked = catalogue::check_form(&item.code, item.version, form, today);
    let mut errors: Vec<InputError> = checked
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|fault| {
            let words = Words::new(fault.message_zh, fault.message_en);
            InputError::new(format!("/form{}", fault.pointer), fault.code, words)
        })
        .collect();
    errors.extend(elsewhere(form, draft, item));
    errors
}

/// By what the application can be found: the hashes of the identity and mobile numbers in its form.
async fn found_by(
    app: &App,
    form: &Value,
    today: Date,
    item: &ServiceItem,
) -> Result<Vec<SearchHash>, Problem> {
    let mut hashes = Vec::new();
    for term in catalogue::search_terms(&item.code, item.version, form, today) {
        hashes.push(app.cases.vault().search_hash(&term).await?);
    }
    Ok(hashes)
}

/// Where the form says the matter lies elsewhere than the draft, by which the unit is chosen.
fn elsewhere(form: &Value, draft: &Draft, item: &ServiceItem) -> Option<InputError> {
    let pointer = catalogue::region_member(&item.code, item.version)?;
    let said = form.pointer(pointer)?.as_str()?;
    let region = draft.region.to_string();
    (said != region).then(|| {
        let words = Words::new(
            format!("与申请的所在地（{region}）不一致，请改为同一地区。"),
            format!("The application is for {region}: name the same region in both places."),
        );
        InputError::new(format!("/form{pointer}"), "region_differs", words)
    })
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
