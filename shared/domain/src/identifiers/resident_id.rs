use std::fmt;

use jiff::civil::Date;

use super::{IdentifierFault, mask, normalise};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check characters by remainder of the weighted sum modulo 11.
const CHECK_CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// Resident identity number (公民身份号码, GB 11643-1999), also the number of residence permits for
/// Hong Kong, Macao and Taiwan residents: 18 characters. Personal.
///
/// It has no serde: whether a birth lies in the future depends on the day it is read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResidentId {
    number: String,
    birth_date: Date,
}

/// Sex as the sequence number of a resident identity number gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Even sequence number.
    Female,
    /// Odd sequence number.
    Male,
}

impl ResidentId {
    /// Reads what a person typed; births after `today` (the date in China) are refused.
    pub fn parse(raw: &str, today: Date) -> Result<Self, IdentifierFault> {
        Self::parse_strict(&normalise(raw), today)
    }

    /// Reads a number in its stored form; births after `today` (the date in China) are refused.
    pub fn parse_strict(number: &str, today: Date) -> Result<Self, IdentifierFault> {
        let digits = digits(number)?;
        if !has_province(number) {
            return Err(IdentifierFault::ResidentIdProvince);
        }
        let birth_date = birth_date(number).ok_or(IdentifierFault::ResidentIdBirthDate)?;
        if number.chars().last() != check_character(&digits) {
            return Err(IdentifierFault::ResidentIdCheckCharacter);
        }
        if birth_date > today {
            return Err(IdentifierFault::ResidentIdBirthInFuture);
        }
        Ok(Self {
            number: number.to_owned(),
            birth_date,
        })
    }

    /// The whole number. Personal: it may be encrypted and stored, never logged or put in a URL.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The number as people may see it: first three and last four characters.
    pub fn masked(&self) -> String {
        mask(&self.number)
    }

    /// The birth date the number holds.
    pub const fn birth_date(&self) -> Date {
        self.birth_date
    }

    /// The sex the number holds.
    pub fn sex(&self) -> Sex {
        match self.number.as_bytes().get(16) {
            Some(sequence) if sequence % 2 == 1 => Sex::Male,
            _ => Sex::Female,
        }
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ResidentId({})", self.masked())
    }
}

/// The first 17 digits, once length and characters are right.
fn digits(number: &str) -> Result<Vec<u32>, IdentifierFault> {
    let length = number.chars().count();
    if length == 15 && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(IdentifierFault::ResidentIdFirstGeneration);
    }
    if length != WEIGHTS.len() + 1 {
        return Err(IdentifierFault::ResidentIdLength);
    }
    if !number.ends_with(|last: char| last.is_ascii_digit() || last == 'X') {
        return Err(IdentifierFault::ResidentIdCharacter);
    }
    number
        .chars()
        .take(WEIGHTS.len())
        .map(|character| character.to_digit(10))
        .collect::<Option<_>>()
        .ok_or(IdentifierFault::ResidentIdCharacter)
}

/// Province prefixes of GB/T 2260 and those of the residence permits. The county is not checked:
/// numbers outlive the county they were issued in.
fn has_province(number: &str) -> bool {
    let prefix: Option<u8> = number.get(..2).and_then(|prefix| prefix.parse().ok());
    matches!(
        prefix,
        Some(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
    )
}

fn birth_date(number: &str) -> Option<Date> {
    let year = number.get(6..10)?.parse().ok()?;
    let month = number.get(10..12)?.parse().ok()?;
    let day = number.get(12..14)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

fn check_character(digits: &[u32]) -> Option<char> {
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    CHECK_CHARACTERS
        .get(usize::try_from(sum % 11).ok()?)
        .copied()
}
