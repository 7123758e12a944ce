//! The applicant's answer to a correction notice (补正).

use super::filed;
use crate::application::Context;
use crate::application::demand::Demand;
use crate::application::event::{Actor, Event};
use crate::application::limits::supplemented;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Limits, Stage};
use crate::chain::Digest;
use crate::ids::MaterialCode;
use crate::manifest::{Manifest, PaperFault};
use crate::quantity::Quantities;

/// The command that answers the notice.
#[derive(Clone, Debug)]
pub struct Supplement {
    /// Digest of the sealed form, where it is handed in again.
    pub form: Option<Digest>,
    /// The substances it names then, of which quantities run.
    pub quantities: Option<Quantities>,
    /// How many rows it has then, where it has rows.
    pub rows: Option<u16>,
    /// The papers as they stand.
    pub manifest: Manifest,
}

impl Supplement {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if !matches!(context.actor, Actor::Agent { .. }) {
            return Err(Refusal::NotTheApplicant);
        }
        match (&state.correction, state.stage) {
            (Some(correction), Stage::CorrectionRequired) => {
                let told = !correction.service.is_awaited();
                if told && context.is_over(correction.answer_by.date).is_ok() {
                    return Err(Refusal::AnswerTooLate);
                }
                self.check_form(&correction.demands)?;
                let limits = supplemented(state, context);
                self.supplemented(state, context, limits)
            }
            // Papers asked for after it counted as accepted: the clock runs on.
            (_, stage) if stage.is_accepted_and_open() && state.papers_asked_for.is_some() => {
                if self.form.is_some() {
                    return Err(Refusal::FormNotDemanded);
                }
                self.supplemented(state, context, Limits::default())
            }
            _ => Err(Refusal::WrongStage { stage: state.stage }),
        }
    }

    fn check_form(&self, demands: &[Demand]) -> Result<(), Refusal> {
        let asked = demands
            .iter()
            .any(|demand| matches!(demand, Demand::Field { .. }));
        if self.form.is_some() && !asked {
            Err(Refusal::FormNotDemanded)
        } else {
            Ok(())
        }
    }

    fn supplemented(
        &self,
        state: &Application,
        context: &Context<'_>,
        limits: Limits,
    ) -> Result<Vec<Event>, Refusal> {
        let deferral = state
            .deferral
            .as_ref()
            .map(|deferral| &deferral.undertaking);
        let ahead = deferral.filter(|undertaking| context.is_over(undertaking.cure_by).is_err());
        let may_follow =
            |code: &MaterialCode| ahead.is_some_and(|ahead| ahead.materials.contains(code));
        let faults: Vec<_> = self
            .manifest
            .faults_at_submission(context.item, context.now.date())
            .into_iter()
            .filter(|(code, fault)| match fault {
                PaperFault::Missing => !may_follow(code),
                // What ran out after it was handed in was handed in in time: no other would be taken.
                PaperFault::RanOut => state.takes_paper(code),
                PaperFault::Rejected | PaperFault::Unsettled => true,
            })
            .collect();
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        Ok(vec![Event::Supplemented {
            form: self.form,
            quantities: self.quantities.clone(),
            rows: self.rows,
            papers: filed(&self.manifest),
            limits,
        }])
    }
}
