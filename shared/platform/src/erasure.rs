//! Erasure of a person: what they filed is erased where nothing asks for it to be kept, and restricted
//! elsewhere (Personal Information Protection Law, art. 47). Enterprises forget them, unless the register
//! names them.
//!
//! A case is erased by deleting its data key: form and texts stay where they are and open no more, and
//! the events, which hold digests only, still chain and replay. Its papers and all that it can be
//! found by are deleted with it. Each case is one transaction with the person's record, so that an
//! erasure that stops in the middle goes on where it stopped, and one that is asked for again does
//! nothing.

mod accounts;

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::Recorded;
use domain::chain::Digest;
use domain::ids::{ApplicationNo, PersonId};
use domain::instant::Instant;
use domain::retention::{Fate, RECOVERABLE_DAYS, fate};
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};

use crate::accounts::Accounts;
use crate::cases::{Case, Cases, NoVault, Restriction, Wanted};
use crate::documents::Documents;
use crate::error::PlatformError;
use crate::table::{
    Change, CommitError, Guard, Key, PageRequest, Part, Stored, Table, Transaction, item, keys,
};

/// How many cases one run erases or restricts at the most, which its time limit allows with ease.
/// Looking at a case costs a read and is not counted.
pub const MOST_AT_ONCE: usize = 100;

const DAY: i64 = 24 * 60 * 60;

/// How far the erasure of a person is. It names them by a digest only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureRecord {
    /// When it was first asked for.
    pub requested_at: Instant,
    /// Cases and drafts erased so far.
    pub erased: u64,
    /// Cases that must be kept and are restricted.
    pub restricted: u64,
    /// When what is erased so far cannot be recovered any more.
    pub complete_after: Instant,
}

impl Stored for ErasureRecord {
    const TYPE: &'static str = "erasure";
    const SCHEMA: u32 = 1;
}

/// What one run did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Cases and drafts erased by this run.
    pub erased: usize,
    /// Cases restricted by this run.
    pub restricted: usize,
    /// Cases that could not be read; the log names them.
    pub failed: usize,
    /// Enterprises at which this run ended and deleted what named the person: mandates, claims and
    /// invitations.
    pub enterprises: usize,
    /// Enterprises that the register says the person represents, where they stay.
    pub represented: usize,
    /// Whether there is more to do at once: more than one run does, or cases that changed meanwhile.
    pub more: bool,
    /// When the first of the restricted cases may be erased; none where there is none, or all go on.
    pub ask_again_at: Option<Instant>,
    /// How far it is altogether.
    pub record: ErasureRecord,
}

/// What became of a case in one run.
enum Outcome {
    /// It was erased.
    Erased,
    /// It must be kept until then, and was restricted by this run where `newly`.
    Restricted { newly: bool, until: Option<Instant> },
    /// There is nothing of it left to erase.
    Nothing,
    /// It changed meanwhile.
    Changed,
}

/// The items that one case is to be found by.
type SearchItems = Vec<Key>;

/// Erases persons.
#[derive(Debug)]
pub struct Erasure {
    cases: Cases<NoVault>,
    accounts: Accounts,
    documents: Documents,
}

impl Erasure {
    /// Erasure in `table` and of `documents`.
    pub fn new(table: Table, documents: Documents) -> Self {
        Self {
            accounts: Accounts::new(table.clone()),
            cases: Cases::sealed(table),
            documents,
        }
    }

    /// Erases what `person` filed, at `now`, which is business time, and has enterprises forget them:
    /// those they acted for, and those with an open invitation for one of `invitees`, the hashes they
    /// are known by.
    ///
    /// # Errors
    /// [`CommitError`] where AWS does not answer. What was done is done; the next run does the rest.
    pub async fn erase(
        &self,
        person: &PersonId,
        invitees: &[String],
        now: Instant,
    ) -> Result<Erased, CommitError> {
        let record = record_key(person);
        self.open_record(&record, now).await?;

        let (mut erased, mut restricted, mut failed, mut more) = (0, 0, 0, false);
        let mut ask_again_at: Option<Instant> = None;
        let mut waiting: BTreeMap<ApplicationNo, SearchItems> = BTreeMap::new();
        let mut enterprises = BTreeSet::new();
        let mut start = None;
        'pages: loop {
            let page = self
                .table()
                .query(PageRequest {
                    index: Some("by_subject"),
                    partition_name: "subject",
                    partition: keys::subject(person),
                    sort_name: "subject_sort",
                    limit: 100,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            start = page.next;
            for found in &page.items {
                let (Some(pk), Some(sk)) = (item::text(found, "pk"), item::text(found, "sk"))
                else {
                    continue;
                };
                if let Some(number) = keys::case_of(pk) {
                    waiting.entry(number).or_default();
                } else if let Some(number) = keys::case_of(sk) {
                    let key = Key {
                        pk: pk.to_owned(),
                        sk: sk.to_owned(),
                    };
                    waiting.entry(number).or_default().push(key);
                } else {
                    enterprises.extend(keys::enterprise_of(pk));
                }
            }
            // The last case of a page may go on in the next one.
            let unfinished = start.is_some().then(|| waiting.pop_last()).flatten();
            for (number, searches) in std::mem::take(&mut waiting) {
                if erased + restricted >= MOST_AT_ONCE {
                    more = true;
                    break 'pages;
                }
                match self.settle(&number, &searches, &record, now).await {
                    Ok(Outcome::Erased) => erased += 1,
                    Ok(Outcome::Restricted { newly, until }) => {
                        restricted += usize::from(newly);
                        ask_again_at = [ask_again_at, until].into_iter().flatten().min();
                    }
                    Ok(Outcome::Nothing) => {}
                    Ok(Outcome::Changed) => more = true,
                    // One case that cannot be read must not keep the others from being erased.
                    Err(CommitError::Platform(error @ PlatformError::Corrupt(_))) => {
                        tracing::error!(%number, %error, "a case cannot be erased");
                        failed += 1;
                    }
                    Err(error) => return Err(error),
                }
            }
            waiting.extend(unfinished);
            if start.is_none() {
                break;
            }
        }
        let forgotten = self
            .forget(person, enterprises, invitees, &record, now)
            .await?;
        let record = self.record_of(person).await?;
        Ok(Erased {
            erased,
            restricted,
            failed,
            enterprises: forgotten.enterprises,
            represented: forgotten.kept,
            more: more || forgotten.more,
            ask_again_at,
            record: record
                .ok_or_else(|| PlatformError::corrupt("the record of an erasure vanished"))?,
        })
    }

    /// How far the erasure of `person` is; none where it was never asked for.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn record_of(
        &self,
        person: &PersonId,
    ) -> Result<Option<ErasureRecord>, PlatformError> {
        let key = record_key(person);
        let found = self.table().read([key.clone()]).await?;
        Ok(found.read::<ErasureRecord>(&key)?.map(|record| record.body))
    }

    fn table(&self) -> &Table {
        self.cases.table()
    }

    async fn open_record(&self, key: &Key, now: Instant) -> Result<(), CommitError> {
        let record = ErasureRecord {
            requested_at: now,
            erased: 0,
            restricted: 0,
            complete_after: now.plus_seconds(RECOVERABLE_DAYS * DAY),
        };
        let stored = item::write(key, 1, &record)?;
        let put = Transaction::new().put(self.table(), Part::Erasure, stored, Guard::Absent);
        match self.table().commit(put).await {
            // It was asked for before.
            Err(CommitError::Guards(_)) => Ok(()),
            opened => opened,
        }
    }

    /// Erases or restricts one case.
    async fn settle(
        &self,
        number: &ApplicationNo,
        searches: &SearchItems,
        record: &Key,
        now: Instant,
    ) -> Result<Outcome, CommitError> {
        let case = self.cases.load(number, Wanted::default()).await?;
        let Some(key) = &case.key else {
            return Ok(Outcome::Nothing);
        };
        let Some(state) = &case.state else {
            return self.forget_draft(&case, record, now).await;
        };
        let ended = if state.body.stage.is_final() {
            state.body.ended_at(self.last_event(&case).await?)
        } else {
            None
        };
        match fate(ended, now) {
            Fate::Restricted { until } => {
                let newly = case.restriction.is_none();
                let done = if newly {
                    self.restrict(number, record, now).await
                } else {
                    Ok(())
                };
                unless_changed(done, Outcome::Restricted { newly, until })
            }
            Fate::Erased => {
                self.erase_papers(&case).await?;
                let table = self.table();
                let mut transaction = Transaction::new()
                    .check(
                        table,
                        Part::State,
                        &Key::state(number),
                        Guard::Version(state.version),
                    )
                    .delete(
                        table,
                        Part::DataKey,
                        &Key::data_key(number),
                        Guard::Version(key.version),
                    );
                for search in searches {
                    transaction = transaction.delete(table, Part::Search, search, Guard::None);
                }
                let earlier = case.restriction.as_ref();
                let mark = Restriction {
                    since: earlier.map_or(now, |mark| mark.body.since),
                    erased_at: Some(now),
                };
                let version = earlier.map_or(0, |mark| mark.version);
                let guard = earlier.map_or(Guard::Absent, |mark| Guard::Version(mark.version));
                let mark = item::write(&Key::restriction(number), version + 1, &mark)?;
                let counted = one_more_erased(u64::from(earlier.is_some()), now);
                let transaction = transaction
                    .put(table, Part::Restriction, mark, guard)
                    .update(table, Part::Erasure, record, counted);
                unless_changed(table.commit(transaction).await, Outcome::Erased)
            }
        }
    }

    /// Erases what was never submitted. Its papers come last: until it is forgotten it could be
    /// submitted with them. Where they stay behind, they expire like those of any draft.
    async fn forget_draft(
        &self,
        case: &Case,
        record: &Key,
        now: Instant,
    ) -> Result<Outcome, CommitError> {
        let table = self.table();
        let forgotten = self
            .cases
            .discarding(case)
            .check(table, Part::State, &Key::state(&case.number), Guard::Absent)
            .update(table, Part::Erasure, record, one_more_erased(0, now));
        let outcome = unless_changed(table.commit(forgotten).await, Outcome::Erased)?;
        if matches!(outcome, Outcome::Erased) {
            self.erase_papers(case).await?;
        }
        Ok(outcome)
    }

    async fn erase_papers(&self, case: &Case) -> Result<(), PlatformError> {
        let number = &case.number;
        let papers = case.papers();
        try_join_all(papers.map(|document| self.documents.erase(number, document))).await?;
        Ok(())
    }

    async fn restrict(
        &self,
        number: &ApplicationNo,
        record: &Key,
        now: Instant,
    ) -> Result<(), CommitError> {
        let mark = Restriction {
            since: now,
            erased_at: None,
        };
        let mark = item::write(&Key::restriction(number), 1, &mark)?;
        let one_more = Change::new(
            "SET #body.#restricted = #body.#restricted + :one ADD #version :one",
            [
                ("#body", "body"),
                ("#restricted", "restricted"),
                ("#version", "version"),
            ],
            [(":one", number_value(1))],
        );
        let transaction = Transaction::new()
            .put(self.table(), Part::Restriction, mark, Guard::Absent)
            .update(self.table(), Part::Erasure, record, one_more);
        self.table().commit(transaction).await
    }

    /// When the last event of the submitted `case` happened.
    async fn last_event(&self, case: &Case) -> Result<Instant, PlatformError> {
        let last = case.state.as_ref().map_or(0, |state| state.body.version);
        let key = Key::event(&case.number, last);
        let found = self.table().read([key.clone()]).await?;
        let event = found.read::<Recorded>(&key)?;
        let event = event.ok_or_else(|| PlatformError::corrupt("the last event is missing"))?;
        Ok(event.body.at)
    }
}

/// Where the record of `person` lies. Their identifier is a pseudonym, which nobody can guess from its
/// digest.
fn record_key(person: &PersonId) -> Key {
    Key::erasure(&Digest::of(person.as_str().as_bytes()))
}

/// The change of a person's record for one more case erased at `now`, of which `were_restricted` (0 or
/// 1) were counted as restricted.
fn one_more_erased(were_restricted: u64, now: Instant) -> Change {
    let complete_after = now.plus_seconds(RECOVERABLE_DAYS * DAY).to_string();
    Change::new(
        "SET #body.#erased = #body.#erased + :one, \
         #body.#restricted = #body.#restricted - :restricted, \
         #body.#complete_after = :complete_after ADD #version :one",
        [
            ("#body", "body"),
            ("#erased", "erased"),
            ("#restricted", "restricted"),
            ("#complete_after", "complete_after"),
            ("#version", "version"),
        ],
        [
            (":one", number_value(1)),
            (":restricted", number_value(were_restricted)),
            (":complete_after", AttributeValue::S(complete_after)),
        ],
    )
}

fn number_value(number: u64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// `outcome`, or that the case changed after it was read: the next run sees it as it is then.
fn unless_changed(
    committed: Result<(), CommitError>,
    outcome: Outcome,
) -> Result<Outcome, CommitError> {
    match committed {
        Ok(()) => Ok(outcome),
        Err(CommitError::Guards(_)) => Ok(Outcome::Changed),
        Err(error) => Err(error),
    }
}
