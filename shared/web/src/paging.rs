//! Lists: `limit` and `cursor`.

use domain::instant::Instant;
use domain::words::Words;
use platform::table::Attributes;
use platform::table::cursor::{self, InvalidCursor};
use platform::vault::Vault;
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

/// Where the list `name` goes on for whoever was given `cursor`; at its beginning without one.
///
/// # Errors
/// [`Code::InvalidCursor`] where it was made up, or is one of another list.
pub async fn start(
    vault: &Vault,
    name: &str,
    cursor: Option<&str>,
) -> Result<Option<Attributes>, Problem> {
    match cursor {
        Some(cursor) => Ok(Some(cursor::read(vault, name, cursor).await??)),
        None => Ok(None),
    }
}

/// The cursor to the rest of the list `name`, where there is one.
///
/// # Errors
/// 503 where the key that signs it cannot be had.
pub async fn next(
    vault: &Vault,
    name: &str,
    rest: Option<Attributes>,
    now: Instant,
) -> Result<Option<String>, Problem> {
    match rest {
        Some(rest) => {
            let branch = vault.current_branch(now).await?;
            Ok(Some(cursor::issue(&branch, name, rest)?))
        }
        None => Ok(None),
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
