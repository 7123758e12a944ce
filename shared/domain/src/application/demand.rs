//! What a correction notice asks for (补正内容, art. 32).

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::ids::MaterialCode;
use crate::item::ServiceItem;

/// One thing an applicant is asked to bring or to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Demand {
    /// A material that is missing or not as it must be.
    Material {
        /// Which.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "MAT-FIRE"))]
        material: MaterialCode,
    },
    /// A member of the form.
    Field {
        /// JSON pointer into the form.
        #[cfg_attr(feature = "openapi", schema(example = "/premises/address"))]
        pointer: String,
    },
}

/// Most things one notice can ask for.
pub const MOST_DEMANDS: usize = 100;

impl Demand {
    /// Whether it asks for that material.
    pub fn asks_for(&self, code: &MaterialCode) -> bool {
        matches!(self, Self::Material { material } if material == code)
    }

    /// Whether `item` has it, as far as the item says: its form is kept beside it.
    pub fn is_known_to(&self, item: &ServiceItem) -> bool {
        match self {
            Self::Material { material } => item
                .material(material)
                .is_some_and(|material| material.format.takes_upload()),
            Self::Field { pointer } => pointer.starts_with('/'),
        }
    }
}

/// `demands` each once, if there are any, not too many, and each can be met: a paper of the item that is
/// uploaded, or a member of the form.
pub(super) fn checked(demands: &[Demand], item: &ServiceItem) -> Result<Vec<Demand>, Refusal> {
    if demands.is_empty() {
        return Err(Refusal::NothingDemanded);
    }
    if demands.len() > MOST_DEMANDS {
        return Err(Refusal::TooMuchDemanded);
    }
    let unknown: Vec<Demand> = demands
        .iter()
        .filter(|demand| !demand.is_known_to(item))
        .cloned()
        .collect();
    if !unknown.is_empty() {
        return Err(Refusal::DemandUnknown(unknown));
    }
    let mut distinct = demands.to_vec();
    distinct.sort();
    distinct.dedup();
    Ok(distinct)
}
