//! `POST /v1/applications/{id}/attendance`: the applicant books a time to come (到场预约).

use axum::extract::State;
use domain::application::{self, BookAttendance};
use domain::instant::Instant;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Command, Problem, Reply};

use crate::act::{Intent, Side, act};
use crate::app::App;
use crate::view::ApplicationBody;

/// When somebody comes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookAttendanceRequest {
    /// The time; it can be booked anew until they came.
    #[schema(value_type = String, format = DateTime, example = "2026-12-01T09:30:00+08:00")]
    at: Instant,
}

/// Book a time to come (到场预约)
///
/// Where the item's guide names a step for which somebody must be present. Everything else is online.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/attendance",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    request_body = BookAttendanceRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn book_attendance(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<BookAttendanceRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Applicant,
        number,
        command,
        async |_, _, _, body| {
            let book = BookAttendance { at: body.at };
            Ok(Intent::plain(application::Command::BookAttendance(book)))
        },
    )
    .await
}
