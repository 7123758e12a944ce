//! Verification of OIDC tokens (RFC 8725).

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Instant as Elapsed;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, dangerous, decode, decode_header};
use platform::config::{Issuer, IssuerKind};
use platform::error::PlatformError;
use platform::key_sets::{KeySet, KeySets};
use serde::Deserialize;

/// The algorithms accepted; neither `none` nor a symmetric one is.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::ES256, Algorithm::RS256];
/// By how many seconds the clocks of an issuer and ours may differ.
const SKEW_SECONDS: u64 = 60;
/// The longest token looked at, in bytes.
const LONGEST: usize = 8 * 1024;

/// What a token says.
#[derive(Clone, Debug, Deserialize)]
struct Claims {
    sub: String,
    #[serde(flatten)]
    person: PersonClaims,
}

/// What a token says of a person besides who they are.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PersonClaims {
    /// How well the identity provider knows who it is, 0 to 4; 2 is proof of identity by document.
    #[serde(default)]
    pub real_name_level: u8,
    /// The resident identity number.
    #[serde(default)]
    pub resident_id: Option<String>,
    /// The mobile number (OpenID Connect Core 1.0, section 5.1).
    #[serde(default)]
    pub phone_number: Option<String>,
    /// Whether the provider has verified that number (the same).
    #[serde(default)]
    pub phone_number_verified: bool,
}

impl PersonClaims {
    /// The resident identity number, where it is proved by document.
    pub fn proved_resident_id(&self) -> Option<&str> {
        let proved = self.real_name_level >= domain::enterprise::REAL_NAME_LEVEL;
        self.resident_id.as_deref().filter(|_| proved)
    }

    /// The mobile number, where it is verified.
    pub fn verified_mobile(&self) -> Option<&str> {
        let verified = self.phone_number_verified;
        self.phone_number.as_deref().filter(|_| verified)
    }
}

impl std::fmt::Debug for PersonClaims {
    /// The level only: the rest is personal.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "PersonClaims({})", self.real_name_level)
    }
}

#[derive(Deserialize)]
struct UnverifiedClaims {
    iss: String,
}

/// Whom a verified token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `sub`.
    pub subject: String,
    /// Whether the issuer knows persons or officers.
    pub kind: IssuerKind,
    /// What else the token says of a person.
    pub claims: PersonClaims,
}

/// Why a token is not believed. Which reason it was goes to the log, never to the caller.
#[derive(Debug, thiserror::Error)]
pub enum TokenFault {
    /// It is no signed token of an accepted algorithm.
    #[error("the token is malformed or of an algorithm not accepted")]
    Malformed,
    /// Its issuer is not trusted.
    #[error("the issuer is not trusted")]
    UnknownIssuer,
    /// Its key is not one of the issuer's.
    #[error("the key is not one of the issuer's")]
    UnknownKey,
    /// Signature, audience or time is wrong.
    #[error("signature, audience or time is wrong: {0}")]
    Invalid(jsonwebtoken::errors::Error),
    /// The key set could not be read.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

/// A key ready to verify with.
#[derive(Clone, Debug)]
struct Prepared {
    algorithm: Algorithm,
    key: DecodingKey,
    /// When the set it is of was read: a key is believed no longer than its set.
    read_at: Elapsed,
}

/// Verifies tokens of the trusted issuers.
#[derive(Debug)]
pub struct TokenVerifier {
    issuers: Vec<Issuer>,
    key_sets: KeySets,
    prepared: Mutex<HashMap<(String, String), Prepared>>,
}

impl TokenVerifier {
    /// A verifier for tokens of `issuers`, with the keys that `key_sets` holds.
    pub fn new(issuers: Vec<Issuer>, key_sets: KeySets) -> Self {
        Self {
            issuers,
            key_sets,
            prepared: Mutex::new(HashMap::new()),
        }
    }

    /// Whom `token` names.
    ///
    /// # Errors
    /// A [`TokenFault`].
    pub async fn verify(&self, token: &str) -> Result<Identity, TokenFault> {
        if token.len() > LONGEST {
            return Err(TokenFault::Malformed);
        }
        let header = decode_header(token).map_err(|_| TokenFault::Malformed)?;
        let kid = header.kid.ok_or(TokenFault::UnknownKey)?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(TokenFault::Malformed);
        }
        // Which issuer the token claims to be of only chooses the keys; that it is, the signature shows.
        let claimed: UnverifiedClaims =
            dangerous::insecure_decode_claims(token).map_err(|_| TokenFault::Malformed)?;
        let issuer = self
            .issuers
            .iter()
            .find(|issuer| issuer.issuer == claimed.iss)
            .ok_or(TokenFault::UnknownIssuer)?;
        let Prepared { algorithm, key, .. } = self.key(issuer, &kid).await?;
        if algorithm != header.alg {
            return Err(TokenFault::Malformed);
        }
        let mut validation = Validation::new(algorithm);
        validation.leeway = SKEW_SECONDS;
        validation.validate_nbf = true;
        validation.set_audience(&[&issuer.audience]);
        validation.set_issuer(&[&issuer.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let verified = decode::<Claims>(token, &key, &validation).map_err(TokenFault::Invalid)?;
        Ok(Identity {
            subject: verified.claims.sub,
            kind: issuer.kind,
            claims: verified.claims.person,
        })
    }

    async fn key(&self, issuer: &Issuer, kid: &str) -> Result<Prepared, TokenFault> {
        let name = (issuer.issuer.clone(), kid.to_owned());
        if let Some(prepared) = self.recall(&name) {
            return Ok(prepared);
        }
        let read = self
            .key_sets
            .get(&issuer.issuer, |set| find(set, kid).is_some())
            .await?
            .ok_or_else(|| PlatformError::Unavailable {
                service: "identity provider",
                detail: format!("no keys of {} have been fetched yet", issuer.issuer),
            })?;
        let jwk = find(&read.set, kid).ok_or(TokenFault::UnknownKey)?;
        let prepared = Prepared {
            algorithm: algorithm_of(&jwk).ok_or(TokenFault::UnknownKey)?,
            key: DecodingKey::from_jwk(&jwk).map_err(TokenFault::Invalid)?,
            read_at: read.read_at,
        };
        if let Ok(mut all) = self.prepared.lock() {
            all.insert(name, prepared.clone());
        }
        Ok(prepared)
    }

    fn recall(&self, name: &(String, String)) -> Option<Prepared> {
        let all = self.prepared.lock().ok()?;
        all.get(name)
            .filter(|prepared| self.key_sets.believes(prepared.read_at))
            .cloned()
    }
}

fn find(set: &KeySet, kid: &str) -> Option<Jwk> {
    let set: JwkSet = serde_json::from_str(&set.jwks).ok()?;
    set.find(kid).cloned()
}

/// The one algorithm a key may be used with: what the key says, not what the token says.
fn algorithm_of(jwk: &Jwk) -> Option<Algorithm> {
    use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve};
    match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            Some(Algorithm::ES256)
        }
        AlgorithmParameters::RSA(_) => Some(Algorithm::RS256),
        _ => None,
    }
}
