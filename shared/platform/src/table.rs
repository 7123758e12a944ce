//! The one table: keys, stored items, consistent reads and transactions.

pub mod cursor;
pub mod item;
pub mod keys;
mod query;
mod read;
mod transaction;

pub use item::{Attributes, Record, Stored};
pub use keys::Key;
pub use query::{Hands, Page, PageRequest};
pub use read::Snapshot;
pub use transaction::{Change, CommitError, Condition, Guard, GuardFailed, Part, Transaction};

use std::sync::Arc;

use crate::aws::Aws;
use crate::clock::Clock;
use crate::config::Config;

/// The table of the stage.
#[derive(Clone, Debug)]
pub struct Table {
    aws: Arc<Aws>,
    name: String,
    clock: Clock,
}

impl Table {
    /// The table that `config` names.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Self {
        Self {
            aws,
            name: config.table.clone(),
            clock: Clock::new(config),
        }
    }

    /// The clock that moves with this table's stage.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    fn client(&self) -> &aws_sdk_dynamodb::Client {
        self.aws.dynamodb()
    }
}
