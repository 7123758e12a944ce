//! What the tokens say. Names and identity numbers are in none of them.

use jsonwebtoken::{Algorithm, Header, encode};
use serde::Serialize;
use uuid::Uuid;
use web::Problem;

use super::KeyRing;
use super::code::Login;
use super::keys::KeyFault;
use crate::Sandbox;
use crate::population::Account;

/// The audience of access tokens for the platform.
pub(crate) const AUDIENCE: &str = "enterprise-services";
/// Seconds for which a token holds, unless asked otherwise.
pub(crate) const TOKEN_LIFETIME_SECONDS: i64 = 60 * 60;

/// The claims of an access token (after RFC 9068).
#[derive(Serialize)]
struct AccessClaims<'a> {
    iss: String,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: Uuid,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    real_name_level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resident_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number_verified: Option<bool>,
}

/// The claims of an ID token (OpenID Connect Core 1.0, section 2).
#[derive(Serialize)]
struct IdClaims<'a> {
    iss: String,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    auth_time: i64,
    nonce: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    real_name_level: Option<u8>,
}

/// An access token of `account` for `audience` that holds for `lifetime` seconds. One that is to have
/// expired already is dated back, as a real one would be.
///
/// # Errors
/// [`web::Code::Internal`] where it cannot be signed.
pub(crate) fn access_token(
    sandbox: &Sandbox,
    ring: &KeyRing,
    account: &Account<'_>,
    audience: &str,
    lifetime: i64,
) -> Result<String, Problem> {
    let now = (sandbox.now)().unix_seconds();
    let exp = now + lifetime;
    let issued_at = if lifetime < 0 {
        exp - TOKEN_LIFETIME_SECONDS
    } else {
        now
    };
    let claims = AccessClaims {
        iss: account.provider.issuer(&sandbox.settings),
        sub: account.id,
        aud: audience,
        iat: issued_at,
        nbf: issued_at,
        exp,
        jti: Uuid::now_v7(),
        kind: account.provider.kind(),
        real_name_level: account.real_name_level,
        resident_id: account.proved.map(|proved| proved.resident_id),
        phone_number: account.proved.map(|proved| proved.mobile),
        phone_number_verified: account.proved.map(|_| true),
    };
    Ok(signed(ring, "at+jwt", &claims)?)
}

/// The ID token of `account` for the client that began `login`.
///
/// # Errors
/// [`web::Code::Internal`] where it cannot be signed.
pub(super) fn id_token(
    sandbox: &Sandbox,
    ring: &KeyRing,
    account: &Account<'_>,
    login: &Login,
) -> Result<String, Problem> {
    let now = (sandbox.now)().unix_seconds();
    let claims = IdClaims {
        iss: account.provider.issuer(&sandbox.settings),
        sub: account.id,
        aud: &login.client_id,
        iat: now,
        exp: now + TOKEN_LIFETIME_SECONDS,
        auth_time: login.at.unix_seconds(),
        nonce: &login.nonce,
        kind: account.provider.kind(),
        real_name_level: account.real_name_level,
    };
    Ok(signed(ring, "JWT", &claims)?)
}

fn signed(ring: &KeyRing, kind: &str, claims: &impl Serialize) -> Result<String, KeyFault> {
    let (kid, key) = ring.signer()?;
    let header = Header {
        typ: Some(kind.to_owned()),
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::ES256)
    };
    Ok(encode(&header, claims, &key)?)
}
