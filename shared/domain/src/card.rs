//! Supervision cards (督办牌): what stands in a case that a supervisor should see.
//!
//! Blue: something is due within one working day. Yellow: a step or a promised limit is overdue, or a
//! rule of the procedure was not kept. Red: a limit in law is overdue; never one that is not in law.
//!
//! A card is a rule over the state, and the state the fold of the events, so that [`cards_at`] tells of
//! any moment of the past which cards stood then. What time alone changes happens at moments that
//! [`next_look`] names: whoever looks at a case at each of them, and at the moments that
//! [`look_after_commit`] names, has seen every card that [`cards`] ever held.
//!
//! | file | holds |
//! |---|---|
//! | `rule` | the rules and the words of their cards |
//! | `watch` | what is watched in a state, and with which day it is over |
//! | `moment` | when on a day a case is looked at |
//! | `look` | when a case has to be looked at |
//! | `raised` | what becomes of a card once it was raised |

mod look;
mod moment;
mod raised;
mod rule;
mod watch;

pub use look::{LONGEST_UNSEEN_DAYS, look_after_commit, next_look};
pub use moment::SPREAD_SECONDS;
pub use raised::{EarlierColour, RaisedCard};
pub use rule::{CardRule, Colour};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::application::{Application, Recorded, ReplayFault};
use crate::calendar::WorkingCalendar;
use crate::clock::{Ledger, Terms, ledger};
use crate::instant::Instant;
use crate::item::ServiceItem;
use crate::words::Words;

/// A card that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Why; a case has at most one card of a rule.
    pub rule: CardRule,
    /// How grave it is.
    pub colour: Colour,
    /// Since when it has been so.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub since: Instant,
    /// The last day of what is due, where something is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    /// What a supervisor is told.
    pub reason: Words,
    /// Where the limit or the rule comes from.
    pub source: Words,
}

/// The cards that stand in `state` at `as_of`, in the order of the rules. `state` is the fold of what
/// had happened by then.
pub fn cards(
    state: &Application,
    item: &ServiceItem,
    calendar: &WorkingCalendar,
    as_of: Instant,
) -> Vec<Card> {
    let ledger = accounts(state, item, calendar, as_of);
    let edition = state.course.calendar_at(calendar, as_of);
    let watches = watch::watches(state, &ledger, item, edition);
    let provisional = watch::provisional(&watches, &state.number, as_of);
    let mut cards: Vec<Card> = watches
        .iter()
        .filter_map(|watch| watch.card(&state.number, edition, as_of))
        .chain(watch::standing(state))
        .chain(provisional)
        .collect();
    cards.sort_by_key(|card| card.rule);
    cards
}

/// The cards that stood at `as_of` in the case of these events, the oldest first; none before it was
/// submitted.
///
/// # Errors
/// A [`ReplayFault`] where the chain is broken.
pub fn cards_at<'e>(
    events: impl IntoIterator<Item = &'e Recorded>,
    item: &ServiceItem,
    calendar: &WorkingCalendar,
    as_of: Instant,
) -> Result<Vec<Card>, ReplayFault> {
    let happened = events.into_iter().filter(|recorded| recorded.at <= as_of);
    match Application::replay(happened) {
        Ok(state) => Ok(cards(&state, item, calendar, as_of)),
        Err(ReplayFault::Empty) => Ok(Vec::new()),
        Err(fault) => Err(fault),
    }
}

fn accounts(
    state: &Application,
    item: &ServiceItem,
    calendar: &WorkingCalendar,
    as_of: Instant,
) -> Ledger {
    ledger(&Terms::of(item), &state.course, calendar, as_of)
}
