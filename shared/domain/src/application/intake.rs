//! Intake: from submission to acceptance, with correction (补正) and papers that may follow (容缺受理).

mod accept;
mod correct;
mod cure;
mod deem;
mod defer;
mod lapse;
mod not_accept;
mod serve;
mod submit;
mod supplement;

pub use accept::Accept;
pub use correct::RequireCorrection;
pub use cure::{Cure, LapseCure};
pub use deem::DeemAccepted;
pub use defer::{AcceptWithDeferral, DeferralUndertaking, MOST_UNDERTAKINGS, Undertake};
pub use lapse::LapseCorrection;
pub use not_accept::{NonAcceptance, NotAccept};
pub use serve::ServeNotice;
pub use submit::{Filed, Submit, Submitted};
pub use supplement::Supplement;

use crate::manifest::Manifest;

/// The papers and certificates of `manifest` as an event names them.
fn filed(manifest: &Manifest) -> Vec<Filed> {
    let papers = manifest.papers.iter();
    let papers = papers.map(|(material, paper)| Filed::Paper {
        material: material.clone(),
        document: paper.document,
        sha256: paper.sha256,
        reused_from: paper.reused.as_ref().map(|from| from.application.clone()),
    });
    let certificates = manifest.certificates.keys().filter_map(|material| {
        let certificate = manifest.certificate(material)?;
        Some(Filed::Certificate {
            material: material.clone(),
            granted_in: certificate.application.clone(),
        })
    });
    papers.chain(certificates).collect()
}
