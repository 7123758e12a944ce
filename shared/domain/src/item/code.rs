use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Kind;

/// The code of a service item: `PSB-APR-004` (an approval) or `PSB-PRO-012` (a proactive service).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemCode {
    kind: Kind,
    number: u16,
}

/// The text is not an item code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an item code: PSB-APR- or PSB-PRO- and three digits are expected")]
pub struct InvalidItemCode;

impl ItemCode {
    /// The code of the item of that kind and number; `None` beyond 999.
    pub const fn new(kind: Kind, number: u16) -> Option<Self> {
        if number <= 999 {
            Some(Self { kind, number })
        } else {
            None
        }
    }

    /// The kind of item, which the code names.
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// The number within its kind, 0 to 999.
    pub const fn number(self) -> u16 {
        self.number
    }
}

impl FromStr for ItemCode {
    type Err = InvalidItemCode;

    fn from_str(text: &str) -> Result<Self, InvalidItemCode> {
        let (kind, digits) = if let Some(digits) = text.strip_prefix("PSB-APR-") {
            (Kind::Approval, digits)
        } else if let Some(digits) = text.strip_prefix("PSB-PRO-") {
            (Kind::Proactive, digits)
        } else {
            return Err(InvalidItemCode);
        };
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidItemCode);
        }
        let number = digits.parse().map_err(|_| InvalidItemCode)?;
        Self::new(kind, number).ok_or(InvalidItemCode)
    }
}

impl TryFrom<String> for ItemCode {
    type Error = InvalidItemCode;

    fn try_from(text: String) -> Result<Self, InvalidItemCode> {
        text.parse()
    }
}

impl From<ItemCode> for String {
    fn from(code: ItemCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Approval => "APR",
            Kind::Proactive => "PRO",
        };
        write!(formatter, "PSB-{kind}-{:03}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_approval_and_a_service_are_told_apart_by_their_codes() {
        let hotel: ItemCode = "PSB-APR-004".parse().unwrap();
        let liaison: ItemCode = "PSB-PRO-012".parse().unwrap();
        assert_eq!((hotel.kind(), hotel.number()), (Kind::Approval, 4));
        assert_eq!((liaison.kind(), liaison.number()), (Kind::Proactive, 12));
    }

    #[test]
    fn what_is_not_exactly_a_code_is_refused() {
        for text in [
            "",
            "PSB-APR-",
            "PSB-APR-4",
            "PSB-APR-0004",
            "PSB-APR-+04",
            "PSB-APR-００４",
            "psb-apr-004",
            "PSB-XXX-004",
            " PSB-APR-004",
            "PSB-APR-004\n",
        ] {
            assert_eq!(text.parse::<ItemCode>(), Err(InvalidItemCode), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_code_written_is_a_code_read(number in 0_u16..=999, approval: bool) {
            let kind = if approval { Kind::Approval } else { Kind::Proactive };
            let code = ItemCode::new(kind, number).unwrap();
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = text.parse::<ItemCode>();
        }
    }
}
