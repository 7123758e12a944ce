//! Correction (补正告知, art. 32): one notice that lists everything, within five working days.

use crate::application::demand::{self, Demand};
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::application::{CORRECTION_WORKING_DAYS, Context, officer_in_hand};
use crate::chain::Digest;
use crate::item::LimitUnit;

/// The command that tells the applicant what to mend.
#[derive(Clone, Debug)]
pub struct RequireCorrection {
    /// Everything to be mended.
    pub demands: Vec<Demand>,
    /// Digest of the sealed explanation.
    pub explanation: Digest,
}

impl RequireCorrection {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        // What counts as accepted may be asked for papers, not sent back.
        let deemed = state.deemed && state.stage == Stage::UnderReview;
        let stages: &[Stage] = if deemed {
            &[Stage::UnderReview]
        } else {
            &[Stage::Submitted]
        };
        officer_in_hand(state, stages, context)?;
        if !deemed {
            context.before_deemed(state)?;
        }
        let demands = demand::checked(&self.demands, context.item)?;
        if deemed {
            papers_only(&demands)?;
        }
        let earlier = state.correction.as_ref().map(|earlier| &earlier.demands);
        let asked = &state.papers_asked_for_before;
        let earlier = earlier.or(Some(asked).filter(|asked| !asked.is_empty()));
        if let Some(earlier) = earlier {
            let new = demands.iter().filter(|demand| !earlier.contains(demand));
            let new: Vec<Demand> = new.cloned().collect();
            if !new.is_empty() {
                return Err(Refusal::DemandNew(new));
            }
        }
        if deemed {
            return Ok(vec![Event::PapersRequested {
                demands,
                explanation: self.explanation,
            }]);
        }
        let answer_by = context.calendar.due(
            context.now.date(),
            CORRECTION_WORKING_DAYS,
            LimitUnit::WorkingDay,
        );
        Ok(vec![Event::CorrectionRequired {
            demands,
            explanation: self.explanation,
            answer_by,
        }])
    }
}

/// What counts as accepted is asked for papers only: its form is not handed in again.
fn papers_only(demands: &[Demand]) -> Result<(), Refusal> {
    let fields: Vec<Demand> = demands
        .iter()
        .filter(|demand| matches!(demand, Demand::Field { .. }))
        .cloned()
        .collect();
    if fields.is_empty() {
        Ok(())
    } else {
        Err(Refusal::DemandUnknown(fields))
    }
}
