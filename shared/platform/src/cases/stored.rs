//! How the parts of a case lie in the table, with the index keys they carry.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::{Application, Stage};
use domain::card;
use domain::draft::Draft;
use domain::ids::ApplicationNo;
use domain::instant::Instant;
use domain::manifest::Manifest;
use domain::notice::Notice;
use serde::{Deserialize, Serialize};

use crate::error::PlatformError;
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, Stored, item, keys};
use crate::vault::{Place, Sealed, WrappedKey};

impl Stored for Draft {
    const TYPE: &'static str = "draft";
    const SCHEMA: u32 = 1;
}

impl Stored for Application {
    const TYPE: &'static str = "application";
    const SCHEMA: u32 = 1;
}

impl Stored for Notice {
    const TYPE: &'static str = "notice";
    const SCHEMA: u32 = 1;
}

impl Stored for Manifest {
    const TYPE: &'static str = "manifest";
    const SCHEMA: u32 = 1;
}

/// A form, sealed under the data key of its case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedForm {
    /// The sealed JSON.
    pub sealed: Sealed,
}

impl Stored for SealedForm {
    const TYPE: &'static str = "form";
    const SCHEMA: u32 = 1;
}

/// What somebody wrote with an event, sealed under the data key of its case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventText {
    /// The sealed text.
    pub sealed: Sealed,
}

impl Stored for EventText {
    const TYPE: &'static str = "event_text";
    const SCHEMA: u32 = 1;
}

/// Why rows are refused by an event, sealed under the data key of its case: the JSON of
/// [`domain::application::RowReasons`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRows {
    /// The sealed reasons.
    pub sealed: Sealed,
}

impl Stored for EventRows {
    const TYPE: &'static str = "event_rows";
    const SCHEMA: u32 = 1;
}

/// The mark of a case whose person asked for erasure: its personal data is only stored and used for
/// legal duties, or is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Since when.
    pub since: Instant,
    /// When it was erased; none where it is still stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
}

impl Stored for Restriction {
    const TYPE: &'static str = "restriction";
    const SCHEMA: u32 = 1;
}

/// The place of a case's form.
pub(super) fn form_place(key: &Key) -> Place<'_> {
    Place {
        key,
        field: "form",
        schema: SealedForm::SCHEMA,
    }
}

/// The place of an event's text.
pub(super) fn text_place(key: &Key) -> Place<'_> {
    Place {
        key,
        field: "text",
        schema: EventText::SCHEMA,
    }
}

/// The place of the reasons of an event's rows.
pub(super) fn rows_place(key: &Key) -> Place<'_> {
    Place {
        key,
        field: "rows",
        schema: EventRows::SCHEMA,
    }
}

/// The item of a draft, found in its enterprise's list and forgotten at `expires_at`.
pub(super) fn draft_item(
    draft: &Draft,
    version: u64,
    expires_at: Instant,
) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(&Key::draft(&draft.number), version, draft)?;
    insert_text(&mut stored, "owner", keys::owner(&draft.enterprise));
    insert_text(
        &mut stored,
        "owner_sort",
        owner_sort(draft.opened_at, &draft.number),
    );
    expire(&mut stored, expires_at);
    Ok(stored)
}

/// The item of an application's state as it was committed at `now`, found in its enterprise's list, its
/// unit's work and among the deadlines.
pub(super) fn state_item(
    application: &Application,
    now: Instant,
) -> Result<Attributes, PlatformError> {
    state_item_looked_at(application, look_after_commit(application, now))
}

/// The same with `look` as the moment of the next look; none where it needs no more.
pub(super) fn state_item_looked_at(
    application: &Application,
    look: Option<Instant>,
) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(
        &Key::state(&application.number),
        application.version,
        application,
    )?;
    insert_text(&mut stored, "owner", keys::owner(&application.enterprise));
    insert_text(
        &mut stored,
        "owner_sort",
        owner_sort(application.submitted_at(), &application.number),
    );
    if let Some(post) = application.works_for() {
        insert_text(&mut stored, "work", keys::work(&application.unit, post));
        insert_text(&mut stored, "work_sort", work_sort(application));
    }
    if let Some(look) = look {
        let [deadline, sort] = deadline_keys(look, &application.number);
        insert_text(&mut stored, "deadline", deadline);
        insert_text(&mut stored, "deadline_sort", sort);
    }
    Ok(stored)
}

/// The keys in `by_deadline` of a case that is looked at at `look`.
pub(super) fn deadline_keys(look: Instant, number: &ApplicationNo) -> [String; 2] {
    [keys::deadline(look, number), format!("{look}#{number}")]
}

/// When the case is looked at again. Of an item that is not in this binary it is not known: somebody
/// who has it looks at once.
fn look_after_commit(application: &Application, now: Instant) -> Option<Instant> {
    let item = &application.item;
    match catalogue::item_version(&item.code, item.version) {
        Some(item) => card::look_after_commit(application, item, catalogue::calendar(), now),
        None => Some(now),
    }
}

/// The item of a case's data key, found by its subject.
pub(super) fn data_key_item(
    number: &ApplicationNo,
    key: &WrappedKey,
    version: u64,
) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(&Key::data_key(number), version, key)?;
    insert_text(&mut stored, "subject", keys::subject(&key.subject));
    insert_text(&mut stored, "subject_sort", keys::case_partition(number));
    Ok(stored)
}

/// Has `stored` deleted some time after `at`.
pub(super) fn expire(stored: &mut Attributes, at: Instant) {
    stored.insert(
        "expires_at".to_owned(),
        AttributeValue::N(at.unix_seconds().to_string()),
    );
}

fn owner_sort(since: Instant, number: &ApplicationNo) -> String {
    format!("{since}#{number}")
}

/// Due date first, then arrival, so that the most urgent case comes first. While the clock stands still
/// the case is due when the pause is expected to be over.
fn work_sort(application: &Application) -> String {
    let limits = &application.limits;
    let petition = application.petition.as_ref();
    let due = match application.stage {
        Stage::Submitted | Stage::CorrectionRequired => limits.acceptance.map(|due| due.date),
        Stage::SpecialProcedure | Stage::Suspended => application.expected_end,
        Stage::Granted | Stage::Delivered => {
            let days = [
                application.undelivered_until(),
                application.unchecked_until(),
            ];
            let days = days.into_iter().flatten();
            let days = days.map(|due| due.date);
            let answer_by = petition.and_then(|pending| pending.answer_by);
            days.chain(answer_by).min()
        }
        _ => limits.promised.or(limits.statutory).map(|due| due.date),
    };
    let due = due.map_or_else(|| "9999-12-31".to_owned(), |due| due.to_string());
    format!(
        "{due}#{}#{}",
        application.course.received_at, application.number
    )
}
