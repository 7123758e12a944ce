//! `POST /v1/applications/{id}/supplement`: the applicant brings what was asked for (补正), or what was
//! to follow (容缺补齐).

use axum::extract::State;
use domain::application::{self, Application, Cure, Refusal, Supplement};
use domain::manifest::Manifest;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Command, Problem, Reply};

use super::form::renewed_form;
use crate::act::{Intent, Side, act, papers};
use crate::app::App;
use crate::view::ApplicationBody;

/// What is brought; documents are announced and uploaded before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"form": {"premises": {"address": "太原市小店区长风街 1 号"}}}))]
pub(crate) struct SupplementRequest {
    /// The whole form again, where the notice asks for a member of it.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    form: Option<Value>,
}

/// Bring what was asked for (补正), or what was to follow (容缺补齐)
///
/// After a correction notice the application counts as received on this day. What was to follow must be
/// there and examined clean.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/supplement",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    request_body = SupplementRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn supplement(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<SupplementRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Applicant,
        number,
        command,
        async |app, case, _, body| {
            let manifest = papers(case);
            let state = case.state.as_ref().map(|state| &state.body);
            if state.is_some_and(|state| cures(state, &manifest)) {
                if body.form.is_some() {
                    return Err(Refusal::FormNotDemanded.into());
                }
                return Ok(Intent::on_papers(application::Command::Cure(Cure {
                    manifest,
                })));
            }
            let form = match (&body.form, state) {
                (Some(form), Some(state)) => Some(renewed_form(app, case, state, form).await?),
                _ => None,
            };
            let named = body.form.as_ref().zip(state);
            let rows = named.and_then(|(form, state)| {
                catalogue::row_count(&state.item.code, state.item.version, form)
            });
            let supplement = Supplement {
                rows,
                quantities: named.and_then(|(form, state)| {
                    let (code, version) = (&state.item.code, state.item.version);
                    catalogue::quantities(code, version, &state.enterprise, form)
                }),
                form: form.as_ref().map(|form| form.sealed.digest()),
                manifest,
            };
            Ok(Intent {
                form,
                ..Intent::on_papers(application::Command::Supplement(supplement))
            })
        },
    )
    .await
}

/// Whether what is brought is what was to follow. Papers that were asked for besides may come before.
fn cures(state: &Application, manifest: &Manifest) -> bool {
    let Some(undertaking) = state.uncured() else {
        return false;
    };
    let asked_for = state.papers_asked_for.is_some();
    let all_there = undertaking.materials.iter().all(|code| manifest.has(code));
    all_there || !asked_for
}
