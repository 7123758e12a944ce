//! `GET /v1/applications/{id}/notices`: the papers that left about a case (文书).

use axum::Json;
use axum::extract::State;
use domain::instant::Instant;
use domain::notice::{Notice, NoticeKind};
use platform::cases::Wanted;
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use super::read::see;
use crate::app::App;

/// The notices of an application.
#[derive(Serialize, ToSchema)]
#[schema(as = Notices)]
pub(crate) struct NoticesBody {
    /// Oldest first.
    items: Vec<NoticeSummary>,
}

/// A notice in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeSummary {
    /// Its number (文号).
    #[schema(example = "N-20261123-7K3M9QX2RD4F-004")]
    number: String,
    /// Which paper it is.
    kind: NoticeKind,
    /// Its title, in Chinese as the paper itself.
    #[schema(example = "受理通知书")]
    title: String,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    issued_at: Instant,
    /// When it was served (送达): periods against the applicant run from then. Null while it has still to
    /// be handed over on paper.
    #[schema(value_type = Option<String>, format = DateTime)]
    served_at: Option<Instant>,
}

impl From<Notice> for NoticeSummary {
    fn from(notice: Notice) -> Self {
        Self {
            number: notice.number.to_string(),
            kind: notice.kind,
            title: notice.title,
            issued_at: notice.issued_at,
            served_at: notice.served_at,
        }
    }
}

/// List the notices of an application (文书)
///
/// Every paper that left the authority about it, oldest first.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/notices",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ReadHeaders),
    responses((status = 200, body = NoticesBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn notices(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<NoticesBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    see(&caller, &case)?;
    if case.state.is_none() {
        return Err(Problem::new(Code::NotSubmitted));
    }
    let notices = app.cases.notices(&number).await?;
    Ok(Json(NoticesBody {
        items: notices.into_iter().map(NoticeSummary::from).collect(),
    }))
}
