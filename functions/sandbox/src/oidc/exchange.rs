//! `POST …/token`: tokens for a code (RFC 6749, section 4.1.3; RFC 7636, section 4.6).

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use web::{Code, Problem, Reply};

use super::claims::{AUDIENCE, TOKEN_LIFETIME_SECONDS, access_token, id_token};
use super::code::Login;
use super::parameters::Parameters;
use super::{KeyRing, Provider};
use crate::Sandbox;

const NAMES: [&str; 5] = [
    "grant_type",
    "code",
    "redirect_uri",
    "client_id",
    "code_verifier",
];

/// A fault in the form that RFC 6749, section 5.2, gives it.
struct Fault {
    error: &'static str,
    description: String,
}

impl Fault {
    fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self {
            error,
            description: description.into(),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let body = json!({"error": self.error, "error_description": self.description});
        (StatusCode::BAD_REQUEST, Json(body)).into_response()
    }
}

pub(super) async fn redeem(
    State(sandbox): State<Sandbox>,
    Path(provider): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let provider: Provider = web::path::id(&provider)?;
    if let Err(fault) = complete(&parameters) {
        return Ok(fault.into_response());
    }
    let code = parameters.get("code").unwrap_or_default();
    // The code is spent by the attempt, so that nobody can try verifier after verifier.
    let Some(login) = Login::take(&sandbox, provider, code).await? else {
        let fault = Fault::new("invalid_grant", "the code is unknown, used or expired");
        return Ok(fault.into_response());
    };
    if let Err(fault) = belongs(&login, &parameters) {
        return Ok(fault.into_response());
    }
    let account = sandbox.population.account(&login.account).ok_or_else(|| {
        tracing::error!("a login names nobody the sandbox knows");
        Problem::new(Code::Internal)
    })?;
    let ring = KeyRing::load(&sandbox, provider).await?;
    let access = access_token(&sandbox, &ring, &account, AUDIENCE, TOKEN_LIFETIME_SECONDS)?;
    let body = json!({
        "access_token": access,
        "id_token": id_token(&sandbox, &ring, &account, &login)?,
        "token_type": "Bearer",
        "expires_in": TOKEN_LIFETIME_SECONDS,
        "scope": "openid",
    });
    Ok(Reply::new(StatusCode::OK, &body)?.into_response())
}

/// Whether everything that a request needs is there, once.
fn complete(parameters: &Parameters) -> Result<(), Fault> {
    let missing: Vec<&str> = NAMES
        .into_iter()
        .filter(|name| parameters.get(name).is_none())
        .collect();
    let repeated = parameters.repeated(&NAMES);
    let told: Vec<String> = [("missing", missing), ("more than once", repeated)]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(fault, names)| format!("{fault}: {}", names.join(", ")))
        .collect();
    if !told.is_empty() {
        return Err(Fault::new("invalid_request", told.join("; ")));
    }
    if parameters.get("grant_type") != Some("authorization_code") {
        return Err(Fault::new(
            "unsupported_grant_type",
            "grant_type must be authorization_code",
        ));
    }
    Ok(())
}

/// Whether the request comes from the client that `login` was for.
fn belongs(login: &Login, parameters: &Parameters) -> Result<(), Fault> {
    let mut told = Vec::new();
    for (name, kept) in [
        ("client_id", &login.client_id),
        ("redirect_uri", &login.redirect_uri),
    ] {
        if parameters.get(name) != Some(kept) {
            told.push(format!(
                "{name} is not the one of the authorisation request"
            ));
        }
    }
    let verifier = parameters.get("code_verifier").unwrap_or_default();
    if !answers(&login.code_challenge, verifier) {
        told.push("code_verifier does not answer the code_challenge".to_owned());
    }
    if told.is_empty() {
        Ok(())
    } else {
        Err(Fault::new("invalid_grant", told.join("; ")))
    }
}

/// Whether `verifier` is the secret whose digest is `challenge` (RFC 7636, section 4.6).
fn answers(challenge: &str, verifier: &str) -> bool {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn the_verifier_of_the_standards_example_answers_its_challenge() {
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(answers(
            challenge,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        ));
        assert!(!answers(
            challenge,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"
        ));
        assert!(!answers(challenge, challenge));
    }
}
