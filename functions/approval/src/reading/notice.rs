//! `GET /v1/applications/{id}/notices/{number}`: a notice, to be read or printed.

use axum::Json;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use domain::application::RowReasons;
use domain::instant::Instant;
use domain::notice::{Notice, NoticeKind, NoticeNo};
use http::HeaderMap;
use http::header::ACCEPT;
use platform::cases::Wanted;
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use super::read::{see, withheld};
use crate::app::App;
use crate::view::{RefusedRowBody, UnitBody};

mod page;

/// A notice.
#[derive(Serialize, ToSchema)]
#[schema(as = Notice)]
pub(crate) struct NoticeBody {
    /// Its number (文号).
    #[schema(example = "N-20261123-7K3M9QX2RD4F-004")]
    pub(super) number: String,
    /// Which paper it is.
    kind: NoticeKind,
    /// Its title. All of a notice is in Chinese, as the paper itself.
    #[schema(example = "受理通知书")]
    pub(super) title: String,
    /// The unified social credit code of whom it is for.
    pub(super) enterprise: String,
    /// The unit that issued it.
    pub(super) unit: UnitBody,
    /// What it says, paragraph by paragraph.
    pub(super) paragraphs: Vec<String>,
    /// What an officer wrote with it, the reasons for example; null where nothing was written, or what is
    /// personal in the application is withheld.
    pub(super) text: Option<String>,
    /// The rows that it refuses, each with its reasons; empty where it refuses none, or what is personal in the
    /// application is withheld.
    pub(super) rows: Vec<RefusedRowBody>,
    /// The law it rests on.
    pub(super) laws: Vec<String>,
    /// What can be done against it.
    pub(super) remedies: Vec<String>,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub(super) issued_at: Instant,
    /// When it was served (送达): periods against the applicant run from then. Null while it has still to
    /// be handed over on paper.
    #[schema(value_type = Option<String>, format = DateTime)]
    served_at: Option<Instant>,
    /// The code by which anybody who holds the notice can check it (验真码).
    #[schema(example = "7K3M9QX2RD4F")]
    pub(super) verification_code: String,
}

impl NoticeBody {
    fn new(notice: Notice, text: Option<String>, rows: Vec<RowReasons>) -> Self {
        Self {
            number: notice.number.to_string(),
            kind: notice.kind,
            title: notice.title,
            enterprise: notice.enterprise.as_str().to_owned(),
            unit: UnitBody::new(&notice.unit),
            paragraphs: notice.paragraphs,
            text,
            rows: rows.into_iter().map(RefusedRowBody::from).collect(),
            laws: notice.laws,
            remedies: notice.remedies,
            issued_at: notice.issued_at,
            served_at: notice.served_at,
            verification_code: notice.code.as_str().to_owned(),
        }
    }
}

/// Read a notice (文书)
///
/// As JSON, or as a page to be printed where `Accept` asks for `text/html`.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/notices/{number}",
    tag = "approval",
    params(
        ("id" = String, Path, description = "The application's number"),
        ("number" = String, Path, description = "The notice's number"),
        ReadHeaders
    ),
    responses(
        (status = 200, content((NoticeBody = "application/json"), (String = "text/html"))),
        AnyProblem,
        CallerProblem
    ),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn notice(
    State(app): State<App>,
    Path((id, number)): Path<(String, String)>,
    headers: HeaderMap,
    caller: Caller,
) -> Result<Response, Problem> {
    let application = web::path::application(id)?;
    let number = NoticeNo::try_from(number)
        .ok()
        .filter(|number| *number.application() == application)
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        notice: Some(&number),
        ..Wanted::default()
    };
    let case = app.cases.load(&application, wanted).await?;
    see(&caller, &case)?;
    let notice = case
        .notice
        .as_ref()
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let shown = withheld(&case).is_none();
    let text = match &case.notice_text {
        Some(text) if shown => Some(app.cases.open_text(&case, number.seq(), &text.body).await?),
        _ => None,
    };
    let rows = match &case.notice_rows {
        Some(rows) if shown => app.cases.open_rows(&case, number.seq(), &rows.body).await?,
        _ => Vec::new(),
    };

    let body = NoticeBody::new(notice.body.clone(), text, rows);
    Ok(if asks_for_a_page(&headers) {
        Html(page::page(&body).into_string()).into_response()
    } else {
        Json(body).into_response()
    })
}

/// Whether a page is wanted: what a browser says first, and a program does not.
fn asks_for_a_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    let first = accepted.and_then(|accepted| accepted.split([',', ';']).next());
    first.is_some_and(|media| media.trim().eq_ignore_ascii_case("text/html"))
}
