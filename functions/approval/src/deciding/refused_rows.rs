//! The rows that a recommendation or decision refuses while the others are granted.

use domain::application::{Outcome, RefusedRows, RowReasons};
use platform::cases::{Case, NewRows};
use serde::Deserialize;
use utoipa::ToSchema;
use web::faults::row_errors;
use web::{Code, InputError, Problem, texts};

use crate::app::App;

/// A row that is refused while others are granted, and why.
#[derive(Deserialize, ToSchema)]
#[schema(as = RefusedRow)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefusedRowRequest {
    /// The number of the row, the first of the form being 1.
    #[schema(minimum = 1, example = 3)]
    row: u16,
    /// The reasons, at most 200 characters.
    #[schema(example = "该人员的体检结论不合格。")]
    reasons: String,
}

/// The rows of `requested` that are refused in answering `outcome` to the case, with their reasons as they were
/// written; none where no row is.
///
/// # Errors
/// [`Code::InvalidValue`] with what is wrong with each of them.
pub(crate) fn check(
    case: &Case,
    outcome: Outcome,
    requested: &[RefusedRowRequest],
) -> Result<Option<Vec<RowReasons>>, Problem> {
    let mut errors: Vec<InputError> = Vec::new();
    if let Some(state) = &case.state {
        let numbers: Vec<u16> = requested.iter().map(|refused| refused.row).collect();
        errors.extend(row_errors(&RefusedRows::faults(
            &state.body,
            outcome,
            &numbers,
        )));
    }
    let mut rows = Vec::with_capacity(requested.len());
    for (place, refused) in requested.iter().enumerate() {
        let pointer = format!("/refused_rows/{place}/reasons");
        match texts::of_row(&refused.reasons, &pointer) {
            Ok(reasons) => rows.push(RowReasons {
                row: refused.row,
                reasons,
            }),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(Problem::new(Code::InvalidValue).with_errors(errors));
    }
    rows.sort_unstable_by_key(|refused| refused.row);
    Ok((!rows.is_empty()).then_some(rows))
}

/// `rows` as the event that comes next names them, with their sealed reasons.
///
/// # Errors
/// A problem of the platform, where they cannot be sealed.
pub(crate) async fn seal(
    app: &App,
    case: &Case,
    rows: Option<&[RowReasons]>,
) -> Result<Option<(RefusedRows, NewRows)>, Problem> {
    let Some(rows) = rows else {
        return Ok(None);
    };
    let key = app.cases.data_key(case).await?;
    let sealed = case.seal_next_rows(&key, rows)?;
    let refused = RefusedRows {
        numbers: rows.iter().map(|refused| refused.row).collect(),
        reasons: sealed.sealed.digest(),
    };
    Ok(Some((refused, sealed)))
}
