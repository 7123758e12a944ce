//! A document as it was announced, and what the examination made of it.

use serde::{Deserialize, Serialize};

use crate::chain::Digest;
use crate::ids::{ApplicationNo, DocumentId, MaterialCode, PersonId};
use crate::instant::Instant;
use crate::manifest::{Paper, PaperState};
use crate::media::MediaType;
use crate::reuse::Reused;

/// The largest document, in bytes (20 MiB).
pub const MAX_DOCUMENT_BYTES: u64 = 20 * 1024 * 1024;

/// A document of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its identifier.
    pub id: DocumentId,
    /// The case it belongs to.
    pub application: ApplicationNo,
    /// The material it stands for.
    pub material: MaterialCode,
    /// What kind of file was announced.
    pub media_type: MediaType,
    /// How many bytes were announced.
    pub size: u64,
    /// The digest announced: what the applicant sent, as the chain of the case has it.
    pub sha256: Digest,
    /// Who announced it.
    pub announced_by: PersonId,
    /// When.
    pub announced_at: Instant,
    /// What became of it.
    pub state: PaperState,
    /// When it was examined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examined_at: Option<Instant>,
    /// Stable codes of why the examination refused it; empty unless `rejected`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// From where it was taken, where it was accepted in an earlier case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reused: Option<Reused>,
    /// What is kept in place of what was sent; none where that is kept as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// What is kept of a document whose file was written anew: a picture, without what its pixels do not
/// show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kept {
    /// SHA-256 of the file that is kept, and that a link leads to.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Digest,
    /// Its bytes.
    pub size: u64,
}

impl Document {
    /// The entry for this document in the manifest.
    pub fn as_paper(&self) -> Paper {
        Paper {
            document: self.id,
            sha256: self.sha256,
            size: self.size,
            media_type: self.media_type,
            state: self.state,
            reasons: self.reasons.clone(),
            reused: self.reused.clone(),
        }
    }

    /// The document that has arrived and whose examination is delayed.
    #[must_use]
    pub fn received(mut self) -> Self {
        self.state = PaperState::Received;
        self
    }

    /// The document after its examination: clean without reasons, rejected with any.
    #[must_use]
    pub fn settled(mut self, reasons: Vec<String>, at: Instant) -> Self {
        self.state = if reasons.is_empty() {
            PaperState::Clean
        } else {
            PaperState::Rejected
        };
        self.reasons = reasons;
        self.examined_at = Some(at);
        self
    }
}
