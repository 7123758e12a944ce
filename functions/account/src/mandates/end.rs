//! `DELETE /v1/enterprises/{uscc}/mandates/{id}`: a mandate is withdrawn, or an invitation taken back.

use axum::extract::State;
use domain::enterprise::{Context, EndMandate};
use domain::mandate::MandateId;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::command::Change;
use web::documentation::{AnyProblem, CallerProblem, ChangeHeaders, CommandProblem};
use web::path::Path;
use web::{Code, Problem};

use crate::act::{commit, committed, follow, permit_enterprise, refused};
use crate::app::App;

/// Nothing has to be said to withdraw a mandate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndRequest {}

/// Withdraw a mandate, or take an invitation back
///
/// It ends at once. `If-Match` is the `ETag` of the enterprise or of its list of mandates.
#[utoipa::path(
    delete,
    path = "/v1/enterprises/{uscc}/mandates/{id}",
    tag = "account",
    params(
        ("uscc" = String, Path, description = "The enterprise's unified social credit code"),
        ("id" = String, Path, description = "The mandate or invitation"),
        ChangeHeaders
    ),
    responses((status = 204, description = "It has ended"), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn end_mandate(
    State(app): State<App>,
    Path((uscc, id)): Path<(String, String)>,
    change: Change<EndRequest>,
) -> Result<StatusCode, Problem> {
    let uscc = web::path::uscc(&uscc)?;
    let id: MandateId = web::path::id(&id)?;
    let principal = &change.caller.principal;
    let file = app.accounts.enterprise(&uscc, principal, None).await?;
    let actor = permit_enterprise(&change.caller, &file)?;
    let enterprise = file.household.enterprise.as_ref();
    let enterprise = enterprise.ok_or_else(|| Problem::new(Code::NotFound))?;
    change.require_version(enterprise.version)?;

    let context = Context {
        now: file.asked.now,
        actor: &actor,
    };
    let end = EndMandate { id };
    let events = end.decide(&file.household, &context).map_err(refused)?;
    let changed = follow(&file, events, &actor, None)?;
    committed(commit(&app, &file, &changed, None).await)?;
    Ok(StatusCode::NO_CONTENT)
}
