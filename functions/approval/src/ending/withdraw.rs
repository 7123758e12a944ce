//! `POST /v1/applications/{id}/withdraw`: the applicant takes the application back (撤回申请).

use axum::extract::State;
use domain::application::{self, Withdraw};
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::texts;
use web::{Command, Problem, Reply};

use crate::act::{Intent, Side, act, seal};
use crate::app::App;
use crate::view::ApplicationBody;

/// Why the application is withdrawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawRequest {
    /// The reason, at most 2,000 characters; none need be given.
    #[serde(default)]
    #[schema(example = "经营计划有变，暂不开业。")]
    reason: Option<String>,
}

/// Withdraw an application (撤回申请)
///
/// Possible until it is decided; one may apply again.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/withdraw",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    request_body = WithdrawRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<WithdrawRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Applicant,
        number,
        command,
        async |app, case, _, body| {
            let text = match texts::optional(body.reason.as_deref(), "/reason")? {
                Some(reason) => Some(seal(app, case, &reason).await?),
                None => None,
            };
            let withdraw = Withdraw {
                reason: text.as_ref().map(|text| text.sealed.digest()),
            };
            Ok(Intent {
                text,
                ..Intent::plain(application::Command::Withdraw(withdraw))
            })
        },
    )
    .await
}
