//! Two OpenID Connect providers, one that knows persons and one that knows officers: discovery, key
//! sets with rotation, and the authorisation-code flow with PKCE (RFC 7636).

mod authorize;
mod claims;
mod code;
mod discovery;
mod exchange;
mod keys;
mod login_request;
mod page;
mod parameters;
mod provider;
mod redirect;

pub(crate) use claims::{AUDIENCE, TOKEN_LIFETIME_SECONDS, access_token};
pub(crate) use keys::KeyRing;
pub(crate) use provider::Provider;

use axum::Router;
use axum::routing::{get, post};

use crate::Sandbox;

/// The routes of a provider, below its issuer address.
pub(crate) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::show))
        .route("/jwks", get(keys::publish))
        .route("/rotate", post(keys::rotate))
        .route("/authorize", get(authorize::ask).post(authorize::choose))
        .route("/token", post(exchange::redeem))
}
