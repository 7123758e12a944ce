//! How the rows of an application are answered.

use domain::application::{Application, Outcome, RowReasons, RowsRefused};
use serde::Serialize;
use utoipa::ToSchema;

/// How the rows of an application for many persons or things are answered. The answer to each, with its reasons,
/// is at `/v1/applications/{id}/rows`.
#[derive(Serialize, ToSchema)]
#[schema(as = Rows)]
pub(crate) struct RowsBody {
    /// How many rows the form has.
    #[schema(example = 12)]
    total: u16,
    /// The numbers of the rows that the review would refuse, the first being 1; for the applicant, null until it
    /// is decided.
    recommended_refused: Option<Vec<u16>>,
    /// The numbers of the rows that were refused; null until it is decided.
    refused: Option<Vec<u16>>,
}

impl RowsBody {
    /// The rows of `application`; none where it has none.
    pub(super) fn of(application: &Application) -> Option<Self> {
        let total = application.rows?;
        let every_row = || (1..=total).collect();
        let named = |refused: &Option<RowsRefused>| {
            let refused = refused.as_ref();
            refused.map_or_else(Vec::new, |refused| refused.numbers.clone())
        };
        let against = named(&application.rows_against);
        let refused = if application.course.refused {
            every_row()
        } else {
            named(&application.rows_refused)
        };
        Some(Self {
            total,
            recommended_refused: application
                .recommendation
                .map(|recommended| match recommended {
                    Outcome::Grant => against,
                    Outcome::Refuse => every_row(),
                }),
            refused: application.course.decided_at.map(|_| refused),
        })
    }

    /// Without what the review recommends.
    pub(super) fn for_applicant_before_decision(&mut self) {
        self.recommended_refused = None;
    }
}

/// A row that is refused, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = RowReasons)]
pub(crate) struct RefusedRowBody {
    /// The number of the row, the first of the form being 1.
    #[schema(example = 3)]
    pub(crate) row: u16,
    /// The reasons.
    #[schema(example = "该人员的体检结论不合格。")]
    pub(crate) reasons: String,
}

impl From<RowReasons> for RefusedRowBody {
    fn from(refused: RowReasons) -> Self {
        Self {
            row: refused.row,
            reasons: refused.reasons,
        }
    }
}
