//! Loading a case: everything a request needs, in one consistent read.

use domain::application::{Application, Recorded, RowReasons};
use domain::document::Document;
use domain::draft::Draft;
use domain::identifiers::Uscc;
use domain::ids::{ApplicationNo, DocumentId, OfficerId};
use domain::instant::Instant;
use domain::lapse::Lapse;
use domain::manifest::Manifest;
use domain::notice::{Notice, NoticeNo};
use domain::officer::Officer;
use domain::policy::Authority;
use domain::review::Report;
use serde_json::Value;

use super::Cases;
use super::stored::{
    EventRows, EventText, Restriction, SealedForm, form_place, rows_place, text_place,
};
use super::wallet::Source;
use crate::authority::{NoAuthority, Principal};
use crate::clock::real_now;
use crate::error::PlatformError;
use crate::idempotency::{Earlier, RequestIdentity};
use crate::table::{Key, PageRequest, Record, Stored as _, item, keys};
use crate::vault::{DataKey, WrappedKey};

/// What else to read with a case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// By what right the caller acts.
    pub principal: Option<&'a Principal>,
    /// The answer to the same request, if it was made before.
    pub request: Option<&'a RequestIdentity>,
    /// One document.
    pub document: Option<DocumentId>,
    /// The review's report.
    pub report: bool,
    /// Another officer, to whom the case may go.
    pub officer: Option<&'a OfficerId>,
    /// The enterprise of which to know whether it let an undertaking lapse.
    pub lapse_of: Option<&'a Uscc>,
    /// One notice, with what was written with the event that issued it.
    pub notice: Option<&'a NoticeNo>,
    /// An earlier case from which something is to be used again, with one of its documents.
    pub source: Option<(&'a ApplicationNo, Option<DocumentId>)>,
}

/// A case as one read found it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its number.
    pub number: ApplicationNo,
    /// Business time at the read.
    pub now: Instant,
    /// The draft, until it is submitted.
    pub draft: Option<Record<Draft>>,
    /// The application, once it is submitted.
    pub state: Option<Record<Application>>,
    /// The sealed form.
    pub form: Option<Record<SealedForm>>,
    /// The papers.
    pub manifest: Option<Record<Manifest>>,
    /// The wrapped data key.
    pub key: Option<Record<WrappedKey>>,
    /// The mark that its person asked for erasure.
    pub restriction: Option<Record<Restriction>>,
    /// By what right the caller acts.
    pub authority: Result<Authority, NoAuthority>,
    /// The answer to the same request, if it was made before.
    pub earlier: Earlier,
    /// The document asked for.
    pub document: Option<Record<Document>>,
    /// The report, if asked for.
    pub report: Option<Record<Report>>,
    /// The other officer, if asked for.
    pub officer: Option<Record<Officer>>,
    /// The last undertaking that the enterprise asked for let lapse.
    pub lapse: Option<Record<Lapse>>,
    /// The notice asked for.
    pub notice: Option<Record<Notice>>,
    /// What was written with the event that issued it, sealed.
    pub notice_text: Option<Record<EventText>>,
    /// Why that event refuses rows, sealed.
    pub notice_rows: Option<Record<EventRows>>,
    /// The earlier case asked for.
    pub source: Option<Source>,
}

/// An event with what was written with it.
#[derive(Clone, Debug)]
pub struct ToldEvent {
    /// The event.
    pub recorded: Recorded,
    /// The text.
    pub text: Option<String>,
    /// Why rows are refused, where it refuses some.
    pub rows: Vec<RowReasons>,
}

/// Where a caller stands before any case is in sight.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Business time at the read.
    pub now: Instant,
    /// By what right the caller acts.
    pub authority: Result<Authority, NoAuthority>,
    /// The answer to the same request, if it was made before.
    pub earlier: Earlier,
}

impl Case {
    /// Whether its personal data has been erased: what is left of it opens no more. A key that is gone
    /// without that mark is lost, not erased.
    pub fn is_erased(&self) -> bool {
        self.restriction
            .as_ref()
            .is_some_and(|mark| mark.body.erased_at.is_some())
    }

    /// The documents that stand for its materials.
    pub fn papers(&self) -> impl Iterator<Item = DocumentId> {
        let papers = self.manifest.iter();
        papers.flat_map(|manifest| manifest.body.papers.values().map(|paper| paper.document))
    }
}

impl<V> Cases<V> {
    /// Reads where `principal` stands, in one round trip.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn standing(
        &self,
        principal: &Principal,
        request: Option<&RequestIdentity>,
    ) -> Result<Standing, PlatformError> {
        let keys = principal
            .authority_keys()
            .into_iter()
            .chain(request.map(RequestIdentity::record_key));
        let snapshot = self.table.read(keys).await?;
        let now = self.table.clock().now(&snapshot);
        Ok(Standing {
            now,
            authority: principal.authority(&self.table, &snapshot, now).await?,
            earlier: request.map_or(Ok(Earlier::None), |request| {
                request.earlier(&snapshot, real_now())
            })?,
        })
    }

    /// Reads the case `number` and what is `wanted` with it, in one round trip.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn load(
        &self,
        number: &ApplicationNo,
        wanted: Wanted<'_>,
    ) -> Result<Case, PlatformError> {
        let [draft, state, form, manifest, data_key, restriction] = [
            Key::draft(number),
            Key::state(number),
            Key::form(number),
            Key::manifest(number),
            Key::data_key(number),
            Key::restriction(number),
        ];
        let report = Key::report(number);
        let document = wanted.document.map(|id| Key::document(number, id));
        let officer = wanted.officer.map(Key::officer);
        let lapse = wanted.lapse_of.map(Key::lapse);
        let notice = wanted.notice.map(Key::notice);
        let notice_text = wanted
            .notice
            .map(|notice| Key::event_text(number, notice.seq()));
        let notice_rows = wanted
            .notice
            .map(|notice| Key::event_rows(number, notice.seq()));
        let all = [&draft, &state, &form, &manifest, &data_key, &restriction]
            .into_iter()
            .cloned()
            .chain(
                wanted
                    .principal
                    .into_iter()
                    .flat_map(Principal::authority_keys),
            )
            .chain(wanted.request.map(RequestIdentity::record_key))
            .chain(document.clone())
            .chain(wanted.report.then(|| report.clone()))
            .chain(officer.clone())
            .chain(lapse.clone())
            .chain(notice.clone())
            .chain(notice_text.clone())
            .chain(notice_rows.clone())
            .chain(wanted.source.into_iter().flat_map(|(number, document)| {
                let document = document.map(|id| Key::document(number, id));
                Source::keys(number).into_iter().chain(document)
            }));
        let snapshot = self.table.read(all).await?;
        let now = self.table.clock().now(&snapshot);
        let real = real_now();
        let authority = match wanted.principal {
            Some(principal) => principal.authority(&self.table, &snapshot, now).await?,
            None => Err(NoAuthority::NoItem),
        };
        Ok(Case {
            number: number.clone(),
            now,
            // Time-to-live deletes late: an expired draft counts as gone.
            draft: snapshot
                .item(&draft)
                .filter(|found| !expired(found, real))
                .map(item::read::<Draft>)
                .transpose()?,
            state: snapshot.read(&state)?,
            form: snapshot.read(&form)?,
            manifest: snapshot.read(&manifest)?,
            key: snapshot.read(&data_key)?,
            restriction: snapshot.read(&restriction)?,
            authority,
            earlier: wanted.request.map_or(Ok(Earlier::None), |request| {
                request.earlier(&snapshot, real)
            })?,
            document: document.map_or(Ok(None), |key| snapshot.read(&key))?,
            report: snapshot.read(&report)?,
            officer: officer.map_or(Ok(None), |key| snapshot.read(&key))?,
            lapse: lapse.map_or(Ok(None), |key| snapshot.read(&key))?,
            notice: notice.map_or(Ok(None), |key| snapshot.read(&key))?,
            notice_text: notice_text.map_or(Ok(None), |key| snapshot.read(&key))?,
            notice_rows: notice_rows.map_or(Ok(None), |key| snapshot.read(&key))?,
            source: wanted.source.map_or(Ok(None), |(number, document)| {
                Source::read(&snapshot, number, document)
            })?,
        })
    }
}

impl Cases {
    /// The data key of `case` in the clear.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where the case has none or it does not open.
    pub async fn data_key(&self, case: &Case) -> Result<DataKey, PlatformError> {
        let wrapped = case
            .key
            .as_ref()
            .ok_or_else(|| PlatformError::corrupt("a case has no data key"))?;
        self.vault.open_data_key(&case.number, &wrapped.body).await
    }

    /// The form of `case` in the clear.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it does not open.
    pub async fn open_form(&self, case: &Case) -> Result<Value, PlatformError> {
        let form = case
            .form
            .as_ref()
            .ok_or_else(|| PlatformError::corrupt("a case has no form"))?;
        let plain = self
            .data_key(case)
            .await?
            .open(form_place(&Key::form(&case.number)), &form.body.sealed)?;
        serde_json::from_slice(&plain).map_err(PlatformError::corrupt)
    }

    /// What was written with the event at `seq` of `case`, in the clear.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it does not open.
    pub async fn open_text(
        &self,
        case: &Case,
        seq: u64,
        text: &EventText,
    ) -> Result<String, PlatformError> {
        let place = Key::event_text(&case.number, seq);
        let key = self.data_key(case).await?;
        let plain = key.open(text_place(&place), &text.sealed)?;
        String::from_utf8(plain).map_err(PlatformError::corrupt)
    }

    /// Why the event at `seq` of `case` refuses rows, in the clear.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it does not open.
    pub async fn open_rows(
        &self,
        case: &Case,
        seq: u64,
        rows: &EventRows,
    ) -> Result<Vec<RowReasons>, PlatformError> {
        let place = Key::event_rows(&case.number, seq);
        let key = self.data_key(case).await?;
        open_rows(&key, &place, rows)
    }

    /// Reads why the event at `seq` of `case` refuses rows; none where it refuses none.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or they do not open.
    pub async fn refused_rows(
        &self,
        case: &Case,
        seq: u64,
    ) -> Result<Vec<RowReasons>, PlatformError> {
        let place = Key::event_rows(&case.number, seq);
        let snapshot = self.table.read([place.clone()]).await?;
        match snapshot.read::<EventRows>(&place)? {
            Some(rows) => self.open_rows(case, seq, &rows.body).await,
            None => Ok(Vec::new()),
        }
    }

    /// The notices of the case `number`, oldest first.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn notices(&self, number: &ApplicationNo) -> Result<Vec<Notice>, PlatformError> {
        let mut notices = Vec::new();
        let mut start = None;
        loop {
            let page = self
                .table
                .query(PageRequest {
                    partition_name: "pk",
                    partition: keys::case_partition(number),
                    sort_name: "sk",
                    begins_with: Some(keys::NOTICES.to_owned()),
                    limit: 100,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            for found in &page.items {
                notices.push(item::read::<Notice>(found)?.body);
            }
            start = page.next;
            if start.is_none() {
                return Ok(notices);
            }
        }
    }

    /// The events of the case `number`, oldest first, each with what was written with it; without a
    /// `key`, which an erased case has no more, only the events.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer, or a text does not open under `key`.
    pub async fn events(
        &self,
        number: &ApplicationNo,
        key: Option<&DataKey>,
    ) -> Result<Vec<ToldEvent>, PlatformError> {
        let mut events: Vec<ToldEvent> = Vec::new();
        let mut start = None;
        loop {
            let page = self
                .table
                .query(PageRequest {
                    partition_name: "pk",
                    partition: keys::case_partition(number),
                    sort_name: "sk",
                    begins_with: Some(keys::EVENTS.to_owned()),
                    limit: 100,
                    consistent: true,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            for found in &page.items {
                let kind = item::text(found, "type");
                if kind == Some(Recorded::TYPE) {
                    events.push(ToldEvent {
                        recorded: item::read::<Recorded>(found)?.body,
                        text: None,
                        rows: Vec::new(),
                    });
                } else if let (Some(told), Some(key)) = (events.last_mut(), key) {
                    let seq = told.recorded.seq;
                    if kind == Some(EventRows::TYPE) {
                        let rows = item::read::<EventRows>(found)?.body;
                        told.rows = open_rows(key, &Key::event_rows(number, seq), &rows)?;
                    } else {
                        let sealed = item::read::<EventText>(found)?.body.sealed;
                        let place = Key::event_text(number, seq);
                        let plain = key.open(text_place(&place), &sealed)?;
                        told.text = Some(String::from_utf8(plain).map_err(PlatformError::corrupt)?);
                    }
                }
            }
            start = page.next;
            if start.is_none() {
                return Ok(events);
            }
        }
    }
}

fn open_rows(
    key: &DataKey,
    place: &Key,
    rows: &EventRows,
) -> Result<Vec<RowReasons>, PlatformError> {
    let plain = key.open(rows_place(place), &rows.sealed)?;
    serde_json::from_slice(&plain).map_err(PlatformError::corrupt)
}

fn expired(found: &crate::table::Attributes, now: Instant) -> bool {
    let now = u64::try_from(now.unix_seconds()).unwrap_or(0);
    item::number(found, "expires_at").is_some_and(|expires_at| expires_at < now)
}
