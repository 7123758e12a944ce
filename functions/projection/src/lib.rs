//! Keeps the counters of reports and work: how many cases of an item a unit took in, decided and how
//! fast, what waits, and in whose hands it is.
//!
//! Events come at least once and in any order. What one adds follows from it and the case as it stood
//! then, and is added in the transaction that notes it as counted.

mod count;

use std::sync::Arc;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use platform::aws::Aws;
use platform::batch;
use platform::cases::{Cases, NoVault};
use platform::config::Config;
use platform::error::PlatformError;
use platform::figures::Figures;
use platform::outbox::Message;
use platform::table::{CommitError, Table};

/// Why a message was not handled; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// It is no message of the platform.
    #[error("not a message: {0}")]
    NoMessage(#[from] serde_json::Error),
    /// The case is handled under a version of its item that this binary does not have.
    #[error("version {version} of {item} is not in the catalogue")]
    UnknownItem {
        /// The code of the item.
        item: String,
        /// Its version.
        version: u32,
    },
    /// It could not be counted.
    #[error(transparent)]
    NotCommitted(#[from] CommitError),
    /// The platform underneath failed.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

/// The handler of the messages.
#[derive(Debug)]
pub struct Projection {
    cases: Cases<NoVault>,
    figures: Figures,
}

impl Projection {
    /// The projection of the stage.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Self {
        let table = Table::new(aws, config);
        Self {
            cases: Cases::sealed(table.clone()),
            figures: Figures::new(table),
        }
    }

    /// Handles the messages of `event`, and names those that failed.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::run(
            "projection",
            event,
            |body| async move { self.told(&body).await },
        )
        .await
    }

    async fn told(&self, body: &str) -> Result<&'static str, ProjectionError> {
        let message: Message = serde_json::from_str(body)?;
        match message.seq {
            Some(seq) => Ok(self.count(&message.application, seq).await?.as_str()),
            None => Ok("not_of_interest"),
        }
    }
}
