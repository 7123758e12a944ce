//! The manifest of a case: which document stands for which material, and what became of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::chain::Digest;
use crate::ids::{DocumentId, MaterialCode};
use crate::item::{MaterialFormat, ServiceItem};
use crate::media::MediaType;
use crate::reuse::{Certificate, Reused};

/// What became of an announced document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// Announced; nothing has arrived yet, or it is being examined right now.
    Awaiting,
    /// Arrived; its examination is delayed and goes on by itself. Nothing has to be sent again.
    Received,
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
    /// From where it was taken, where it was accepted in an earlier case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reused: Option<Reused>,
}

/// Material → paper, one per case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The papers by the material they stand for.
    pub papers: BTreeMap<MaterialCode, Paper>,
    /// The certificates of the platform that stand for a material in the place of a paper. A paper for the
    /// same material comes before it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub certificates: BTreeMap<MaterialCode, Certificate>,
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
    /// What was to be used again has run out in the meantime.
    RanOut,
}

impl PaperState {
    /// Whether the examination has said what it makes of the document.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Clean | Self::Rejected)
    }
}

impl Manifest {
    /// Whether `document` stands for a material: it was announced and not replaced since.
    pub fn names(&self, document: DocumentId) -> bool {
        self.papers.values().any(|paper| paper.document == document)
    }

    /// Whether anything stands for `material`.
    pub fn has(&self, material: &MaterialCode) -> bool {
        self.papers.contains_key(material) || self.certificates.contains_key(material)
    }

    /// The certificate that stands for `material`.
    pub fn certificate(&self, material: &MaterialCode) -> Option<&Certificate> {
        let certificate = self.certificates.get(material);
        certificate.filter(|_| !self.papers.contains_key(material))
    }

    /// The papers as they were, with `certificate` standing for `material`.
    #[must_use]
    pub fn with_certificate(mut self, material: MaterialCode, certificate: Certificate) -> Self {
        self.papers.remove(&material);
        self.certificates.insert(material, certificate);
        self
    }

    /// What keeps a submission on `today` from being made: required materials without a document,
    /// documents that were refused, and what was to be used again and has run out. A document still awaited
    /// or not examined yet does not (domain rule *Application*).
    pub fn faults_at_submission(
        &self,
        item: &ServiceItem,
        today: Date,
    ) -> Vec<(MaterialCode, PaperFault)> {
        self.faults(item)
            .into_iter()
            .filter(|(_, fault)| *fault != PaperFault::Unsettled)
            .chain(self.run_out(today))
            .collect()
    }

    fn run_out(&self, today: Date) -> impl Iterator<Item = (MaterialCode, PaperFault)> {
        let papers = self.papers.iter().filter(move |(_, paper)| {
            let reused = paper.reused.as_ref();
            reused.is_some_and(|reused| reused.usable_until < today)
        });
        let certificates = self
            .certificates
            .iter()
            .filter(move |(material, standing)| {
                let until = standing.valid_until;
                !self.papers.contains_key(material) && until.is_some_and(|until| until < today)
            });
        let papers = papers.map(|(material, _)| material);
        let materials = papers.chain(certificates.map(|(material, _)| material));
        materials.map(|material| (material.clone(), PaperFault::RanOut))
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
                    None if required && !self.has(&material.code) => PaperFault::Missing,
                    Some(PaperState::Rejected) => PaperFault::Rejected,
                    Some(PaperState::Awaiting | PaperState::Received) => PaperFault::Unsettled,
                    None | Some(PaperState::Clean) => return None,
                };
                Some((material.code.clone(), fault))
            })
            .collect()
    }
}
