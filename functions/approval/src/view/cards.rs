//! The supervision cards of a case, as its officers see them.

use domain::card::{Card, CardRule, Colour};
use domain::instant::Instant;
use domain::words::Words;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// A supervision card (督办牌) that stands in a case.
#[derive(Serialize, ToSchema)]
#[schema(as = StandingCard)]
pub(crate) struct StandingCardBody {
    /// The rule that raised it.
    rule: CardRule,
    /// How grave it is.
    colour: Colour,
    /// Since when it has been so.
    #[schema(value_type = String, format = DateTime)]
    since: Instant,
    /// The last day of what is due; null where nothing is.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// What it says.
    reason: Words,
    /// Where the limit or the rule comes from.
    source: Words,
}

impl From<Card> for StandingCardBody {
    fn from(card: Card) -> Self {
        Self {
            rule: card.rule,
            colour: card.colour,
            since: card.since,
            due: card.due,
            reason: card.reason,
            source: card.source,
        }
    }
}
