//! Cards (亮牌): how grave a warning is, and which limit it is about.

use serde::{Deserialize, Serialize};

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// 红牌: the limit in law is over.
    Red,
    /// 黄牌: a step or the promised limit is over, or a rule of the procedure was broken.
    Yellow,
    /// 蓝牌: due within one working day.
    Blue,
}

impl Colour {
    /// Every colour, the gravest first.
    pub const ALL: [Self; 3] = [Self::Red, Self::Yellow, Self::Blue];

    /// The word it is written with.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Blue => "blue",
        }
    }
}

/// Which limit a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardLimit {
    /// The answer to a submission.
    Acceptance,
    /// The promised decision.
    Promised,
    /// The decision the law asks for.
    Statutory,
    /// The delivery of what was granted.
    Delivery,
    /// A step of the item with a limit of its own.
    Step,
}
