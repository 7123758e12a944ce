//! Committing: each command of the platform is one transaction.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::{Application, Recorded, RowReasons};
use domain::document::Document;
use domain::draft::Draft;
use domain::ids::{ApplicationNo, EventId, PersonId};
use domain::instant::Instant;
use domain::manifest::{Manifest, PaperState};
use domain::notice::Notice;
use domain::reuse::WalletEntry;
use serde_json::Value;

use super::Cases;
use super::load::Case;
use super::search::{MOST_SEARCH_ITEMS, search_item};
use super::stored::{
    EventRows, EventText, SealedForm, data_key_item, draft_item, expire, form_place, rows_place,
    state_item, text_place,
};
use super::wallet::wallet_item;
use crate::clock::real_now;
use crate::drawn;
use crate::error::PlatformError;
use crate::holdings;
use crate::idempotency::{Answer, RequestIdentity};
use crate::outbox::{Message, Topic, event_item, signal_item};
use crate::table::{Change, CommitError, Guard, Key, Part, Record, Transaction, item};
use crate::vault::{DataKey, Sealed, SearchHash, WrappedKey};

/// The request a commit answers, so that its repeat gets the same answer.
pub(super) type Answering<'a> = Option<(&'a RequestIdentity, &'a Answer)>;

/// A change of a draft.
#[derive(Debug)]
pub struct DraftChange<'a> {
    /// The draft as it was read.
    pub before: &'a Record<Draft>,
    /// The draft as it is to be.
    pub after: &'a Draft,
    /// The version of the form that was read.
    pub form_version: u64,
    /// The new form, sealed.
    pub form: Sealed,
}

/// A text to be stored with an event.
#[derive(Debug)]
pub struct NewText {
    /// The place of the event in the chain.
    pub seq: u64,
    /// The sealed text.
    pub sealed: Sealed,
}

/// The reasons of the rows that an event refuses, to be stored with it.
#[derive(Debug)]
pub struct NewRows {
    /// The place of the event in the chain.
    pub seq: u64,
    /// The sealed reasons.
    pub sealed: Sealed,
}

/// The submission of a draft.
#[derive(Debug)]
pub struct Submission<'a> {
    /// The case as it was read, draft and all.
    pub case: &'a Case,
    /// The application it becomes.
    pub application: &'a Application,
    /// Its first events.
    pub events: &'a [Recorded],
    /// By what it can be found, each once; the first [`MOST_SEARCH_ITEMS`] of them count.
    pub found_by: &'a [SearchHash],
}

impl Submission<'_> {
    /// Business time: when its last event happened.
    fn now(&self) -> Instant {
        self.events.last().map_or(self.case.now, |last| last.at)
    }
}

/// What a command on an application did.
#[derive(Debug)]
pub struct Recording<'a> {
    /// The version of the state that was read.
    pub before: u64,
    /// The state that results.
    pub after: &'a Application,
    /// The new events.
    pub events: &'a [Recorded],
    /// What was written with them.
    pub texts: Vec<NewText>,
    /// Why rows are refused, where some are.
    pub rows: Option<NewRows>,
    /// The version of the manifest the command relied on, where it did.
    pub manifest: Option<u64>,
    /// The form that takes the place of the one there is.
    pub form: Option<NewForm>,
    /// The notices that the events issue.
    pub notices: Vec<Notice>,
    /// A notice that was handed over on paper, as it was read.
    pub served: Option<Record<Notice>>,
    /// What the events leave to be shown again by the enterprise.
    pub kept: Vec<WalletEntry>,
    /// How often was drawn on what the case draws on, where the command relied on what was left.
    pub drawn: Option<u64>,
}

/// A form that takes the place of an earlier one, which is kept beside it.
#[derive(Debug)]
pub struct NewForm {
    /// The new form.
    pub sealed: Sealed,
    /// The form as it was read.
    pub before: Record<SealedForm>,
    /// Who filed the case, by whom an erasure finds it.
    pub subject: PersonId,
    /// By what the case can be found no more.
    pub lost: Vec<SearchHash>,
    /// By what it can be found now and could not before.
    pub gained: Vec<SearchHash>,
}

/// On what an announcement of a document rests.
#[derive(Clone, Copy, Debug)]
pub enum Anchor<'a> {
    /// The draft.
    Draft(&'a Record<Draft>),
    /// The application that still takes papers.
    Application(&'a Record<Application>),
}

impl<V> Cases<V> {
    /// Opens `draft` with `form`, protected by `key`.
    ///
    /// # Errors
    /// [`CommitError`].
    pub async fn open_draft(
        &self,
        draft: &Draft,
        form: &Value,
        (key, wrapped): (&DataKey, &WrappedKey),
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let expires_at = draft.expires_at();
        let number = &draft.number;
        let sealed = seal_form(number, key, form)?;
        let mut form_item = item::write(&Key::form(number), 1, &SealedForm { sealed })?;
        let mut manifest = item::write(&Key::manifest(number), 1, &Manifest::default())?;
        let mut key_item = data_key_item(number, wrapped, 1)?;
        for stored in [&mut form_item, &mut manifest, &mut key_item] {
            expire(stored, expires_at);
        }
        let transaction = Transaction::new()
            .put(
                &self.table,
                Part::Draft,
                draft_item(draft, 1, expires_at)?,
                Guard::Absent,
            )
            .put(&self.table, Part::Form, form_item, Guard::Absent)
            .put(&self.table, Part::Manifest, manifest, Guard::Absent)
            .put(&self.table, Part::DataKey, key_item, Guard::Absent);
        self.table
            .commit(self.answered(transaction, answering)?)
            .await
    }

    /// Carries out `change`.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the draft was changed or submitted in between.
    pub async fn change_draft(&self, change: DraftChange<'_>) -> Result<(), CommitError> {
        let expires_at = change.after.expires_at();
        let version = change.before.version + 1;
        let form = SealedForm {
            sealed: change.form,
        };
        let mut form_item = item::write(
            &Key::form(&change.after.number),
            change.form_version + 1,
            &form,
        )?;
        expire(&mut form_item, expires_at);
        let transaction = Transaction::new()
            .put(
                &self.table,
                Part::Draft,
                draft_item(change.after, version, expires_at)?,
                Guard::Version(change.before.version),
            )
            .put(
                &self.table,
                Part::Form,
                form_item,
                Guard::Version(change.form_version),
            );
        self.table.commit(transaction).await
    }

    /// Forgets the draft of `case` with all that belongs to it, its data key included. What lies in
    /// object storage expires there.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where draft or papers changed in between, or it was submitted.
    pub async fn discard_draft(&self, case: &Case) -> Result<(), CommitError> {
        if case.draft.is_none() || case.manifest.is_none() {
            return Err(PlatformError::corrupt("a draft is not whole").into());
        }
        self.table.commit(self.discarding(case)).await
    }

    /// The transaction that forgets the draft of `case`, or what an expired one has left.
    pub(crate) fn discarding(&self, case: &Case) -> Transaction {
        let (number, table) = (&case.number, &self.table);
        let as_read = |version: Option<u64>| version.map_or(Guard::None, Guard::Version);
        let draft = as_read(case.draft.as_ref().map(|draft| draft.version));
        let manifest = as_read(case.manifest.as_ref().map(|manifest| manifest.version));
        let key = as_read(case.key.as_ref().map(|key| key.version));
        let mut transaction = Transaction::new()
            .delete(table, Part::Draft, &Key::draft(number), draft)
            .delete(table, Part::Manifest, &Key::manifest(number), manifest)
            .delete(table, Part::Form, &Key::form(number), Guard::None)
            .delete(table, Part::DataKey, &Key::data_key(number), key);
        for document in case.papers() {
            let document = Key::document(number, document);
            transaction = transaction.delete(table, Part::Document, &document, Guard::None);
        }
        transaction
    }

    /// Announces `document`, which takes its material's place in the manifest. One that is clean, because it
    /// was examined in an earlier case, the review is told of at once.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the draft was changed or submitted, or the application changed, in
    /// between.
    pub async fn announce(
        &self,
        document: &Document,
        anchor: Anchor<'_>,
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let number = &document.application;
        let mut announced = item::write(&Key::document(number, document.id), 1, document)?;
        if let Anchor::Draft(draft) = anchor {
            expire(&mut announced, draft.body.expires_at());
        }
        let mut transaction = self.anchored(number, anchor);
        if document.state == PaperState::Clean && matches!(anchor, Anchor::Application(_)) {
            transaction = self.telling_the_review(transaction, number, EventId(document.id.0))?;
        }
        let transaction = transaction
            .put(&self.table, Part::Document, announced, Guard::Absent)
            .update(
                &self.table,
                Part::Manifest,
                &Key::manifest(number),
                entry_of(document)?,
            );
        self.table
            .commit(self.answered(transaction, answering)?)
            .await
    }

    /// Has a certificate stand for a material of the case `number`, whose papers become `after`; `signal` is
    /// what word of it is known by, where the review is to be told.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the draft or application, or its papers, changed in between.
    pub async fn name_certificate(
        &self,
        number: &ApplicationNo,
        (before, after): (&Record<Manifest>, &Manifest),
        (anchor, signal): (Anchor<'_>, EventId),
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let mut manifest = item::write(&Key::manifest(number), before.version + 1, after)?;
        let mut transaction = self.anchored(number, anchor);
        match anchor {
            Anchor::Draft(draft) => expire(&mut manifest, draft.body.expires_at()),
            Anchor::Application(_) => {
                transaction = self.telling_the_review(transaction, number, signal)?;
            }
        }
        let unchanged = Guard::Version(before.version);
        let transaction = transaction.put(&self.table, Part::Manifest, manifest, unchanged);
        self.table
            .commit(self.answered(transaction, answering)?)
            .await
    }

    /// A transaction that is committed only where the draft or application is as it was read.
    fn anchored(&self, number: &ApplicationNo, anchor: Anchor<'_>) -> Transaction {
        let (part, key, version) = match anchor {
            Anchor::Draft(draft) => (Part::Draft, Key::draft(number), draft.version),
            Anchor::Application(state) => (Part::State, Key::state(number), state.version),
        };
        Transaction::new().check(&self.table, part, &key, Guard::Version(version))
    }

    /// `transaction` with word to the review that a paper of the submitted case `number` is settled.
    fn telling_the_review(
        &self,
        transaction: Transaction,
        number: &ApplicationNo,
        signal: EventId,
    ) -> Result<Transaction, PlatformError> {
        let message = Message {
            id: signal,
            topic: Topic::DocumentSettled,
            application: number.clone(),
            seq: None,
        };
        let signal = signal_item(&message, real_now())?;
        Ok(transaction.put(&self.table, Part::Signal, signal, Guard::Absent))
    }

    /// Settles the document of `case` after its examination, and tells the review where the case has
    /// been submitted.
    ///
    /// The papers of a case are examined at once, so that each changes only its own entry of the
    /// manifest and none waits for another.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the document was settled or replaced, or the case submitted, in
    /// between.
    pub async fn settle(
        &self,
        case: &Case,
        settled: &Document,
        signal: EventId,
    ) -> Result<(), CommitError> {
        let mut transaction = self.examined(case, settled)?;
        if case.state.is_some() && names(case, settled)? {
            transaction = self.telling_the_review(transaction, &case.number, signal)?;
        }
        self.table.commit(transaction).await
    }

    /// Records that a document of `case` has arrived and that its examination is delayed. The review is
    /// not told: there is nothing new for it.
    ///
    /// # Errors
    /// [`CommitError::Guards`] as for [`Self::settle`].
    pub async fn receive(&self, case: &Case, received: &Document) -> Result<(), CommitError> {
        let transaction = self.examined(case, received)?;
        self.table.commit(transaction).await
    }

    /// Writes what the examination made of `examined` to the document and to its entry of the manifest.
    fn examined(&self, case: &Case, examined: &Document) -> Result<Transaction, PlatformError> {
        let table = &self.table;
        let before = case.document.as_ref().map_or(0, |record| record.version);
        let number = &case.number;
        let mut document = item::write(&Key::document(number, examined.id), before + 1, examined)?;
        if let Some(draft) = &case.draft {
            expire(&mut document, draft.body.expires_at());
        }
        let unchanged = Guard::Version(before);
        let mut transaction = Transaction::new().put(table, Part::Document, document, unchanged);
        if names(case, examined)? {
            let entry = entry_of(examined)?.only_if(
                "#body.#papers.#material.#document = :document",
                [("#document", "document")],
                [(":document", AttributeValue::S(examined.id.to_string()))],
            );
            transaction = transaction.update(table, Part::Manifest, &Key::manifest(number), entry);
            if case.state.is_none() {
                // Submitted in between, the review would have to be told.
                let draft = Key::state(number);
                transaction = transaction.check(table, Part::State, &draft, Guard::Absent);
            }
        }
        Ok(transaction)
    }

    /// Turns a draft into an application. What belongs to it loses its expiry: from now on it is kept.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where draft or papers changed in between, or it was submitted before.
    pub async fn submit(
        &self,
        submission: Submission<'_>,
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let case = submission.case;
        let (Some(draft), Some(form), Some(manifest), Some(key)) =
            (&case.draft, &case.form, &case.manifest, &case.key)
        else {
            return Err(PlatformError::corrupt("a draft is not whole").into());
        };
        let number = &case.number;
        let table = &self.table;
        let mut transaction = Transaction::new()
            .delete(
                table,
                Part::Draft,
                &Key::draft(number),
                Guard::Version(draft.version),
            )
            .put(
                table,
                Part::State,
                state_item(submission.application, submission.now())?,
                Guard::Absent,
            )
            .put(
                table,
                Part::Form,
                item::write(&Key::form(number), form.version + 1, &form.body)?,
                Guard::Version(form.version),
            )
            .put(
                table,
                Part::Manifest,
                item::write(&Key::manifest(number), manifest.version + 1, &manifest.body)?,
                Guard::Version(manifest.version),
            )
            .put(
                table,
                Part::DataKey,
                data_key_item(number, &key.body, key.version + 1)?,
                Guard::Version(key.version),
            );
        for paper in manifest.body.papers.values() {
            let document = Key::document(number, paper.document);
            let kept = Change::new("REMOVE #expires_at", [("#expires_at", "expires_at")], []);
            transaction = transaction.update(table, Part::Document, &document, kept);
        }
        if submission.found_by.len() > MOST_SEARCH_ITEMS {
            let left_out = submission.found_by.len() - MOST_SEARCH_ITEMS;
            tracing::warn!(%number, left_out, "a case cannot be found by all identifiers in its form");
        }
        for hash in submission.found_by.iter().take(MOST_SEARCH_ITEMS) {
            let found = search_item(hash, submission.application, &key.body.subject)?;
            transaction = transaction.put(table, Part::Search, found, Guard::Absent);
        }
        for recorded in submission.events {
            let event = event_item(recorded, real_now())?;
            transaction = transaction.put(table, Part::Event, event, Guard::Absent);
        }
        table.commit(self.answered(transaction, answering)?).await
    }

    /// Writes what a command did.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the state, or the papers relied on, changed in between.
    pub async fn record(
        &self,
        recording: Recording<'_>,
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let number = &recording.after.number;
        let table = &self.table;
        let mut transaction = Transaction::new();
        let unchanged = Guard::Version(recording.before);
        transaction = match recording.events.last() {
            None => transaction.check(table, Part::State, &Key::state(number), unchanged),
            Some(last) => {
                let state = state_item(recording.after, last.at)?;
                transaction.put(table, Part::State, state, unchanged)
            }
        };
        if let Some(version) = recording.manifest {
            let relied_on = Guard::Version(version);
            transaction =
                transaction.check(table, Part::Manifest, &Key::manifest(number), relied_on);
        }
        for recorded in recording.events {
            let event = event_item(recorded, real_now())?;
            transaction = transaction.put(table, Part::Event, event, Guard::Absent);
        }
        for text in recording.texts {
            let stored = item::write(
                &Key::event_text(number, text.seq),
                1,
                &EventText {
                    sealed: text.sealed,
                },
            )?;
            transaction = transaction.put(table, Part::Event, stored, Guard::Absent);
        }
        if let Some(rows) = recording.rows {
            let place = Key::event_rows(number, rows.seq);
            let sealed = rows.sealed;
            let stored = item::write(&place, 1, &EventRows { sealed })?;
            transaction = transaction.put(table, Part::Event, stored, Guard::Absent);
        }
        for notice in &recording.notices {
            let stored = item::write(&Key::notice(&notice.number), 1, notice)?;
            transaction = transaction.put(table, Part::Event, stored, Guard::Absent);
        }
        if let Some(notice) = &recording.served {
            let at = recording.events.last().map(|last| last.at);
            let served = Notice {
                served_at: notice.body.served_at.or(at),
                ..notice.body.clone()
            };
            let stored = item::write(&Key::notice(&served.number), notice.version + 1, &served)?;
            let unchanged = Guard::Version(notice.version);
            transaction = transaction.put(table, Part::Event, stored, unchanged);
        }
        for entry in &recording.kept {
            let stored = wallet_item(&recording.after.enterprise, entry)?;
            transaction = transaction.put(table, Part::Wallet, stored, Guard::None);
        }
        let (after, events) = (recording.after, recording.events);
        transaction = holdings::recorded(transaction, table, after, events)?;
        transaction = drawn::recorded(transaction, table, after, events, recording.drawn);
        if let Some(form) = &recording.form {
            transaction = self.replacing_form(transaction, recording.after, form)?;
        }
        table.commit(self.answered(transaction, answering)?).await
    }

    /// Puts `form` in the place of the one before, which is kept under the event that replaced it.
    fn replacing_form(
        &self,
        transaction: Transaction,
        application: &Application,
        form: &NewForm,
    ) -> Result<Transaction, PlatformError> {
        let number = &application.number;
        let table = &self.table;
        let place = Key::replaced_form(number, application.version);
        let replaced = item::write(&place, 1, &form.before.body)?;
        let new = SealedForm {
            sealed: form.sealed.clone(),
        };
        let new = item::write(&Key::form(number), form.before.version + 1, &new)?;
        let mut transaction = transaction
            .put(table, Part::Form, replaced, Guard::Absent)
            .put(table, Part::Form, new, Guard::Version(form.before.version));
        for hash in form.lost.iter().take(MOST_SEARCH_ITEMS) {
            let key = Key::search(hash, number);
            transaction = transaction.delete(table, Part::Search, &key, Guard::None);
        }
        for hash in form.gained.iter().take(MOST_SEARCH_ITEMS) {
            let found = search_item(hash, application, &form.subject)?;
            transaction = transaction.put(table, Part::Search, found, Guard::None);
        }
        Ok(transaction)
    }

    fn answered(
        &self,
        transaction: Transaction,
        answering: Answering<'_>,
    ) -> Result<Transaction, PlatformError> {
        match answering {
            Some((request, answer)) => {
                request.remember(transaction, &self.table, answer, real_now())
            }
            None => Ok(transaction),
        }
    }
}

/// The form sealed for its place.
///
/// # Errors
/// [`PlatformError::Corrupt`] where it cannot be sealed.
pub(crate) fn seal_form(
    number: &ApplicationNo,
    key: &DataKey,
    form: &Value,
) -> Result<Sealed, PlatformError> {
    key.seal(form_place(&Key::form(number)), form.to_string().as_bytes())
}

impl Case {
    /// `form` sealed for this case under `key`.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it cannot be sealed.
    pub fn seal_form(&self, key: &DataKey, form: &Value) -> Result<Sealed, PlatformError> {
        seal_form(&self.number, key, form)
    }

    /// `text` sealed under `key` for the event that comes next.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it cannot be sealed.
    pub fn seal_next_text(&self, key: &DataKey, text: &str) -> Result<NewText, PlatformError> {
        self.seal_text(key, self.next_seq(), text)
    }

    /// The `reasons` of the rows that the event that comes next refuses, sealed under `key`.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where they cannot be sealed.
    pub fn seal_next_rows(
        &self,
        key: &DataKey,
        reasons: &[RowReasons],
    ) -> Result<NewRows, PlatformError> {
        let seq = self.next_seq();
        let place = Key::event_rows(&self.number, seq);
        let plain = serde_json::to_vec(reasons).map_err(PlatformError::corrupt)?;
        Ok(NewRows {
            seq,
            sealed: key.seal(rows_place(&place), &plain)?,
        })
    }

    fn next_seq(&self) -> u64 {
        let state = self.state.as_ref();
        state.map_or(1, |state| state.body.version + 1)
    }

    /// `text` sealed under `key` for the event at `seq`.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it cannot be sealed.
    pub fn seal_text(&self, key: &DataKey, seq: u64, text: &str) -> Result<NewText, PlatformError> {
        let place = Key::event_text(&self.number, seq);
        Ok(NewText {
            seq,
            sealed: key.seal(text_place(&place), text.as_bytes())?,
        })
    }
}

/// Whether the manifest of `case` names `document`, and not another that took its place.
fn names(case: &Case, document: &Document) -> Result<bool, PlatformError> {
    let manifest = case.manifest.as_ref();
    let manifest = manifest.ok_or_else(|| PlatformError::corrupt("no manifest"))?;
    Ok(manifest.body.names(document.id))
}

/// The change that puts `document` into the manifest, or changes it there.
fn entry_of(document: &Document) -> Result<Change, PlatformError> {
    let paper =
        serde_dynamo::to_attribute_value(document.as_paper()).map_err(PlatformError::corrupt)?;
    Ok(Change::new(
        "SET #body.#papers.#material = :paper ADD #version :one",
        [
            ("#body", "body"),
            ("#papers", "papers"),
            ("#material", document.material.as_str()),
            ("#version", "version"),
        ],
        [
            (":paper", paper),
            (":one", AttributeValue::N("1".to_owned())),
        ],
    ))
}
