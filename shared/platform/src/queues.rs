//! The queues of the workers.

use std::sync::Arc;

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::ids::EventId;

use crate::aws::Aws;
use crate::config::Config;
use crate::error::PlatformError;
use crate::outbox::Message;

/// How many messages one call to SQS may carry.
const BATCH: usize = 10;

/// A queue that events are sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Queue {
    /// The background review.
    Review,
    /// The counters of reports and work.
    Projection,
    /// The messages to those whom a case concerns.
    Notification,
}

impl Queue {
    /// Every queue.
    pub const ALL: [Self; 3] = [Self::Review, Self::Projection, Self::Notification];
}

/// The queues of the stage.
#[derive(Debug)]
pub struct Queues {
    aws: Arc<Aws>,
    review: String,
    projection: String,
    notification: String,
}

impl Queues {
    /// The queues that `config` names.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without one of their addresses.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Result<Self, PlatformError> {
        let address = |url: &Option<String>, variable| {
            Config::require(url.as_ref(), variable).map(str::to_owned)
        };
        Ok(Self {
            review: address(&config.review_queue_url, "REVIEW_QUEUE_URL")?,
            projection: address(&config.projection_queue_url, "PROJECTION_QUEUE_URL")?,
            notification: address(&config.notification_queue_url, "NOTIFICATION_QUEUE_URL")?,
            aws,
        })
    }

    fn url(&self, queue: Queue) -> &str {
        match queue {
            Queue::Review => &self.review,
            Queue::Projection => &self.projection,
            Queue::Notification => &self.notification,
        }
    }

    /// Sends `messages` to `queue` and returns the identifiers of those that did not arrive.
    pub(crate) async fn send(
        &self,
        queue: Queue,
        messages: impl Iterator<Item = &Message>,
    ) -> Vec<EventId> {
        let messages: Vec<&Message> = messages.collect();
        let mut unsent = Vec::new();
        for batch in messages.chunks(BATCH) {
            match self.send_batch(queue, batch).await {
                Ok(failed) => unsent.extend(failed),
                Err(error) => {
                    tracing::error!(%error, "a batch could not be sent");
                    unsent.extend(batch.iter().map(|message| message.id));
                }
            }
        }
        unsent
    }

    async fn send_batch(
        &self,
        queue: Queue,
        batch: &[&Message],
    ) -> Result<Vec<EventId>, PlatformError> {
        let mut texts = Vec::with_capacity(batch.len());
        for message in batch {
            let body = serde_json::to_string(message).map_err(PlatformError::corrupt)?;
            texts.push((message.id.to_string(), body));
        }
        let failed = send_batch(&self.aws, self.url(queue), texts).await?;
        Ok(failed.iter().filter_map(|id| id.parse().ok()).collect())
    }
}

/// Sends `texts` to the queue at `url` and answers how many did not arrive.
pub(crate) async fn send_texts(aws: &Aws, url: &str, texts: Vec<String>) -> usize {
    let mut unsent = 0;
    let mut named: Vec<(String, String)> = Vec::with_capacity(texts.len());
    for (index, text) in texts.into_iter().enumerate() {
        named.push((index.to_string(), text));
    }
    for batch in named.chunks(BATCH) {
        match send_batch(aws, url, batch.to_vec()).await {
            Ok(failed) => unsent += failed.len(),
            Err(error) => {
                tracing::error!(%error, "a batch could not be sent");
                unsent += batch.len();
            }
        }
    }
    unsent
}

/// Sends texts, each under an identifier, in one call, and returns the identifiers of those refused.
async fn send_batch(
    aws: &Aws,
    url: &str,
    texts: Vec<(String, String)>,
) -> Result<Vec<String>, PlatformError> {
    let mut entries = Vec::with_capacity(texts.len());
    for (id, text) in texts {
        let entry = SendMessageBatchRequestEntry::builder()
            .id(id)
            .message_body(text);
        entries.push(entry.build().map_err(PlatformError::corrupt)?);
    }
    let answer = aws
        .sqs()
        .send_message_batch()
        .queue_url(url)
        .set_entries(Some(entries))
        .send()
        .await
        .map_err(|error| PlatformError::unavailable("SQS", error))?;
    Ok(answer.failed.into_iter().map(|failed| failed.id).collect())
}
