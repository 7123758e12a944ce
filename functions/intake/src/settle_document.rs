//! A document that has arrived is examined, and its case told.

use bytes::Bytes;
use domain::chain::Digest;
use domain::document::{Document, Kept};
use domain::ids::{ApplicationNo, DocumentId, EventId};
use domain::item::ServiceItem;
use domain::manifest::PaperState;
use domain::media::{MAX_FILE_BYTES, MediaType, RejectReason};
use platform::cases::{Case, Wanted};
use platform::documents::Quarantined;
use platform::scanner::{self, MalwareScanner as _};
use platform::table::CommitError;

use crate::examine::{Announced, Keep, Verdict, examine};
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

/// What the examination found, and what is kept in place of what was sent.
#[derive(Clone, Debug, Default)]
struct Finding {
    reasons: Vec<RejectReason>,
    kept: Option<Kept>,
}

impl From<Vec<RejectReason>> for Finding {
    fn from(reasons: Vec<RejectReason>) -> Self {
        Self {
            reasons,
            kept: None,
        }
    }
}

impl Finding {
    /// `document` as it is after this examination.
    fn settle(&self, document: &Document, case: &Case) -> Document {
        let codes = self.reasons.iter().map(|reason| reason.code().to_owned());
        Document {
            kept: self.kept,
            ..document.clone().settled(codes.collect(), case.now)
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
        let mut examined: Option<Finding> = None;
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
            let finding = match examined.take() {
                Some(finding) => finding,
                None => match self.examine_and_keep(&case, awaited).await? {
                    Some(finding) => finding,
                    None => return Ok(Outcome::Gone),
                },
            };
            let settled = examined.insert(finding).settle(awaited, &case);
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

    /// Examines what lies in quarantine for `document`, and keeps it if it is clean; none where nothing
    /// lies there.
    async fn examine_and_keep(
        &self,
        case: &Case,
        document: &Document,
    ) -> Result<Option<Finding>, IntakeError> {
        let accepted = accepted_media(case, document)?;
        let found = self
            .documents
            .quarantined(&case.number, document.id, document.size.min(MAX_FILE_BYTES))
            .await?;
        let bytes = match found {
            Quarantined::Gone => return Ok(None),
            Quarantined::Longer(length) if length > MAX_FILE_BYTES => {
                return Ok(Some(vec![RejectReason::FileTooLarge].into()));
            }
            Quarantined::Longer(_) => return Ok(Some(vec![RejectReason::SizeDiffers].into())),
            Quarantined::Bytes(bytes) => bytes,
        };
        let announced = Announced {
            media_type: document.media_type,
            size: document.size,
            sha256: document.sha256,
        };
        let keep = match examine(&announced, accepted, &bytes) {
            Verdict::Rejected(reasons) => return Ok(Some(reasons.into())),
            Verdict::Clean(_, keep) => keep,
        };
        // What was sent is scanned, not what became of it: so the scanner sees what it knows.
        match self.scanner.scan(bytes.clone(), document.sha256).await {
            Some(scanner::Verdict::Clean) => {
                let kept = self.keep(case, document, bytes, keep).await?;
                let reasons = Vec::new();
                Ok(Some(Finding { reasons, kept }))
            }
            Some(scanner::Verdict::Infected) => Ok(Some(vec![RejectReason::MalwareFound].into())),
            None => {
                self.tell_received(case, document).await?;
                Err(IntakeError::NotScanned)
            }
        }
    }

    /// Puts what is to be kept of a clean document where it can be read, and says what that is where it
    /// is not what was sent.
    async fn keep(
        &self,
        case: &Case,
        document: &Document,
        sent: Bytes,
        keep: Keep,
    ) -> Result<Option<Kept>, IntakeError> {
        let (bytes, kept) = match keep {
            Keep::AsSent => (sent, None),
            Keep::Rewritten(bytes) => {
                let sha256 = Digest::of(&bytes);
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                (bytes.into(), Some(Kept { sha256, size }))
            }
        };
        let sha256 = kept.map_or(document.sha256, |kept| kept.sha256);
        let of_a_draft = case.state.is_none();
        self.documents
            .store_clean(document, bytes, sha256, of_a_draft)
            .await?;
        Ok(kept)
    }

    /// Has the applicant see that their document arrived and is still to be examined; once.
    async fn tell_received(&self, case: &Case, document: &Document) -> Result<(), IntakeError> {
        if document.state == PaperState::Received {
            return Ok(());
        }
        let received = document.clone().received();
        match self.cases.receive(case, &received).await {
            // The message comes again, and finds the case as it is then.
            Ok(()) | Err(CommitError::Guards(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The document of `case` that is to be settled, or why there is none.
fn awaited(case: &Case, id: DocumentId) -> Result<&Document, Outcome> {
    let of_a_case = case.draft.is_some() || case.state.is_some();
    let document = case.document.as_ref().filter(|_| of_a_case);
    let document = &document.ok_or(Outcome::Unknown)?.body;
    if document.state.is_settled() {
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
