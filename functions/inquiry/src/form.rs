//! `GET /v1/items/{code}/form`: the form of an item.

use axum::extract::State;
use axum::response::IntoResponse;
use domain::words::Words;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use web::documentation::AnyProblem;
use web::path::Path;
use web::{Code, Problem};

use crate::app::{App, item_code, no_such_item};

/// The form of an item, as JSON Schema (2020-12)
///
/// Titles and descriptions are in Chinese, with `x-title-en` and `x-description-en` beside them;
/// `x-personal` marks personal data. A submitted form is held to exactly this schema.
#[utoipa::path(
    get,
    path = "/v1/items/{code}/form",
    tag = "inquiry",
    params(("code" = String, Path, description = "The item's code", example = "PSB-APR-004")),
    responses(
        (status = 200, content_type = "application/schema+json", body = Object),
        (status = 404, content_type = "application/problem+json", body = web::problem::ProblemBody),
        AnyProblem
    )
)]
pub(crate) async fn form(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let item = catalogue::item(&item_code(&code)?, app.today().await?).ok_or_else(no_such_item)?;
    let schema = catalogue::form_schema(&item.code, item.version).ok_or_else(|| {
        Problem::new(Code::NotFound).with_detail(Words::new(
            "该事项暂无在线表单，请拨打 12345 咨询办理方式。",
            "The item has no online form yet: call 12345 to ask how to apply.",
        ))
    })?;
    let headers = [
        (CONTENT_TYPE, "application/schema+json"),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    Ok((headers, schema))
}
