//! The mandate (授权): what a person may do for an enterprise, and how long.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::chain::Digest;
use crate::identifiers::Uscc;
use crate::ids::{PersonId, is_readable_tail, readable_tail};
use crate::instant::Instant;
use crate::item::ItemCode;
use crate::words::Words;

/// What a mandate lets its holder be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

impl Role {
    /// What people call it.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::LegalRepresentative => ("法定代表人", "Legal representative"),
            Self::Administrator => ("管理员", "Administrator"),
            Self::Handler => ("经办人", "Handler"),
            Self::Signer => ("用印人", "Signer"),
            Self::Payer => ("缴费人", "Payer"),
            Self::Viewer => ("查阅人", "Viewer"),
        };
        Words::new(zh, en)
    }
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

impl Coverage {
    /// Whether every item of `other` is among these.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::Only(_), Self::All) => false,
            (Self::Only(_), Self::Only(items)) => items.iter().all(|item| self.includes(item)),
        }
    }
}

/// A person's mandate for one enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// What it is known by.
    pub id: MandateId,
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
    /// When it was withdrawn or left; it ends at that moment.
    pub withdrawn_at: Option<Instant>,
    /// Since when the enterprise is suspended: its people may read, not act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_at: Option<Instant>,
    /// Why it is suspended, in the authority's words; none where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_for: Option<String>,
}

impl Mandate {
    /// Whether the mandate holds at `now`.
    pub fn holds(&self, now: Instant) -> bool {
        self.from <= now.date() && !self.has_ended(now)
    }

    /// Whether one for `items` that ends with `to`, or never, is no more than this one.
    pub fn covers(&self, items: &Coverage, to: Option<Date>) -> bool {
        let longer = self.to.is_some_and(|last| to.is_none_or(|to| to > last));
        !longer && self.items.covers(items)
    }

    /// Whether it holds no more at `now`, and never again.
    pub fn has_ended(&self, now: Instant) -> bool {
        self.to.is_some_and(|last| last < now.date())
            || self.withdrawn_at.is_some_and(|withdrawn| withdrawn <= now)
    }
}

/// What a mandate and its invitation are known by: `M-`, the enterprise's code, and twelve characters.
///
/// It names the enterprise, so that whoever accepts or leaves it need not say which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MandateId {
    enterprise: Uscc,
    code: String,
}

/// The text is not what a mandate is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mandate: M-, a unified social credit code and twelve characters are expected")]
pub struct InvalidMandateId;

impl MandateId {
    /// The mandate of `enterprise` that `random` stands for; 60 of its bits are used.
    pub fn new(enterprise: Uscc, random: u64) -> Self {
        Self {
            enterprise,
            code: readable_tail(random),
        }
    }

    /// What a mandate of `enterprise` is known by that was given to `person` without a name: the same
    /// every time.
    pub fn of_holder(enterprise: Uscc, person: &PersonId) -> Self {
        let named = format!("{} {person}", enterprise.as_str());
        let digest = Digest::of(named.as_bytes());
        let bytes = digest.as_bytes().iter().take(8);
        let number = bytes.fold(0, |number, byte| (number << 8) | u64::from(*byte));
        Self::new(enterprise, number)
    }

    /// For whom it is.
    pub fn enterprise(&self) -> &Uscc {
        &self.enterprise
    }
}

impl std::fmt::Display for MandateId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "M-{}-{}", self.enterprise.as_str(), self.code)
    }
}

impl std::str::FromStr for MandateId {
    type Err = InvalidMandateId;

    fn from_str(text: &str) -> Result<Self, InvalidMandateId> {
        let rest = text.strip_prefix("M-").ok_or(InvalidMandateId)?;
        let (enterprise, code) = rest.split_once('-').ok_or(InvalidMandateId)?;
        let spelt = enterprise;
        let enterprise = Uscc::parse(spelt).map_err(|_| InvalidMandateId)?;
        if is_readable_tail(code) && enterprise.as_str() == spelt {
            let code = code.to_owned();
            Ok(Self { enterprise, code })
        } else {
            Err(InvalidMandateId)
        }
    }
}

impl TryFrom<String> for MandateId {
    type Error = InvalidMandateId;

    fn try_from(text: String) -> Result<Self, InvalidMandateId> {
        text.parse()
    }
}

impl From<MandateId> for String {
    fn from(id: MandateId) -> Self {
        id.to_string()
    }
}

/// How an invitation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Answered {
    /// It was accepted.
    Accepted {
        /// By whom.
        by: PersonId,
        /// When.
        at: Instant,
    },
    /// It was taken back.
    Withdrawn {
        /// When.
        at: Instant,
    },
}

/// A mandate offered to somebody who is known by identity number or phone only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// What the mandate will be known by.
    pub id: MandateId,
    /// Keyed hash of the identity number or phone of who is invited; none once it was answered or taken
    /// back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitee: Option<String>,
    /// As what.
    pub role: Role,
    /// For which items.
    pub items: Coverage,
    /// The first day, in China, on which it will hold.
    pub from: Date,
    /// The last day, if there is one.
    pub to: Option<Date>,
    /// Who invited.
    pub invited_by: PersonId,
    /// When.
    pub invited_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// How it ended, once it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Answered>,
}
