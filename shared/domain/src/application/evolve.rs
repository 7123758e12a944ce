//! How each event changes the state.

use jiff::civil::Date;

use super::demand::Demand;
use super::event::{Event, Recorded};
use super::limits::end_pause;
use super::recompute::Recounted;
use super::state::{
    Application, ClaimedBy, Correction, Deferral, ExpectedEnd, ExtensionAsked, Hearing,
    OnUndertaking, PendingPetition, Petition, Service, Stage, Visit,
};
use crate::calendar::Due;
use crate::clock::{self, CalendarUse, Extended, Ground, Pause};
use crate::ids::OfficerId;
use crate::item::PauseGround;
use crate::officer::Post;

const HEARING: Ground = Ground::SpecialProcedure(PauseGround::Hearing);

impl Application {
    /// Changes the state as `recorded` says. Where the event took place in the chain is checked before.
    pub(super) fn apply(&mut self, recorded: &Recorded) {
        self.remember_reviewer(recorded);
        match &recorded.event {
            Event::Submitted(_) => {}
            Event::Claimed { .. } | Event::Released | Event::Reassigned { .. } => {
                self.apply_to_hands(recorded);
            }
            Event::CorrectionRequired { .. }
            | Event::PapersRequested { .. }
            | Event::Supplemented { .. }
            | Event::CorrectionLapsed
            | Event::DeferralUndertaken { .. }
            | Event::ConditionsUndertaken
            | Event::Accepted { .. }
            | Event::NotAccepted { .. }
            | Event::Cured { .. }
            | Event::CureLapsed { .. } => self.apply_at_intake(recorded),
            Event::NoticeServed { notice, answer_by } => self.apply_service(*notice, *answer_by),
            Event::SpecialProcedureStarted { .. }
            | Event::SpecialProcedureEnded { .. }
            | Event::Suspended { .. }
            | Event::Resumed { .. }
            | Event::HearingOffered { .. }
            | Event::HearingRequested { .. }
            | Event::HearingForgone
            | Event::HearingScheduled { .. }
            | Event::HearingHeld { .. }
            | Event::ExtensionRequested { .. }
            | Event::Extended { .. }
            | Event::Recomputed { .. } => self.apply_to_clock(recorded),
            Event::AttendanceBooked { .. }
            | Event::Attended
            | Event::Inspected { .. }
            | Event::Recommended { .. }
            | Event::Returned { .. } => self.apply_at_review(recorded),
            Event::Granted { .. }
            | Event::Refused { .. }
            | Event::Withdrawn { .. }
            | Event::Terminated { .. } => self.apply_at_end(recorded),
            Event::UndertakingChecked { .. }
            | Event::Delivered { .. }
            | Event::PetitionFiled { .. }
            | Event::Renewed { .. }
            | Event::Amended { .. }
            | Event::PetitionRefused { .. }
            | Event::Rescinded { .. }
            | Event::Revoked { .. }
            | Event::Cancelled { .. } => self.apply_afterwards(recorded),
        }
    }

    /// Who conducts the review takes part in it, whoever recommends in the end.
    fn remember_reviewer(&mut self, recorded: &Recorded) {
        let conducts = matches!(
            recorded.event,
            Event::SpecialProcedureStarted { .. }
                | Event::SpecialProcedureEnded { .. }
                | Event::Suspended { .. }
                | Event::Resumed { .. }
                | Event::HearingOffered { .. }
                | Event::HearingScheduled { .. }
                | Event::HearingHeld { .. }
                | Event::ExtensionRequested { .. }
                | Event::Inspected { .. }
        );
        let in_review = self
            .claim
            .as_ref()
            .is_some_and(|claim| claim.post == Post::Reviewer);
        if !conducts || !in_review {
            return;
        }
        let second = match &recorded.event {
            Event::Inspected { with, .. } => Some(with),
            _ => None,
        };
        for officer in recorded.actor.officer().into_iter().chain(second) {
            if !self.handling.reviewed_before.contains(officer) {
                self.handling.reviewed_before.push(officer.clone());
            }
        }
    }

    fn apply_to_hands(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::Claimed { post } => {
                self.claim = recorded.actor.officer().map(|officer| ClaimedBy {
                    officer: officer.clone(),
                    post: *post,
                    since: recorded.at,
                });
                self.review_begins();
            }
            Event::Reassigned { to, post, .. } => {
                self.claim = Some(ClaimedBy {
                    officer: to.clone(),
                    post: *post,
                    since: recorded.at,
                });
                self.review_begins();
            }
            _ => {
                self.claim = None;
                if self.stage == Stage::UnderReview {
                    self.stage = Stage::Accepted;
                }
            }
        }
    }

    fn review_begins(&mut self) {
        if self.stage == Stage::Accepted {
            self.stage = Stage::UnderReview;
        }
    }

    fn apply_at_intake(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::CorrectionRequired {
                demands, answer_by, ..
            } => {
                self.stage = Stage::CorrectionRequired;
                self.claim = None;
                self.course.corrections.push(clock::Correction {
                    received_at: self.course.received_at,
                    asked_at: recorded.at,
                });
                let before = self.correction.as_ref();
                self.correction = Some(Correction {
                    demands: demands.clone(),
                    asked_at: recorded.at,
                    answer_by: *answer_by,
                    notices: before.map_or(1, |before| before.notices.saturating_add(1)),
                    service: self.service_of(recorded),
                });
            }
            Event::PapersRequested { demands, .. } => {
                self.papers_asked_for = Some(demands.clone());
                if self.papers_asked_for_before.is_empty() {
                    self.papers_asked_for_before.clone_from(demands);
                }
            }
            Event::Supplemented {
                form,
                quantities,
                rows,
                limits,
                papers,
            } if self.stage == Stage::CorrectionRequired => {
                if form.is_some() {
                    self.quantities.clone_from(quantities);
                    self.rows = *rows;
                }
                self.course.received_at = recorded.at;
                self.stage = Stage::Submitted;
                self.limits = self.limits.merged(*limits);
                self.deferral = self.deferral.take().and_then(|left| left.without(papers));
            }
            Event::Supplemented { .. } => self.papers_asked_for = None,
            Event::DeferralUndertaken { undertaking } => {
                self.undertakings = self.undertakings.saturating_add(1);
                self.deferral = Some(Deferral::undertaken(undertaking.clone()));
            }
            Event::ConditionsUndertaken => {
                self.on_undertaking = Some(OnUndertaking {
                    signed_at: recorded.at,
                    check_by: None,
                    holds: None,
                });
            }
            Event::Accepted {
                limits,
                deemed,
                deferral,
            } => {
                self.stage = Stage::Accepted;
                self.claim = None;
                self.handling.accepted_by = recorded.actor.officer().cloned();
                self.course.accepted_at = Some(recorded.at);
                self.deemed = *deemed;
                self.deferral = deferral.clone().map(|undertaking| Deferral {
                    undertaking,
                    accepted: true,
                    cured_at: None,
                });
                self.limits = self.limits.merged(*limits);
            }
            Event::Cured { papers } => {
                if let Some(deferral) = &mut self.deferral {
                    deferral.cured_at = Some(recorded.at);
                }
                self.papers_asked_for = self.papers_asked_for.take().filter(|asked| {
                    let came = |demand: &Demand| {
                        papers.iter().any(|paper| demand.asks_for(paper.material()))
                    };
                    !asked.iter().all(came)
                });
            }
            Event::CorrectionLapsed => self.end(Stage::Lapsed, recorded),
            Event::NotAccepted { .. } => {
                self.handling.accepted_by = recorded.actor.officer().cloned();
                self.end(Stage::NotAccepted, recorded);
            }
            Event::CureLapsed { .. } => self.end(Stage::Terminated, recorded),
            _ => {}
        }
    }

    /// Whether the notice that `recorded` issues has reached the applicant with that.
    fn service_of(&self, recorded: &Recorded) -> Service {
        if self.paper_service {
            Service::Awaited {
                notice: recorded.seq,
            }
        } else {
            Service::Done
        }
    }

    fn apply_service(&mut self, notice: u64, answer_by: Option<Due>) {
        if let Some(correction) = &mut self.correction
            && correction.service.awaits(notice)
        {
            correction.service = Service::Done;
            correction.answer_by = answer_by.unwrap_or(correction.answer_by);
        }
        if let Some(Hearing::Offered { ask_by, service }) = &mut self.hearing
            && service.awaits(notice)
        {
            *service = Service::Done;
            *ask_by = answer_by.unwrap_or(*ask_by);
        }
    }

    fn apply_to_clock(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::SpecialProcedureStarted {
                ground,
                expected_end,
                ..
            } => {
                let ground = Ground::SpecialProcedure(*ground);
                self.pause(ground, recorded);
                self.expect_end(ground, *expected_end);
            }
            Event::Suspended { .. } => self.pause(Ground::Suspension, recorded),
            Event::HearingScheduled { at, chair, .. } => {
                let hold_by = self.hearing.as_ref().and_then(Hearing::hold_by);
                self.hearing = Some(Hearing::Scheduled {
                    at: *at,
                    chair: chair.clone(),
                    hold_by,
                });
                self.handling.heard_by = Some(chair.clone());
                // One that is put off is one pause.
                if self.course.open_pause(HEARING).is_none() {
                    self.pause(HEARING, recorded);
                }
                self.expect_end(HEARING, at.date());
            }
            Event::SpecialProcedureEnded { ground, limits, .. } => {
                self.go_on(Ground::SpecialProcedure(*ground), recorded);
                self.limits = self.limits.merged(*limits);
            }
            Event::Resumed { limits, .. } => {
                self.go_on(Ground::Suspension, recorded);
                self.limits = self.limits.merged(*limits);
            }
            Event::HearingHeld { minutes, limits } => {
                self.hearing = Some(Hearing::Held { minutes: *minutes });
                self.go_on(HEARING, recorded);
                self.limits = self.limits.merged(*limits);
            }
            Event::HearingOffered { ask_by, .. } => {
                self.hearing = Some(Hearing::Offered {
                    ask_by: *ask_by,
                    service: self.service_of(recorded),
                });
            }
            Event::HearingRequested { hold_by } => {
                self.hearing = Some(Hearing::Requested { hold_by: *hold_by });
            }
            Event::HearingForgone => self.hearing = Some(Hearing::Forgone),
            Event::ExtensionRequested { days, .. } => {
                let asked_by = recorded.actor.officer().cloned();
                self.extension_asked = asked_by.map(|by| ExtensionAsked { days: *days, by });
            }
            Event::Extended { days, limits, .. } => {
                self.extension_asked = None;
                self.course.extension = Some(Extended {
                    days: *days,
                    at: recorded.at,
                    approved_by: recorded.actor.officer().cloned(),
                });
                self.limits = self.limits.merged(*limits);
            }
            Event::Recomputed {
                calendar,
                limits,
                days,
            } => {
                self.course.calendars.push(CalendarUse {
                    from: recorded.at,
                    version: *calendar,
                });
                self.limits = self.limits.merged(*limits);
                self.apply_recounted(*days);
            }
            _ => {}
        }
        self.settle_stage();
    }

    fn apply_recounted(&mut self, days: Recounted) {
        if let (Some(correction), Some(answer_by)) = (&mut self.correction, days.answer_by) {
            correction.answer_by = answer_by;
        }
        if let (Some(Hearing::Offered { ask_by, .. }), Some(counted)) =
            (&mut self.hearing, days.ask_by)
        {
            *ask_by = counted;
        }
        if let (Some(undertaken), Some(_)) = (&mut self.on_undertaking, days.check_by) {
            undertaken.check_by = days.check_by;
        }
        self.deliver_by = days.deliver_by.or(self.deliver_by);
    }

    fn pause(&mut self, ground: Ground, recorded: &Recorded) {
        self.course.pauses.push(Pause {
            ground,
            from: recorded.at,
            to: None,
            by: recorded.actor.officer().cloned(),
        });
    }

    fn go_on(&mut self, ground: Ground, recorded: &Recorded) {
        end_pause(&mut self.course, ground, recorded.at);
        self.expected_ends
            .retain(|expected| expected.ground != ground);
        self.expected_end = self.expected_ends.iter().map(|expected| expected.by).max();
    }

    /// The applicant was told, first or anew, by when the pause on `ground` is expected to be over.
    fn expect_end(&mut self, ground: Ground, by: Date) {
        self.expected_ends
            .retain(|expected| expected.ground != ground);
        self.expected_ends.push(ExpectedEnd { ground, by });
        self.expected_end = self.expected_ends.iter().map(|expected| expected.by).max();
    }

    /// The stage follows the pauses: suspended before in a special procedure before where it was.
    fn settle_stage(&mut self) {
        let suspended = self.course.open_pause(Ground::Suspension).is_some();
        let paused = match (suspended, self.is_paused()) {
            (true, _) => Some(Stage::Suspended),
            (false, true) => Some(Stage::SpecialProcedure),
            (false, false) => None,
        };
        match (paused, self.goes_on_at) {
            (Some(paused), None) => {
                self.goes_on_at = Some(self.stage);
                self.stage = paused;
            }
            (Some(paused), Some(_)) => self.stage = paused,
            (None, Some(stage)) => {
                self.goes_on_at = None;
                self.stage = stage;
            }
            (None, None) => {}
        }
    }

    fn apply_at_review(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::AttendanceBooked { at } => {
                let bookings = self.visit.map_or(0, |visit| visit.bookings);
                self.visit = Some(Visit {
                    booked_for: Some(*at),
                    bookings: bookings.saturating_add(1),
                    attended_at: None,
                });
            }
            Event::Attended => {
                self.visit = Some(Visit {
                    attended_at: Some(recorded.at),
                    ..self.visit.unwrap_or_default()
                });
            }
            Event::Inspected { .. } => self.inspected = true,
            Event::Recommended {
                outcome,
                refused_rows,
                passed_on_to,
                ..
            } => {
                if let Some(unit) = passed_on_to {
                    self.passed_on_by = Some(std::mem::replace(&mut self.unit, unit.clone()));
                }
                self.stage = Stage::AwaitingDecision;
                self.claim = None;
                self.handling.reviewed_by = recorded.actor.officer().cloned();
                self.recommendation = Some(*outcome);
                self.rows_against = refused_rows
                    .as_ref()
                    .map(|refused| refused.recorded(recorded.seq));
            }
            _ => {
                self.stage = Stage::Accepted;
                self.claim = None;
                if let Some(unit) = self.passed_on_by.take() {
                    self.unit = unit;
                }
                let reviewer = self.handling.reviewed_by.take();
                let known = |officer: &OfficerId| self.handling.reviewed_before.contains(officer);
                let new = reviewer.filter(|reviewer| !known(reviewer));
                self.handling.reviewed_before.extend(new);
                self.recommendation = None;
                self.rows_against = None;
            }
        }
    }

    fn apply_at_end(&mut self, recorded: &Recorded) {
        let officer = recorded.actor.officer().cloned();
        match &recorded.event {
            Event::Granted {
                valid_until,
                check_by,
                deliver_by,
                refused_rows,
                ..
            } => {
                self.stage = Stage::Granted;
                self.claim = None;
                self.handling.decided_by = officer;
                self.course.decided_at = Some(recorded.at);
                self.valid_until = *valid_until;
                self.deliver_by = *deliver_by;
                self.rows_refused = refused_rows
                    .as_ref()
                    .map(|refused| refused.recorded(recorded.seq));
                if let Some(undertaken) = &mut self.on_undertaking {
                    undertaken.check_by = *check_by;
                }
            }
            Event::Refused { .. } => {
                self.stage = Stage::Refused;
                self.claim = None;
                self.handling.decided_by = officer;
                self.course.decided_at = Some(recorded.at);
                self.course.refused = true;
            }
            Event::Withdrawn { .. } => self.end(Stage::Withdrawn, recorded),
            _ => self.end(Stage::Terminated, recorded),
        }
    }

    /// Ends the case without a decision.
    fn end(&mut self, stage: Stage, recorded: &Recorded) {
        self.stage = stage;
        self.goes_on_at = None;
        self.claim = None;
        self.course.ended_at = Some(recorded.at);
    }

    fn apply_afterwards(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::UndertakingChecked { holds, .. } => {
                if let Some(undertaken) = &mut self.on_undertaking {
                    undertaken.holds = Some(*holds);
                }
            }
            Event::Delivered { .. } => {
                self.stage = Stage::Delivered;
                self.course.delivered_at = Some(recorded.at);
            }
            Event::PetitionFiled {
                petition,
                answer_by,
                ..
            } => {
                self.petition = Some(PendingPetition {
                    petition: *petition,
                    filed_at: recorded.at,
                    answer_by: *answer_by,
                });
            }
            Event::Renewed { valid_until, .. } => {
                self.valid_until = Some(*valid_until);
                self.answered();
            }
            Event::Amended { .. } | Event::PetitionRefused { .. } => self.answered(),
            Event::Rescinded { .. } => self.strike(Stage::Rescinded, recorded),
            Event::Revoked { .. } => self.strike(Stage::Revoked, recorded),
            _ => self.strike(Stage::Cancelled, recorded),
        }
    }

    fn answered(&mut self) {
        self.petition = None;
        self.claim = None;
    }

    /// Ends what was granted.
    fn strike(&mut self, stage: Stage, recorded: &Recorded) {
        self.answered();
        self.stage = stage;
        self.struck_at = Some(recorded.at);
    }

    /// Whether a renewal waits for its answer.
    pub fn awaits_renewal(&self) -> bool {
        let pending = self.petition.as_ref();
        pending.is_some_and(|pending| pending.petition == Petition::Renewal)
    }

    /// Whether `officer` of `post` may take the case in hand next, as far as its steps go. A petition is
    /// a new matter: who took part in the grant may answer it.
    pub(super) fn bars(&self, officer: &OfficerId, post: Post) -> bool {
        self.petition.is_none() && self.handling.bars(officer, post)
    }
}
