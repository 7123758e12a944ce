//! `GET /v1/health/supervision`: whether the function answers.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// The function answers.
#[derive(Serialize, ToSchema)]
#[schema(as = Health)]
pub(crate) struct HealthBody {
    /// Always `ok`: a function that is not does not answer.
    status: &'static str,
}

/// Whether the function answers
#[utoipa::path(
    get,
    path = "/v1/health/supervision",
    tag = "health",
    responses((status = 200, body = HealthBody))
)]
pub(crate) async fn health() -> Json<HealthBody> {
    Json(HealthBody { status: "ok" })
}
