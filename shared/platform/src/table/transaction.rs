//! One transaction per command: everything it changes, or nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, ConditionCheck, Delete, Put,
    ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use domain::instant::Instant;
use rand::Rng as _;

use super::Table;
use super::item::{Attributes, Stored};
use super::keys::Key;
use super::read::key_attributes;
use crate::error::PlatformError;

/// How often a transaction that met another one is tried.
const ATTEMPTS: u32 = 5;

/// Which part of a command an item of the transaction is, so that a failed guard can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The draft.
    Draft,
    /// The state of the aggregate.
    State,
    /// The sealed form.
    Form,
    /// The manifest.
    Manifest,
    /// The data key.
    DataKey,
    /// A document.
    Document,
    /// An event or its text.
    Event,
    /// Word of something beside the aggregate.
    Signal,
    /// The idempotency record.
    Idempotency,
    /// The review report.
    Report,
    /// By what a case can be found.
    Search,
    /// An audit entry.
    Audit,
    /// The mark of a case whose person asked for erasure.
    Restriction,
    /// The record of a person's erasure.
    Erasure,
    /// The counter of failed attempts at a secret.
    Attempts,
    /// Who administers the province.
    Administrators,
    /// The officer who proposed what is approved.
    Proposer,
    /// A supervision card.
    Card,
    /// Up to where the deadlines were walked.
    Cursor,
    /// An enterprise's last lapse.
    Lapse,
    /// What an enterprise was granted.
    Holding,
    /// What was taken of what an enterprise was granted.
    Drawn,
    /// A message in an inbox.
    Message,
    /// Which events of a case were counted.
    Counted,
    /// A counter.
    Counter,
    /// What an enterprise may show again.
    Wallet,
}

/// What must hold of the item before it is written.
#[derive(Clone, Copy, Debug)]
pub enum Guard {
    /// Nothing.
    None,
    /// There is none yet.
    Absent,
    /// It has this version.
    Version(u64),
    /// There is none, or the one there expired before this moment.
    AbsentOrExpired(Instant),
}

/// A guard that did not hold.
#[derive(Clone)]
pub struct GuardFailed {
    /// Of which part.
    pub part: Part,
    /// The item that was there instead.
    pub found: Option<Attributes>,
}

impl std::fmt::Debug for GuardFailed {
    /// The part only: what was found may be personal.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "GuardFailed({:?})", self.part)
    }
}

/// Why a transaction was not committed. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Guards did not hold.
    #[error("{} guards did not hold", .0.len())]
    Guards(Vec<GuardFailed>),
    /// Other transactions were on the same items at every attempt.
    #[error("other transactions were on the same items")]
    Conflict,
    /// DynamoDB could not be reached or refused.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

impl CommitError {
    /// The failed guard of `part`, if that is among the reasons.
    pub fn failed(&self, part: Part) -> Option<&GuardFailed> {
        match self {
            Self::Guards(failed) => failed.iter().find(|guard| guard.part == part),
            _ => None,
        }
    }
}

/// A change of some attributes of an item, which leaves the others as they are.
#[derive(Clone, Debug)]
pub struct Change {
    expression: Cow<'static, str>,
    condition: Option<&'static str>,
    names: HashMap<String, String>,
    values: Attributes,
}

impl Change {
    /// The update `expression` on an item that is there, with the names and values it stands on.
    pub fn new<const N: usize, const V: usize>(
        expression: &'static str,
        names: [(&str, &str); N],
        values: [(&str, AttributeValue); V],
    ) -> Self {
        let (names, values) = (owned(names), owned(values));
        Self {
            expression: Cow::Borrowed(expression),
            condition: Some("attribute_exists(pk)"),
            names,
            values,
        }
    }

    /// Adds `numbers` to the counters of an item of `T`, which is made where there is none.
    pub fn adding<T: Stored>(numbers: &BTreeMap<String, i64>) -> Self {
        let mut expression = "SET #type = :type, #schema = :schema ADD ".to_owned();
        let mut names = owned([("#type", "type"), ("#schema", "schema")]);
        let mut values = owned([
            (":type", AttributeValue::S(T::TYPE.to_owned())),
            (":schema", AttributeValue::N(T::SCHEMA.to_string())),
        ]);
        for (place, (name, number)) in numbers.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            let added = format!("{comma}#n{place} :n{place}");
            expression.push_str(&added);
            names.insert(format!("#n{place}"), name.clone());
            values.insert(format!(":n{place}"), AttributeValue::N(number.to_string()));
        }
        Self {
            expression: Cow::Owned(expression),
            condition: None,
            names,
            values,
        }
    }

    /// Adds `number` to the set of numbers `name` of an item of `T`, which is made where there is none;
    /// only if it is not in the set.
    pub fn once<T: Stored>(name: &str, number: u64) -> Self {
        let number = number.to_string();
        Self {
            expression: Cow::Borrowed("SET #type = :type, #schema = :schema ADD #set :numbers"),
            condition: Some("attribute_not_exists(#set) OR NOT contains(#set, :number)"),
            names: owned([("#type", "type"), ("#schema", "schema"), ("#set", name)]),
            values: owned([
                (":type", AttributeValue::S(T::TYPE.to_owned())),
                (":schema", AttributeValue::N(T::SCHEMA.to_string())),
                (":numbers", AttributeValue::Ns(vec![number.clone()])),
                (":number", AttributeValue::N(number)),
            ]),
        }
    }

    /// The change, on `condition`, which only an item that is there can meet.
    #[must_use]
    pub fn only_if<const N: usize, const V: usize>(
        mut self,
        condition: &'static str,
        names: [(&str, &str); N],
        values: [(&str, AttributeValue); V],
    ) -> Self {
        self.condition = Some(condition);
        self.names.extend(owned::<_, String, N>(names));
        self.values.extend(owned::<_, AttributeValue, V>(values));
        self
    }
}

fn owned<T: Into<U>, U, const N: usize>(pairs: [(&str, T); N]) -> HashMap<String, U> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

/// The writes of one command.
#[derive(Clone, Debug, Default)]
pub struct Transaction {
    parts: Vec<Part>,
    writes: Vec<TransactWriteItem>,
    fault: Option<String>,
}

/// What must hold of an item, in the words of DynamoDB.
#[derive(Clone, Debug)]
pub struct Condition {
    expression: Option<String>,
    values: Option<Attributes>,
    names: Option<HashMap<String, String>>,
}

impl Condition {
    /// The condition `expression` with the names and values it stands on, of each one at least.
    pub fn new<const N: usize, const V: usize>(
        expression: &'static str,
        names: [(&str, &str); N],
        values: [(&str, AttributeValue); V],
    ) -> Self {
        Self {
            expression: Some(expression.to_owned()),
            values: Some(owned(values)),
            names: Some(owned(names)),
        }
    }
}

impl Guard {
    /// The version under which to write what was read in `version`, and the guard that it is still as
    /// it was read; the first version and that there is none where nothing was read.
    pub fn following(version: Option<u64>) -> (u64, Self) {
        version.map_or((1, Self::Absent), |version| {
            (version + 1, Self::Version(version))
        })
    }
}

impl From<Guard> for Condition {
    fn from(guard: Guard) -> Self {
        let (expression, name, value) = match guard {
            Guard::None => {
                return Self {
                    expression: None,
                    values: None,
                    names: None,
                };
            }
            Guard::Absent => ("attribute_not_exists(pk)", None, None),
            Guard::Version(version) => (
                "#guarded = :wanted",
                Some("version"),
                Some(version.to_string()),
            ),
            Guard::AbsentOrExpired(now) => (
                "attribute_not_exists(pk) OR #guarded < :wanted",
                Some("expires_at"),
                Some(now.unix_seconds().to_string()),
            ),
        };
        Self {
            expression: Some(expression.to_owned()),
            values: value.map(|value| [(":wanted".to_owned(), AttributeValue::N(value))].into()),
            names: name.map(|name| [("#guarded".to_owned(), name.to_owned())].into()),
        }
    }
}

impl Transaction {
    /// An empty transaction.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes `item` whole.
    #[must_use]
    pub fn put(self, table: &Table, part: Part, item: Attributes, guard: Guard) -> Self {
        let Condition {
            expression,
            values,
            names,
        } = guard.into();
        let put = Put::builder()
            .table_name(&table.name)
            .set_item(Some(item))
            .set_condition_expression(expression)
            .set_expression_attribute_values(values)
            .set_expression_attribute_names(names)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.with(
            part,
            put.map(|put| TransactWriteItem::builder().put(put).build()),
        )
    }

    /// Carries out `change` on the item at `key`.
    #[must_use]
    pub fn update(self, table: &Table, part: Part, key: &Key, change: Change) -> Self {
        let update = Update::builder()
            .table_name(&table.name)
            .set_key(Some(key_attributes(key)))
            .update_expression(change.expression)
            .set_condition_expression(change.condition.map(str::to_owned))
            .set_expression_attribute_names(Some(change.names))
            .set_expression_attribute_values(Some(change.values).filter(|it| !it.is_empty()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.with(
            part,
            update.map(|update| TransactWriteItem::builder().update(update).build()),
        )
    }

    /// Removes the item at `key`.
    #[must_use]
    pub fn delete(self, table: &Table, part: Part, key: &Key, guard: Guard) -> Self {
        let Condition {
            expression,
            values,
            names,
        } = guard.into();
        let delete = Delete::builder()
            .table_name(&table.name)
            .set_key(Some(key_attributes(key)))
            .set_condition_expression(expression)
            .set_expression_attribute_values(values)
            .set_expression_attribute_names(names)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.with(
            part,
            delete.map(|delete| TransactWriteItem::builder().delete(delete).build()),
        )
    }

    /// Commits only if the item at `key` passes `guard`, which must not be [`Guard::None`].
    #[must_use]
    pub fn check(self, table: &Table, part: Part, key: &Key, guard: impl Into<Condition>) -> Self {
        let Condition {
            expression,
            values,
            names,
        } = guard.into();
        let check = ConditionCheck::builder()
            .table_name(&table.name)
            .set_key(Some(key_attributes(key)))
            .set_condition_expression(expression)
            .set_expression_attribute_values(values)
            .set_expression_attribute_names(names)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build();
        self.with(
            part,
            check.map(|check| TransactWriteItem::builder().condition_check(check).build()),
        )
    }

    fn with(
        mut self,
        part: Part,
        write: Result<TransactWriteItem, aws_sdk_dynamodb::error::BuildError>,
    ) -> Self {
        match write {
            Ok(write) => {
                self.parts.push(part);
                self.writes.push(write);
            }
            Err(error) => self.fault = Some(error.to_string()),
        }
        self
    }

    fn failed_guards(&self, reasons: &[CancellationReason]) -> Vec<GuardFailed> {
        self.parts
            .iter()
            .zip(reasons)
            .filter(|(_, reason)| reason.code() == Some("ConditionalCheckFailed"))
            .map(|(part, reason)| GuardFailed {
                part: *part,
                found: reason.item.clone().filter(|item| !item.is_empty()),
            })
            .collect()
    }
}

impl Table {
    /// Commits `transaction`, trying again with jitter while other transactions are on its items.
    ///
    /// # Errors
    /// [`CommitError`]; nothing was written then.
    pub async fn commit(&self, transaction: Transaction) -> Result<(), CommitError> {
        if let Some(fault) = &transaction.fault {
            return Err(PlatformError::corrupt(fault).into());
        }
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                let longest = 25_u64 << attempt;
                let pause = rand::rng().random_range(longest / 2..=longest);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            let sent = self
                .client()
                .transact_write_items()
                .set_transact_items(Some(transaction.writes.clone()))
                .send()
                .await;
            let Err(error) = sent else { return Ok(()) };
            let reasons = match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    cancelled.cancellation_reasons().to_vec()
                }
                _ => return Err(PlatformError::unavailable("DynamoDB", error).into()),
            };
            let failed = transaction.failed_guards(&reasons);
            if !failed.is_empty() {
                return Err(CommitError::Guards(failed));
            }
            if !reasons
                .iter()
                .any(|reason| reason.code() == Some("TransactionConflict"))
            {
                return Err(PlatformError::unavailable("DynamoDB", error).into());
            }
        }
        Err(CommitError::Conflict)
    }

    /// Removes the outbox key of the item at `key`: what it says has been sent.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where DynamoDB does not answer.
    pub async fn mark_sent(&self, key: &Key) -> Result<(), PlatformError> {
        let marked = self
            .client()
            .update_item()
            .table_name(&self.name)
            .set_key(Some(key_attributes(key)))
            .update_expression("REMOVE outbox, outbox_sort")
            .condition_expression("attribute_exists(pk)")
            .send()
            .await;
        match marked {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().is_some_and(
                    aws_sdk_dynamodb::operation::update_item::UpdateItemError::is_conditional_check_failed_exception,
                ) =>
            {
                Ok(())
            }
            Err(error) => Err(PlatformError::unavailable("DynamoDB", error)),
        }
    }
}
