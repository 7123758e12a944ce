//! Acceptance (受理, art. 32): the authority takes the application on, and the clock starts.

use crate::application::event::Event;
use crate::application::limits::accepted;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::manifest::Manifest;

/// The command that accepts an application.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The papers as they stand.
    pub manifest: Manifest,
}

impl Accept {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::Submitted], context)?;
        context.before_deemed(state)?;
        let faults = self.manifest.faults(context.item);
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        Ok(vec![Event::Accepted {
            limits: accepted(state, context),
            deemed: false,
            deferral: None,
        }])
    }
}
