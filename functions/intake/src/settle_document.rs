//! A document that has arrived is examined, and its case told.

use domain::document::Document;
use domain::ids::{ApplicationNo, DocumentId, EventId};
use domain::item::ServiceItem;
use domain::manifest::PaperState;
use domain::media::{MAX_FILE_BYTES, MediaType, RejectReason};
use platform::cases::{Case, Wanted};
use platform::documents::Quarantined;
use platform::table::CommitError;

use crate::examine::{Announced, Verdict, examine};
use crate::{Intake, IntakeError};

/// How often the case is read again when it changed while the document was examined: another paper
/// of it was announced or settled.
const ATTEMPTS: usize = 3;

/// What became of a document that was said to have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is what it says it is.
    Clean,
    /// It is refused.
    Rejected,
    /// It had been settled before.
    AlreadySettled,
    /// Another document has taken its material's place.
    Replaced,
    /// No case knows it: its draft was discarded or has expired.
    Unknown,
    /// There is nothing in quarantine: somebody else is settling it, or it lay there too long.
    Gone,
}

impl Outcome {
    /// The outcome as logs name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Rejected => "rejected",
            Self::AlreadySettled => "already_settled",
            Self::Replaced => "replaced",
            Self::Unknown => "unknown",
            Self::Gone => "gone",
        }
    }
}

impl Intake {
    /// Settles `document` of the case `number`, whose object was created.
    pub(crate) async fn settle_document(
        &self,
        number: &ApplicationNo,
        document: DocumentId,
    ) -> Result<Outcome, IntakeError> {
        let mut examined: Option<Vec<String>> = None;
        for _ in 0..ATTEMPTS {
            let wanted = Wanted {
                document: Some(document),
                ..Wanted::default()
            };
            let case = self.cases.load(number, wanted).await?;
            let awaited = match awaited(&case, document) {
                Ok(awaited) => awaited,
                Err(outcome) => {
                    self.documents.leave_quarantine(number, document).await?;
                    return Ok(outcome);
                }
            };
            let reasons = match examined.clone() {
                Some(reasons) => reasons,
                None => match self.examine_and_keep(&case, awaited).await? {
                    Some(reasons) => examined.insert(reasons).clone(),
                    None => return Ok(Outcome::Gone),
                },
            };
            let settled = awaited.clone().settled(reasons, case.now);
            // A document is settled once, so that word of it can have its identifier.
            match self
                .cases
                .settle(&case, &settled, EventId(document.0))
                .await
            {
                Ok(()) => {
                    self.documents.leave_quarantine(number, document).await?;
                    return Ok(match settled.state {
                        PaperState::Clean => Outcome::Clean,
                        _ => Outcome::Rejected,
                    });
                }
                Err(CommitError::Guards(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(IntakeError::Contended)
    }

    /// Examines what lies in quarantine for `document`, keeps it if it is clean, and returns why not
    /// otherwise; none where nothing lies there.
    async fn examine_and_keep(
        &self,
        case: &Case,
        document: &Document,
    ) -> Result<Option<Vec<String>>, IntakeError> {
        let accepted = accepted_media(case, document)?;
        let found = self
            .documents
            .quarantined(&case.number, document.id, document.size.min(MAX_FILE_BYTES))
            .await?;
        let reasons = match found {
            Quarantined::Gone => return Ok(None),
            Quarantined::Longer(length) if length > MAX_FILE_BYTES => {
                vec![RejectReason::FileTooLarge]
            }
            Quarantined::Longer(_) => vec![RejectReason::SizeDiffers],
            Quarantined::Bytes(bytes) => {
                let announced = Announced {
                    media_type: document.media_type,
                    size: document.size,
                    sha256: document.sha256,
                };
                match examine(&announced, accepted, &bytes) {
                    Verdict::Rejected(reasons) => reasons,
                    Verdict::Clean(_) => {
                        let of_a_draft = case.state.is_none();
                        self.documents
                            .store_clean(document, bytes, of_a_draft)
                            .await?;
                        Vec::new()
                    }
                }
            }
        };
        let codes = reasons.into_iter().map(|reason| reason.code().to_owned());
        Ok(Some(codes.collect()))
    }
}

/// The document of `case` that is to be settled, or why there is none.
fn awaited(case: &Case, id: DocumentId) -> Result<&Document, Outcome> {
    let of_a_case = case.draft.is_some() || case.state.is_some();
    let document = case.document.as_ref().filter(|_| of_a_case);
    let document = &document.ok_or(Outcome::Unknown)?.body;
    if document.state != PaperState::Awaiting {
        return Err(Outcome::AlreadySettled);
    }
    let manifest = case.manifest.as_ref().ok_or(Outcome::Unknown)?;
    let mut papers = manifest.body.papers.values();
    if papers.any(|paper| paper.document == id) {
        Ok(document)
    } else {
        Err(Outcome::Replaced)
    }
}

/// The kinds of file that the material of `document` takes, in the version of the item that the case
/// is handled under; none where that version has no such material.
fn accepted_media(case: &Case, document: &Document) -> Result<&'static [MediaType], IntakeError> {
    let item: Option<&'static ServiceItem> = match (&case.state, &case.draft) {
        (Some(state), _) => {
            let item = &state.body.item;
            catalogue::item_version(&item.code, item.version)
        }
        (None, Some(draft)) => catalogue::item(&draft.body.item, case.now.date()),
        (None, None) => None,
    };
    let item = item.ok_or_else(|| IntakeError::UnknownItem(case.number.to_string()))?;
    let material = item.material(&document.material);
    Ok(material.map_or(&[], |material| material.format.accepted_media()))
}
