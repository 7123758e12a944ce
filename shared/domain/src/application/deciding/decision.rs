//! The decision (决定, arts. 37–38).

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::petition;
use crate::application::event::Event;
use crate::application::limits::accounts;
use crate::application::refusal::Refusal;
use crate::application::remedy::Remedy;
use crate::application::rows::RefusedRows;
use crate::application::state::{Application, Outcome, Stage};
use crate::application::{Context, officer_in_hand};
use crate::calendar::Due;
use crate::chain::Digest;
use crate::item::{AttendedStep, ServiceItem};
use crate::manifest::Manifest;

/// The command that decides an application, or what the holder asks for after a grant.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// Digest of the sealed reasons; a refusal needs them (art. 38), and so does a decision against
    /// what the review recommends.
    pub reasons: Option<Digest>,
    /// The rows that are refused while the others are granted, each with its reasons.
    pub refused_rows: Option<RefusedRows>,
    /// The papers as they stand: nothing is granted on papers that are missing, refused or unexamined.
    pub manifest: Manifest,
}

impl Decision {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        if let Some(pending) = state
            .petition
            .as_ref()
            .filter(|_| state.stage.is_in_force())
        {
            officer_in_hand(state, &[state.stage], context)?;
            RefusedRows::check(self.refused_rows.as_ref(), state, self.outcome)?;
            return petition::answer(self, pending.petition, state, context);
        }
        officer_in_hand(state, &[Stage::AwaitingDecision], context)?;
        if state
            .hearing
            .as_ref()
            .is_some_and(super::super::state::Hearing::is_open)
        {
            return Err(Refusal::HearingOpen);
        }
        let refused_rows = self.refused_rows.as_ref();
        RefusedRows::check(refused_rows, state, self.outcome)?;
        let as_recommended = state.recommendation == Some(self.outcome)
            && RefusedRows::are(refused_rows, state.rows_against.as_ref());
        if self.reasons.is_none() && !as_recommended {
            return Err(Refusal::ReasonsMissing);
        }
        Ok(vec![match self.outcome {
            Outcome::Grant => {
                self.may_be_granted(state, context)?;
                let rows = self.refused_rows.clone();
                granted(state, self.reasons, rows, None, context)
            }
            Outcome::Refuse => Event::Refused {
                reasons: self.reasons.ok_or(Refusal::ReasonsMissing)?,
                remedies: Remedy::against(&state.unit),
            },
        }])
    }

    /// Whether nothing that the grant waits for is outstanding. What counts as accepted was looked at by
    /// nobody, so that the papers are looked at here.
    fn may_be_granted(&self, state: &Application, context: &Context<'_>) -> Result<(), Refusal> {
        if let Some(undertaking) = state.uncured() {
            return Err(Refusal::Uncured(undertaking.materials.clone()));
        }
        let faults = self.manifest.faults(context.item);
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        let attendance = context.item.attendance.as_ref();
        let waits =
            attendance.is_some_and(|attendance| attendance.before == AttendedStep::Decision);
        if waits && !state.has_attended() {
            return Err(Refusal::NotAttended);
        }
        Ok(())
    }
}

/// The event of a grant now, of all but `refused_rows`.
pub(super) fn granted(
    state: &Application,
    reasons: Option<Digest>,
    refused_rows: Option<RefusedRows>,
    check_by: Option<Due>,
    context: &Context<'_>,
) -> Event {
    let mut course = state.course.clone();
    course.decided_at = Some(context.now);
    Event::Granted {
        reasons,
        valid_until: term_end(context.now.date(), context.item),
        check_by,
        deliver_by: accounts(&course, context).delivery.due,
        remedies: match &refused_rows {
            Some(_) => Remedy::against(&state.unit),
            None => Vec::new(),
        },
        refused_rows,
    }
}

/// The last day of a term that begins on `from`: the day before the same day so many months later.
pub(super) fn term_end(from: Date, item: &ServiceItem) -> Option<Date> {
    let months = i32::from(item.result.validity_months?);
    let same_day = from.checked_add(months.months()).ok()?;
    same_day.yesterday().ok()
}
