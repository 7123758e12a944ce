//! The papers that were to follow (容缺补齐): they come, or their day passes.

use super::filed;
use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::refusal::Refusal;
use crate::application::remedy::Remedy;
use crate::application::state::Application;
use crate::manifest::Manifest;

/// The command with which the applicant hands in the papers that were to follow.
#[derive(Clone, Debug)]
pub struct Cure {
    /// The papers as they stand.
    pub manifest: Manifest,
}

impl Cure {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if !matches!(context.actor, Actor::Agent { .. }) {
            return Err(Refusal::NotTheApplicant);
        }
        let undertaking = match state.uncured() {
            Some(undertaking) if state.stage.is_accepted_and_open() => undertaking,
            _ => return Err(Refusal::WrongStage { stage: state.stage }),
        };
        if context.is_over(undertaking.cure_by).is_ok() {
            return Err(Refusal::AnswerTooLate);
        }
        let faults = self
            .manifest
            .faults_with(context.item, &undertaking.materials);
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        Ok(vec![Event::Cured {
            papers: filed(&self.manifest),
        }])
    }
}

/// The command with which the platform ends a case whose papers did not follow.
#[derive(Clone, Copy, Debug)]
pub struct LapseCure;

impl LapseCure {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        match state.uncured() {
            Some(undertaking) if state.stage.is_accepted_and_open() => {
                context.is_over(undertaking.cure_by)?;
                Ok(vec![Event::CureLapsed {
                    materials: undertaking.materials.clone(),
                    remedies: Remedy::against(&state.unit),
                }])
            }
            _ => Err(Refusal::WrongStage { stage: state.stage }),
        }
    }
}
