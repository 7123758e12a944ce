//! `POST /v1/applications/{id}/schedule-hearing`: say when and where the hearing is held.

use axum::extract::State;
use domain::application::{self, ScheduleHearing};
use domain::ids::OfficerId;
use domain::instant::Instant;
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
pub(crate) struct ScheduleHearingRequest {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// The officer who chairs it: nobody who reviewed the case.
    #[schema(value_type = String, example = "sun-qiang")]
    chair: OfficerId,
    /// Where it is held and in what order, at most 2,000 characters.
    #[schema(example = "小店分局三楼会议室，公开举行。")]
    order: String,
}

/// Say when and where the hearing is held
///
/// Seven days before it, and within twenty working days of the request (Administrative Licensing Law,
/// arts. 47 and 48). The clock stands still until it is held.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/schedule-hearing",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = ScheduleHearingRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn schedule_hearing(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ScheduleHearingRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    let chair = command.body.chair.clone();
    let wanted = Wanted {
        officer: Some(&chair),
        ..Wanted::default()
    };
    act_with(
        &app,
        Side::Officer,
        number,
        command,
        wanted,
        async |app, case, _, body| {
            let order = texts::required(Some(&body.order), "/order")?;
            let text = seal(app, case, &order).await?;
            let schedule = ScheduleHearing {
                at: body.at,
                chair: body.chair.clone(),
                able: may_take_part(app, case, |_, _| true).await?,
                order: text.sealed.digest(),
            };
            let command = application::Command::ScheduleHearing(schedule);
            Ok(Intent::with_text(command, text))
        },
    )
    .await
}
