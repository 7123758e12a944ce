//! What becomes of a card once it was raised: it changes its colour, and it is resolved.

use serde::{Deserialize, Serialize};

use super::{Card, Colour};
use crate::instant::Instant;

/// A card with its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaisedCard {
    /// The card as it stands, or stood last.
    pub card: Card,
    /// When it was raised in its colour.
    pub raised_at: Instant,
    /// When it was resolved: the rule holds no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Instant>,
    /// The colours it had before, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierColour>,
}

/// A colour that a card had before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierColour {
    /// Which.
    pub colour: Colour,
    /// When it was raised in it.
    pub raised_at: Instant,
    /// When it was resolved, or took another colour.
    pub until: Instant,
}

impl RaisedCard {
    /// What becomes of `before` where the rule says `now_stands` at `now`; `None` where nothing changes.
    pub fn follow(before: Option<&Self>, now_stands: Option<Card>, now: Instant) -> Option<Self> {
        match (before, now_stands) {
            (None, None) => None,
            (None, Some(card)) => Some(Self::raise(card, now, Vec::new())),
            (Some(before), None) => before.resolved_at.is_none().then(|| Self {
                resolved_at: Some(now),
                ..before.clone()
            }),
            (Some(before), Some(card)) if before.resolved_at.is_some() => {
                Some(Self::raise(card, now, before.with_own_colour(now)))
            }
            (Some(before), Some(card)) if before.card == card => None,
            (Some(before), Some(card)) if before.card.colour == card.colour => Some(Self {
                card,
                ..before.clone()
            }),
            (Some(before), Some(card)) => Some(Self::raise(card, now, before.with_own_colour(now))),
        }
    }

    /// Whether it stands.
    pub const fn is_open(&self) -> bool {
        self.resolved_at.is_none()
    }

    const fn raise(card: Card, now: Instant, earlier: Vec<EarlierColour>) -> Self {
        Self {
            card,
            raised_at: now,
            resolved_at: None,
            earlier,
        }
    }

    fn with_own_colour(&self, now: Instant) -> Vec<EarlierColour> {
        let own = EarlierColour {
            colour: self.card.colour,
            raised_at: self.raised_at,
            until: self.resolved_at.unwrap_or(now),
        };
        self.earlier.iter().copied().chain([own]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::CardRule;
    use crate::words::Words;

    fn at(hour: i64) -> Instant {
        Instant::from_unix_seconds(1_795_000_000 + hour * 3600)
    }

    fn card(colour: Colour) -> Card {
        Card {
            rule: CardRule::Promised,
            colour,
            since: at(0),
            due: None,
            reason: Words::new("由", "reason"),
            source: Words::new("源", "source"),
        }
    }

    fn followed(before: Option<&RaisedCard>, colour: Option<Colour>, hour: i64) -> RaisedCard {
        RaisedCard::follow(before, colour.map(card), at(hour)).unwrap()
    }

    #[test]
    fn a_card_is_raised_escalated_resolved_and_raised_again() {
        let blue = followed(None, Some(Colour::Blue), 1);
        assert_eq!(
            RaisedCard::follow(Some(&blue), Some(card(Colour::Blue)), at(2)),
            None
        );
        let yellow = followed(Some(&blue), Some(Colour::Yellow), 3);
        assert_eq!((yellow.raised_at, yellow.earlier.len()), (at(3), 1));
        let resolved = followed(Some(&yellow), None, 4);
        assert!(!resolved.is_open());
        assert_eq!(resolved.card.colour, Colour::Yellow);
        assert_eq!(RaisedCard::follow(Some(&resolved), None, at(5)), None);
        let again = followed(Some(&resolved), Some(Colour::Blue), 6);
        assert_eq!((again.raised_at, again.is_open()), (at(6), true));
        let lived: Vec<_> = again
            .earlier
            .iter()
            .map(|it| (it.colour, it.until))
            .collect();
        assert_eq!(lived, [(Colour::Blue, at(3)), (Colour::Yellow, at(4))]);
    }

    #[test]
    fn a_card_of_which_only_the_day_moves_stays_raised() {
        let before = followed(None, Some(Colour::Blue), 1);
        let moved = Card {
            due: Some(jiff::civil::date(2027, 1, 5)),
            ..card(Colour::Blue)
        };
        let after = RaisedCard::follow(Some(&before), Some(moved.clone()), at(2)).unwrap();
        assert_eq!((after.card, after.raised_at), (moved, at(1)));
    }
}
