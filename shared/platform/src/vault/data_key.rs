//! The data key of a case, and what it seals.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::chain::Digest;
use domain::ids::PersonId;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

use super::branch_name::BranchName;
use super::random_bytes;
use crate::error::PlatformError;
use crate::table::{Key, Stored};

/// Where a sealed field lies. It is bound to its place: a ciphertext copied elsewhere does not open.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The item.
    pub key: &'a Key,
    /// The field.
    pub field: &'static str,
    /// The schema of the field's content.
    pub schema: u32,
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        // Lengths before the parts, so that no two places are written the same.
        let schema = self.schema.to_string();
        let mut bytes = Vec::new();
        for part in [
            self.key.pk.as_str(),
            self.key.sk.as_str(),
            self.field,
            &schema,
        ] {
            bytes.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}

/// A sealed text: Base64 of a 12-byte nonce, the AES-256-GCM ciphertext and its tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

impl Sealed {
    /// The digest of the ciphertext, by which an event names it.
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}

/// A data key as it lies in the case's partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    /// The branch key that wraps it.
    pub branch: BranchName,
    /// The data key, sealed under the branch key.
    pub key: Sealed,
    /// Whose data it protects.
    pub subject: PersonId,
}

impl Stored for WrappedKey {
    const TYPE: &'static str = "data_key";
    const SCHEMA: u32 = 1;
}

/// An AES-256-GCM key in the clear, for as long as a request takes.
pub struct DataKey(LessSafeKey);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DataKey(…)")
    }
}

impl DataKey {
    /// The key with these 32 bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, PlatformError> {
        let key = UnboundKey::new(&AES_256_GCM, bytes)
            .map_err(|_| PlatformError::corrupt("a data key has not 32 bytes"))?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals `plain` for `place`.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where no randomness is to be had.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Sealed, PlatformError> {
        let nonce: [u8; NONCE_LEN] = random_bytes()?;
        let mut cipher = plain.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.bytes()),
                &mut cipher,
            )
            .map_err(|_| PlatformError::corrupt("a field could not be sealed"))?;
        Ok(Sealed(
            STANDARD.encode([nonce.as_slice(), &cipher].concat()),
        ))
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it was sealed for another place, under another key, or has
    /// been changed.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Result<Vec<u8>, PlatformError> {
        let corrupt = || PlatformError::corrupt("a sealed field does not open");
        let bytes = STANDARD.decode(&sealed.0).map_err(|_| corrupt())?;
        let (nonce, cipher) = bytes.split_at_checked(NONCE_LEN).ok_or_else(corrupt)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| corrupt())?;
        let mut buffer = cipher.to_vec();
        let plain = self
            .0
            .open_in_place(nonce, Aad::from(place.bytes()), &mut buffer)
            .map_err(|_| corrupt())?;
        Ok(plain.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_opens_only_in_its_place_and_unchanged() {
        let key = DataKey::from_bytes(&[7; 32]).unwrap();
        let here = Key::stand_in("here", "1");
        let there = Key::stand_in("there", "1");
        let place = Place {
            key: &here,
            field: "form",
            schema: 1,
        };
        let sealed = key.seal(place, "王小明".as_bytes()).unwrap();
        assert_eq!(key.open(place, &sealed).unwrap(), "王小明".as_bytes());

        for moved in [
            Place {
                key: &there,
                ..place
            },
            Place {
                field: "reason",
                ..place
            },
            Place { schema: 2, ..place },
        ] {
            assert!(key.open(moved, &sealed).is_err(), "{moved:?}");
        }
        let other = DataKey::from_bytes(&[8; 32]).unwrap();
        assert!(other.open(place, &sealed).is_err());
        let mut changed = STANDARD.decode(&sealed.0).unwrap();
        *changed.last_mut().unwrap() ^= 1;
        assert!(key.open(place, &Sealed(STANDARD.encode(changed))).is_err());
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way_twice() {
        let key = DataKey::from_bytes(&[7; 32]).unwrap();
        let at = Key::stand_in("here", "1");
        let place = Place {
            key: &at,
            field: "form",
            schema: 1,
        };
        assert_ne!(
            key.seal(place, b"x").unwrap(),
            key.seal(place, b"x").unwrap()
        );
    }
}
