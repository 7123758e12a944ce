//! `GET /v1/applications/{id}/report`: what the background review found.

use axum::Json;
use axum::extract::State;
use domain::instant::Instant;
use domain::review::{Check, CheckKind, CheckOutcome, Report};
use domain::words::Words;
use platform::cases::Wanted;
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use crate::app::App;
use crate::reading::read::see;

/// What the background review found.
#[derive(Serialize, ToSchema)]
#[schema(as = Report)]
pub(crate) struct ReportBody {
    /// When it was reviewed.
    #[schema(value_type = String, format = DateTime)]
    reviewed_at: Instant,
    /// The worst outcome of all checks.
    outcome: CheckOutcome,
    /// Every check made.
    checks: Vec<CheckBody>,
}

/// One check.
#[derive(Serialize, ToSchema)]
#[schema(as = Check)]
pub(crate) struct CheckBody {
    /// What it is about.
    kind: CheckKind,
    /// The material, form member (JSON pointer), source, rule, item or other application it concerns.
    subject: String,
    /// How it ended.
    outcome: CheckOutcome,
    /// Why.
    reason: Words,
}

impl From<Check> for CheckBody {
    fn from(check: Check) -> Self {
        Self {
            kind: check.kind,
            subject: check.subject,
            outcome: check.outcome,
            reason: check.reason,
        }
    }
}

impl From<Report> for ReportBody {
    fn from(report: Report) -> Self {
        Self {
            reviewed_at: report.reviewed_at,
            outcome: report.outcome(),
            checks: report.checks.into_iter().map(CheckBody::from).collect(),
        }
    }
}

/// Read the background review's report
///
/// Every check and every rule with what came of it, for the applicant as for the officer; it names nobody. It is
/// there a few seconds after submission, and is made again when a document settles.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/report",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ReadHeaders),
    responses((status = 200, body = ReportBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn report(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<ReportBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        report: true,
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    see(&caller, &case)?;
    let report = case.report.ok_or_else(|| {
        Problem::new(Code::NotFound).with_detail(Words::new(
            "后台审查尚未完成，请稍后再查。",
            "The background review is not done yet: look again in a moment.",
        ))
    })?;
    Ok(Json(report.body.into()))
}
