//! Lists: `limit` and `cursor`.

use domain::words::Words;
use platform::table::cursor::InvalidCursor;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::{Code, InputError, Problem};

/// How much of a list to answer, and where to go on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    /// The limit asked for.
    ///
    /// # Errors
    /// [`Code::InvalidParameter`] where it is not 1 to 100.
    pub fn limit(&self) -> Result<i32, Problem> {
        limit(self.limit)
    }
}

/// The limit asked for, or 20.
///
/// # Errors
/// [`Code::InvalidParameter`] where it is not 1 to 100.
pub fn limit(asked: Option<i32>) -> Result<i32, Problem> {
    match asked.unwrap_or(20) {
        limit @ 1..=100 => Ok(limit),
        _ => Err(
            Problem::new(Code::InvalidParameter).with_errors(vec![InputError::new(
                "limit",
                "out_of_range",
                Words::new(
                    "limit 应为 1 到 100 之间的整数",
                    "limit must be a whole number from 1 to 100",
                ),
            )]),
        ),
    }
}

impl From<InvalidCursor> for Problem {
    fn from(_: InvalidCursor) -> Self {
        Self::new(Code::InvalidCursor)
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageBody<T: ToSchema> {
    /// What the page holds.
    pub items: Vec<T>,
    /// Where to go on; null at the end.
    pub next_cursor: Option<String>,
}
