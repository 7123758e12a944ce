//! Taking back what was granted: rescission for the public good (撤回, art. 8) and revocation of what
//! should not have been granted (撤销, art. 69).

use crate::application::Context;
use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::remedy::Remedy;
use crate::application::state::Application;
use crate::chain::Digest;

/// The command that rescinds.
#[derive(Clone, Copy, Debug)]
pub struct Rescind {
    /// Digest of the sealed reasons.
    pub reasons: Digest,
}

/// The command that revokes.
#[derive(Clone, Copy, Debug)]
pub struct Revoke {
    /// Digest of the sealed reasons.
    pub reasons: Digest,
}

impl Rescind {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        Ok(vec![Event::Rescinded {
            reasons: self.reasons,
            remedies: remedies(state, context)?,
        }])
    }
}

impl Revoke {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        Ok(vec![Event::Revoked {
            reasons: self.reasons,
            remedies: remedies(state, context)?,
        }])
    }
}

/// What can be done against it, if an officer acts on what is in force.
fn remedies(state: &Application, context: &Context<'_>) -> Result<Vec<Remedy>, Refusal> {
    context.actor.officer().ok_or(Refusal::NotAnOfficer)?;
    if !state.stage.is_in_force() {
        return Err(Refusal::WrongStage { stage: state.stage });
    }
    Ok(Remedy::against(&state.unit))
}
