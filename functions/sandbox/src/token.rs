//! `POST /sandbox/token`: a token without a login page, for tests and scripts.

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::words::Words;
use http::{Request, StatusCode};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use web::{Code, InputError, Problem, Reply};

use crate::Sandbox;
use crate::oidc::{AUDIENCE, KeyRing, TOKEN_LIFETIME_SECONDS, access_token};

/// The longest lifetime, in seconds, and how long ago a token may have expired.
const LONGEST_LIFETIME_SECONDS: i64 = 24 * 60 * 60;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TokenRequest {
    /// Who is to be logged in.
    person: String,
    /// For whom the token is; for the platform unless given.
    audience: Option<String>,
    /// For how many seconds it holds; an hour unless given.
    #[serde(default)]
    expires_in: Lifetime,
}

/// Seconds for which a token holds; negative where it has expired already.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(try_from = "i64")]
#[schema(minimum = -86400, maximum = 86400)]
struct Lifetime(i64);

/// A token may hold, or have expired, for a day at the most.
#[derive(Debug, thiserror::Error)]
#[error("a number from -86400 to 86400 is expected")]
struct LifetimeOutOfRange;

impl Default for Lifetime {
    fn default() -> Self {
        Self(TOKEN_LIFETIME_SECONDS)
    }
}

impl TryFrom<i64> for Lifetime {
    type Error = LifetimeOutOfRange;

    fn try_from(seconds: i64) -> Result<Self, LifetimeOutOfRange> {
        let allowed = -LONGEST_LIFETIME_SECONDS..=LONGEST_LIFETIME_SECONDS;
        if allowed.contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(LifetimeOutOfRange)
        }
    }
}

pub(crate) async fn issue(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let wanted: TokenRequest = web::json::parse_described(&web::json::bytes(request).await?)?;
    let account = sandbox.population.account(&wanted.person).ok_or_else(|| {
        let words = Words::new(
            "没有这个人员，请从 GET /sandbox/persons 中选择。",
            "There is no such person: choose one that GET /sandbox/persons lists.",
        );
        let unknown = InputError::new("/person", "unknown_person", words);
        Problem::new(Code::InvalidValue).with_errors(vec![unknown])
    })?;
    let ring = KeyRing::load(&sandbox, account.provider).await?;
    let audience = wanted.audience.as_deref().unwrap_or(AUDIENCE);
    let Lifetime(lifetime) = wanted.expires_in;
    let token = access_token(&sandbox, &ring, &account, audience, lifetime)?;
    let body = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": lifetime,
        "id": account.id,
    });
    Reply::new(StatusCode::OK, &body)
}
