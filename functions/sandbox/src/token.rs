//! `POST /sandbox/token`: a token without a login page, for tests and scripts.

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::words::Words;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use web::{Code, InputError, Problem, Reply};

use crate::Sandbox;
use crate::members::{Members, Presence};
use crate::oidc::{AUDIENCE, KeyRing, TOKEN_LIFETIME_SECONDS, access_token};

/// The longest lifetime, in seconds, and how long ago a token may have expired.
const LONGEST_LIFETIME_SECONDS: i64 = 24 * 60 * 60;

struct TokenRequest {
    person: String,
    audience: String,
    expires_in: i64,
}

pub(crate) async fn issue(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let wanted = read(&web::json::bytes(request).await?)?;
    let account = sandbox.population.account(&wanted.person).ok_or_else(|| {
        let words = Words::new(
            "没有这个人员，请从 GET /sandbox/persons 中选择。",
            "There is no such person: choose one that GET /sandbox/persons lists.",
        );
        let unknown = InputError::new("/person", "unknown_person", words);
        Problem::new(Code::InvalidValue).with_errors(vec![unknown])
    })?;
    let ring = KeyRing::load(&sandbox, account.provider).await?;
    let lifetime = wanted.expires_in;
    let token = access_token(&sandbox, &ring, &account, &wanted.audience, lifetime)?;
    let body = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": lifetime,
        "id": account.id,
    });
    Reply::new(StatusCode::OK, &body)
}

fn read(body: &[u8]) -> Result<TokenRequest, Problem> {
    let mut members = Members::of(body)?;
    let person = members.take(
        "person",
        Presence::Required,
        Words::new(
            "请填写人员编号。",
            "The identifier of a person is expected.",
        ),
        |value| value.as_str().map(str::to_owned),
    );
    let audience = members.take(
        "audience",
        Presence::Optional,
        Words::new("请填写 1–255 个字符。", "1 to 255 characters are expected."),
        |value| {
            let audience = value.as_str()?;
            (1..=255)
                .contains(&audience.len())
                .then(|| audience.to_owned())
        },
    );
    let expires_in = members.take(
        "expires_in",
        Presence::Optional,
        Words::new(
            "请填写 -86400 至 86400 之间的整数（秒）。",
            "A whole number of seconds from -86400 to 86400 is expected.",
        ),
        lifetime,
    );
    members.finish()?;
    Ok(TokenRequest {
        person: person.unwrap_or_default(),
        audience: audience.unwrap_or_else(|| AUDIENCE.to_owned()),
        expires_in: expires_in.unwrap_or(TOKEN_LIFETIME_SECONDS),
    })
}

fn lifetime(value: &Value) -> Option<i64> {
    let allowed = -LONGEST_LIFETIME_SECONDS..=LONGEST_LIFETIME_SECONDS;
    value.as_i64().filter(|seconds| allowed.contains(seconds))
}
