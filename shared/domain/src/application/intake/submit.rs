//! Submission: the draft becomes an application.

use serde::{Deserialize, Serialize};

use super::defer::{DeferralUndertaking, Undertake};
use super::filed;
use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::limits::limits_at;
use crate::application::refusal::Refusal;
use crate::application::state::{Channel, ItemVersion, Limits};
use crate::chain::Digest;
use crate::clock::{CalendarUse, Course};
use crate::draft::Draft;
use crate::identifiers::Uscc;
use crate::ids::{ApplicationNo, DocumentId, MaterialCode, PersonId};
use crate::instant::Instant;
use crate::manifest::{Manifest, PaperFault};
use crate::quantity::Quantities;
use crate::unit::{RegionCode, UnitId};

/// What was handed in for a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Filed {
    /// A document.
    Paper {
        /// The material it stands for.
        material: MaterialCode,
        /// The document.
        document: DocumentId,
        /// The digest announced for it.
        sha256: Digest,
        /// The case in which it was accepted before, where it is used again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reused_from: Option<ApplicationNo>,
    },
    /// A certificate that the platform granted itself.
    Certificate {
        /// The material it stands for.
        material: MaterialCode,
        /// The case that granted it.
        granted_in: ApplicationNo,
    },
}

impl Filed {
    /// The material it stands for.
    pub const fn material(&self) -> &MaterialCode {
        match self {
            Self::Paper { material, .. } | Self::Certificate { material, .. } => material,
        }
    }
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
    /// Whether notices are to be handed over on paper.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paper_service: bool,
    /// Digest of the sealed form.
    pub form: Digest,
    /// The documents handed in.
    pub papers: Vec<Filed>,
    /// The limits that run from receipt.
    pub limits: Limits,
    /// The version of the working calendar by which they are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<u32>,
    /// Which papers the applicant undertook to bring later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undertaking: Option<DeferralUndertaking>,
    /// The substances the form names, of which quantities run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantities: Option<Quantities>,
    /// How many rows the form has, where it is for many persons or things at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u16>,
}

impl Submitted {
    /// The course of the clock from receipt `at` on.
    pub(in crate::application) fn course(&self, at: Instant) -> Course {
        Course {
            calendars: self
                .calendar
                .map(|version| CalendarUse { from: at, version })
                .into_iter()
                .collect(),
            ..Course::supposed(at)
        }
    }
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
    /// The papers that are to follow, where the applicant undertakes to bring them.
    pub undertaking: Option<&'a Undertake>,
    /// Whether notices are to be handed over on paper: the applicant did not agree to electronic service.
    pub paper_service: bool,
    /// The substances the form names, of which quantities run.
    pub quantities: Option<&'a Quantities>,
    /// How many rows the form has, where it is for many persons or things at once.
    pub rows: Option<u16>,
}

impl Submit<'_> {
    /// The event, if every required material is announced and none was refused.
    ///
    /// # Errors
    /// [`Refusal::NotTheApplicant`], [`Refusal::NoCompetentUnit`], those of
    /// [`DeferralUndertaking::sign`], or [`Refusal::Papers`] with every material at fault.
    pub fn decide(&self, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
        let Actor::Agent { person, .. } = context.actor else {
            return Err(Refusal::NotTheApplicant);
        };
        let signed = self
            .undertaking
            .map(|request| DeferralUndertaking::sign(request, person, context.now, context.item))
            .transpose();
        let undertaking = match signed {
            // What is missing besides is told first.
            Err(Refusal::NothingToDefer) if self.names_papers_to_follow() => None,
            ref signed => signed.clone()?,
        };
        let may_follow = |code: &MaterialCode| {
            let undertaking = undertaking.as_ref();
            undertaking.is_some_and(|undertaking| undertaking.materials.contains(code))
        };
        let faults: Vec<_> = self
            .manifest
            .faults_at_submission(context.item, context.now.date())
            .into_iter()
            .filter(|(code, fault)| *fault != PaperFault::Missing || !may_follow(code))
            .collect();
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        signed?;
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
            paper_service: self.paper_service,
            form: self.form,
            papers: filed(self.manifest),
            limits: limits_at(&Course::received(context.now, context.calendar), context),
            calendar: Some(context.calendar.version()),
            undertaking,
            quantities: self.quantities.cloned(),
            rows: self.rows,
        }))])
    }

    fn names_papers_to_follow(&self) -> bool {
        self.undertaking
            .is_some_and(|request| !request.materials.is_empty())
    }
}
