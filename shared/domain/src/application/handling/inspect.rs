//! Checks on site (实地核查, art. 34): two officers go and look. The clock runs on.

use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;
use crate::ids::OfficerId;
use crate::item::SpecialProcedureKey;
use crate::officer::Post;

/// The command that records a check on site.
#[derive(Clone, Debug)]
pub struct Inspect {
    /// The second officer.
    pub with: OfficerId,
    /// Whether they are in office at the unit and do not act for the applicant in private life.
    pub able: bool,
    /// Digest of the sealed findings.
    pub findings: Digest,
}

impl Inspect {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let first = officer_in_hand(
            state,
            &[Stage::UnderReview, Stage::SpecialProcedure],
            context,
        )?;
        let procedures = &context.item.special_procedures;
        if !procedures
            .iter()
            .any(|procedure| procedure.key == SpecialProcedureKey::SiteInspection)
        {
            return Err(Refusal::NoInspection);
        }
        if self.with == *first {
            return Err(Refusal::OneInspector);
        }
        if state.bars(&self.with, Post::Reviewer) {
            return Err(Refusal::SeparationOfDuties);
        }
        if !self.able {
            return Err(Refusal::OfficerUnfit);
        }
        Ok(vec![Event::Inspected {
            with: self.with.clone(),
            findings: self.findings,
        }])
    }
}
