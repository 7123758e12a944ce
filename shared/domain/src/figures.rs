//! Figures (统计): what each event adds to the counters of reports and of work.
//!
//! | file | holds |
//! |---|---|
//! | `changes` | what an event adds to which counter |
//! | `month` | the months that figures are kept by |
//! | `tally` | sums of counters, and what is read from them |
//!
//! What an event adds follows from it and the case as it stood, so that events counted in any order, each
//! once, end in the same counters. Cases are told apart by where they stand: each step takes a case out
//! of one place and puts it into another, and the sum of all steps is where it stands at last.

mod changes;
mod month;
mod tally;

pub use changes::{Changes, changes};
pub use month::{InvalidMonth, Month};
pub use tally::{MOST_DAYS, Tally};

use crate::ids::OfficerId;
use crate::item::ItemCode;
use crate::officer::Post;
use crate::unit::UnitId;

/// A counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counter {
    /// What happened to cases of an item at a unit in a month.
    Cases {
        /// The unit.
        unit: UnitId,
        /// The month of the event, in China.
        month: Month,
        /// The item.
        item: ItemCode,
        /// What is counted.
        count: Count,
    },
    /// The cases that wait for a post of a unit now.
    Waiting {
        /// The unit.
        unit: UnitId,
        /// The post that acts next.
        post: Post,
        /// Whether somebody has them in hand.
        claimed: bool,
    },
    /// The cases that an officer has in hand now.
    InHand {
        /// The officer's unit.
        unit: UnitId,
        /// Who.
        officer: OfficerId,
        /// The post that acts next.
        post: Post,
    },
}

/// What is counted by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// Applications handed in.
    Submitted,
    /// Applications that were accepted (受理), also with papers to come.
    Accepted,
    /// Applications that count as accepted because no word came (视为受理).
    DeemedAccepted,
    /// Applications that were not accepted (不予受理).
    NotAccepted,
    /// Notices that asked for something: corrections (补正), and papers after a deemed acceptance.
    Corrections,
    /// Decisions in favour.
    Granted,
    /// Decisions against.
    Refused,
    /// Applications withdrawn before a decision.
    Withdrawn,
    /// Procedures ended by the authority, also for papers that did not follow.
    Terminated,
    /// Applications not mended in time (视为撤回).
    Lapsed,
    /// The correction notices of the cases decided in the month, whenever they were given.
    CorrectionsOfDecided,
    /// Decisions within the promised limit.
    PromisedMet,
    /// Decisions after it.
    PromisedMissed,
    /// Decisions within the statutory limit, or the one that stands for it.
    StatutoryMet,
    /// Decisions after it.
    StatutoryMissed,
    /// Decisions that took so many working days, pauses taken out; [`MOST_DAYS`] stands for as many and
    /// more.
    Days(u16),
}

impl Count {
    const NAMED: [(Self, &'static str); 15] = [
        (Self::Submitted, "submitted"),
        (Self::Accepted, "accepted"),
        (Self::DeemedAccepted, "deemed_accepted"),
        (Self::NotAccepted, "not_accepted"),
        (Self::Corrections, "corrections"),
        (Self::Granted, "granted"),
        (Self::Refused, "refused"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Terminated, "terminated"),
        (Self::Lapsed, "lapsed"),
        (Self::CorrectionsOfDecided, "corrections_of_decided"),
        (Self::PromisedMet, "promised_met"),
        (Self::PromisedMissed, "promised_missed"),
        (Self::StatutoryMet, "statutory_met"),
        (Self::StatutoryMissed, "statutory_missed"),
    ];

    /// The name it is stored under.
    pub fn name(self) -> String {
        if let Self::Days(days) = self {
            return format!("days_{days:03}");
        }
        let named = Self::NAMED.iter().find(|(count, _)| *count == self);
        named.map_or_else(String::new, |(_, name)| (*name).to_owned())
    }

    /// What is stored under that name.
    pub fn named(name: &str) -> Option<Self> {
        if let Some(days) = name.strip_prefix("days_") {
            return days.parse().ok().map(Self::Days);
        }
        let named = Self::NAMED.iter().find(|(_, known)| *known == name);
        named.map(|(count, _)| *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_stored_under_a_name_and_found_by_it() {
        let days = [0, 7, MOST_DAYS].map(Count::Days);
        for (count, _) in Count::NAMED {
            assert_eq!(Count::named(&count.name()), Some(count));
        }
        for count in days {
            assert_eq!(Count::named(&count.name()), Some(count));
        }
        assert_eq!(Count::named("days_x"), None);
        assert_eq!(Count::named("type"), None);
    }
}
