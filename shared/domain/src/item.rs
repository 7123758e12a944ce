//! A service item (事项) and its implementation list (实施清单): what one can apply for, on what
//! conditions, with which papers, within which limits and from whom.
//!
//! An item is data: the `catalogue` crate holds one file per item and version and has them checked by
//! its build. This module gives that data its types and the few rules that follow from it alone.

mod classification;
mod code;
mod fee;
mod illustrative;
mod limit;
mod material;
mod material_kind;
mod matter;
mod outcome;
mod process;

pub use classification::{Applicant, Category, Confidence, Coverage, Handler, Section, Subject};
pub use code::{InvalidItemCode, ItemCode};
pub use fee::{Fee, FeeOption, Fen};
pub use illustrative::PointerPattern;
pub use limit::{Extension, Limit, LimitBasis, LimitSource, LimitStart, LimitUnit, UnitInLaw};
pub use material::{Material, MaterialFormat};
pub use material_kind::{BelongsTo, MaterialKind};
pub use matter::{Kind, MatterType};
pub use outcome::{DeliveryMode, DocumentType, ResultDocument};
pub use process::{
    Attendance, AttendedStep, AutoReview, HandlingType, OnlineLevel, PauseGround, ServiceTerms,
    SpecialProcedure, SpecialProcedureKey, Step, StepKey, Undertaking,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::MaterialCode;
use crate::unit::Level;
use crate::words::Words;

/// One version of a service item.
///
/// Notes that the source keeps in one language only (`…_note`, `notes`, `checked_against`, bases of
/// fees) are remarks for editors and officers and are carried as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceItem {
    /// The code, unique and never used again.
    pub code: ItemCode,
    /// Counts from 1. A case is handled under the version it was submitted under.
    pub version: u32,
    /// The first day, in China, on which this version is in force.
    pub effective_from: Date,
    /// The name (事项名称).
    pub name: Words,
    /// Administrative approval or proactive service.
    pub kind: Kind,
    /// What the law calls the act; the words of decisions follow it.
    pub matter_type: MatterType,
    /// Where the item stands on the platform.
    pub section: Section,
    /// The police line that looks after it.
    pub category: Category,
    /// Which of the platform's promised services the item fulfils.
    pub coverage: Coverage,
    /// What the item rests on in law; empty where no basis was found.
    pub legal_basis: Vec<LegalBasis>,
    /// What is uncertain about the legal basis.
    pub legal_basis_note: Option<String>,
    /// Conditions of acceptance (受理条件), in Chinese.
    pub acceptance_conditions: Vec<String>,
    /// The materials (材料), in the order in which they are shown.
    pub materials: Vec<Material>,
    /// The limit in law (法定时限); `None` where there is none and none is borrowed.
    pub statutory_limit: Option<Limit>,
    /// How the limit in law was read.
    pub statutory_limit_basis: Option<LimitBasis>,
    /// The limit the authority promises (承诺时限), never longer than the one in law.
    pub promised_limit: Limit,
    /// The extension the law allows, only where it cites a basis.
    pub extension: Option<Extension>,
    /// What it costs.
    pub fee: Fee,
    /// What the applicant gets in the end.
    pub result: ResultDocument,
    /// Whether everything can be done online.
    pub online_level: OnlineLevel,
    /// Why not everything can be done online.
    pub online_level_reason: Option<String>,
    /// The step for which somebody has to come (到场); set exactly when the item is `partial`.
    pub attendance: Option<Attendance>,
    /// On the spot, or within the promised limit.
    pub handling_type: HandlingType,
    /// How much the background review may do by itself.
    pub auto_review: AutoReview,
    /// What a machine would have to check for an instant decision, in words. The expressions that
    /// do check are the rules of the item.
    pub decision_rules: Vec<String>,
    /// The function that handles cases of this item.
    pub handled_by: Handler,
    /// The level that accepts (受理).
    pub accepting_level: Level,
    /// The level that decides (决定).
    pub deciding_level: Level,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Procedures that may come between acceptance and decision.
    pub special_procedures: Vec<SpecialProcedure>,
    /// Terms of approval on undertaking (告知承诺), where the item allows it.
    pub undertaking: Option<Undertaking>,
    /// Who applies.
    pub applicant: Applicant,
    /// What an application is about; with enterprise and item it identifies duplicates.
    pub subject: Subject,
    /// What only proactive services have; set exactly for those.
    pub service: Option<ServiceTerms>,
    /// May appear on public lists and maps.
    pub public_on_map: bool,
    /// How certain it is that the platform has this item.
    pub confidence: Confidence,
    /// What was read to check the entry.
    pub checked_against: Vec<String>,
    /// What has changed in law since the platform's launch.
    pub status_note: Option<String>,
    /// Further remarks.
    pub notes: Option<String>,
    /// Which members of this item are illustrative: made up to be plausible, not read in a source.
    pub illustrative: Vec<PointerPattern>,
}

/// A text in law that an item rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// The law, regulation or rule.
    pub name: String,
    /// The article, where it was verified.
    pub article: Option<String>,
}

impl ServiceItem {
    /// The material with that code.
    pub fn material(&self, code: &MaterialCode) -> Option<&Material> {
        self.materials
            .iter()
            .find(|material| material.code == *code)
    }

    /// Whether acceptance with papers still to come (容缺受理) is possible at all.
    pub fn allows_deferral(&self) -> bool {
        self.materials.iter().any(|material| material.deferrable)
    }

    /// How often somebody has to come in person: 0 or 1.
    pub fn on_site_visits(&self) -> u8 {
        u8::from(self.attendance.is_some())
    }

    /// The grounds on which a special procedure of this item stops the clock.
    pub fn pause_grounds(&self) -> Vec<PauseGround> {
        self.special_procedures
            .iter()
            .flat_map(SpecialProcedure::grounds)
            .copied()
            .collect()
    }

    /// Whether the member at `pointer` (a JSON pointer into the item) is illustrative.
    pub fn is_illustrative(&self, pointer: &str) -> bool {
        self.illustrative
            .iter()
            .any(|pattern| pattern.covers(pointer))
    }
}
