//! Identifiers that the platform itself gives, each a type of its own.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Crockford's base 32: no I, L, O or U, so that a number can be read out over the telephone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Twelve characters that carry 60 of the 64 bits of `random` and can be read out.
pub(crate) fn readable_tail(random: u64) -> String {
    (0..12)
        .map(|position| {
            let index = usize::try_from((random >> (position * 5)) & 31).unwrap_or(0);
            char::from(ALPHABET.get(index).copied().unwrap_or(b'0'))
        })
        .collect()
}

/// Whether `text` can be what [`readable_tail`] makes.
pub(crate) fn is_readable_tail(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

/// Why a text is not an identifier of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct InvalidId(pub &'static str);

/// The number of an application (办件编号): `AP-20261123-7K3M9QX2RD4F`.
///
/// The date is the one in China on which the draft was opened; the twelve characters carry 60
/// random bits, so that a number cannot be guessed from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ApplicationNo(String);

impl ApplicationNo {
    /// The number for an application opened on `date`, from 60 of the 64 bits of `random`.
    pub fn new(date: Date, random: u64) -> Self {
        Self(format!(
            "AP-{:04}{:02}{:02}-{}",
            date.year(),
            date.month(),
            date.day(),
            readable_tail(random)
        ))
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ApplicationNo {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        let invalid = InvalidId("application number");
        let mut parts = text.split('-');
        let (Some("AP"), Some(date), Some(tail), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(invalid);
        };
        let date_fits = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
        if date_fits && is_readable_tail(tail) {
            Ok(Self(text))
        } else {
            Err(invalid)
        }
    }
}

macro_rules! text_id {
    ($(#[$docs:meta])* $name:ident, $what:literal) => {
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                let fits = (1..=64).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
                if fits { Ok(Self(text)) } else { Err(InvalidId($what)) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// A natural person as the identity provider names them (`sub`): a pseudonym of 1 to 64 letters,
    /// digits, `-`, `_` or `.`, never an identity number.
    PersonId, "person identifier"
}

text_id! {
    /// An officer as the identity provider of the police names them (`sub`), formed like [`PersonId`].
    OfficerId, "officer identifier"
}

text_id! {
    /// The code of a material of a service item (`materials[].code`), for example `MAT-FIRE`.
    MaterialCode, "material code"
}

text_id! {
    /// A kind of material that several items ask for, such as `business_licence`.
    MaterialKindCode, "kind of material"
}

macro_rules! uuid_id {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId(stringify!($name)))
            }
        }
    };
}

uuid_id! {
    /// An uploaded document (UUID version 7).
    DocumentId
}

uuid_id! {
    /// An event (UUID version 7); workers recognise a repeated message by it.
    EventId
}

impl From<ApplicationNo> for String {
    fn from(number: ApplicationNo) -> Self {
        number.0
    }
}

impl std::fmt::Display for ApplicationNo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_made_is_a_number_read(random: u64) {
            let made = ApplicationNo::new(jiff::civil::date(2026, 11, 23), random);
            prop_assert_eq!(ApplicationNo::try_from(made.to_string()), Ok(made));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = ApplicationNo::try_from(text.clone());
            let _ = PersonId::try_from(text);
        }
    }

    #[test]
    fn a_number_with_a_letter_that_is_easily_misread_is_refused() {
        assert!(ApplicationNo::try_from("AP-20261123-7K3M9QX2RDIO".to_owned()).is_err());
    }
}
