//! `DELETE /v1/api-keys/{id}`: the key of a program is withdrawn.

use axum::extract::State;
use http::StatusCode;
use platform::api_keys::StoredApiKey;
use serde::Deserialize;
use utoipa::ToSchema;
use web::command::Change;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerChangeHeaders};
use web::path::Path;
use web::{Code, Problem};

use super::permitted;
use crate::act::{committed, officer_of, permit_unit};
use crate::app::App;

/// Nothing has to be said to withdraw a key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawApiKeyRequest {}

/// Withdraw the key of a program
///
/// It opens nothing from then on and never comes back; what was sent with it stays.
#[utoipa::path(
    delete,
    path = "/v1/api-keys/{id}",
    tag = "account",
    params(("id" = String, Path, description = "The key"), OfficerChangeHeaders),
    responses((status = 204, description = "The key is withdrawn"), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn withdraw_api_key(
    State(app): State<App>,
    Path(id): Path<String>,
    change: Change<WithdrawApiKeyRequest>,
) -> Result<StatusCode, Problem> {
    let id = web::path::id(&id)?;
    let caller = &change.caller;
    let file = app.accounts.api_key(&id, &caller.principal).await?;
    let record = permitted(caller, &file)?;
    let actor = permit_unit(caller, &file.asked, &record.body.key.unit)?;
    change.require_version(record.version)?;

    let key = &record.body.key;
    let withdrawn = key
        .withdraw(file.asked.now, officer_of(&actor)?)
        .map_err(|_| Problem::new(Code::AlreadyWithdrawn))?;
    let after = StoredApiKey {
        key: withdrawn,
        secret: record.body.secret,
    };
    let before = Some(record.version);
    committed(app.accounts.commit_api_key(before, &after, None).await)?;
    Ok(StatusCode::NO_CONTENT)
}
