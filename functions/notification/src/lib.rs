//! Tells people what happened to a case that concerns them: a message in their inbox for each event.
//!
//! Events come at least once and in any order. A message follows from its event and the case as it stood
//! then, and lies under the identifier of the event, so that it is the same and there once.

mod tell;

use std::sync::Arc;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use platform::accounts::Accounts;
use platform::aws::Aws;
use platform::batch;
use platform::cases::{Cases, NoVault};
use platform::config::Config;
use platform::error::PlatformError;
use platform::inbox::Inbox;
use platform::outbox::Message;
use platform::table::{CommitError, Table};

/// Why a message was not handled; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum NotificationError {
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
    /// It could not be put into the inboxes.
    #[error(transparent)]
    NotCommitted(#[from] CommitError),
    /// The platform underneath failed.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

/// The handler of the messages.
#[derive(Debug)]
pub struct Notification {
    cases: Cases<NoVault>,
    accounts: Accounts,
    inbox: Inbox,
}

impl Notification {
    /// The notification of the stage.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Self {
        let table = Table::new(aws, config);
        Self {
            cases: Cases::sealed(table.clone()),
            accounts: Accounts::new(table.clone()),
            inbox: Inbox::new(table),
        }
    }

    /// Handles the messages of `event`, and names those that failed.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::run("notification", event, |body| async move {
            self.told(&body).await
        })
        .await
    }

    async fn told(&self, body: &str) -> Result<&'static str, NotificationError> {
        let message: Message = serde_json::from_str(body)?;
        match message.seq {
            Some(seq) => Ok(self.tell(&message.application, seq).await?.as_str()),
            None => Ok("not_of_interest"),
        }
    }
}
