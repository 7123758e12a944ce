//! `POST /v1/enterprises/{uscc}/hand-over`: a new legal representative takes over.

use axum::extract::State;
use domain::enterprise::{HandOver, Refusal, Registry};
use platform::registers::EnterpriseRegister as _;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::path::Path;
use web::{Command, Problem, Reply};

use super::EnterpriseBody;
use crate::act::{act, new_mandate, refused};
use crate::app::App;

/// Nothing has to be said: the register says who takes over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOverRequest {}

/// Take over as legal representative
///
/// By whom the enterprise register names now; the mandate of the one before ends at once. Nobody else
/// has to agree, so that no enterprise is locked in one person's login. While the registration itself
/// waits for the register there is nothing to take over: 409 `registration_pending`.
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
    act(
        &app,
        &uscc,
        &command,
        async |file, context| {
            let mut hand_over = HandOver {
                real_name_level: command.caller.identity.real_name_level,
                registry: Registry::Silent,
                mandate: new_mandate(&uscc),
            };
            // What is refused whatever the register says need not ask it.
            match hand_over.decide(&file.household, context) {
                Err(Refusal::RegisterSilent) => {}
                decided => return Ok(decided.map_err(refused)?.into()),
            }
            hand_over.registry = app.register.entry(&uscc).await;
            let events = hand_over.decide(&file.household, context);
            Ok(events.map_err(refused)?.into())
        },
        EnterpriseBody::reply,
    )
    .await
}
