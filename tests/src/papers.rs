//! The papers of a hotel that does not exist, as PSB-APR-004 asks for them, some broken ones, and those of
//! any other item.

use std::borrow::Cow;

use bytes::Bytes;
use domain::item::{MaterialFormat, ServiceItem};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// PDF.
pub const PDF: &str = "application/pdf";
/// JPEG.
pub const JPEG: &str = "image/jpeg";
/// An Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A paper for one material.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The material it stands for.
    pub material: Cow<'static, str>,
    /// What it is announced as.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Bytes,
}

impl Paper {
    /// SHA-256 of the file, in hexadecimal digits.
    pub fn sha256(&self) -> String {
        hex::encode(Sha256::digest(&self.bytes))
    }

    /// The announcement of the paper.
    pub fn announcement(&self) -> Value {
        serde_json::json!({
            "material": self.material,
            "size": self.bytes.len(),
            "sha256": self.sha256(),
            "media_type": self.media_type,
        })
    }

    /// The same file for another material.
    #[must_use]
    pub fn standing_for(self, material: impl Into<Cow<'static, str>>) -> Self {
        Self {
            material: material.into(),
            ..self
        }
    }

    /// The same material with another file.
    #[must_use]
    pub fn replaced_by(&self, bytes: impl Into<Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            ..self.clone()
        }
    }
}

macro_rules! papers {
    ($($(#[$docs:meta])* $name:ident = $material:literal $file:literal $media_type:ident;)*) => {
        $($(#[$docs])*
        pub fn $name() -> Paper {
            Paper {
                material: Cow::Borrowed($material),
                media_type: $media_type,
                bytes: Bytes::from_static(include_bytes!(concat!("../fixtures/papers/", $file))),
            }
        })*
    };
}

papers! {
    /// Business licence.
    business_licence = "MAT-BIZ" "PSB-APR-004/MAT-BIZ.pdf" PDF;
    /// Identity document of the legal representative.
    legal_representatives_id = "MAT-LEGAL-ID" "PSB-APR-004/MAT-LEGAL-ID.jpg" JPEG;
    /// Lease of the premises.
    lease = "MAT-PREMISES" "PSB-APR-004/MAT-PREMISES.pdf" PDF;
    /// Floor plan.
    floor_plan = "MAT-PLAN" "PSB-APR-004/MAT-PLAN.jpg" JPEG;
    /// Fire-safety inspection opinion.
    fire_safety_opinion = "MAT-FIRE" "PSB-APR-004/MAT-FIRE.pdf" PDF;
    /// Roster of staff.
    roster = "MAT-STAFF" "PSB-APR-004/MAT-STAFF.xlsx" XLSX;
    /// Safety-management rules.
    safety_rules = "MAT-RULES" "PSB-APR-004/MAT-RULES.pdf" PDF;
    /// Power of attorney.
    power_of_attorney = "MAT-POA" "PSB-APR-004/MAT-POA.pdf" PDF;
    /// A PDF that ends in the middle.
    truncated = "MAT-FIRE" "broken/truncated.pdf" PDF;
    /// A PNG picture named and announced as a PDF.
    renamed_picture = "MAT-FIRE" "broken/renamed-png.pdf" PDF;
    /// A workbook with macros.
    workbook_with_macros = "MAT-STAFF" "broken/macro.xlsx" XLSX;
}

/// Every paper the item asks for, in the order in which it lists them.
pub fn complete() -> Vec<Paper> {
    vec![
        business_licence(),
        legal_representatives_id(),
        lease(),
        floor_plan(),
        fire_safety_opinion(),
        roster(),
        safety_rules(),
        power_of_attorney(),
    ]
}

/// What PSB-APR-042 asks of roadworks.
pub fn of_roadworks() -> Vec<Paper> {
    vec![
        business_licence(),
        fire_safety_opinion().standing_for("MAT-ROAD-CONSENT"),
        safety_rules().standing_for("MAT-WORK-PLAN"),
    ]
}

/// A form of PSB-APR-042 that fits its schema and all of its rules.
pub fn form_of_roadworks() -> Value {
    let text = include_str!("../../shared/catalogue/fixtures/PSB-APR-042.valid.json");
    serde_json::from_str(text).unwrap_or_default()
}

/// A form that fits the item's schema and all of its rules, on whatever day the story is told, for a hotel of
/// its own.
pub fn form() -> Value {
    let text = include_str!("../../shared/catalogue/fixtures/PSB-APR-004.valid.json");
    let mut form: Value = serde_json::from_str(text).unwrap_or_default();
    form["opening_date"] = "2098-03-01".into();
    form["premises"]["lease_until"] = "2099-12-31".into();
    form["hotel_name"] = format!("示例酒店 {}", Uuid::new_v4().simple()).into();
    form
}

/// A file of its own for every material that `item` asks for.
pub fn asked_for_by(item: &ServiceItem) -> Vec<Paper> {
    let asked = item.materials.iter();
    let asked = asked.filter(|it| it.required && it.format != MaterialFormat::Form);
    asked
        .map(|material| {
            let code = material.code.as_str().to_owned();
            match material.format {
                MaterialFormat::Spreadsheet => return roster().standing_for(code),
                MaterialFormat::Image => {
                    return legal_representatives_id().standing_for(code);
                }
                _ => {}
            }
            let licence = business_licence();
            // A comment behind the end tells one PDF from another.
            let bytes = [&licence.bytes[..], format!("\n%{code}\n").as_bytes()].concat();
            licence.replaced_by(bytes).standing_for(code)
        })
        .collect()
}
