//! Acceptance (受理, art. 32): the authority takes the application on, and the clock starts.

use super::event::Event;
use super::refusal::Refusal;
use super::state::{Application, Stage};
use super::{Context, limits_starting, officer_in_hand};
use crate::item::LimitStart;
use crate::manifest::Manifest;

/// The command that accepts an application.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The papers as they stand.
    pub manifest: Manifest,
}

impl Accept {
    pub(super) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::Submitted], context)?;
        let faults = self.manifest.faults(context.item);
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        Ok(vec![Event::Accepted {
            limits: limits_starting(LimitStart::Acceptance, context),
        }])
    }
}
