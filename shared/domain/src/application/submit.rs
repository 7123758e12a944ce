//! Submission: the draft becomes an application.

use serde::{Deserialize, Serialize};

use super::event::{Actor, Event};
use super::refusal::Refusal;
use super::state::{Channel, ItemVersion, Limits};
use super::{Context, limits_starting};
use crate::chain::Digest;
use crate::draft::Draft;
use crate::identifiers::Uscc;
use crate::ids::{DocumentId, MaterialCode, PersonId};
use crate::item::LimitStart;
use crate::manifest::Manifest;
use crate::unit::{RegionCode, UnitId};

/// A document handed in with the application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledPaper {
    /// The material it stands for.
    pub material: MaterialCode,
    /// The document.
    pub document: DocumentId,
    /// The digest announced for it.
    pub sha256: Digest,
}

/// What an application said when it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// What is applied for.
    pub item: ItemVersion,
    /// The applicant.
    pub enterprise: Uscc,
    /// The unit that is to handle it.
    pub unit: UnitId,
    /// Where the matter lies.
    pub region: RegionCode,
    /// Through which channel it came.
    pub channel: Channel,
    /// Who filed it.
    pub filed_by: PersonId,
    /// Digest of the sealed form.
    pub form: Digest,
    /// The documents handed in.
    pub papers: Vec<FiledPaper>,
    /// The limits that run from receipt.
    pub limits: Limits,
}

/// The command that hands a draft in. The form has been checked against the item's schema before.
#[derive(Clone, Debug)]
pub struct Submit<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// Its papers.
    pub manifest: &'a Manifest,
    /// Digest of the sealed form.
    pub form: Digest,
    /// The unit responsible for the item in the draft's region; none where there is none.
    pub unit: Option<&'a UnitId>,
}

impl Submit<'_> {
    /// The event, if every required material is announced and none was refused.
    ///
    /// # Errors
    /// [`Refusal::NotTheApplicant`], [`Refusal::NoCompetentUnit`], or [`Refusal::Papers`] with every
    /// material at fault.
    pub fn decide(&self, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
        let Actor::Agent { person, .. } = context.actor else {
            return Err(Refusal::NotTheApplicant);
        };
        let faults = self.manifest.faults_at_submission(context.item);
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        let papers = self
            .manifest
            .papers
            .iter()
            .map(|(material, paper)| FiledPaper {
                material: material.clone(),
                document: paper.document,
                sha256: paper.sha256,
            });
        Ok(vec![Event::Submitted(Box::new(Submitted {
            item: ItemVersion {
                code: context.item.code,
                version: context.item.version,
            },
            enterprise: self.draft.enterprise.clone(),
            unit: self.unit.ok_or(Refusal::NoCompetentUnit)?.clone(),
            region: self.draft.region,
            channel: self.draft.channel,
            filed_by: person.clone(),
            form: self.form,
            papers: papers.collect(),
            limits: limits_starting(LimitStart::Receipt, context),
        }))])
    }
}
