//! The inbox (站内消息): one message per person and event, however often the event is told.
//!
//! Messages lie in the partition of whom they are for, under the identifier of their event, which is
//! made of the time: the newest comes last. What is not read is also in `by_subject`, which holds keys
//! only. After two years a message is deleted, read or not: the case keeps what happened.

use domain::application::Recorded;
use domain::identifiers::Uscc;
use domain::ids::{ApplicationNo, EventId, OfficerId, PersonId};
use domain::instant::Instant;
use domain::item::ItemCode;
use domain::message::Message;
use domain::policy::Authority;
use serde::{Deserialize, Serialize};

use crate::accounts::Answering;
use crate::authority::{NoAuthority, Principal};
use crate::clock::real_now;
use crate::error::PlatformError;
use crate::idempotency::{Earlier, RequestIdentity};
use crate::table::item::insert_text;
use crate::table::{
    Attributes, CommitError, Guard, Key, Page, PageRequest, Part, Record, Stored, Table,
    Transaction, item, keys,
};

/// How long a message is kept, in seconds: two years.
const KEPT: i64 = 2 * 365 * 24 * 60 * 60;

/// Up to how many unread messages are counted; with as many there may be more.
pub const MOST_COUNTED: i32 = 100;

/// Whose inbox.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addressee {
    /// A person's.
    Person(PersonId),
    /// An officer's.
    Officer(OfficerId),
}

/// A message in an inbox. It names the case and nobody in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxMessage {
    /// The event it tells of.
    pub id: EventId,
    /// The event's name.
    pub event: String,
    /// The case.
    pub application: ApplicationNo,
    /// The place of the event in its chain.
    pub seq: u64,
    /// The service item.
    pub item: ItemCode,
    /// The enterprise for which the case is, in whose name it is read; none for officers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<Uscc>,
    /// When the event happened, in business time.
    pub at: Instant,
    /// What is said.
    #[serde(flatten)]
    pub message: Message,
    /// When it was read, in business time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Instant>,
}

impl Stored for InboxMessage {
    const TYPE: &'static str = "inbox_message";
    const SCHEMA: u32 = 1;
}

impl InboxMessage {
    /// What is said of `recorded`, an event of a case of `item`.
    pub fn new(recorded: &Recorded, item: ItemCode, message: Message) -> Self {
        Self {
            id: recorded.id,
            event: recorded.event.name().to_owned(),
            application: recorded.application.clone(),
            seq: recorded.seq,
            item,
            enterprise: None,
            at: recorded.at,
            message,
            read_at: None,
        }
    }

    /// The message for people of `enterprise`.
    #[must_use]
    pub fn for_people_of(mut self, enterprise: &Uscc) -> Self {
        self.enterprise = Some(enterprise.clone());
        self
    }
}

/// A message as one read found it.
#[derive(Clone, Debug)]
pub struct MessageFile {
    /// Business time at the read.
    pub now: Instant,
    /// By what right the caller acts.
    pub authority: Result<Authority, NoAuthority>,
    /// The message, if there is one.
    pub message: Option<Record<InboxMessage>>,
    /// The answer to the same request, if it was made before.
    pub earlier: Earlier,
    expires_at: u64,
}

/// The inboxes of the platform.
#[derive(Clone, Debug)]
pub struct Inbox {
    table: Table,
}

impl Inbox {
    /// The inboxes in `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// Puts each of `messages` into its inbox, all in one transaction; what is there already stays as it
    /// is, read or not. Answers how many are new.
    ///
    /// # Errors
    /// [`CommitError`] where the table does not take them; those that are missing are put there when it
    /// is done again.
    pub async fn deliver(
        &self,
        messages: &[(Addressee, InboxMessage)],
    ) -> Result<usize, CommitError> {
        if messages.is_empty() {
            return Ok(0);
        }
        match self.put(messages).await {
            Ok(()) => return Ok(messages.len()),
            // Some are there: of another delivery, when others were to be told.
            Err(CommitError::Guards(_)) => {}
            Err(error) => return Err(error),
        }
        let mut new = 0;
        for message in messages {
            match self.put(std::slice::from_ref(message)).await {
                Ok(()) => new += 1,
                Err(CommitError::Guards(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(new)
    }

    async fn put(&self, messages: &[(Addressee, InboxMessage)]) -> Result<(), CommitError> {
        let expires_at = real_now().plus_seconds(KEPT);
        let expires_at = u64::try_from(expires_at.unix_seconds()).unwrap_or(u64::MAX);
        let mut transaction = Transaction::new();
        for (addressee, message) in messages {
            let stored = message_item(addressee, message, 1, expires_at)?;
            transaction = transaction.put(&self.table, Part::Message, stored, Guard::Absent);
        }
        self.table.commit(transaction).await
    }

    /// The messages of `addressee`, newest first.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or a message cannot be read.
    pub async fn messages(
        &self,
        addressee: &Addressee,
        limit: i32,
        start: Option<Attributes>,
    ) -> Result<(Vec<InboxMessage>, Option<Attributes>), PlatformError> {
        let Page { items, next } = self
            .table
            .query(PageRequest {
                partition_name: "pk",
                partition: keys::inbox(addressee),
                sort_name: "sk",
                descending: true,
                limit,
                start,
                ..PageRequest::default()
            })
            .await?;
        Ok((living(items.iter())?, next))
    }

    /// The messages of `addressee` that were not read, newest first.
    ///
    /// # Errors
    /// As [`Inbox::messages`].
    pub async fn unread(
        &self,
        addressee: &Addressee,
        limit: i32,
        start: Option<Attributes>,
    ) -> Result<(Vec<InboxMessage>, Option<Attributes>), PlatformError> {
        let Page { items, next } = self.unread_keys(addressee, limit, start).await?;
        if items.is_empty() {
            return Ok((Vec::new(), next));
        }
        let keys: Vec<Key> = items.iter().filter_map(key_in).collect();
        let snapshot = self.table.read(keys.iter().cloned()).await?;
        let found = keys.iter().filter_map(|key| snapshot.item(key));
        let mut messages = living(found)?;
        // The index follows the table: what was just read may still be in it.
        messages.retain(|message| message.read_at.is_none());
        Ok((messages, next))
    }

    /// How many messages of `addressee` were not read, up to [`MOST_COUNTED`].
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn count_unread(&self, addressee: &Addressee) -> Result<usize, PlatformError> {
        let page = self.unread_keys(addressee, MOST_COUNTED, None).await?;
        Ok(page.items.len())
    }

    async fn unread_keys(
        &self,
        addressee: &Addressee,
        limit: i32,
        start: Option<Attributes>,
    ) -> Result<Page, PlatformError> {
        self.table
            .query(PageRequest {
                index: Some("by_subject"),
                partition_name: "subject",
                partition: keys::unread(addressee),
                sort_name: "subject_sort",
                descending: true,
                limit,
                start,
                ..PageRequest::default()
            })
            .await
    }

    /// Reads the message `id` of `addressee`, by what right `principal` acts, and whether `request` was
    /// made before, in one round trip.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or the message cannot be read.
    pub async fn message(
        &self,
        addressee: &Addressee,
        id: EventId,
        principal: &Principal,
        request: &RequestIdentity,
    ) -> Result<MessageFile, PlatformError> {
        let key = Key::message(addressee, id);
        let judging = principal.authority_keys().into_iter();
        let keys = judging.chain([key.clone(), request.record_key()]);
        let snapshot = self.table.read(keys).await?;
        let now = self.table.clock().now(&snapshot);
        let found = snapshot.item(&key).filter(|found| !has_expired(found));
        Ok(MessageFile {
            now,
            authority: principal.authority(&self.table, &snapshot, now).await?,
            message: found.map(item::read).transpose()?,
            earlier: request.earlier(&snapshot, real_now())?,
            expires_at: found
                .and_then(|found| item::number(found, "expires_at"))
                .unwrap_or(0),
        })
    }

    /// Writes that the message of `file` is as `message` says now.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where it changed in between.
    pub async fn change(
        &self,
        addressee: &Addressee,
        file: &MessageFile,
        message: &InboxMessage,
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let version = file.message.as_ref().map_or(0, |record| record.version);
        let stored = message_item(addressee, message, version + 1, file.expires_at)?;
        let mut transaction =
            Transaction::new().put(&self.table, Part::Message, stored, Guard::Version(version));
        if let Some((request, answer)) = answering {
            transaction = request.remember(transaction, &self.table, answer, real_now())?;
        }
        self.table.commit(transaction).await
    }
}

/// The messages of `found` that have not expired: time-to-live deletes late.
fn living<'f>(
    found: impl Iterator<Item = &'f Attributes>,
) -> Result<Vec<InboxMessage>, PlatformError> {
    found
        .filter(|found| !has_expired(found))
        .map(|found| Ok(item::read::<InboxMessage>(found)?.body))
        .collect()
}

fn has_expired(found: &Attributes) -> bool {
    let now = u64::try_from(real_now().unix_seconds()).unwrap_or(0);
    item::number(found, "expires_at").is_some_and(|expires_at| expires_at < now)
}

fn key_in(found: &Attributes) -> Option<Key> {
    let part = |name| item::text(found, name).map(str::to_owned);
    Some(Key {
        pk: part("pk")?,
        sk: part("sk")?,
    })
}

fn message_item(
    addressee: &Addressee,
    message: &InboxMessage,
    version: u64,
    expires_at: u64,
) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(&Key::message(addressee, message.id), version, message)?;
    if message.read_at.is_none() {
        insert_text(&mut stored, "subject", keys::unread(addressee));
        insert_text(&mut stored, "subject_sort", message.id.to_string());
    }
    stored.insert(
        "expires_at".to_owned(),
        aws_sdk_dynamodb::types::AttributeValue::N(expires_at.to_string()),
    );
    Ok(stored)
}
