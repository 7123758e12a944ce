//! `POST /v1/applications/{id}/inspect`: record a check on site (实地核查).

use axum::extract::State;
use domain::application::{self, Inspect};
use domain::ids::OfficerId;
use platform::cases::Wanted;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply, texts};

use super::conflict::may_take_part;
use crate::act::{Intent, Side, act_with, seal};
use crate::app::App;
use crate::view::ApplicationBody;

/// What is said with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InspectRequest {
    /// The second officer; the first is who records it.
    #[schema(value_type = String, example = "li-na")]
    with: OfficerId,
    /// What they found, at most 2,000 characters.
    #[schema(example = "现场与图纸一致，视频监控覆盖出入口。")]
    findings: String,
}

/// Record a check on site (实地核查)
///
/// Two officers go and look (Administrative Licensing Law, art. 34); the clock runs on.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/inspect",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = InspectRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn inspect(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<InspectRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    let with = command.body.with.clone();
    let wanted = Wanted {
        officer: Some(&with),
        ..Wanted::default()
    };
    act_with(
        &app,
        Side::Officer,
        number,
        command,
        wanted,
        async |app, case, _, body| {
            let findings = texts::required(Some(&body.findings), "/findings")?;
            let text = seal(app, case, &findings).await?;
            let inspect = Inspect {
                with: body.with.clone(),
                able: may_take_part(app, case, |with, state| with.unit == state.unit).await?,
                findings: text.sealed.digest(),
            };
            let command = application::Command::Inspect(inspect);
            Ok(Intent::with_text(command, text))
        },
    )
    .await
}
