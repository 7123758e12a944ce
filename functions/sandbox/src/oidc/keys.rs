//! The signing keys of a provider: made at first use, kept in the table so that every environment of
//! the function signs with the same one, and published for some time after their retirement.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyOperations, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey};
use p256::SecretKey;
use p256::elliptic_curve::rand_core::OsRng;
use p256::pkcs8::EncodePrivateKey as _;
use platform::table::{CommitError, Guard, Key, Part, Record, Stored, Transaction, item};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Code, Problem, Reply};

use super::Provider;
use crate::Sandbox;

/// How many keys are published: the one that signs and those that signed before it.
const PUBLISHED: usize = 4;
/// How often a write is begun anew when another one came in between.
const ATTEMPTS: u32 = 3;

/// The keys of a provider, newest first; the first one signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyRing {
    keys: Vec<SigningKey>,
}

/// A key for ES256.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SigningKey {
    /// The thumbprint of the public key (RFC 7638).
    kid: String,
    /// The private key as PKCS #8 DER in base 64. It protects nothing but tests.
    pkcs8: String,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SigningKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

impl Stored for KeyRing {
    const TYPE: &'static str = "sandbox_key_ring";
    const SCHEMA: u32 = 1;
}

/// A key that cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyFault {
    /// It cannot be encoded or decoded.
    #[error("a signing key could not be encoded or decoded: {0}")]
    Encoding(String),
    /// It cannot be used with ES256.
    #[error(transparent)]
    Token(#[from] jsonwebtoken::errors::Error),
}

impl From<KeyFault> for Problem {
    fn from(fault: KeyFault) -> Self {
        tracing::error!(%fault, "a token could not be signed or a key not published");
        Self::new(Code::Internal)
    }
}

impl SigningKey {
    fn generate() -> Result<Self, KeyFault> {
        let secret = SecretKey::random(&mut OsRng);
        let der = secret
            .to_pkcs8_der()
            .map_err(|error| KeyFault::Encoding(error.to_string()))?;
        let mut key = Self {
            kid: String::new(),
            pkcs8: STANDARD.encode(der.as_bytes()),
        };
        key.kid = key.public()?.thumbprint(ThumbprintHash::SHA256)?;
        Ok(key)
    }

    fn encoding(&self) -> Result<EncodingKey, KeyFault> {
        let der = STANDARD
            .decode(&self.pkcs8)
            .map_err(|error| KeyFault::Encoding(error.to_string()))?;
        Ok(EncodingKey::from_ec_der(&der))
    }

    fn public(&self) -> Result<Jwk, KeyFault> {
        let mut jwk = Jwk::from_encoding_key(&self.encoding()?, Algorithm::ES256)?;
        jwk.common.key_id = Some(self.kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        jwk.common.key_operations = Some(vec![KeyOperations::Verify]);
        Ok(jwk)
    }
}

impl KeyRing {
    /// A ring with one new key.
    fn generate() -> Result<Self, KeyFault> {
        Ok(Self {
            keys: vec![SigningKey::generate()?],
        })
    }

    /// The ring with a new key in front.
    fn rotated(mut self) -> Result<Self, KeyFault> {
        self.keys.insert(0, SigningKey::generate()?);
        self.keys.truncate(PUBLISHED);
        Ok(self)
    }

    /// The key that signs, and its identifier.
    pub(super) fn signer(&self) -> Result<(&str, EncodingKey), KeyFault> {
        let key = self
            .keys
            .first()
            .ok_or_else(|| KeyFault::Encoding("an empty ring".to_owned()))?;
        Ok((&key.kid, key.encoding()?))
    }

    /// The public keys.
    fn published(&self) -> Result<JwkSet, KeyFault> {
        let keys = self
            .keys
            .iter()
            .map(SigningKey::public)
            .collect::<Result<_, _>>()?;
        Ok(JwkSet { keys })
    }

    /// The ring of `provider`, made now if there is none.
    pub(crate) async fn load(sandbox: &Sandbox, provider: Provider) -> Result<Self, Problem> {
        Ok(stored(sandbox, provider).await?.body)
    }
}

/// `GET …/jwks` (RFC 7517).
pub(super) async fn publish(
    State(sandbox): State<Sandbox>,
    Path(provider): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let ring = KeyRing::load(&sandbox, web::path::id(&provider)?).await?;
    Reply::new(StatusCode::OK, &ring.published()?)
}

/// `POST …/rotate`: signs with a new key from now on.
pub(super) async fn rotate(
    State(sandbox): State<Sandbox>,
    Path(provider): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let provider: Provider = web::path::id(&provider)?;
    for _ in 0..ATTEMPTS {
        let Record { version, body } = stored(&sandbox, provider).await?;
        let ring = body.rotated()?;
        match store(&sandbox, provider, &ring, version).await {
            Ok(()) => {
                let kids: Vec<&str> = ring.keys.iter().map(|key| key.kid.as_str()).collect();
                let body = json!({"signing": kids.first(), "published": kids});
                return Reply::new(StatusCode::OK, &body);
            }
            Err(CommitError::Guards(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::new(Code::Unavailable))
}

async fn stored(sandbox: &Sandbox, provider: Provider) -> Result<Record<KeyRing>, Problem> {
    let key = key(provider);
    for _ in 0..ATTEMPTS {
        if let Some(record) = sandbox.table.read([key.clone()]).await?.read(&key)? {
            return Ok(record);
        }
        let ring = KeyRing::generate()?;
        match store(sandbox, provider, &ring, 0).await {
            Ok(()) => {
                return Ok(Record {
                    version: 1,
                    body: ring,
                });
            }
            // Another environment was first: its keys are the ones to use.
            Err(CommitError::Guards(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::new(Code::Unavailable))
}

/// Writes `ring` over the one of version `before`, where 0 is none.
async fn store(
    sandbox: &Sandbox,
    provider: Provider,
    ring: &KeyRing,
    before: u64,
) -> Result<(), CommitError> {
    let guard = match before {
        0 => Guard::Absent,
        version => Guard::Version(version),
    };
    let written = item::write(&key(provider), before + 1, ring)?;
    let transaction = Transaction::new().put(&sandbox.table, Part::State, written, guard);
    sandbox.table.commit(transaction).await
}

fn key(provider: Provider) -> Key {
    Key::stand_in("oidc", provider.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_signs_and_the_old_ones_stay_published_for_some_time() {
        let mut ring = KeyRing::generate().unwrap();
        let first = ring.keys[0].kid.clone();
        for _ in 1..PUBLISHED {
            ring = ring.rotated().unwrap();
            assert_ne!(ring.signer().unwrap().0, first);
            assert!(ring.published().unwrap().find(&first).is_some());
        }
        ring = ring.rotated().unwrap();
        assert_eq!(ring.published().unwrap().keys.len(), PUBLISHED);
        assert!(ring.published().unwrap().find(&first).is_none());
    }

    #[test]
    fn nothing_secret_is_published_or_shown() {
        let ring = KeyRing::generate().unwrap();
        let published = serde_json::to_value(ring.published().unwrap()).unwrap();
        let members: Vec<&String> = published["keys"][0].as_object().unwrap().keys().collect();
        assert!(!members.iter().any(|name| *name == "d"), "{members:?}");
        assert!(!format!("{ring:?}").contains(&ring.keys[0].pkcs8));
    }
}
