//! `GET …/.well-known/openid-configuration` (OpenID Connect Discovery 1.0).

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use serde_json::json;
use web::{Problem, Reply};

use super::Provider;
use crate::Sandbox;

pub(super) async fn show(
    State(sandbox): State<Sandbox>,
    Path(provider): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let provider: Provider = web::path::id(&provider)?;
    let issuer = provider.issuer(&sandbox.settings);
    let body = json!({
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "issuer": issuer,
        "scopes_supported": ["openid"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "kind", "real_name_level", "resident_id", "phone_number"],
    });
    Reply::new(StatusCode::OK, &body)
}
