//! The special procedures that stop the clock (特别程序, art. 45).

use jiff::civil::Date;

use crate::application::event::Event;
use crate::application::limits::gone_on;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Stage};
use crate::application::{Context, officer_in_hand};
use crate::chain::Digest;
use crate::clock::Ground;
use crate::item::PauseGround;

/// The command that begins one. The applicant is told by when it is expected to be over.
#[derive(Clone, Copy, Debug)]
pub struct StartSpecialProcedure {
    /// On which ground; a hearing has commands of its own.
    pub ground: PauseGround,
    /// By when it is expected to be over.
    pub expected_end: Date,
    /// Digest of the sealed explanation.
    pub explanation: Digest,
}

impl StartSpecialProcedure {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(
            state,
            &[Stage::UnderReview, Stage::SpecialProcedure],
            context,
        )?;
        let listed = context.item.pause_grounds().contains(&self.ground);
        if !listed || self.ground == PauseGround::Hearing {
            return Err(Refusal::GroundNotListed);
        }
        let ground = Ground::SpecialProcedure(self.ground);
        if state.course.open_pause(ground).is_some() {
            return Err(Refusal::PausedAlready);
        }
        if self.expected_end <= context.now.date() {
            return Err(Refusal::ExpectedEndNotAhead);
        }
        Ok(vec![Event::SpecialProcedureStarted {
            ground: self.ground,
            expected_end: self.expected_end,
            explanation: self.explanation,
        }])
    }
}

/// The command that ends it.
#[derive(Clone, Copy, Debug)]
pub struct EndSpecialProcedure {
    /// Which.
    pub ground: PauseGround,
    /// Digest of the sealed result.
    pub result: Digest,
}

impl EndSpecialProcedure {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::SpecialProcedure, Stage::Suspended], context)?;
        let ground = Ground::SpecialProcedure(self.ground);
        if self.ground == PauseGround::Hearing || state.course.open_pause(ground).is_none() {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        Ok(vec![Event::SpecialProcedureEnded {
            ground: self.ground,
            result: self.result,
            limits: gone_on(state, ground, context),
        }])
    }
}
