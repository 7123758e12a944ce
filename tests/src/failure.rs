//! Why a story does not go on.

use std::time::Duration;

/// Why a story does not go on. The text is for whoever has to find out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something the story needs is not set.
    #[error("{0}")]
    NotReady(String),
    /// The stack does not answer.
    #[error("{what} got no answer: {error}")]
    NoAnswer {
        /// What was asked.
        what: String,
        /// Why not.
        error: String,
    },
    /// The stack answers otherwise than it should.
    #[error("{what} answered {status} in place of {expected}: {body}")]
    Unexpected {
        /// What was asked.
        what: String,
        /// The status that should have come.
        expected: u16,
        /// The status that came.
        status: u16,
        /// The body that came.
        body: String,
    },
    /// Something did not come about in time.
    #[error("{what} did not come about within {within:?}; the last answer was {last}")]
    TooLate {
        /// What was waited for.
        what: String,
        /// How long.
        within: Duration,
        /// What was seen last.
        last: String,
    },
    /// Something does not hold that must.
    #[error("{0}")]
    Broken(String),
}

impl Failure {
    /// Something does not hold that must.
    pub fn broken(what: impl Into<String>) -> Self {
        Self::Broken(what.into())
    }
}

/// Holds the story to `condition`.
///
/// # Errors
/// [`Failure::Broken`] with what `what` says.
pub fn ensure(condition: bool, what: impl FnOnce() -> String) -> Result<(), Failure> {
    if condition {
        Ok(())
    } else {
        Err(Failure::Broken(what()))
    }
}
