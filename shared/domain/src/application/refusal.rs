//! Why a command is refused.

use super::state::Stage;
use crate::ids::MaterialCode;
use crate::manifest::PaperFault;
use crate::officer::Post;

/// Why nothing happens. Each refusal is answered with a stable code of its own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The application is not at a stage where this can be done.
    #[error("not possible while the application is {stage:?}")]
    WrongStage {
        /// Where it is.
        stage: Stage,
    },
    /// Another officer has the case in hand.
    #[error("another officer has the case in hand")]
    ClaimedByAnother,
    /// The officer has not taken the case in hand.
    #[error("the officer has not claimed the case")]
    NotClaimed,
    /// The stage asks for a post the officer does not hold.
    #[error("the stage asks for the post {needed:?}")]
    PostMissing {
        /// The post that acts next.
        needed: Post,
    },
    /// The officer has taken another step of the same case (separation of duties).
    #[error("one person may take only one of acceptance, review and decision")]
    SeparationOfDuties,
    /// Materials are missing, refused or not yet examined.
    #[error("the papers are not complete and clean")]
    Papers(Vec<(MaterialCode, PaperFault)>),
    /// Only the applicant may do this.
    #[error("only the applicant may do this")]
    NotTheApplicant,
    /// Only an officer may do this.
    #[error("only an officer may do this")]
    NotAnOfficer,
    /// A refusal needs reasons (art. 38).
    #[error("a refusal needs reasons")]
    ReasonsMissing,
    /// No unit is responsible for the item in the region.
    #[error("no unit is responsible for the item in the region")]
    NoCompetentUnit,
}
