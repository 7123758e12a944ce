use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::MaterialKindCode;
use crate::words::Words;

/// A kind of material that means the same in every item that asks for it, and how long a paper of it that
/// an officer accepted may be used again (材料复用).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialKind {
    /// The code.
    pub code: MaterialKindCode,
    /// The name.
    pub name: Words,
    /// What a paper of it may be used again for, and nothing else (Personal Information Protection Law,
    /// art. 6).
    pub purpose: Words,
    /// Whose, or what for, such a paper is.
    pub belongs_to: BelongsTo,
    /// For how many months after it was accepted it may be used again; none where it never may.
    /// Illustrative: no law sets them.
    pub months: Option<u16>,
}

/// Whose, or what for, a paper of a kind is: that decides who may use it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BelongsTo {
    /// The enterprise: the newest stands for all before.
    Enterprise,
    /// The enterprise's legal representative (法定代表人): the newest stands for all before.
    LegalRepresentative,
    /// The agent who files (经办人): it is used again for the same agent only.
    Agent,
    /// One place, vehicle, carrier or driver, of which the enterprise may have several: it is for the same one.
    Particular,
    /// One matter: it is never used again.
    Matter,
}

impl BelongsTo {
    /// Whether an enterprise has one that stands, so that the newest takes the place of those before.
    pub fn is_one_per_enterprise(self) -> bool {
        matches!(self, Self::Enterprise | Self::LegalRepresentative)
    }
}

impl MaterialKind {
    /// The last day on which a paper of it that was accepted on `day` may be used again; none where it never
    /// may.
    pub fn usable_until(&self, day: Date) -> Option<Date> {
        let months = self
            .months
            .filter(|_| self.belongs_to != BelongsTo::Matter)?;
        day.checked_add(i32::from(months).months()).ok()
    }
}
