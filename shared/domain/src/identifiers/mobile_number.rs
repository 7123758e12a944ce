use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierFault, mask, normalise, text_conversions};

/// Mobile number of a person in mainland China: 11 digits, 13 to 19 first. Personal.
///
/// Segments are not listed: new ones keep opening and numbers move between operators.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MobileNumber(String);

impl MobileNumber {
    /// Reads what a person typed, with or without the country code (+86 or 0086).
    pub fn parse(raw: &str) -> Result<Self, IdentifierFault> {
        let typed = normalise(raw);
        let number = typed
            .strip_prefix("+86")
            .or_else(|| typed.strip_prefix("0086"))
            .unwrap_or(&typed);
        Self::parse_strict(number)
    }

    /// Reads a number in its stored form.
    pub fn parse_strict(number: &str) -> Result<Self, IdentifierFault> {
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IdentifierFault::MobileNumberCharacter);
        }
        if number.starts_with('0') {
            return Err(IdentifierFault::MobileNumberLandline);
        }
        if number.len() == 13 && (number.starts_with("10") || number.starts_with("14")) {
            return Err(IdentifierFault::MobileNumberMachine);
        }
        if number.len() != 11 {
            return Err(IdentifierFault::MobileNumberLength);
        }
        match number.as_bytes() {
            [b'1', b'3'..=b'9', ..] => Ok(Self(number.to_owned())),
            _ => Err(IdentifierFault::MobileNumberSegment),
        }
    }

    /// The 11 digits. Personal: they may be encrypted and stored, never logged or put in a URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as people may see it: first three and last four digits.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }
}

impl fmt::Debug for MobileNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MobileNumber({})", self.masked())
    }
}

text_conversions!(MobileNumber);
