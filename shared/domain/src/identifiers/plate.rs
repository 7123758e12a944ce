use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierFault, normalise, text_conversions};

const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

/// Number on a vehicle plate (机动车号牌号码, GA 36), without the dot that plates print.
///
/// It identifies a vehicle only together with the plate class (号牌种类): a small and a large vehicle
/// may carry the same number at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Plate {
    number: String,
    kind: PlateKind,
}

/// What the pattern of a plate's number tells about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlateKind {
    /// Blue or yellow: province, letter and five serial characters.
    Ordinary,
    /// Small new-energy vehicle: class letter first, four digits last.
    NewEnergySmall,
    /// Large new-energy vehicle: five digits, class letter last.
    NewEnergyLarge,
    /// 挂.
    Trailer,
    /// 学, driver training.
    Training,
    /// 警.
    Police,
    /// 港 or 澳, always 粤Z.
    CrossBorder,
    /// 领. The pattern is recalled, not verified.
    Consulate,
    /// 使: six digits without a province. The pattern is recalled, not verified.
    Embassy,
    /// 应急: issuing letter X. The pattern is recalled, not verified.
    EmergencyRescue,
}

impl Plate {
    /// Reads what a person typed or a camera saw.
    pub fn parse(raw: &str) -> Result<Self, IdentifierFault> {
        Self::parse_strict(&normalise(raw))
    }

    /// Reads a number in its stored form.
    pub fn parse_strict(number: &str) -> Result<Self, IdentifierFault> {
        let characters: Vec<char> = number.chars().collect();
        Ok(Self {
            kind: kind(&characters)?,
            number: number.to_owned(),
        })
    }

    /// The number in its normal form.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The kind its pattern shows.
    pub const fn kind(&self) -> PlateKind {
        self.kind
    }
}

impl fmt::Display for Plate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.number)
    }
}

text_conversions!(Plate);

fn kind(number: &[char]) -> Result<PlateKind, IdentifierFault> {
    if number.contains(&'临') {
        return Err(IdentifierFault::PlateTemporary);
    }
    if let [digits @ .., '使'] = number {
        return embassy(digits);
    }
    let [province, authority, rest @ ..] = number else {
        return Err(IdentifierFault::PlateLength);
    };
    if !PROVINCES.contains(*province) {
        return Err(IdentifierFault::PlateProvince);
    }
    if !authority.is_ascii_uppercase() || *authority == 'I' {
        return Err(IdentifierFault::PlateAuthority);
    }
    match rest {
        [serial @ .., '挂'] => with_suffix(serial, PlateKind::Trailer),
        [serial @ .., '学'] => with_suffix(serial, PlateKind::Training),
        [serial @ .., '警'] => with_suffix(serial, PlateKind::Police),
        [serial @ .., '领'] => with_suffix(serial, PlateKind::Consulate),
        [serial @ .., '港' | '澳'] if (*province, *authority) == ('粤', 'Z') => {
            with_suffix(serial, PlateKind::CrossBorder)
        }
        [.., '港' | '澳'] => Err(IdentifierFault::PlateCrossBorder),
        [serial @ .., '应', '急'] if *authority == 'X' => {
            with_suffix(serial, PlateKind::EmergencyRescue)
        }
        [.., '应', '急'] => Err(IdentifierFault::PlateAuthority),
        serial => without_suffix(serial),
    }
}

fn embassy(digits: &[char]) -> Result<PlateKind, IdentifierFault> {
    if digits.len() != 6 {
        Err(IdentifierFault::PlateLength)
    } else if digits.iter().all(char::is_ascii_digit) {
        Ok(PlateKind::Embassy)
    } else {
        Err(IdentifierFault::PlateSerial)
    }
}

fn with_suffix(serial: &[char], kind: PlateKind) -> Result<PlateKind, IdentifierFault> {
    check_serial(serial)?;
    if serial.len() == 4 {
        Ok(kind)
    } else {
        Err(IdentifierFault::PlateLength)
    }
}

/// How many letters an ordinary serial may hold varies by city and over time, so it is not checked.
fn without_suffix(serial: &[char]) -> Result<PlateKind, IdentifierFault> {
    check_serial(serial)?;
    match serial {
        [_, _, _, _, _] => Ok(PlateKind::Ordinary),
        [class, _, digits @ ..] if is_new_energy(*class) && is_digits::<4>(digits) => {
            Ok(PlateKind::NewEnergySmall)
        }
        [digits @ .., class] if is_new_energy(*class) && is_digits::<5>(digits) => {
            Ok(PlateKind::NewEnergyLarge)
        }
        [_, _, _, _, _, _] => Err(IdentifierFault::PlateNewEnergy),
        _ => Err(IdentifierFault::PlateLength),
    }
}

fn check_serial(serial: &[char]) -> Result<(), IdentifierFault> {
    let allowed = |character: &char| {
        matches!(character, '0'..='9' | 'A'..='Z') && !matches!(character, 'I' | 'O')
    };
    if serial.iter().all(allowed) {
        Ok(())
    } else {
        Err(IdentifierFault::PlateSerial)
    }
}

/// A to E are pure electric, F to K other new energy.
fn is_new_energy(class: char) -> bool {
    matches!(class, 'A'..='H' | 'J' | 'K')
}

fn is_digits<const COUNT: usize>(characters: &[char]) -> bool {
    characters.len() == COUNT && characters.iter().all(char::is_ascii_digit)
}
