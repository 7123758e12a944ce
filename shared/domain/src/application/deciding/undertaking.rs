//! Approval on undertaking (告知承诺): granted at once on what the applicant signs, checked afterwards.

use super::decision::granted;
use crate::application::Context;
use crate::application::event::{Actor, Event};
use crate::application::limits::accepted;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::chain::Digest;
use crate::item::LimitUnit;
use crate::manifest::Manifest;

/// The command with which the applicant signs the item's statement.
#[derive(Clone, Copy, Debug)]
pub struct UndertakeConditions;

impl UndertakeConditions {
    pub(in crate::application) fn decide(
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if !matches!(context.actor, Actor::Agent { .. }) {
            return Err(Refusal::NotTheApplicant);
        }
        if context.item.undertaking.is_none() {
            return Err(Refusal::NotOnUndertaking);
        }
        if state.stage != Stage::Submitted {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        if state.on_undertaking.is_some() {
            return Ok(Vec::new());
        }
        Ok(vec![Event::ConditionsUndertaken])
    }
}

/// The command with which the platform accepts and grants what was undertaken, once the papers are
/// complete and clean. A case that somebody has in hand is theirs to decide.
#[derive(Clone, Debug)]
pub struct GrantOnUndertaking {
    /// The papers as they stand.
    pub manifest: Manifest,
}

impl GrantOnUndertaking {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        let terms = context
            .item
            .undertaking
            .as_ref()
            .filter(|_| state.on_undertaking.is_some())
            .ok_or(Refusal::NotOnUndertaking)?;
        if state.stage != Stage::Submitted {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        if state.claim.is_some() {
            return Err(Refusal::ClaimedByAnother);
        }
        context.before_deemed(state)?;
        let faults = self.manifest.faults(context.item);
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        let check_by = context.calendar.due(
            context.now.date(),
            terms.check_within_working_days,
            LimitUnit::WorkingDay,
        );
        Ok(vec![
            Event::Accepted {
                limits: accepted(state, context),
                deemed: false,
                deferral: None,
            },
            granted(state, None, None, Some(check_by), context),
        ])
    }
}

/// The command with which an officer records what the check after the grant found. What was untrue is
/// revoked by a command of its own.
#[derive(Clone, Copy, Debug)]
pub struct CheckUndertaking {
    /// Whether what was undertaken holds.
    pub holds: bool,
    /// Digest of the sealed findings.
    pub findings: Digest,
}

impl CheckUndertaking {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
        if !state.stage.is_in_force() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        let undertaken = state
            .on_undertaking
            .as_ref()
            .ok_or(Refusal::NotOnUndertaking)?;
        if undertaken.holds.is_some() {
            return Err(Refusal::CheckedBefore);
        }
        Ok(vec![Event::UndertakingChecked {
            holds: self.holds,
            findings: self.findings,
        }])
    }
}
