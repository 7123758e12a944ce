//! The manifest of a case: which document stands for which material, and what became of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::Digest;
use crate::ids::{DocumentId, MaterialCode};
use crate::item::{MaterialFormat, ServiceItem};
use crate::media::MediaType;

/// What became of an announced document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// Announced; nothing that matches the announcement has arrived yet.
    Awaiting,
    /// Arrived and examined: what it says it is.
    Clean,
    /// Arrived and refused by the examination.
    Rejected,
}

/// The document that stands for a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The document.
    pub document: DocumentId,
    /// The SHA-256 digest announced and, once `clean`, verified.
    pub sha256: Digest,
    /// Bytes.
    pub size: u64,
    /// What kind of file it was announced as.
    pub media_type: MediaType,
    /// What became of it.
    pub state: PaperState,
    /// Stable codes of why the examination refused it; empty unless `rejected`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// Material → paper, one per case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The papers by the material they stand for.
    pub papers: BTreeMap<MaterialCode, Paper>,
}

/// What is wrong with the paper of one material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperFault {
    /// A required material has no document.
    Missing,
    /// The document was refused by the examination.
    Rejected,
    /// The document has not been examined yet.
    Unsettled,
}

impl Manifest {
    /// Whether `document` stands for a material: it was announced and not replaced since.
    pub fn names(&self, document: DocumentId) -> bool {
        self.papers.values().any(|paper| paper.document == document)
    }

    /// What keeps a submission from being made: required materials without a document, and documents
    /// that were refused. A document still awaited does not (domain rule *Application*).
    pub fn faults_at_submission(&self, item: &ServiceItem) -> Vec<(MaterialCode, PaperFault)> {
        self.faults(item)
            .into_iter()
            .filter(|(_, fault)| *fault != PaperFault::Unsettled)
            .collect()
    }

    /// Everything that keeps the papers from being complete and clean, in the item's order.
    pub fn faults(&self, item: &ServiceItem) -> Vec<(MaterialCode, PaperFault)> {
        self.faults_with(item, &[])
    }

    /// The same, with `also` required besides what the item requires.
    pub fn faults_with(
        &self,
        item: &ServiceItem,
        also: &[MaterialCode],
    ) -> Vec<(MaterialCode, PaperFault)> {
        item.materials
            .iter()
            .filter(|material| material.format != MaterialFormat::Form)
            .filter_map(|material| {
                let required = material.required || also.contains(&material.code);
                let fault = match self.papers.get(&material.code).map(|paper| paper.state) {
                    None if required => PaperFault::Missing,
                    Some(PaperState::Rejected) => PaperFault::Rejected,
                    Some(PaperState::Awaiting) => PaperFault::Unsettled,
                    None | Some(PaperState::Clean) => return None,
                };
                Some((material.code.clone(), fault))
            })
            .collect()
    }
}
