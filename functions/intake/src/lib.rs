//! Examines uploaded papers: what arrives in quarantine becomes clean or is rejected with the reason.
//!
//! Notifications come at least once and in any order, so that a document may have been settled,
//! replaced or forgotten by the time one is handled.

pub mod examine;
mod notification;
mod settle_document;

use std::sync::Arc;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use platform::aws::Aws;
use platform::batch;
use platform::cases::{Cases, NoVault};
use platform::config::Config;
use platform::documents::{Documents, parse_quarantine_key};
use platform::error::PlatformError;
use platform::scanner::HttpScanner;
use platform::table::{CommitError, Table};

pub use settle_document::Outcome;

/// Why a notification was not handled; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// It is no notification of S3.
    #[error("not a notification of S3: {0}")]
    NoNotification(String),
    /// The case is handled under a version of its item that this binary does not have.
    #[error("the service item of {0} is not in the catalogue")]
    UnknownItem(String),
    /// The malware scanner gave no verdict.
    #[error("the malware scanner is silent: the document waits")]
    NotScanned,
    /// The case changed under every attempt.
    #[error("the case changed at every attempt to settle the document")]
    Contended,
    /// The outcome could not be written.
    #[error(transparent)]
    NotCommitted(#[from] CommitError),
    /// The platform underneath failed.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

/// The handler of the notifications.
#[derive(Debug)]
pub struct Intake {
    cases: Cases<NoVault>,
    documents: Documents,
    scanner: HttpScanner,
}

impl Intake {
    /// The intake of the stage.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without the bucket or the malware scanner.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Result<Self, PlatformError> {
        Ok(Self {
            cases: Cases::sealed(Table::new(Arc::clone(&aws), config)),
            documents: Documents::new(aws, config)?,
            scanner: HttpScanner::new(config)?,
        })
    }

    /// The same with another malware scanner.
    #[must_use]
    pub fn with_scanner(self, scanner: HttpScanner) -> Self {
        Self { scanner, ..self }
    }

    /// Handles the notifications of `event`, and names those that failed.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::run("intake", event, async |body: String| {
            self.notified(&body).await
        })
        .await
    }

    async fn notified(&self, body: &str) -> Result<&'static str, IntakeError> {
        let mut last = "nothing_to_do";
        for key in notification::created_keys(body)? {
            let Some((number, document)) = parse_quarantine_key(&key) else {
                tracing::warn!(
                    function = "intake",
                    "an object in quarantine has a foreign key"
                );
                last = "foreign_key";
                continue;
            };
            let outcome = self.settle_document(&number, document).await?;
            last = outcome.as_str();
            tracing::info!(
                function = "intake",
                application = number.as_str(),
                document = %document,
                outcome = last,
                "document handled"
            );
        }
        Ok(last)
    }
}
