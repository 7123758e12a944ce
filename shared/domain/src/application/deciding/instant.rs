//! Instant decisions (即时办结): accepted and granted by the platform in one go, where every check passes.

use super::decision::granted;
use crate::application::Context;
use crate::application::event::Event;
use crate::application::limits::accepted;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::chain::Digest;
use crate::item::AutoReview;
use crate::manifest::Manifest;

/// The command with which the platform accepts and grants what every check of the background review
/// passes. A case that somebody has in hand is theirs to decide.
#[derive(Clone, Debug)]
pub struct GrantInstantly {
    /// The papers as they stand.
    pub manifest: Manifest,
    /// Digest of the sealed reasons: what was checked, and how it came out.
    pub reasons: Digest,
}

impl GrantInstantly {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        context.system()?;
        if context.item.auto_review != AutoReview::Instant || context.item.attendance.is_some() {
            return Err(Refusal::NotInstant);
        }
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
        Ok(vec![
            Event::Accepted {
                limits: accepted(state, context),
                deemed: false,
                deferral: None,
            },
            granted(state, Some(self.reasons), None, None, context),
        ])
    }
}
