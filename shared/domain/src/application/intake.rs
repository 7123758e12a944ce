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
pub use defer::{AcceptWithDeferral, DeferralUndertaking, Undertake};
pub use lapse::LapseCorrection;
pub use not_accept::{NonAcceptance, NotAccept};
pub use serve::ServeNotice;
pub use submit::{FiledPaper, Submit, Submitted};
pub use supplement::Supplement;

use crate::manifest::Manifest;

/// The documents of `manifest` as an event names them.
fn filed(manifest: &Manifest) -> Vec<FiledPaper> {
    let papers = manifest.papers.iter();
    papers
        .map(|(material, paper)| FiledPaper {
            material: material.clone(),
            document: paper.document,
            sha256: paper.sha256,
        })
        .collect()
}
