//! Hashes by which a case is found through an identifier that lies in it sealed.

use domain::chain::Digest;
use domain::search::SearchTerm;
use ring::hmac;

/// The key under which identifiers are hashed.
///
/// Identity and mobile numbers are so few that a hash without a key could be tried out: with one, the
/// table alone tells nothing.
#[derive(Debug)]
pub(super) struct SearchKey(hmac::Key);

impl SearchKey {
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    pub(super) fn hash(&self, term: &SearchTerm) -> SearchHash {
        let text = format!("{}\n{}", term.kind().as_str(), term.value());
        let mut bytes = [0; 32];
        for (to, from) in bytes
            .iter_mut()
            .zip(hmac::sign(&self.0, text.as_bytes()).as_ref())
        {
            *to = *from;
        }
        SearchHash(bytes)
    }
}

/// An identifier of one kind, hashed under the stage's search key (HMAC-SHA-256, RFC 2104), written as
/// 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SearchHash([u8; 32]);

impl SearchHash {
    /// The digest of the hash, which tells two searches for the same from two for different ones and
    /// finds nothing.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl std::fmt::Display for SearchHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl std::fmt::Debug for SearchHash {
    /// Nothing of it: with the table it leads to a person's cases.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SearchHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identifiers::{MobileNumber, ResidentId};

    fn mobile(text: &str) -> SearchTerm {
        SearchTerm::Mobile(MobileNumber::parse(text).unwrap())
    }

    #[test]
    fn a_hash_is_that_of_one_kind_and_value_under_one_key() {
        let key = SearchKey::new(&[7; 32]);
        let hash = key.hash(&mobile("13800000000"));
        assert_eq!(hash, key.hash(&mobile("+86 138 0000 0000")));
        assert_ne!(hash, key.hash(&mobile("13800000001")));
        assert_ne!(hash, SearchKey::new(&[8; 32]).hash(&mobile("13800000000")));
        let today = jiff::civil::date(2026, 11, 23);
        let person = ResidentId::parse("140105198001010003", today).unwrap();
        assert_ne!(hash, key.hash(&SearchTerm::ResidentId(person)));
    }

    #[test]
    fn a_hash_is_what_anybody_computes_who_has_the_key() {
        // python: hmac.new(bytes([7]) * 32, b"mobile\n13800000000", "sha256").hexdigest()
        let hash = SearchKey::new(&[7; 32]).hash(&mobile("13800000000"));
        assert_eq!(
            hash.to_string(),
            "10a184c2d6070870733c93d36da7e6b8c900d63603e53d4904876959e51235b8"
        );
        assert_eq!(format!("{hash:?}"), "SearchHash(…)");
    }
}
