//! The background review: finds out what a machine can before an officer opens a case.
//!
//! It runs when an application is submitted and again when one of its documents settles. Its report
//! lies beside the aggregate, so that it never makes an officer's `If-Match` stale.

mod facts;
mod grant;
mod identifiers;
mod quantities;
mod review_case;
mod rules;

use std::sync::Arc;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use platform::aws::Aws;
use platform::batch;
use platform::cases::Cases;
use platform::config::Config;
use platform::documents::Documents;
use platform::error::PlatformError;
use platform::outbox::{Message, Topic};
use platform::registers::{HttpRegister, HttpVehicleRegister};
use platform::table::{CommitError, Table};
use platform::vault::Vault;

/// Why a message was not handled; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
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
    /// Other reports were written at every attempt.
    #[error("other reports were written at every attempt")]
    Contended,
    /// The report could not be written.
    #[error(transparent)]
    NotCommitted(#[from] CommitError),
    /// The platform underneath failed.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

/// The handler of the messages.
#[derive(Debug)]
pub struct Review {
    cases: Cases,
    documents: Documents,
    register: HttpRegister,
    vehicle_register: HttpVehicleRegister,
}

impl Review {
    /// The review of the stage.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without the key, the bucket or one of the registers.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Result<Self, PlatformError> {
        let table = Table::new(Arc::clone(&aws), config);
        let vault = Vault::new(Arc::clone(&aws), table.clone(), config)?;
        Ok(Self {
            cases: Cases::new(table, Arc::new(vault)),
            documents: Documents::new(aws, config)?,
            register: HttpRegister::new(config)?,
            vehicle_register: HttpVehicleRegister::new(config)?,
        })
    }

    /// Handles the messages of `event`, and names those that failed.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::run(
            "review",
            event,
            |body| async move { self.told(&body).await },
        )
        .await
    }

    async fn told(&self, body: &str) -> Result<&'static str, ReviewError> {
        let message: Message = serde_json::from_str(body)?;
        match message.topic {
            Topic::Submitted
            | Topic::Supplemented
            | Topic::ConditionsUndertaken
            | Topic::DocumentSettled => {
                let outcome = self.review_case(&message.application).await?;
                Ok(outcome.as_str())
            }
            Topic::Happened => Ok("not_of_interest"),
        }
    }
}
