//! Who says that they are the legal representative of an enterprise, and what became of that.

use serde::{Deserialize, Serialize};

use crate::identifiers::Uscc;
use crate::ids::PersonId;
use crate::instant::Instant;

/// A claim (登记申请) to be the legal representative of an enterprise, which the register answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Who claims it.
    pub person: PersonId,
    /// Of which enterprise.
    pub enterprise: Uscc,
    /// When.
    pub made_at: Instant,
    /// What the register said; none while it is silent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ClaimAnswer>,
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum ClaimAnswer {
    /// The register named the claimant.
    Confirmed {
        /// When.
        at: Instant,
    },
    /// It did not.
    TurnedAway {
        /// When.
        at: Instant,
        /// Why; none where that was not kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TurnedAway>,
    },
}

impl ClaimAnswer {
    /// When it became of the claim.
    pub fn at(self) -> Instant {
        match self {
            Self::Confirmed { at } | Self::TurnedAway { at, .. } => at,
        }
    }
}

/// Why a claimant was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnedAway {
    /// The register has no such enterprise.
    NotInRegister,
    /// It is closed or has lost its licence.
    NoLongerInBeing,
    /// The register names somebody else.
    NotTheLegalRepresentative,
}
