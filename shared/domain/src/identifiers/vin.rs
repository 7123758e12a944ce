use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierFault, IdentifierWarning, normalise, text_conversions};

/// Weights of positions 1 to 17; the check character itself weighs nothing.
const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// Vehicle identification number (车辆识别代号, GB 16735, ISO 3779): 17 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Vin(String);

impl Vin {
    /// Reads what a person typed. A wrong check character refuses vehicles made in China; on an
    /// imported one, built perhaps for a market without that rule, it is a
    /// [`warning`](Self::warning).
    pub fn parse(raw: &str) -> Result<Self, IdentifierFault> {
        let number = normalise(raw);
        check_characters(&number)?;
        if is_made_in_china(&number) {
            check_national_rules(&number)?;
        }
        Ok(Self(number))
    }

    /// Reads a number in its stored form, by the letter of GB 16735 wherever the vehicle was made.
    pub fn parse_strict(number: &str) -> Result<Self, IdentifierFault> {
        check_characters(number)?;
        check_national_rules(number)?;
        Ok(Self(number.to_owned()))
    }

    /// The number in its normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What an officer should look at although the number was accepted.
    pub fn warning(&self) -> Option<IdentifierWarning> {
        (!check_character_fits(&self.0)).then_some(IdentifierWarning::VinCheckCharacter)
    }
}

impl fmt::Display for Vin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

text_conversions!(Vin);

/// World manufacturer identifiers of China begin with L, newer ones with H.
fn is_made_in_china(number: &str) -> bool {
    number.starts_with(['L', 'H'])
}

/// What ISO 3779 asks of every vehicle in the world.
fn check_characters(number: &str) -> Result<(), IdentifierFault> {
    if number.chars().count() != WEIGHTS.len() {
        return Err(IdentifierFault::VinLength);
    }
    if number.chars().any(|character| value(character).is_none()) {
        return Err(IdentifierFault::VinCharacter);
    }
    if number.bytes().skip(13).any(|byte| !byte.is_ascii_digit()) {
        return Err(IdentifierFault::VinSerial);
    }
    Ok(())
}

fn check_national_rules(number: &str) -> Result<(), IdentifierFault> {
    if !check_character_fits(number) {
        return Err(IdentifierFault::VinCheckCharacter);
    }
    match number.chars().nth(9) {
        Some('U' | 'Z' | '0') | None => Err(IdentifierFault::VinModelYear),
        Some(_) => Ok(()),
    }
}

fn check_character_fits(number: &str) -> bool {
    let sum: u32 = number
        .chars()
        .zip(WEIGHTS)
        .filter_map(|(character, weight)| Some(value(character)? * weight))
        .sum();
    let expected = match sum % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    };
    number.chars().nth(8) == expected
}

fn value(character: char) -> Option<u32> {
    match character {
        '0'..='9' => character.to_digit(10),
        'A'..='H' => Some(u32::from(character) - u32::from('A') + 1),
        'J'..='N' => Some(u32::from(character) - u32::from('J') + 1),
        'P' => Some(7),
        'R' => Some(9),
        'S'..='Z' => Some(u32::from(character) - u32::from('S') + 2),
        _ => None,
    }
}
