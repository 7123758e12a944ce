//! Non-acceptance (不予受理, art. 32): no power, or nothing to apply for.

use serde::{Deserialize, Serialize};

use crate::application::event::Event;
use crate::application::refusal::Refusal;
use crate::application::remedy::Remedy;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;

/// Why an application is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NonAcceptance {
    /// The matter is not this authority's; the reasons name the right one.
    NoPower,
    /// The matter needs no approval.
    NothingToApplyFor,
}

/// The command that does not accept an application.
#[derive(Clone, Copy, Debug)]
pub struct NotAccept {
    /// On what ground.
    pub ground: NonAcceptance,
    /// Digest of the sealed reasons.
    pub reasons: Digest,
}

impl NotAccept {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::Submitted], context)?;
        context.before_deemed(state)?;
        Ok(vec![Event::NotAccepted {
            ground: self.ground,
            reasons: self.reasons,
            remedies: Remedy::against(&state.unit),
        }])
    }
}
