//! Acceptance with papers still to come (容缺受理), on the applicant's undertaking.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::application::event::{Actor, Event};
use crate::application::limits::accepted;
use crate::application::refusal::Refusal;
use crate::application::state::{Application, Limits, Stage};
use crate::application::{Context, officer_in_hand};
use crate::calendar::WorkingCalendar;
use crate::ids::{MaterialCode, PersonId};
use crate::instant::Instant;
use crate::item::ServiceItem;
use crate::manifest::{Manifest, PaperFault};

/// What the applicant signs (容缺承诺书): these papers, by that date, or the procedure ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeferralUndertaking {
    /// The papers.
    pub materials: Vec<MaterialCode>,
    /// The last day to bring them.
    pub cure_by: Date,
    /// Who signed.
    pub signed_by: PersonId,
    /// When.
    pub signed_at: Instant,
}

impl DeferralUndertaking {
    /// What `person` signs at `now`: of what `request` names, that which is not among the papers.
    ///
    /// # Errors
    /// [`Refusal::NothingToDefer`], [`Refusal::NotDeferrable`] with every paper that cannot follow,
    /// [`Refusal::CureNotAhead`], or [`Refusal::LapsedBefore`].
    pub fn sign(
        request: &Undertake,
        person: &PersonId,
        now: Instant,
        item: &ServiceItem,
    ) -> Result<Self, Refusal> {
        let mut materials = request.materials.clone();
        materials.sort();
        materials.dedup();
        let fixed: Vec<MaterialCode> = materials
            .iter()
            .filter(|code| {
                item.material(code)
                    .is_none_or(|material| !material.deferrable)
            })
            .cloned()
            .collect();
        if !fixed.is_empty() {
            return Err(Refusal::NotDeferrable(fixed));
        }
        materials.retain(|code| !request.manifest.has(code));
        if materials.is_empty() {
            return Err(Refusal::NothingToDefer);
        }
        if request.cure_by <= now.date() {
            return Err(Refusal::CureNotAhead);
        }
        if request.lapsed_before {
            return Err(Refusal::LapsedBefore);
        }
        Ok(Self {
            materials,
            cure_by: request.cure_by,
            signed_by: person.clone(),
            signed_at: now,
        })
    }
}

/// How often a case takes an undertaking that differs from the one before.
pub const MOST_UNDERTAKINGS: u8 = 10;

/// The command with which the applicant undertakes to bring papers later.
#[derive(Clone, Debug)]
pub struct Undertake {
    /// Which papers.
    pub materials: Vec<MaterialCode>,
    /// The papers as they stand: what is there does not follow.
    pub manifest: Manifest,
    /// The last day to bring them.
    pub cure_by: Date,
    /// Whether the enterprise let an undertaking lapse within the last 12 months.
    pub lapsed_before: bool,
}

impl Undertake {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let Actor::Agent { person, .. } = context.actor else {
            return Err(Refusal::NotTheApplicant);
        };
        if !matches!(state.stage, Stage::Submitted | Stage::CorrectionRequired) {
            return Err(Refusal::WrongStage { stage: state.stage });
        }
        let undertaking = DeferralUndertaking::sign(self, person, context.now, context.item)?;
        let signed = state
            .deferral
            .as_ref()
            .map(|deferral| &deferral.undertaking);
        let same = signed.is_some_and(|signed| {
            signed.materials == undertaking.materials && signed.cure_by == undertaking.cure_by
        });
        // Signing the same again is one undertaking.
        if same {
            return Ok(Vec::new());
        }
        if state.undertakings >= MOST_UNDERTAKINGS {
            return Err(Refusal::UndertakenTooOften);
        }
        Ok(vec![Event::DeferralUndertaken { undertaking }])
    }
}

/// The command that accepts an application although papers are still to come.
#[derive(Clone, Debug)]
pub struct AcceptWithDeferral {
    /// The papers as they stand.
    pub manifest: Manifest,
}

impl AcceptWithDeferral {
    pub(in crate::application) fn decide(
        &self,
        state: &Application,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        officer_in_hand(state, &[Stage::Submitted], context)?;
        context.before_deemed(state)?;
        let undertaking = match &state.deferral {
            Some(deferral) if deferral.undertaking.cure_by >= context.now.date() => {
                &deferral.undertaking
            }
            _ => return Err(Refusal::NoUndertaking),
        };
        let (covered, faults): (Vec<_>, Vec<_>) = self
            .manifest
            .faults_with(context.item, &undertaking.materials)
            .into_iter()
            .partition(|(code, fault)| {
                *fault == PaperFault::Missing && undertaking.materials.contains(code)
            });
        if !faults.is_empty() {
            return Err(Refusal::Papers(faults));
        }
        if covered.is_empty() {
            return Err(Refusal::NothingToDefer);
        }
        let limits = accepted(state, context);
        if let Some(latest) = latest_cure(state, limits, context.calendar)
            && undertaking.cure_by > latest
        {
            return Err(Refusal::CureTooLate { latest });
        }
        let outstanding = DeferralUndertaking {
            materials: covered.into_iter().map(|(code, _)| code).collect(),
            ..undertaking.clone()
        };
        Ok(vec![Event::Accepted {
            limits,
            deemed: false,
            deferral: Some(outstanding),
        }])
    }
}

/// The last day on which papers may follow: one working day before the promised date, where there is one.
pub(super) fn latest_cure(
    state: &Application,
    limits: Limits,
    calendar: &WorkingCalendar,
) -> Option<Date> {
    let promised = state.limits.merged(limits).promised?;
    Some(working_day_before(promised.date, calendar))
}

/// The last working day before `date`, or the first day there is.
fn working_day_before(date: Date, calendar: &WorkingCalendar) -> Date {
    std::iter::successors(date.yesterday().ok(), |day| day.yesterday().ok())
        .find(|day| calendar.day(*day).working)
        .unwrap_or(Date::MIN)
}
