//! Identifiers that people and papers carry: unified social credit code, resident identity number,
//! vehicle plate, VIN and mobile number.
//!
//! Each is a newtype that can only hold a valid value. `parse` takes what a person typed and
//! normalises it first; `parse_strict` takes the stored form and applies the standard to the letter.
//! The two differ where real, lawful identifiers break a standard: `parse` then accepts and
//! [`Uscc::warning`] or [`Vin::warning`] tells an officer what to look at.
//!
//! Resident identity numbers and mobile numbers are personal: their `Debug` is masked and they have
//! no `Display`, so that neither reaches a log by accident.

mod fault;
mod mobile_number;
mod normal;
mod plate;
mod resident_id;
mod uscc;
mod vin;

pub use fault::{IdentifierFault, IdentifierWarning};
pub use mobile_number::MobileNumber;
pub use normal::normalise;
pub use plate::{Plate, PlateKind};
pub use resident_id::{ResidentId, Sex};
pub use uscc::Uscc;
pub use vin::Vin;

/// Conversions that every identifier checkable without a date has: from and into text, so that
/// serde and `str::parse` go through the same rules.
macro_rules! text_conversions {
    ($identifier:ident) => {
        impl std::str::FromStr for $identifier {
            type Err = crate::identifiers::IdentifierFault;

            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                Self::parse(raw)
            }
        }

        impl TryFrom<String> for $identifier {
            type Error = crate::identifiers::IdentifierFault;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                Self::parse(&raw)
            }
        }

        impl From<$identifier> for String {
            fn from(identifier: $identifier) -> Self {
                identifier.as_str().to_owned()
            }
        }
    };
}
use text_conversions;

/// Shows the first three and the last four characters and hides the others, as identity numbers and
/// phones are shown to people.
fn mask(value: &str) -> String {
    let hidden = value.chars().count().saturating_sub(7);
    value
        .chars()
        .enumerate()
        .map(|(at, shown)| {
            if (3..3 + hidden).contains(&at) {
                '*'
            } else {
                shown
            }
        })
        .collect()
}
