//! `POST /v1/enterprises/{uscc}/suspend`: an authority suspends an enterprise.

use axum::extract::State;
use domain::enterprise::{EnterpriseEvent, Household, Refusal, Suspend};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Code, Command, Problem, Reply};

use super::EnterpriseBody;
use crate::act::{act, refused};
use crate::app::App;

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuspendRequest {
    /// The reason, at most 2,000 characters. The enterprise's people read it as its `standing_reason`,
    /// and whenever they are refused an act for it.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "涉嫌提供虚假材料，正在核查。"
    )]
    reason: String,
}

/// Suspend an enterprise
///
/// By a head or supervisor in one of whose regions it is registered. Its people can read, and nothing
/// else, until it may act again, and are shown the reason. What is under way goes on. One that is
/// suspended already is answered with 409 `already_suspended`.
#[utoipa::path(
    post,
    path = "/v1/enterprises/{uscc}/suspend",
    tag = "account",
    params(("uscc" = String, Path, description = "Its unified social credit code"), OfficerHeaders),
    request_body = SuspendRequest,
    responses((status = 200, body = EnterpriseBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn suspend_enterprise(
    State(app): State<App>,
    Path(uscc): Path<String>,
    command: Command<SuspendRequest>,
) -> Result<Reply, Problem> {
    let reason = web::texts::required(Some(&command.body.reason), "/reason")?;
    authority_acts(&app, &uscc, command, |household| {
        let reason = reason.clone();
        Suspend { reason }.decide(household)
    })
    .await
}

/// Carries out what an authority decides about the enterprise `uscc`.
pub(super) async fn authority_acts<T>(
    app: &App,
    uscc: &str,
    command: Command<T>,
    decide: impl Fn(&Household) -> Result<Vec<EnterpriseEvent>, Refusal>,
) -> Result<Reply, Problem> {
    let uscc = web::path::uscc(uscc)?;
    act(
        app,
        &uscc,
        &command,
        async |file, _| {
            let enterprise = file.household.enterprise.as_ref();
            let enterprise = enterprise.ok_or_else(|| Problem::new(Code::NotFound))?;
            command.require_version(enterprise.version)?;
            Ok(decide(&file.household).map_err(refused)?.into())
        },
        EnterpriseBody::reply,
    )
    .await
}
