use serde::{Deserialize, Serialize};

use super::code::ItemCode;
use crate::ids::{MaterialCode, MaterialKindCode};
use crate::media::MediaType;
use crate::words::Words;

/// A material (材料) an application consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// The code, unique within the item.
    pub code: MaterialCode,
    /// The name.
    pub name: Words,
    /// Without it the application is incomplete.
    pub required: bool,
    /// May follow after acceptance, against an undertaking (容缺受理).
    pub deferrable: bool,
    /// In what form it is given.
    pub format: MaterialFormat,
    /// Of which kind it is, where other items ask for the same: a paper of that kind that was accepted in
    /// one case may be used again in another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<MaterialKindCode>,
    /// The items of this platform whose certificate it is: one that the platform granted itself need not be
    /// shown to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificate_of: Vec<ItemCode>,
}

/// In what form a material is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialFormat {
    /// The online form itself, or a part of it: nothing is uploaded.
    Form,
    /// A certificate that is already on file somewhere (营业执照, …). A copy is uploaded as for
    /// [`PdfOrImage`](Self::PdfOrImage), unless one that was accepted before is used again.
    CertificateReference,
    /// A PDF, or a photograph or scan.
    PdfOrImage,
    /// A PDF.
    Pdf,
    /// A photograph or scan.
    Image,
    /// A list: XLSX or CSV.
    Spreadsheet,
}

impl MaterialFormat {
    /// The kinds of file that are accepted; none for a form.
    pub const fn accepted_media(self) -> &'static [MediaType] {
        match self {
            Self::Form => &[],
            Self::CertificateReference | Self::PdfOrImage => {
                &[MediaType::Pdf, MediaType::Jpeg, MediaType::Png]
            }
            Self::Pdf => &[MediaType::Pdf],
            Self::Image => &[MediaType::Jpeg, MediaType::Png],
            Self::Spreadsheet => &[MediaType::Xlsx, MediaType::Csv],
        }
    }

    /// Whether a file of that kind is accepted.
    pub fn accepts(self, media: MediaType) -> bool {
        self.accepted_media().contains(&media)
    }

    /// Whether a file is uploaded for it.
    pub fn takes_upload(self) -> bool {
        !self.accepted_media().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_staff_roster_is_a_list_and_a_floor_plan_is_not() {
        assert!(MaterialFormat::Spreadsheet.accepts(MediaType::Xlsx));
        assert!(MaterialFormat::Spreadsheet.accepts(MediaType::Csv));
        assert!(!MaterialFormat::Spreadsheet.accepts(MediaType::Pdf));
        assert!(MaterialFormat::PdfOrImage.accepts(MediaType::Jpeg));
        assert!(!MaterialFormat::PdfOrImage.accepts(MediaType::Xlsx));
    }

    #[test]
    fn a_business_licence_is_uploaded_as_a_copy_for_now() {
        assert!(MaterialFormat::CertificateReference.accepts(MediaType::Pdf));
        assert!(MaterialFormat::CertificateReference.takes_upload());
    }

    #[test]
    fn nothing_is_uploaded_for_the_form() {
        assert!(!MaterialFormat::Form.takes_upload());
    }
}
