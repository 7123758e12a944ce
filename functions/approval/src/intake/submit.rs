//! `POST /v1/applications/{id}/submit`: the draft becomes an application.

use std::time::Duration;

use axum::extract::State;
use domain::application::{Context, Refusal, Submit, record};
use domain::ids::{ApplicationNo, EventId};
use http::StatusCode;
use platform::cases::{Submission, Wanted};
use platform::table::Part;
use rand::Rng as _;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::faults::paper_errors;
use web::path::Path;
use web::{Code, Command, InputError, Problem, Reply};

use super::deferral::{DeferralRequest, lapse_of};
use super::form::{form_errors, found_by};
use crate::act::{draft_of, papers, permit};
use crate::app::App;
use crate::drafts::open_draft::item_applied_for;
use crate::view::ApplicationBody;

/// How often a submission is tried while the examination of its papers changes the manifest.
const ATTEMPTS: usize = 4;

/// What is submitted is the draft; with it the applicant may undertake to bring papers later.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"deferral": {"materials": ["MAT-FIRE"], "cure_by": "2026-11-27"}}))]
pub(crate) struct SubmitRequest {
    /// The papers that are to follow (容缺承诺).
    #[serde(default)]
    #[schema(nullable = false)]
    deferral: Option<DeferralRequest>,
    /// Whether notices are to be handed over on paper at the counter (纸质送达). Without it they are served
    /// by arriving on the platform (电子送达), to which the applicant agrees by submitting so.
    #[serde(default)]
    #[schema(default = false)]
    paper_service: bool,
}

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
        ..lapse_of(&command.caller)
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
    let deferral = command.body.deferral.as_ref();
    let undertaking = deferral
        .map(|deferral| deferral.undertake(&case))
        .transpose()?;
    let form = app.cases.open_form(&case).await?;
    let (code, version) = (&item.code, item.version);
    let quantities = catalogue::quantities(code, version, &draft.body.enterprise, &form);
    let rows = catalogue::row_count(code, version, &form);
    let submit = Submit {
        draft: &draft.body,
        manifest: &manifest,
        form: sealed_form.body.sealed.digest(),
        unit: unit.map(|unit| &unit.id),
        undertaking: undertaking.as_ref(),
        paper_service: command.body.paper_service,
        quantities: quantities.as_ref(),
        rows,
    };
    let context = Context {
        now: case.now,
        actor: &actor,
        item,
        calendar: catalogue::calendar(),
    };
    let form_errors = form_errors(&form, case.now.date(), draft.body.region, item);
    let events = with_every_fault(submit.decide(&context), form_errors)?;
    let found_by = found_by(app, &draft.body.enterprise, &form, case.now.date(), item).await?;
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
