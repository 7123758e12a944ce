//! Carries what was committed from the table's stream to the queues of those who wait for it.
//!
//! AWS takes the lowest sequence number named in the answer, and delivers that record and all after
//! it again, so one is named. Messages may therefore be sent twice, which their workers expect. After
//! five more attempts a record is put into the bucket of failures; the outbox sweep of `timers` still
//! sends what it carries.

mod failures;

use std::sync::Arc;
use std::time::Instant as Elapsed;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use platform::aws::Aws;
use platform::config::Config;
use platform::error::PlatformError;
use platform::outbox::{Forwarder, Outgoing};
use platform::queues::Queues;
use platform::table::Table;
use platform::telemetry::milliseconds_since;
use serde_dynamo::AttributeValue;

use failures::first_failed;

/// The handler of the stream's records.
#[derive(Debug)]
pub struct Relay {
    forwarder: Forwarder,
}

impl Relay {
    /// The relay of the stage.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without the addresses of the queues.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Result<Self, PlatformError> {
        let queues = Arc::new(Queues::new(Arc::clone(&aws), config)?);
        Ok(Self {
            forwarder: Forwarder::new(Table::new(aws, config), queues),
        })
    }

    /// Sends what the records of `event` carry, and names the first that failed.
    pub async fn handle(&self, event: Event) -> DynamoDbEventResponse {
        let started = Elapsed::now();
        let mut carried = Vec::with_capacity(event.records.len());
        for record in &event.records {
            carried.push(carried_by(record));
        }
        let outgoing: Vec<Outgoing> = carried.iter().flatten().flatten().cloned().collect();
        let unsent = self.forwarder.forward(&outgoing).await;

        let failed: Vec<bool> = carried
            .iter()
            .map(|carried| match carried {
                Ok(Some(out)) => unsent.contains(&out.key),
                Ok(None) => false,
                Err(_) => true,
            })
            .collect();
        let mut response = DynamoDbEventResponse::default();
        if let Some(record) = first_failed(&event.records, &failed) {
            // Without a sequence number, which DynamoDB always gives, all of them come again.
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier =
                Some(record.change.sequence_number.clone().unwrap_or_default());
            response.batch_item_failures.push(failure);
        }
        let failures = failed.iter().filter(|failed| **failed).count();
        tracing::info!(
            function = "relay",
            outcome = if failures == 0 { "sent" } else { "failed" },
            records = event.records.len(),
            messages = outgoing.len(),
            failures,
            duration_ms = milliseconds_since(started),
            "records relayed"
        );
        response
    }
}

/// The message that `record` carries; none where it is not a new item with an outbox key.
fn carried_by(record: &EventRecord) -> Result<Option<Outgoing>, PlatformError> {
    let image = &record.change.new_image;
    let text = |name: &str| match image.get(name) {
        Some(AttributeValue::S(text)) => Some(text.as_str()),
        _ => None,
    };
    if record.event_name != "INSERT" || text("outbox").is_none() {
        return Ok(None);
    }
    let read = Outgoing::read(text).unwrap_or_else(|| {
        Err(PlatformError::Corrupt(
            "an item with an outbox key has no message".to_owned(),
        ))
    });
    read.map(Some).inspect_err(|error| {
        let event = record.event_id.as_str();
        tracing::error!(function = "relay", event, %error, "a record is unreadable");
    })
}
