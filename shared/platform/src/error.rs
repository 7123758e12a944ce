//! What can go wrong between a function and AWS.

use aws_sdk_dynamodb::error::DisplayErrorContext;

/// A fault of the platform underneath: the caller's request was not wrong.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// AWS did not answer, or answered with an error that waiting may mend.
    #[error("{service} is not available: {detail}")]
    Unavailable {
        /// Which service.
        service: &'static str,
        /// What the SDK said; for the log, never for an answer.
        detail: String,
    },
    /// An item is not what its key promises, or was sealed under another key.
    #[error("an item could not be read: {0}")]
    Corrupt(String),
    /// The configuration of the function is wrong.
    #[error("configuration: {0}")]
    Configuration(String),
}

impl PlatformError {
    /// Rules that do not hold of what was stored.
    pub fn broken(fault: impl std::fmt::Display) -> Self {
        Self::Corrupt(fault.to_string())
    }

    /// The error of `service` as the SDK reports it.
    pub(crate) fn unavailable(
        service: &'static str,
        error: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self::Unavailable {
            service,
            detail: DisplayErrorContext(error).to_string(),
        }
    }

    /// An item that cannot be read.
    pub(crate) fn corrupt(error: impl std::fmt::Display) -> Self {
        Self::Corrupt(error.to_string())
    }
}
