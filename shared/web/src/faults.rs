//! From the errors of the layers below to problems: the one place where they meet.

use domain::application::Refusal;
use domain::ids::MaterialCode;
use domain::manifest::PaperFault;
use domain::words::Words;
use platform::error::PlatformError;
use platform::table::CommitError;

use crate::problem::{Code, InputError, Problem};

impl From<PlatformError> for Problem {
    fn from(error: PlatformError) -> Self {
        tracing::error!(%error, "the platform failed a request");
        Self::new(match error {
            PlatformError::Unavailable { .. } => Code::Unavailable,
            PlatformError::Corrupt(_) | PlatformError::Configuration(_) => Code::Internal,
        })
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Platform(error) => error.into(),
            CommitError::Conflict => {
                tracing::warn!("a transaction met others at every attempt");
                Self::new(Code::Unavailable)
            }
            CommitError::Guards(failed) => {
                tracing::error!(?failed, "a guard failed that no handler expects");
                Self::new(Code::Internal)
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::new(match refusal {
            Refusal::WrongStage { .. } => Code::WrongStage,
            Refusal::ClaimedByAnother => Code::ClaimedByAnother,
            Refusal::NotClaimed => Code::NotClaimed,
            Refusal::PostMissing { .. } => Code::PostMissing,
            Refusal::SeparationOfDuties => Code::SeparationOfDuties,
            Refusal::NotTheApplicant | Refusal::NotAnOfficer => Code::WrongSide,
            Refusal::ReasonsMissing => Code::InvalidValue,
            Refusal::NoCompetentUnit => Code::NoCompetentUnit,
            Refusal::Papers(faults) => {
                return Self::new(Code::PapersIncomplete).with_errors(paper_errors(&faults));
            }
        })
    }
}

/// What each faulty paper is told with.
pub fn paper_errors(faults: &[(MaterialCode, PaperFault)]) -> Vec<InputError> {
    faults
        .iter()
        .map(|(material, fault)| {
            let (code, message) = match fault {
                PaperFault::Missing => (
                    "material_missing",
                    Words::new("请上传该材料。", "Upload this material."),
                ),
                PaperFault::Rejected => (
                    "material_rejected",
                    Words::new(
                        "该文件未通过检查，请查看原因并重新上传。",
                        "The document was refused: read why and upload it again.",
                    ),
                ),
                PaperFault::Unsettled => (
                    "material_unsettled",
                    Words::new(
                        "该文件尚未到达或正在检查，请稍后再试。",
                        "The document has not arrived or is being examined: try again shortly.",
                    ),
                ),
            };
            InputError::new(format!("/materials/{}", material.as_str()), code, message)
        })
        .collect()
}
