//! What happens to an enterprise and its mandates.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::claim::TurnedAway;
use crate::ids::PersonId;
use crate::mandate::{Coverage, MandateId, Role};
use crate::unit::RegionCode;

/// A mandate as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// What it is known by.
    pub id: MandateId,
    /// Who holds it.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// For which items.
    pub items: Coverage,
    /// The first day.
    pub from: Date,
    /// The last day, if there is one.
    pub to: Option<Date>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EnterpriseEvent {
    /// Somebody who says they are the legal representative registered it.
    Registered {
        /// Who.
        person: PersonId,
    },
    /// The register confirmed it.
    Confirmed {
        /// The name in the register.
        name: String,
        /// Where it is registered.
        region: RegionCode,
        /// The legal representative, who holds this mandate from now on.
        legal_representative: PersonId,
        /// What that mandate is known by.
        mandate: MandateId,
    },
    /// A claimant was turned away.
    Turned {
        /// Who.
        person: PersonId,
        /// Why; none for a claimant who asked to be erased, and where it was not recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TurnedAway>,
    },
    /// Somebody was invited, who is named by the invitation's keyed hash only.
    Invited {
        /// What the mandate will be known by.
        id: MandateId,
        /// As what.
        role: Role,
        /// For which items.
        items: Coverage,
        /// The first day.
        from: Date,
        /// The last day, if there is one.
        to: Option<Date>,
    },
    /// The invitation was taken back.
    InvitationWithdrawn {
        /// Which.
        id: MandateId,
    },
    /// It was accepted, and the mandate given.
    Accepted {
        /// The mandate.
        mandate: Granted,
    },
    /// A mandate ended.
    MandateEnded {
        /// Which.
        id: MandateId,
        /// Whose.
        person: PersonId,
        /// Whether its holder left; else it was withdrawn.
        left: bool,
    },
    /// The register names a new legal representative, who took over.
    HandedOver {
        /// Whose mandate ended with it.
        from: Option<PersonId>,
        /// The new one's.
        to: Granted,
    },
    /// An authority suspended it.
    Suspended {
        /// Why.
        reason: String,
    },
    /// It may act again.
    Resumed {
        /// Why.
        reason: String,
    },
}
