//! `POST /v1/enterprises/{uscc}/hand-over`: a new legal representative takes over.

use axum::extract::State;
use domain::enterprise::{Context, HandOver, Registry};
use http::StatusCode;
use platform::registers::EnterpriseRegister as _;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::path::Path;
use web::{Code, Command, Problem, Reply};

use super::EnterpriseBody;
use crate::act::{commit, follow, lost, new_mandate, permit_enterprise, refused};
use crate::app::App;

/// Nothing has to be said: the register says who takes over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOverRequest {}

/// Take over as legal representative
///
/// By whom the enterprise register names now; the mandate of the one before ends at once. Nobody else
/// has to agree, so that no enterprise is locked in one person's login.
#[utoipa::path(
    post,
    path = "/v1/enterprises/{uscc}/hand-over",
    tag = "account",
    params(("uscc" = String, Path, description = "Its unified social credit code"), PersonHeaders),
    request_body = HandOverRequest,
    responses((status = 200, body = EnterpriseBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn hand_over(
    State(app): State<App>,
    Path(uscc): Path<String>,
    command: Command<HandOverRequest>,
) -> Result<Reply, Problem> {
    let uscc = web::path::uscc(&uscc)?;
    let caller = &command.caller;
    let request = Some(&command.request);
    let file = app
        .accounts
        .enterprise(&uscc, &caller.principal, request)
        .await?;
    let actor = permit_enterprise(caller, &file)?;
    if let Some(repeat) = command.repeat_of(&file.asked.earlier)? {
        return Ok(repeat);
    }

    let registry = app.register.entry(&uscc).await;
    if registry == Registry::Silent {
        return Err(Problem::new(Code::Unavailable));
    }
    let hand_over = HandOver {
        real_name_level: caller.identity.real_name_level,
        registry,
        mandate: new_mandate(&uscc),
    };
    let context = Context {
        now: file.asked.now,
        actor: &actor,
    };
    let events = hand_over
        .decide(&file.household, &context)
        .map_err(refused)?;
    let changed = follow(&file, events, &actor, None)?;

    let enterprise = changed.enterprise()?;
    let reply = Reply::new(StatusCode::OK, &EnterpriseBody::from(enterprise))?
        .with_version(enterprise.version);
    let answering = Some((&command.request, reply.answer()));
    let committed = commit(&app, &file, &changed, answering).await;
    command.settle(committed, reply, lost)
}
