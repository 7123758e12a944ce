use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of money in fen (分), a hundredth of a yuan.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Whether nothing is due.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Fen {
    /// In yuan with two decimals: `125.00`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(formatter, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// What an item costs (Administrative Licensing Law art. 58: nothing, unless a law or an
/// administrative regulation says otherwise).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// The usual amount; 0 where the item is free.
    pub amount_fen: Fen,
    /// What the fee, or its absence, rests on.
    pub basis: String,
    /// Amounts that depend on what is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FeeOption>,
}

/// One of the amounts of a fee that depends on what is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeOption {
    /// What is asked for.
    pub key: String,
    /// What it costs.
    pub amount_fen: Fen,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fen_are_shown_as_yuan() {
        assert_eq!(Fen(12_500).to_string(), "125.00");
        assert_eq!(Fen(5).to_string(), "0.05");
        assert_eq!(Fen(-1_501).to_string(), "-15.01");
    }
}
