//! Which keys of a published set can verify tokens here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, KeyOperations, PublicKeyUse,
};
use serde::Deserialize;
use serde_json::Value;

use crate::issuer::IssuerFault;

/// RSA keys below 2048 bits are not strong enough for RS256 (RFC 7518, section 3.3).
const SHORTEST_RSA_MODULUS_BYTES: usize = 256;
const P256_COORDINATE_BYTES: usize = 32;

/// The keys of `document` that can verify RS256 or ES256 signatures. Keys of other kinds are left
/// out, so that they cannot keep a reader from those it can use.
///
/// # Errors
/// [`IssuerFault::NoKeySet`] where the document is no JSON Web Key Set (RFC 7517), and
/// [`IssuerFault::NoUsableKey`] where it has no such key.
pub(crate) fn usable_keys(document: &[u8]) -> Result<JwkSet, IssuerFault> {
    #[derive(Deserialize)]
    struct Published {
        keys: Vec<Value>,
    }
    let published: Published =
        serde_json::from_slice(document).map_err(|_| IssuerFault::NoKeySet)?;
    let keys: Vec<Jwk> = published
        .keys
        .into_iter()
        .filter_map(|key| serde_json::from_value(key).ok())
        .filter(is_usable)
        .collect();
    if keys.is_empty() {
        return Err(IssuerFault::NoUsableKey);
    }
    Ok(JwkSet { keys })
}

fn is_usable(key: &Jwk) -> bool {
    let common = &key.common;
    let signs = common
        .public_key_use
        .as_ref()
        .is_none_or(|of| *of == PublicKeyUse::Signature)
        && common
            .key_operations
            .as_ref()
            .is_none_or(|operations| operations.contains(&KeyOperations::Verify));
    let algorithm = match &key.algorithm {
        AlgorithmParameters::RSA(rsa)
            if bytes(&rsa.n) >= SHORTEST_RSA_MODULUS_BYTES && bytes(&rsa.e) > 0 =>
        {
            KeyAlgorithm::RS256
        }
        AlgorithmParameters::EllipticCurve(point)
            if point.curve == EllipticCurve::P256
                && bytes(&point.x) == P256_COORDINATE_BYTES
                && bytes(&point.y) == P256_COORDINATE_BYTES =>
        {
            KeyAlgorithm::ES256
        }
        _ => return false,
    };
    // A token names its key, so that one without a name is never found.
    common.key_id.is_some()
        && signs
        && common
            .key_algorithm
            .is_none_or(|stated| stated == algorithm)
}

/// How many bytes `text` stands for; none where it is not Base64.
fn bytes(text: &str) -> usize {
    URL_SAFE_NO_PAD.decode(text).map_or(0, |bytes| bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn es256(kid: &str) -> Value {
        let coordinate = URL_SAFE_NO_PAD.encode([7; 32]);
        json!({"kty": "EC", "crv": "P-256", "x": coordinate, "y": coordinate, "kid": kid})
    }

    fn rs256(kid: &str, modulus_bytes: usize) -> Value {
        let n = URL_SAFE_NO_PAD.encode(vec![0xc5; modulus_bytes]);
        json!({"kty": "RSA", "n": n, "e": "AQAB", "kid": kid})
    }

    fn with(mut key: Value, member: &str, value: Value) -> Value {
        key[member] = value;
        key
    }

    fn usable(keys: &[Value]) -> Vec<String> {
        let document = json!({"keys": keys}).to_string();
        let Ok(set) = usable_keys(document.as_bytes()) else {
            return Vec::new();
        };
        let ids = set.keys.into_iter().filter_map(|key| key.common.key_id);
        ids.collect()
    }

    #[test]
    fn signing_keys_for_rs256_and_es256_are_kept() {
        let keys = [
            es256("a"),
            rs256("b", 256),
            with(es256("c"), "use", json!("sig")),
            with(rs256("d", 512), "alg", json!("RS256")),
            with(es256("e"), "key_ops", json!(["verify"])),
        ];
        assert_eq!(usable(&keys), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn keys_for_anything_else_are_left_out_and_do_not_hide_the_others() {
        let mut nameless = es256("x");
        nameless.as_object_mut().unwrap().remove("kid");
        let keys = [
            json!({"kty": "oct", "k": "c2VjcmV0", "kid": "symmetric"}),
            json!({"kty": "OKP", "crv": "Ed25519", "x": "AA", "kid": "edwards"}),
            json!({"kty": "future", "kid": "unknown"}),
            json!("no key"),
            rs256("short", 128),
            with(es256("for encryption"), "use", json!("enc")),
            with(es256("for another algorithm"), "alg", json!("ES384")),
            with(es256("for signing only"), "key_ops", json!(["sign"])),
            with(es256("other curve"), "crv", json!("P-384")),
            with(es256("half a point"), "y", json!("AA")),
            nameless,
            es256("good"),
        ];
        assert_eq!(usable(&keys), ["good"]);
    }

    #[test]
    fn a_private_part_is_never_kept() {
        let document = json!({"keys": [with(es256("a"), "d", json!("secret"))]}).to_string();
        let kept = serde_json::to_string(&usable_keys(document.as_bytes()).unwrap()).unwrap();
        assert!(!kept.contains("secret"), "{kept}");
    }

    #[test]
    fn what_is_no_key_set_is_told_from_one_without_a_usable_key() {
        for document in ["", "[]", "{}", "{\"keys\":{}}", "<html>"] {
            let fault = usable_keys(document.as_bytes()).unwrap_err();
            assert!(
                matches!(fault, IssuerFault::NoKeySet),
                "{document}: {fault}"
            );
        }
        let fault = usable_keys(b"{\"keys\":[]}").unwrap_err();
        assert!(matches!(fault, IssuerFault::NoUsableKey), "{fault}");
    }
}
