//! `POST /v1/officers/{id}/approve`: a second administrator approves posts that need four eyes.

use axum::extract::State;
use domain::history::Occasion;
use domain::ids::OfficerId;
use domain::officer::Approve;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Code, Command, Problem, Reply};

use super::OfficerBody;
use crate::act::{follow_officer, lost, permit_officer, refused_officer};
use crate::app::App;

/// Nothing has to be said to approve: `If-Match` says what was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveRequest {}

/// Approve posts that wait for a second administrator
///
/// By neither who proposed them nor who is to hold them, while who proposed is in office still.
/// `posts_once_approved` of the officer shows what they will hold then.
#[utoipa::path(
    post,
    path = "/v1/officers/{id}/approve",
    tag = "account",
    params(("id" = String, Path, description = "The officer"), OfficerHeaders),
    request_body = ApproveRequest,
    responses((status = 200, body = OfficerBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn approve_officer(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ApproveRequest>,
) -> Result<Reply, Problem> {
    let id = OfficerId::try_from(id).map_err(|_| Problem::new(Code::NotFound))?;
    let caller = &command.caller;
    let request = Some(&command.request);
    let file = app
        .accounts
        .officer(&id, &caller.principal, request)
        .await?;
    let (officer, version, actor) = permit_officer(caller, &file)?;
    if let Some(repeat) = command.repeat_of(&file.asked.earlier)? {
        return Ok(repeat);
    }
    command.require_version(version)?;

    let events = Approve.decide(officer, &actor).map_err(refused_officer)?;
    let occasion = Occasion {
        aggregate: &id,
        at: file.asked.now,
        actor: &actor,
    };
    let step = follow_officer(Some(officer), &occasion, events)?;
    let after = &step.state;
    let reply = Reply::new(StatusCode::OK, &OfficerBody::from(after))?.with_version(version + 1);
    let proposer = officer.proposed.as_ref().map(|proposal| &proposal.by);
    let answering = Some((&command.request, reply.answer()));
    let committed = app
        .accounts
        .commit_officer(&file, &step, proposer, answering)
        .await;
    command.settle(committed, reply, lost)
}
