//! `GET /v1/openapi.json`: the description of the whole interface.

use axum::response::IntoResponse;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

/// The interface as all functions describe it together, checked in and held true by a test.
const DESCRIPTION: &str = include_str!("../openapi.json");

/// The description of the interface (OpenAPI 3.1)
#[utoipa::path(
    get,
    path = "/v1/openapi.json",
    tag = "inquiry",
    responses((status = 200, content_type = "application/json", body = Object))
)]
pub(crate) async fn description() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, DESCRIPTION)
}
