//! What was committed is what is sent: events and signals carry an outbox key until they are on
//! their queues.
//!
//! `relay` sends them as the stream brings them, and `timers` sends again what has lain longer than
//! two minutes. Both may send a message twice; the workers recognise it by its identifier.

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::{Event, Recorded};
use domain::ids::{ApplicationNo, EventId};
use domain::instant::Instant;
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

use crate::error::PlatformError;
use crate::queues::{Queue, Queues};
use crate::table::{
    Attributes, CommitError, Guard, Key, PageRequest, Part, Stored, Table, Transaction, item, keys,
};

/// How many items are marked as sent at once.
const AT_ONCE: usize = 25;

/// What a message is about. Workers are chosen by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// An application was submitted.
    Submitted,
    /// The applicant mended it, or handed in the papers that were to follow.
    Supplemented,
    /// The applicant undertook to meet the item's conditions.
    ConditionsUndertaken,
    /// Something else happened to it.
    Happened,
    /// A document of a submitted case was found clean or refused.
    DocumentSettled,
}

impl Topic {
    /// The topic of `event`.
    pub fn of(event: &Event) -> Self {
        match event {
            Event::Submitted(_) => Self::Submitted,
            Event::Supplemented { .. } | Event::Cured { .. } => Self::Supplemented,
            Event::ConditionsUndertaken => Self::ConditionsUndertaken,
            _ => Self::Happened,
        }
    }

    /// The queues that want to hear of it.
    pub fn queues(self) -> &'static [Queue] {
        match self {
            Self::Submitted | Self::Supplemented | Self::ConditionsUndertaken => {
                &[Queue::Review, Queue::Projection, Queue::Notification]
            }
            Self::Happened => &[Queue::Projection, Queue::Notification],
            Self::DocumentSettled => &[Queue::Review],
        }
    }
}

/// A message: what happened to which case. Whoever wants to know more reads the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The event or signal it tells of.
    pub id: EventId,
    /// What it is about.
    pub topic: Topic,
    /// Which case.
    pub application: ApplicationNo,
    /// The place of the event in its chain; none for what is no event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// A message with the item that carries its outbox key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The item.
    pub key: Key,
    /// The message.
    pub message: Message,
}

impl Outgoing {
    /// The message in the attributes `get` answers for; none where the item carries none.
    pub fn read<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Result<Self, PlatformError>> {
        let message = get("message")?;
        let (pk, sk) = (get("pk")?.to_owned(), get("sk")?.to_owned());
        let message = serde_json::from_str(message).map_err(PlatformError::corrupt);
        Some(message.map(|message| Self {
            key: Key { pk, sk },
            message,
        }))
    }
}

impl Stored for Recorded {
    const TYPE: &'static str = "event";
    const SCHEMA: u32 = 1;
}

impl Stored for Message {
    const TYPE: &'static str = "signal";
    const SCHEMA: u32 = 1;
}

/// The item of an event, with its outbox key for `sent_from`, which is real time.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn event_item(recorded: &Recorded, sent_from: Instant) -> Result<Attributes, PlatformError> {
    let message = Message {
        id: recorded.id,
        topic: Topic::of(&recorded.event),
        application: recorded.application.clone(),
        seq: Some(recorded.seq),
    };
    let item = item::write(
        &Key::event(&recorded.application, recorded.seq),
        1,
        recorded,
    )?;
    with_outbox_key(item, &message, sent_from)
}

/// The item of a signal, with its outbox key; it is deleted after a week.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be stored.
pub fn signal_item(message: &Message, sent_from: Instant) -> Result<Attributes, PlatformError> {
    const KEPT: i64 = 7 * 24 * 60 * 60;
    let mut item = item::write(&Key::signal(&message.application, message.id), 1, message)?;
    let expiry = sent_from.plus_seconds(KEPT).unix_seconds().to_string();
    item.insert("expires_at".to_owned(), AttributeValue::N(expiry));
    with_outbox_key(item, message, sent_from)
}

fn with_outbox_key(
    mut item: Attributes,
    message: &Message,
    sent_from: Instant,
) -> Result<Attributes, PlatformError> {
    let text = serde_json::to_string(message).map_err(PlatformError::corrupt)?;
    item.insert("message".to_owned(), AttributeValue::S(text));
    item.insert(
        "outbox".to_owned(),
        AttributeValue::S(keys::outbox(sent_from, message.id)),
    );
    item.insert(
        "outbox_sort".to_owned(),
        AttributeValue::S(format!("{sent_from}#{}", message.id)),
    );
    Ok(item)
}

/// An hour of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hour(Instant);

impl Hour {
    const SECONDS: i64 = 60 * 60;

    /// The hour that holds `at`.
    pub fn of(at: Instant) -> Self {
        let seconds = at.unix_seconds();
        Self(Instant::from_unix_seconds(
            seconds - seconds.rem_euclid(Self::SECONDS),
        ))
    }

    /// Its first moment.
    pub fn start(self) -> Instant {
        self.0
    }

    /// The first moment of the next.
    pub fn end(self) -> Instant {
        self.0.plus_seconds(Self::SECONDS)
    }
}

/// Up to where the outbox is known to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweptTo {
    /// What committed before this hour has been sent.
    pub hour: Instant,
}

impl Stored for SweptTo {
    const TYPE: &'static str = "outbox_mark";
    const SCHEMA: u32 = 1;
}

/// What lay in the outbox, in messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many were sent.
    pub sent: usize,
    /// How many could not be sent.
    pub failed: usize,
    /// How many could not be read.
    pub unreadable: usize,
}

/// Sends messages to their queues and takes their outbox keys away.
#[derive(Clone, Debug)]
pub struct Forwarder {
    table: Table,
    queues: Arc<Queues>,
}

impl Forwarder {
    /// A forwarder from `table` to `queues`.
    pub fn new(table: Table, queues: Arc<Queues>) -> Self {
        Self { table, queues }
    }

    /// Sends `outgoing` and returns the keys of those that could not be sent or marked as sent.
    pub async fn forward(&self, outgoing: &[Outgoing]) -> Vec<Key> {
        let mut failed: Vec<Key> = Vec::new();
        for queue in Queue::ALL {
            let wanted: Vec<&Outgoing> = outgoing
                .iter()
                .filter(|out| out.message.topic.queues().contains(&queue))
                .collect();
            let messages = wanted.iter().map(|out| &out.message);
            let unsent = self.queues.send(queue, messages).await;
            failed.extend(
                wanted
                    .iter()
                    .filter(|out| unsent.contains(&out.message.id))
                    .map(|out| out.key.clone()),
            );
        }
        let sent: Vec<&Outgoing> = outgoing
            .iter()
            .filter(|out| !failed.contains(&out.key))
            .collect();
        for some in sent.chunks(AT_ONCE) {
            join_all(some.iter().map(|out| self.mark_sent(out))).await;
        }
        failed
    }

    async fn mark_sent(&self, out: &Outgoing) {
        if let Err(error) = self.table.mark_sent(&out.key).await {
            tracing::warn!(%error, "a message was sent but not marked; the sweep will send it again");
        }
    }

    /// Up to where everything is known to be sent; none on a stage that was never swept.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn swept_to(&self) -> Result<Option<SweptTo>, PlatformError> {
        let key = Key::outbox_mark();
        let found = self.table.read([key.clone()]).await?;
        Ok(found.read::<SweptTo>(&key)?.map(|record| record.body))
    }

    /// Remembers up to where everything is known to be sent.
    ///
    /// # Errors
    /// [`CommitError`] where the table does not take it.
    pub async fn remember(&self, mark: SweptTo) -> Result<(), CommitError> {
        let stored = item::write(&Key::outbox_mark(), 1, &mark)?;
        self.table
            .commit(Transaction::new().put(&self.table, Part::State, stored, Guard::None))
            .await
    }

    /// Sends again what committed in `hour` before `before` and was not marked as sent.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where the table does not answer.
    pub async fn sweep_hour(&self, hour: Hour, before: Instant) -> Result<Found, PlatformError> {
        let mut found = Found::default();
        for shard in 0..keys::OUTBOX_SHARDS {
            let mut start = None;
            loop {
                let page = self
                    .table
                    .query(PageRequest {
                        index: Some("outbox"),
                        partition_name: "outbox",
                        partition: keys::outbox_shard(hour.start(), shard),
                        sort_name: "outbox_sort",
                        before: Some(before.to_string()),
                        limit: 100,
                        start,
                        ..PageRequest::default()
                    })
                    .await?;
                let mut outgoing = Vec::new();
                for lying in &page.items {
                    match Outgoing::read(|name| item::text(lying, name)) {
                        Some(Ok(message)) => outgoing.push(message),
                        Some(Err(error)) => {
                            let (pk, sk) = (item::text(lying, "pk"), item::text(lying, "sk"));
                            tracing::error!(%error, pk, sk, "an outbox item is unreadable");
                            found.unreadable += 1;
                        }
                        None => {}
                    }
                }
                let unsent = self.forward(&outgoing).await.len();
                found.failed += unsent;
                found.sent += outgoing.len() - unsent;
                start = page.next;
                if start.is_none() {
                    break;
                }
            }
        }
        Ok(found)
    }
}
