//! `POST /v1/items/{code}/clock-preview`: how the limits of a supposed case would stand.

mod read;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use domain::clock::{Terms, ledger};
use http::Request;
use serde::Deserialize;
use utoipa::ToSchema;
use web::clock::LedgerBody;
use web::documentation::{AnyProblem, CommandProblem};
use web::path::Path;
use web::{Problem, json};

use crate::app::{App, item_code, no_such_item};

/// A supposed case. Moments are RFC 3339 times with an offset, from 2004-07-01 (when the
/// Administrative Licensing Law came into force) to 2099-12-31.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ClockPreview)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewRequest {
    /// When the complete papers arrived; after a correction, when the supplement did.
    #[schema(format = DateTime, example = "2026-11-23T10:00:00+08:00")]
    received_at: String,
    /// When it was accepted. Without it silence counts as acceptance after five working days, with the
    /// day of receipt.
    #[serde(default)]
    #[schema(format = DateTime, example = "2026-11-24T09:30:00+08:00")]
    accepted_at: Option<String>,
    /// When the clock stood still, 50 at the most; they may overlap.
    #[serde(default)]
    pauses: Vec<PauseRequest>,
    /// By how many working days the limits were extended.
    #[serde(default)]
    #[schema(example = 10)]
    extension_days: Option<i64>,
    /// When the extension was approved; in time without it.
    #[serde(default)]
    #[schema(format = DateTime)]
    extended_at: Option<String>,
    /// When it was granted, which starts the limit for delivery.
    #[serde(default)]
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    /// The moment to tell of, past or to come: what is dated later is left out. Without it now, or the
    /// last moment given if that is later.
    #[serde(default)]
    #[schema(format = DateTime, example = "2026-12-01T12:00:00+08:00")]
    as_of: Option<String>,
}

/// A time in which the clock stood still.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ClockPreviewPause)]
#[serde(deny_unknown_fields)]
pub(crate) struct PauseRequest {
    /// `hearing` or `suspension`, or a special procedure that the item lists: `tender`, `auction`,
    /// `inspection`, `testing`, `quarantine`, `appraisal` or `expert_review`.
    #[schema(example = "hearing")]
    ground: String,
    /// When it began.
    #[schema(format = DateTime, example = "2026-11-26T09:00:00+08:00")]
    from: String,
    /// When it ended; it lasts without it.
    #[serde(default)]
    #[schema(format = DateTime, example = "2026-11-30T17:00:00+08:00")]
    to: Option<String>,
}

/// Count the limits of a supposed case
///
/// The answer is the same ledger that a case of the item would show: each limit with its start, the
/// days that every pause takes out, the extension and the day it ends with. Nothing is kept.
#[utoipa::path(
    post,
    path = "/v1/items/{code}/clock-preview",
    tag = "inquiry",
    params(("code" = String, Path, description = "The item's code", example = "PSB-APR-004")),
    request_body = PreviewRequest,
    responses(
        (status = 200, body = LedgerBody),
        (status = 404, content_type = "application/problem+json", body = web::problem::ProblemBody),
        AnyProblem,
        CommandProblem
    )
)]
pub(crate) async fn clock_preview(
    State(app): State<App>,
    Path(code): Path<String>,
    request: Request<Body>,
) -> Result<Json<LedgerBody>, Problem> {
    let code = item_code(&code)?;
    let asked: PreviewRequest = json::parse_described(&json::bytes(request).await?)?;
    let now = app.now().await?;
    let item = catalogue::item(&code, now.date()).ok_or_else(no_such_item)?;
    let calendar = catalogue::calendar();
    let (course, as_of) = read::course(&asked, item, calendar, now)?;
    let told = ledger(&Terms::of(item), &course, calendar, as_of);
    Ok(Json(LedgerBody::new(&told, item)))
}
