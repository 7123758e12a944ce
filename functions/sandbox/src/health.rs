//! `GET /sandbox/health`: that it runs, and who its identity providers are.

use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use serde_json::json;
use web::{Problem, Reply};

use crate::Sandbox;
use crate::oidc::Provider;

pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Result<impl IntoResponse, Problem> {
    let issuers = Provider::ALL.map(|provider| provider.issuer(&sandbox.settings));
    let body = json!({"status": "ok", "stage": sandbox.settings.stage, "issuers": issuers});
    Reply::new(StatusCode::OK, &body)
}
