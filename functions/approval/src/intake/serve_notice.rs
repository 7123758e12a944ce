//! `POST /v1/applications/{id}/notices/{number}/receipt`: a notice was handed over on paper (送达回证).

use axum::extract::State;
use domain::application::{self, ServeNotice};
use domain::notice::NoticeNo;
use platform::cases::Wanted;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Code, Command, Problem, Reply};

use crate::act::{Intent, Side, act_with};
use crate::app::App;
use crate::view::ApplicationBody;

/// Nothing has to be said: it is handed over now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptRequest {}

/// Record that a notice was handed over on paper (送达)
///
/// Where the applicant did not agree to electronic service. What the notice asks of them is due within the
/// days of the law from now on.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/notices/{number}/receipt",
    tag = "approval",
    params(
        ("id" = String, Path, description = "The application's number"),
        ("number" = String, Path, description = "The notice's number"),
        OfficerHeaders
    ),
    request_body = ReceiptRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn serve_notice(
    State(app): State<App>,
    Path((id, number)): Path<(String, String)>,
    command: Command<ReceiptRequest>,
) -> Result<Reply, Problem> {
    let application = web::path::application(id)?;
    let number = NoticeNo::try_from(number)
        .ok()
        .filter(|number| *number.application() == application)
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let wanted = Wanted {
        notice: Some(&number),
        ..Wanted::default()
    };
    act_with(
        &app,
        Side::Officer,
        application,
        command,
        wanted,
        async |_, case, _, _| {
            let notice = case
                .notice
                .clone()
                .ok_or_else(|| Problem::new(Code::NotFound))?;
            let serve = ServeNotice {
                notice: number.seq(),
                served: notice.body.served_at.is_some(),
            };
            Ok(Intent {
                served: Some(notice),
                ..Intent::plain(application::Command::ServeNotice(serve))
            })
        },
    )
    .await
}
