//! The mandate (授权): what a person may do for an enterprise, and how long.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::Uscc;
use crate::ids::PersonId;
use crate::instant::Instant;
use crate::item::ItemCode;

/// What a mandate lets its holder be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The legal representative (法定代表人), who holds every power of the enterprise.
    LegalRepresentative,
    /// Administers the enterprise's mandates and may do all a handler may.
    Administrator,
    /// Files and follows applications (经办人).
    Handler,
    /// Signs with the enterprise's electronic seal.
    Signer,
    /// Pays fees.
    Payer,
    /// Reads only.
    Viewer,
}

/// The service items a mandate covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Every item.
    All,
    /// Only these.
    Only(Vec<ItemCode>),
}

impl Coverage {
    /// Whether the mandate covers `item`.
    pub fn includes(&self, item: &ItemCode) -> bool {
        match self {
            Self::All => true,
            Self::Only(items) => items.contains(item),
        }
    }
}

/// A person's mandate for one enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Who acts.
    pub person: PersonId,
    /// For whom.
    pub enterprise: Uscc,
    /// As what.
    pub role: Role,
    /// For which items.
    pub items: Coverage,
    /// The first day, in China, on which it holds.
    pub from: Date,
    /// The last day on which it holds; without one it holds until withdrawn.
    pub to: Option<Date>,
    /// When it was withdrawn; it ends at that moment.
    pub withdrawn_at: Option<Instant>,
}

impl Mandate {
    /// Whether the mandate holds at `now`.
    pub fn holds(&self, now: Instant) -> bool {
        let today = now.date();
        self.from <= today
            && self.to.is_none_or(|last| today <= last)
            && self.withdrawn_at.is_none_or(|withdrawn| now < withdrawn)
    }
}
