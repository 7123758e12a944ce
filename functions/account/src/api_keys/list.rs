//! `GET /v1/api-keys`: the keys that the caller's unit gave.

use axum::Json;
use axum::extract::State;
use platform::api_keys::StoredApiKey;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::{PageBody, PageQuery};
use web::query::Query;
use web::{Caller, Problem};

use super::ApiKeyBody;
use crate::app::App;
use crate::of_unit::{UnitQuery, page};

/// List the keys of programs
///
/// Those that the caller's unit gave, withdrawn ones too.
#[utoipa::path(
    get,
    path = "/v1/api-keys",
    tag = "account",
    params(ReadHeaders, PageQuery),
    responses((status = 200, body = PageBody<ApiKeyBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn list_api_keys(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<PageQuery>,
) -> Result<Json<PageBody<ApiKeyBody>>, Problem> {
    let query = UnitQuery {
        unit: None,
        limit: query.limit,
        cursor: query.cursor,
    };
    page(&app, &caller, query, |stored: &StoredApiKey| {
        ApiKeyBody::from(&stored.key)
    })
    .await
}
