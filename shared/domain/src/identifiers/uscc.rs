use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierFault, IdentifierWarning, normalise, text_conversions};

/// The 31 characters of GB 32100-2015; the value of a character is its index.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// `3^(i-1) mod 31` for positions 1 to 17.
const WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
/// GB 11714, for the eight body characters of the organisation code.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the number under which
/// an enterprise or institution is registered. Public.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uscc(String);

impl Uscc {
    /// Reads what a person typed. A wrong organisation-code check (position 17) is accepted and
    /// becomes a [`warning`](Self::warning), because some older codes break it.
    pub fn parse(raw: &str) -> Result<Self, IdentifierFault> {
        let code = normalise(raw);
        check(&code)?;
        Ok(Self(code))
    }

    /// Reads a code in its stored form, by the letter of both standards.
    pub fn parse_strict(code: &str) -> Result<Self, IdentifierFault> {
        check(code)?;
        if organisation_code_fits(code) {
            Ok(Self(code.to_owned()))
        } else {
            Err(IdentifierFault::UsccOrganisationCode)
        }
    }

    /// The code in its normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Positions 3 to 8: the six-digit region code (GB/T 2260) of the registering authority.
    pub fn region(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }

    /// Whether the holder is registered as an enterprise, individual business or co-operative (91,
    /// 92, 93, 99), by the agricultural authority (N) or another one (Y), rather than as a public
    /// institution, a social organisation or an organ of state.
    pub fn is_enterprise(&self) -> bool {
        self.0.starts_with(['N', 'Y'])
            || ["91", "92", "93", "99"]
                .iter()
                .any(|registered| self.0.starts_with(registered))
    }

    /// What an officer should look at although the code was accepted.
    pub fn warning(&self) -> Option<IdentifierWarning> {
        (!organisation_code_fits(&self.0)).then_some(IdentifierWarning::UsccOrganisationCode)
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

text_conversions!(Uscc);

fn check(code: &str) -> Result<(), IdentifierFault> {
    if code.chars().count() != WEIGHTS.len() + 1 {
        return Err(IdentifierFault::UsccLength);
    }
    let values: Vec<usize> = code
        .bytes()
        .map(|byte| ALPHABET.iter().position(|&allowed| allowed == byte))
        .collect::<Option<_>>()
        .ok_or(IdentifierFault::UsccCharacter)?;
    if !code
        .bytes()
        .skip(2)
        .take(6)
        .all(|byte| byte.is_ascii_digit())
    {
        return Err(IdentifierFault::UsccRegion);
    }
    let sum: usize = values
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    if values.last() == Some(&((31 - sum % 31) % 31)) {
        Ok(())
    } else {
        Err(IdentifierFault::UsccCheckCharacter)
    }
}

/// Whether position 17 is the check character that GB 11714 gives for positions 9 to 16.
fn organisation_code_fits(code: &str) -> bool {
    let sum: u32 = code
        .chars()
        .skip(8)
        .zip(ORGANISATION_WEIGHTS)
        .filter_map(|(character, weight)| Some(character.to_digit(36)? * weight))
        .sum();
    let expected = match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    };
    code.chars().nth(16) == expected
}
