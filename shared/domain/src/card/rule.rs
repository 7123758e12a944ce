//! The rules, and the words of their cards.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Card;
use crate::instant::Instant;
use crate::words::Words;

/// How grave a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Due within one working day, or to be kept an eye on (提醒).
    Blue,
    /// A step or a promise is overdue, or a rule was not kept (黄牌).
    Yellow,
    /// A limit in law is overdue (红牌).
    Red,
}

/// The rules by which cards are raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardRule {
    /// The answer to the submission, in the item's own time or in five working days (art. 32).
    Acceptance,
    /// A second correction notice; the law knows one, which names everything (art. 32).
    Correction,
    /// A special procedure lasts longer than the applicant was told (art. 45).
    SpecialProcedure,
    /// A hearing that was asked for must be held (art. 47).
    Hearing,
    /// The promised decision.
    Promised,
    /// The decision that the law asks for, or what stands for it.
    Statutory,
    /// The delivery of what was granted (art. 44).
    Delivery,
    /// The check of what was granted on undertaking.
    UndertakingCheck,
    /// The answer to a holder who asks for a longer term or a change.
    Petition,
    /// A date is counted over days that have no table yet and may move.
    Provisional,
}

impl Colour {
    /// Every colour, the gravest first.
    pub const GRAVEST_FIRST: [Self; 3] = [Self::Red, Self::Yellow, Self::Blue];

    /// The colour as it is written in keys and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
}

impl CardRule {
    /// Every rule.
    pub const ALL: [Self; 10] = [
        Self::Acceptance,
        Self::Correction,
        Self::SpecialProcedure,
        Self::Hearing,
        Self::Promised,
        Self::Statutory,
        Self::Delivery,
        Self::UndertakingCheck,
        Self::Petition,
        Self::Provisional,
    ];

    /// The rule as it is written in keys and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Correction => "correction",
            Self::SpecialProcedure => "special_procedure",
            Self::Hearing => "hearing",
            Self::Promised => "promised",
            Self::Statutory => "statutory",
            Self::Delivery => "delivery",
            Self::UndertakingCheck => "undertaking_check",
            Self::Petition => "petition",
            Self::Provisional => "provisional",
        }
    }

    /// What is watched.
    pub fn name(self) -> Words {
        match self {
            Self::Acceptance => Words::new("受理环节", "Acceptance"),
            Self::Correction => Words::new("补正告知", "Correction notice"),
            Self::SpecialProcedure => Words::new("特别程序", "Special procedure"),
            Self::Hearing => Words::new("听证", "Hearing"),
            Self::Promised => Words::new("承诺时限", "Promised limit"),
            Self::Statutory => Words::new("法定时限", "Statutory limit"),
            Self::Delivery => Words::new("送达时限", "Limit for delivery"),
            Self::UndertakingCheck => Words::new("告知承诺核查", "Check of the undertaking"),
            Self::Petition => Words::new("延续、变更申请", "Request for renewal or change"),
            Self::Provisional => Words::new("暂算时限", "Provisional limit"),
        }
    }

    /// The card of what is due with `due` and not over yet.
    pub(super) fn warns(self, since: Instant, due: Date, source: Words) -> Card {
        let name = self.name();
        Card {
            rule: self,
            colour: Colour::Blue,
            since,
            due: Some(due),
            reason: Words::new(
                format!("{}将于{due}届满，不足一个工作日。", name.zh),
                format!("{}: it ends with {due}, within one working day.", name.en),
            ),
            source,
        }
    }

    /// The card of what was due with `due` and is not done.
    pub(super) fn exceeds(self, colour: Colour, since: Instant, due: Date, source: Words) -> Card {
        let name = self.name();
        Card {
            rule: self,
            colour,
            since,
            due: Some(due),
            reason: Words::new(
                format!("{}已于{due}届满，尚未办结。", name.zh),
                format!("{}: it ended with {due} and is not done.", name.en),
            ),
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_answers_write_rules_and_colours_alike() {
        for rule in CardRule::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.as_str());
        }
        for colour in [Colour::Blue, Colour::Yellow, Colour::Red] {
            assert_eq!(serde_json::to_value(colour).unwrap(), colour.as_str());
        }
    }

    #[test]
    fn every_rule_is_listed_once() {
        let mut all = CardRule::ALL.to_vec();
        all.sort();
        all.dedup();
        assert_eq!(all, CardRule::ALL);
    }
}
