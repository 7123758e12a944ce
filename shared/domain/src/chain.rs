//! The hash chain over the events of an aggregate.
//!
//! Each event holds the hash of the one before, so that none can be changed, left out or put in
//! between without every later hash showing it. The bytes hashed are the canonical JSON (RFC 8785)
//! of the event without its own hash, so that anybody can compute it again with a library of theirs.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// What the first event of a chain names as the hash before it.
    pub const GENESIS: Self = Self([0; 32]);

    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes of the digest.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, formatter)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 digest of 64 lower-case hexadecimal digits")]
pub struct NotADigest;

impl TryFrom<String> for Digest {
    type Error = NotADigest;

    fn try_from(text: String) -> Result<Self, NotADigest> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(NotADigest);
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(&text, &mut bytes).map_err(|_| NotADigest)?;
        Ok(Self(bytes))
    }
}

/// The hash of an event, given as JSON with or without its `hash` member.
pub fn link(mut event: Value) -> Digest {
    if let Some(members) = event.as_object_mut() {
        members.remove("hash");
    }
    // A JSON value has no member that cannot be written, so the fallback is never hashed.
    Digest::of(&serde_json_canonicalizer::to_vec(&event).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_order_of_members_does_not_matter_and_the_own_hash_is_left_out() {
        let one: Value =
            serde_json::from_str(r#"{"b":1,"a":{"d":2,"c":"甲"},"hash":"x"}"#).unwrap();
        let other = json!({"a": {"c": "甲", "d": 2}, "b": 1});
        assert_eq!(link(one), link(other.clone()));
        assert_eq!(
            link(other),
            Digest::of(r#"{"a":{"c":"甲","d":2},"b":1}"#.as_bytes())
        );
    }

    #[test]
    fn a_digest_is_read_only_in_its_one_spelling() {
        let digest = Digest::of(b"paper");
        assert_eq!(Digest::try_from(digest.to_string()), Ok(digest));
        assert_eq!(
            Digest::try_from(digest.to_string().to_uppercase()),
            Err(NotADigest)
        );
        assert_eq!(Digest::try_from("00".to_owned()), Err(NotADigest));
    }
}
