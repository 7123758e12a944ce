//! The procedure beyond the straight way: correction, deferral, what stops the clock, hearing, more time,
//! and what comes after a grant, told as stories.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{
    Case, acting, agent, at, decider, head, intake, item, item_with, manifest, officer, reviewer,
    text,
};
use domain::application::{
    AcceptWithDeferral, Application, ApproveExtension, BookAttendance, Cancel, CheckUndertaking,
    Claim, Command, Cure, Deliver, Demand, EndSpecialProcedure, Event, GrantInstantly,
    GrantOnUndertaking, HoldHearing, Inspect, MOST_BOOKINGS, NonAcceptance, NotAccept,
    OfferHearing, Outcome, Petition, PetitionFor, Reassign, Recommend, Refusal, RequestExtension,
    RequireCorrection, Resume, ReturnToReview, Revoke, ScheduleHearing, ServeNotice, Stage,
    StartSpecialProcedure, Supplement, Suspend, Terminate, Undertake,
};
use domain::holding::Holding;
use domain::ids::{MaterialCode, OfficerId};
use domain::item::{
    Attendance, AttendedStep, AutoReview, DeliveryMode, PauseGround, ServiceItem, SpecialProcedure,
    SpecialProcedureKey, Undertaking,
};
use domain::manifest::{Manifest, PaperState};
use domain::officer::Post;
use domain::words::Words;

fn material(code: &str) -> MaterialCode {
    code.to_owned().try_into().unwrap()
}

fn demand(code: &str) -> Demand {
    Demand::Material {
        material: material(code),
    }
}

fn correction(demands: &[&str]) -> Command {
    Command::RequireCorrection(RequireCorrection {
        demands: demands.iter().map(|code| demand(code)).collect(),
        explanation: text(),
    })
}

fn supplement(case: &Case) -> Command {
    Command::Supplement(Supplement {
        quantities: None,
        rows: None,
        form: None,
        manifest: case.papers.clone(),
    })
}

fn with_expert_review() -> &'static ServiceItem {
    item_with(|item| {
        item.special_procedures.push(SpecialProcedure {
            key: SpecialProcedureKey::ExpertReview,
            excluded_from_clock: true,
            before_acceptance: false,
            note: None,
        });
    })
}

fn attended_before(before: AttendedStep) -> &'static ServiceItem {
    let word = || Words::new("词", "word");
    item_with(|item| {
        item.attendance = Some(Attendance {
            before,
            purpose: word(),
            place: word(),
            bring: Vec::new(),
        });
    })
}

fn claimed() -> Case {
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    case
}

fn granted(item: &'static ServiceItem) -> Case {
    let mut case = Case::under_review_of(item);
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    case
}

fn due(case: &Case) -> (String, String) {
    let limits = case.state().limits;
    let date = |due: Option<domain::calendar::Due>| due.unwrap().date.to_string();
    (date(limits.promised), date(limits.statutory))
}

#[test]
fn receipt_is_the_day_of_the_supplement() {
    let mut case = claimed();
    case.at("2026-11-27T16:00:00+08:00");
    case.act(&acting(&intake()), &correction(&["MAT-FIRE"]))
        .unwrap();
    assert_eq!(case.state().stage, Stage::CorrectionRequired);
    assert_eq!(case.state().next_post(), None, "it is the applicant's turn");
    let notice = case.state().correction.as_ref().unwrap();
    assert_eq!(
        notice.answer_by.date.to_string(),
        "2026-12-18",
        "15 working days"
    );

    case.at("2026-12-02T09:00:00+08:00");
    let answer = supplement(&case);
    case.act(&agent(), &answer).unwrap();
    let state = case.state();
    assert_eq!(state.stage, Stage::Submitted);
    assert_eq!(state.course.received_at, case.now);
    assert_eq!(state.submitted_at(), builders::monday());
    let acceptance = state.limits.acceptance.unwrap().date.to_string();
    assert_eq!(acceptance, "2026-12-09", "five working days from then");
}

#[test]
fn a_further_notice_may_only_repeat_what_the_one_before_asked_for() {
    let mut case = claimed();
    let officer = acting(&intake());
    case.act(&officer, &correction(&["MAT-FIRE", "MAT-PLAN"]))
        .unwrap();
    let answer = supplement(&case);
    case.act(&agent(), &answer).unwrap();
    case.claims(&intake()).unwrap();
    assert_eq!(
        case.act(&officer, &correction(&["MAT-PLAN", "MAT-BIZ"])),
        Err(Refusal::DemandNew(vec![demand("MAT-BIZ")]))
    );
    case.act(&officer, &correction(&["MAT-PLAN"])).unwrap();
    let answer = supplement(&case);
    case.act(&agent(), &answer).unwrap();
    case.claims(&intake()).unwrap();
    assert_eq!(
        case.act(&officer, &correction(&["MAT-FIRE"])),
        Err(Refusal::DemandNew(vec![demand("MAT-FIRE")])),
        "what the second left out was met"
    );
}

#[test]
fn a_notice_asks_for_something_the_item_has() {
    let mut case = claimed();
    let officer = acting(&intake());
    assert_eq!(
        case.act(&officer, &correction(&[])),
        Err(Refusal::NothingDemanded)
    );
    assert_eq!(
        case.act(&officer, &correction(&["MAT-FORM", "MAT-NONE"])),
        Err(Refusal::DemandUnknown(vec![
            demand("MAT-FORM"),
            demand("MAT-NONE")
        ]))
    );
}

#[test]
fn a_form_is_mended_only_where_a_member_of_it_was_asked_for() {
    let mut case = claimed();
    case.act(&acting(&intake()), &correction(&["MAT-FIRE"]))
        .unwrap();
    let with_form = Command::Supplement(Supplement {
        quantities: None,
        rows: None,
        form: Some(text()),
        manifest: case.papers.clone(),
    });
    assert_eq!(
        case.act(&agent(), &with_form),
        Err(Refusal::FormNotDemanded)
    );
}

#[test]
fn what_is_not_mended_in_time_counts_as_withdrawn_one_second_after_the_last_day() {
    let mut case = claimed();
    case.act(&acting(&intake()), &correction(&["MAT-FIRE"]))
        .unwrap();
    case.at("2026-12-14T23:59:59+08:00");
    assert_eq!(
        case.by_itself(&Command::LapseCorrection),
        Err(Refusal::NotDue)
    );
    case.at("2026-12-15T00:00:00+08:00");
    let late = supplement(&case);
    assert_eq!(case.act(&agent(), &late), Err(Refusal::AnswerTooLate));
    assert_eq!(
        case.act(&acting(&intake()), &Command::LapseCorrection),
        Err(Refusal::NotTheSystem)
    );
    case.by_itself(&Command::LapseCorrection).unwrap();
    assert_eq!(case.state().stage, Stage::Lapsed);
}

#[test]
fn silence_is_acceptance_since_receipt_and_an_officer_comes_too_late() {
    let mut case = claimed();
    case.at("2026-11-30T23:59:59+08:00");
    assert_eq!(case.by_itself(&Command::DeemAccepted), Err(Refusal::NotDue));
    case.at("2026-12-01T00:00:00+08:00");
    assert_eq!(case.accepts(&intake()), Err(Refusal::AcceptancePeriodOver));
    let too_late = Command::NotAccept(NotAccept {
        ground: NonAcceptance::NoPower,
        reasons: text(),
    });
    assert_eq!(
        case.act(&acting(&intake()), &too_late),
        Err(Refusal::AcceptancePeriodOver)
    );
    case.by_itself(&Command::DeemAccepted).unwrap();
    let state = case.state();
    assert!(state.deemed);
    assert_eq!(state.stage, Stage::Accepted);
    assert_eq!(state.handling.accepted_by, None, "nobody accepted");
    assert_eq!(due(&case).0, "2026-12-02", "7 working days from receipt");
    assert_eq!(
        case.by_itself(&Command::DeemAccepted),
        Err(Refusal::WrongStage {
            stage: Stage::Accepted
        }),
        "once"
    );
}

#[test]
fn what_counts_as_accepted_is_asked_for_papers_and_not_sent_back() {
    let mut case = Case::submitted();
    case.at("2026-12-01T00:00:00+08:00");
    case.by_itself(&Command::DeemAccepted).unwrap();
    case.claims(&reviewer()).unwrap();
    let limits = case.state().limits;
    case.act(&acting(&reviewer()), &correction(&["MAT-FIRE"]))
        .unwrap();
    assert_eq!(case.state().stage, Stage::UnderReview);
    assert!(case.state().takes_paper(&material("MAT-FIRE")));
    assert!(!case.state().takes_paper(&material("MAT-BIZ")));
    let answer = supplement(&case);
    case.act(&agent(), &answer).unwrap();
    assert_eq!(case.state().limits, limits, "the clock runs on");
    assert!(!case.state().takes_papers());
    assert_eq!(
        case.act(&acting(&reviewer()), &correction(&["MAT-BIZ"])),
        Err(Refusal::DemandNew(vec![demand("MAT-BIZ")])),
        "once, and for all of it"
    );
}

/// A case with MAT-FIRE to follow by Friday, accepted on the undertaking.
fn deferred() -> Case {
    let mut papers = manifest(PaperState::Clean);
    papers.papers.remove(&material("MAT-FIRE"));
    let undertake = undertake("2026-11-27");
    let item = item_with(|item| {
        for material in &mut item.materials {
            material.deferrable = material.code.as_str() == "MAT-FIRE";
            material.required |= material.code.as_str() == "MAT-FIRE";
        }
    });
    let mut case = Case::opened(item, papers, Some(&undertake));
    case.claims(&intake()).unwrap();
    case
}

fn undertake(cure_by: &str) -> Undertake {
    Undertake {
        materials: vec![material("MAT-FIRE")],
        cure_by: cure_by.parse().unwrap(),
        lapsed_before: false,
        manifest: Manifest::default(),
    }
}

fn accept_with_deferral(case: &Case) -> Command {
    Command::AcceptWithDeferral(AcceptWithDeferral {
        manifest: case.papers.clone(),
    })
}

fn cure(case: &Case) -> Command {
    Command::Cure(Cure {
        manifest: case.papers.clone(),
    })
}

#[test]
fn nothing_is_granted_before_what_was_to_follow_has_come() {
    let mut case = deferred();
    assert!(matches!(case.accepts(&intake()), Err(Refusal::Papers(_))));
    let accept = accept_with_deferral(&case);
    case.act(&acting(&intake()), &accept).unwrap();
    assert_eq!(
        case.state().uncured().unwrap().materials,
        [material("MAT-FIRE")]
    );
    case.claims(&reviewer()).unwrap();
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    assert_eq!(
        case.decides(&decider(), Outcome::Grant),
        Err(Refusal::Uncured(vec![material("MAT-FIRE")]))
    );
    let missing = cure(&case);
    assert!(matches!(
        case.act(&agent(), &missing),
        Err(Refusal::Papers(_))
    ));
    case.papers = manifest(PaperState::Awaiting);
    let unexamined = cure(&case);
    assert!(matches!(
        case.act(&agent(), &unexamined),
        Err(Refusal::Papers(_))
    ));
    case.papers = manifest(PaperState::Clean);
    let come = cure(&case);
    case.act(&agent(), &come).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
}

#[test]
fn papers_that_do_not_follow_end_the_procedure() {
    let mut case = deferred();
    let accept = accept_with_deferral(&case);
    case.act(&acting(&intake()), &accept).unwrap();
    case.at("2026-11-27T23:59:59+08:00");
    assert_eq!(case.by_itself(&Command::LapseCure), Err(Refusal::NotDue));
    case.at("2026-11-28T00:00:00+08:00");
    case.papers = manifest(PaperState::Clean);
    let late = cure(&case);
    assert_eq!(case.act(&agent(), &late), Err(Refusal::AnswerTooLate));
    case.by_itself(&Command::LapseCure).unwrap();
    assert_eq!(case.state().stage, Stage::Terminated);
    let Event::CureLapsed { remedies, .. } = &case.events().last().unwrap().event else {
        panic!("not lapsed")
    };
    assert_eq!(remedies.len(), 2);
}

#[test]
fn an_undertaking_names_deferrable_papers_and_a_day_that_is_early_enough() {
    let mut case = deferred();
    let ask = |materials: &[&str], cure_by: &str, lapsed_before| {
        Command::Undertake(Undertake {
            materials: materials.iter().map(|code| material(code)).collect(),
            cure_by: cure_by.parse().unwrap(),
            lapsed_before,
            manifest: Manifest::default(),
        })
    };
    let fixed = ask(&["MAT-BIZ"], "2026-11-27", false);
    assert_eq!(
        case.act(&agent(), &fixed),
        Err(Refusal::NotDeferrable(vec![material("MAT-BIZ")]))
    );
    let today = ask(&["MAT-FIRE"], "2026-11-23", false);
    assert_eq!(case.act(&agent(), &today), Err(Refusal::CureNotAhead));
    let lapsed = ask(&["MAT-FIRE"], "2026-11-27", true);
    assert_eq!(case.act(&agent(), &lapsed), Err(Refusal::LapsedBefore));
    // Promised for 2 December: one working day before is the first.
    let late = ask(&["MAT-FIRE"], "2026-12-02", false);
    case.act(&agent(), &late).unwrap();
    let accept = accept_with_deferral(&case);
    assert_eq!(
        case.act(&acting(&intake()), &accept),
        Err(Refusal::CureTooLate {
            latest: "2026-12-01".parse().unwrap()
        })
    );
    let last = ask(&["MAT-FIRE"], "2026-12-01", false);
    case.act(&agent(), &last).unwrap();
    let accept = accept_with_deferral(&case);
    case.act(&acting(&intake()), &accept).unwrap();
}

#[test]
fn an_undertaking_past_its_date_or_for_nothing_missing_is_accepted_on_by_nobody() {
    let mut case = deferred();
    case.at("2026-11-28T10:00:00+08:00");
    let accept = accept_with_deferral(&case);
    assert_eq!(
        case.act(&acting(&intake()), &accept),
        Err(Refusal::NoUndertaking)
    );
    let mut case = deferred();
    case.papers = manifest(PaperState::Clean);
    let accept = accept_with_deferral(&case);
    assert_eq!(
        case.act(&acting(&intake()), &accept),
        Err(Refusal::NothingToDefer)
    );
}

fn start(ground: PauseGround, expected_end: &str) -> Command {
    Command::StartSpecialProcedure(StartSpecialProcedure {
        ground,
        expected_end: expected_end.parse().unwrap(),
        explanation: text(),
    })
}

fn end(ground: PauseGround) -> Command {
    Command::EndSpecialProcedure(EndSpecialProcedure {
        ground,
        result: text(),
    })
}

#[test]
fn a_special_procedure_takes_its_working_days_out_of_both_limits() {
    let mut case = Case::under_review_of(with_expert_review());
    let officer = acting(&reviewer());
    assert_eq!(
        due(&case),
        ("2026-12-02".to_owned(), "2026-12-21".to_owned())
    );
    assert_eq!(
        case.act(&officer, &start(PauseGround::Testing, "2026-12-01")),
        Err(Refusal::GroundNotListed)
    );
    assert_eq!(
        case.act(&officer, &start(PauseGround::ExpertReview, "2026-11-23")),
        Err(Refusal::ExpectedEndNotAhead)
    );
    case.act(&officer, &start(PauseGround::ExpertReview, "2026-12-01"))
        .unwrap();
    assert_eq!(case.state().stage, Stage::SpecialProcedure);
    assert_eq!(
        case.act(&officer, &start(PauseGround::ExpertReview, "2026-12-01")),
        Err(Refusal::PausedAlready)
    );
    // Tuesday to Friday: four working days.
    case.at("2026-11-27T17:00:00+08:00");
    case.act(&officer, &end(PauseGround::ExpertReview)).unwrap();
    assert_eq!(case.state().stage, Stage::UnderReview);
    assert_eq!(
        due(&case),
        ("2026-12-08".to_owned(), "2026-12-25".to_owned())
    );
}

#[test]
fn a_suspension_within_a_special_procedure_counts_its_days_once() {
    let mut case = Case::under_review_of(with_expert_review());
    let officer = acting(&reviewer());
    case.act(&officer, &start(PauseGround::ExpertReview, "2026-12-01"))
        .unwrap();
    case.at("2026-11-25T10:00:00+08:00");
    case.act(&officer, &Command::Suspend(Suspend { basis: text() }))
        .unwrap();
    assert_eq!(case.state().stage, Stage::Suspended);
    case.at("2026-11-27T10:00:00+08:00");
    case.act(&officer, &end(PauseGround::ExpertReview)).unwrap();
    assert_eq!(
        case.state().stage,
        Stage::Suspended,
        "one of the two goes on"
    );
    case.at("2026-11-30T10:00:00+08:00");
    case.act(&officer, &Command::Resume(Resume { reason: text() }))
        .unwrap();
    assert_eq!(case.state().stage, Stage::UnderReview);
    // Tuesday 24 to Monday 30: five working days once.
    assert_eq!(due(&case).0, "2026-12-09");
}

#[test]
fn nobody_decides_while_a_hearing_is_open_and_its_time_is_taken_out() {
    let mut case = Case::under_review();
    let officer = acting(&reviewer());
    let offer = Command::OfferHearing(OfferHearing {
        explanation: text(),
    });
    assert_eq!(
        case.act(&agent(), &Command::RequestHearing),
        Err(Refusal::HearingNotAtThatStep)
    );
    case.act(&officer, &offer).unwrap();
    assert_eq!(
        case.act(&officer, &offer),
        Err(Refusal::HearingOfferedBefore)
    );
    case.act(&agent(), &Command::RequestHearing).unwrap();
    let schedule = |day: &str, chair: &str| {
        Command::ScheduleHearing(ScheduleHearing {
            at: at(&format!("{day}T09:00:00+08:00")),
            chair: OfficerId::try_from(chair.to_owned()).unwrap(),
            order: text(),
            able: true,
        })
    };
    assert_eq!(
        case.act(&officer, &schedule("2026-12-01", "reviewer")),
        Err(Refusal::ChairFromTheReview)
    );
    assert_eq!(
        case.act(&officer, &schedule("2026-11-29", "sun")),
        Err(Refusal::HearingDay {
            earliest: "2026-11-30".parse().unwrap(),
            latest: "2026-12-21".parse().unwrap(),
        })
    );
    case.act(&officer, &schedule("2026-11-30", "sun")).unwrap();
    assert_eq!(case.state().stage, Stage::SpecialProcedure);
    let hold = Command::HoldHearing(HoldHearing { minutes: text() });
    assert_eq!(
        case.act(&officer, &hold),
        Err(Refusal::HearingNotAtThatStep),
        "not yet"
    );
    case.at("2026-11-30T11:00:00+08:00");
    case.act(&officer, &hold).unwrap();
    assert_eq!(
        due(&case).0,
        "2026-12-09",
        "five working days were taken out"
    );
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
}

#[test]
fn a_hearing_that_is_put_off_is_announced_anew_and_pauses_the_clock_once() {
    let mut case = Case::under_review();
    let officer = acting(&reviewer());
    let offer = Command::OfferHearing(OfferHearing {
        explanation: text(),
    });
    case.act(&officer, &offer).unwrap();
    case.act(&agent(), &Command::RequestHearing).unwrap();
    assert_eq!(
        case.recommends(&reviewer(), Outcome::Grant),
        Err(Refusal::HearingOpen)
    );
    let schedule = |day: &str| {
        Command::ScheduleHearing(ScheduleHearing {
            at: at(&format!("{day}T09:00:00+08:00")),
            chair: OfficerId::try_from("jack".to_owned()).unwrap(),
            order: text(),
            able: true,
        })
    };
    case.act(&officer, &schedule("2026-11-30")).unwrap();
    case.at("2026-11-25T09:00:00+08:00");
    assert_eq!(
        case.act(&officer, &schedule("2026-12-01")),
        Err(Refusal::HearingDay {
            earliest: "2026-12-02".parse().unwrap(),
            latest: "2026-12-21".parse().unwrap(),
        }),
        "seven days again"
    );
    case.act(&officer, &schedule("2026-12-03")).unwrap();
    assert_eq!(case.state().course.pauses.len(), 1);

    case.at("2026-12-03T11:00:00+08:00");
    let hold = Command::HoldHearing(HoldHearing { minutes: text() });
    case.act(&officer, &hold).unwrap();
    assert_eq!(case.state().stage, Stage::UnderReview);
    // Who chaired it stays outside the review.
    case.releases(&reviewer()).unwrap();
    let chair = builders::two_posts();
    assert_eq!(case.claims(&chair), Err(Refusal::SeparationOfDuties));
}

#[test]
fn on_paper_the_time_to_answer_runs_from_the_hand_over() {
    let mut case = Case::submitted_on_paper();
    case.claims(&intake()).unwrap();
    case.act(&acting(&intake()), &correction(&["MAT-FIRE"]))
        .unwrap();
    let issued = case.events().last().unwrap().seq;
    let serve = |notice, served| Command::ServeNotice(ServeNotice { notice, served });

    // Nobody has told the applicant: nothing lapses, however late it is.
    case.at("2026-12-21T09:00:00+08:00");
    assert!(case.by_itself(&Command::LapseCorrection).is_err());
    assert_eq!(
        case.act(&agent(), &serve(issued, false)),
        Err(Refusal::NotAnOfficer)
    );
    case.act(&acting(&intake()), &serve(issued, false)).unwrap();
    assert_eq!(
        case.act(&acting(&intake()), &serve(issued, true)),
        Err(Refusal::ServedBefore)
    );
    let correction = case.state().correction.clone().unwrap();
    assert_eq!(correction.answer_by.date.to_string(), "2027-01-12");
    assert_eq!(
        case.by_itself(&Command::LapseCorrection),
        Err(Refusal::NotDue)
    );
    case.at("2027-01-13T00:00:00+08:00");
    case.by_itself(&Command::LapseCorrection).unwrap();
    assert_eq!(case.state().stage, Stage::Lapsed);
}

#[test]
fn on_paper_the_right_to_a_hearing_is_forgone_only_by_who_was_told() {
    let mut case = Case::submitted_on_paper();
    case.claims(&intake()).unwrap();
    case.accepts(&intake()).unwrap();
    case.claims(&reviewer()).unwrap();
    let offer = Command::OfferHearing(OfferHearing {
        explanation: text(),
    });
    case.act(&acting(&reviewer()), &offer).unwrap();
    let issued = case.events().last().unwrap().seq;
    case.at("2026-12-07T09:00:00+08:00");
    assert!(case.by_itself(&Command::ForgoHearing).is_err());
    let serve = Command::ServeNotice(ServeNotice {
        notice: issued,
        served: false,
    });
    case.act(&acting(&intake()), &serve).unwrap();
    case.at("2026-12-14T23:59:59+08:00");
    assert_eq!(case.by_itself(&Command::ForgoHearing), Err(Refusal::NotDue));
    case.act(&agent(), &Command::RequestHearing).unwrap();
}

#[test]
fn a_time_is_booked_five_times_at_most() {
    let mut case = Case::under_review_of(attended_before(AttendedStep::Decision));
    let mut book = |day: usize| {
        let when = at(&format!("2026-12-{day:02}T09:00:00+08:00"));
        case.act(
            &agent(),
            &Command::BookAttendance(BookAttendance { at: when }),
        )
    };
    for day in 1..=MOST_BOOKINGS.into() {
        book(day).unwrap();
    }
    book(MOST_BOOKINGS.into()).unwrap();
    assert_eq!(book(20), Err(Refusal::BookedTooOften));
}

#[test]
fn a_grant_stays_work_until_it_is_delivered() {
    let mut case = granted(item());
    assert_eq!(case.state().works_for(), Some(Post::Intake));
    assert_eq!(case.state().next_post(), None, "nobody decides any more");
    let deliver = Command::Deliver(Deliver {
        mode: DeliveryMode::Pickup,
    });
    case.act(&acting(&intake()), &deliver).unwrap();
    assert_eq!(case.state().works_for(), None);
}

#[test]
fn a_decision_waits_for_who_may_still_ask_for_a_hearing() {
    let mut case = Case::under_review();
    let offer = Command::OfferHearing(OfferHearing {
        explanation: text(),
    });
    case.act(&acting(&reviewer()), &offer).unwrap();
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    assert_eq!(
        case.decides(&decider(), Outcome::Grant),
        Err(Refusal::HearingOpen)
    );
    assert_eq!(case.by_itself(&Command::ForgoHearing), Err(Refusal::NotDue));
    case.at("2026-12-01T00:00:00+08:00");
    assert_eq!(
        case.act(&agent(), &Command::RequestHearing),
        Err(Refusal::HearingAskedTooLate)
    );
    case.by_itself(&Command::ForgoHearing).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
}

fn ask(days: u16) -> Command {
    Command::RequestExtension(RequestExtension {
        days,
        reasons: text(),
    })
}

fn approve() -> Command {
    Command::ApproveExtension(ApproveExtension { reasons: text() })
}

#[test]
fn the_head_extends_once_before_the_limit_and_never_their_own_case() {
    let mut case = Case::under_review();
    let handler = acting(&reviewer());
    assert_eq!(
        case.act(&handler, &ask(0)),
        Err(Refusal::ExtensionOutOfRange { most: 10 })
    );
    assert_eq!(
        case.act(&handler, &ask(11)),
        Err(Refusal::ExtensionOutOfRange { most: 10 })
    );
    assert_eq!(
        case.act(&acting(&head()), &approve()),
        Err(Refusal::NoExtensionAsked)
    );
    case.act(&handler, &ask(10)).unwrap();
    assert_eq!(case.act(&handler, &ask(5)), Err(Refusal::ExtendedBefore));
    assert_eq!(case.act(&handler, &approve()), Err(Refusal::OwnExtension));
    assert_eq!(
        case.act(&acting(&intake()), &approve()),
        Err(Refusal::OwnExtension)
    );
    // At the last second of the promised date.
    case.at("2026-12-02T23:59:59+08:00");
    case.act(&acting(&head()), &approve()).unwrap();
    assert_eq!(
        due(&case),
        ("2026-12-16".to_owned(), "2027-01-05".to_owned())
    );
    assert!(
        case.state().limits.statutory.unwrap().provisional,
        "2027 is not announced"
    );
    assert_eq!(case.act(&handler, &ask(1)), Err(Refusal::ExtendedBefore));
}

#[test]
fn a_limit_that_has_ended_is_not_extended_and_none_without_a_basis() {
    let mut case = Case::under_review();
    case.act(&acting(&reviewer()), &ask(10)).unwrap();
    case.at("2026-12-03T00:00:00+08:00");
    assert_eq!(
        case.act(&acting(&head()), &approve()),
        Err(Refusal::ExtensionTooLate)
    );
    let mut case = Case::under_review_of(item_with(|item| item.extension = None));
    assert_eq!(
        case.act(&acting(&reviewer()), &ask(10)),
        Err(Refusal::ExtensionWithoutBasis)
    );
}

#[test]
fn the_decision_waits_for_somebody_to_come_and_so_does_the_delivery() {
    let mut case = Case::under_review_of(attended_before(AttendedStep::Decision));
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    assert_eq!(
        case.decides(&decider(), Outcome::Grant),
        Err(Refusal::NotAttended)
    );
    let book = |when: &str| Command::BookAttendance(BookAttendance { at: at(when) });
    assert_eq!(
        case.act(&agent(), &book("2026-11-23T09:00:00+08:00")),
        Err(Refusal::TimeNotAhead)
    );
    case.act(&agent(), &book("2026-11-24T09:00:00+08:00"))
        .unwrap();
    case.act(&acting(&intake()), &Command::Attend).unwrap();
    assert_eq!(
        case.act(&acting(&intake()), &Command::Attend),
        Err(Refusal::AttendedBefore)
    );
    case.decides(&decider(), Outcome::Grant).unwrap();

    let mut case = granted(attended_before(AttendedStep::Delivery));
    let deliver = Command::Deliver(Deliver {
        mode: DeliveryMode::Pickup,
    });
    assert_eq!(
        case.act(&acting(&intake()), &deliver),
        Err(Refusal::NotAttended)
    );
    case.act(&acting(&intake()), &Command::Attend).unwrap();
    case.act(&acting(&intake()), &deliver).unwrap();
    assert_eq!(case.state().stage, Stage::Delivered);

    let mut case = Case::submitted();
    assert_eq!(
        case.act(&agent(), &book("2026-11-24T09:00:00+08:00")),
        Err(Refusal::NoAttendance)
    );
}

#[test]
fn two_officers_check_on_site() {
    let mut case = Case::under_review();
    let check = |with: &str| {
        Command::Inspect(Inspect {
            with: OfficerId::try_from(with.to_owned()).unwrap(),
            able: true,
            findings: text(),
        })
    };
    let first = acting(&reviewer());
    assert_eq!(
        case.act(&first, &check("reviewer")),
        Err(Refusal::OneInspector)
    );
    assert_eq!(
        case.act(&first, &check("intake")),
        Err(Refusal::SeparationOfDuties),
        "who accepted does not look for the review"
    );
    let limits = case.state().limits;
    case.act(&first, &check("second")).unwrap();
    assert!(case.state().inspected);
    assert_eq!(case.state().limits, limits, "the clock runs on");
}

#[test]
fn a_returned_case_is_reviewed_again_and_never_decided_by_who_reviewed_it_first() {
    let all = [Post::Intake, Post::Reviewer, Post::Decider];
    let (jack, jill) = (officer("jack", &all), officer("jill", &all));
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    case.accepts(&intake()).unwrap();
    case.claims(&jack).unwrap();
    case.recommends(&jack, Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    let back = Command::ReturnToReview(ReturnToReview { reason: text() });
    case.act(&acting(&decider()), &back).unwrap();
    assert_eq!(case.state().stage, Stage::Accepted);
    assert_eq!(case.state().recommendation, None);
    case.claims(&jill).unwrap();
    case.recommends(&jill, Outcome::Refuse).unwrap();
    for reviewed in [&jack, &jill] {
        assert_eq!(case.claims(reviewed), Err(Refusal::SeparationOfDuties));
    }
    case.claims(&decider()).unwrap();
}

#[test]
fn a_case_goes_into_other_hands_that_can_take_it() {
    let mut case = Case::under_review();
    let to = |officer: domain::officer::Officer, conflict| {
        Command::Reassign(Box::new(Reassign {
            to: officer,
            conflict,
            reason: text(),
        }))
    };
    let other = officer("other", &[Post::Reviewer]);
    let mut dismissed = other.clone();
    dismissed.active = false;
    let mut elsewhere = other.clone();
    elsewhere.unit = "psb-140106".to_owned().try_into().unwrap();
    for unfit in [
        to(dismissed, false),
        to(elsewhere, false),
        to(other.clone(), true),
        to(decider(), false),
        to(intake(), false),
    ] {
        assert_eq!(
            case.act(&acting(&head()), &unfit),
            Err(Refusal::CannotTakeOver)
        );
    }
    case.act(&acting(&head()), &to(other.clone(), false))
        .unwrap();
    assert_eq!(case.state().claim.as_ref().unwrap().officer, other.id);
    assert_eq!(
        case.recommends(&reviewer(), Outcome::Grant),
        Err(Refusal::ClaimedByAnother)
    );
}

#[test]
fn nobody_handles_a_case_of_an_enterprise_they_act_for() {
    let mut case = Case::submitted();
    let claim = Command::Claim(Claim {
        posts: vec![Post::Intake],
        conflict: true,
    });
    assert_eq!(
        case.act(&acting(&intake()), &claim),
        Err(Refusal::ConflictOfInterest)
    );
}

#[test]
fn what_is_undertaken_is_granted_at_once_and_checked_afterwards() {
    let item = item_with(|item| {
        item.undertaking = Some(Undertaking {
            statement: Words::new("承诺符合条件", "I undertake to meet the conditions"),
            check_within_working_days: 20,
        });
    });
    let mut case = Case::of(item);
    let grant = |case: &Case| {
        Command::GrantOnUndertaking(GrantOnUndertaking {
            manifest: case.papers.clone(),
        })
    };
    let early = grant(&case);
    assert_eq!(
        case.by_itself(&early),
        Err(Refusal::NotOnUndertaking),
        "nothing is signed"
    );
    case.act(&agent(), &Command::UndertakeConditions).unwrap();
    let now = grant(&case);
    assert_eq!(
        case.act(&acting(&intake()), &now),
        Err(Refusal::NotTheSystem)
    );
    let mut in_hand = case.clone();
    in_hand.claims(&intake()).unwrap();
    assert_eq!(in_hand.by_itself(&now), Err(Refusal::ClaimedByAnother));
    let mut late = case.clone();
    late.at("2026-12-01T00:00:00+08:00");
    assert_eq!(late.by_itself(&now), Err(Refusal::AcceptancePeriodOver));
    case.by_itself(&now).unwrap();
    let state = case.state();
    assert_eq!(state.stage, Stage::Granted);
    let undertaken = state.on_undertaking.as_ref().unwrap();
    assert_eq!(undertaken.check_by.unwrap().date.to_string(), "2026-12-21");
    let check = |holds| {
        Command::CheckUndertaking(CheckUndertaking {
            holds,
            findings: text(),
        })
    };
    case.act(&acting(&reviewer()), &check(false)).unwrap();
    assert_eq!(
        case.act(&acting(&reviewer()), &check(true)),
        Err(Refusal::CheckedBefore)
    );
    let revoke = Command::Revoke(Revoke { reasons: text() });
    case.act(&acting(&decider()), &revoke).unwrap();
    assert_eq!(case.state().stage, Stage::Revoked);

    let mut other = Case::submitted();
    assert_eq!(
        other.act(&agent(), &Command::UndertakeConditions),
        Err(Refusal::NotOnUndertaking)
    );
}

fn for_a_year() -> &'static ServiceItem {
    item_with(|item| item.result.validity_months = Some(12))
}

fn petition(petition: Petition) -> Command {
    Command::PetitionFor(PetitionFor {
        petition,
        request: text(),
    })
}

#[test]
fn a_term_ends_the_day_before_the_same_day_and_is_renewed_from_its_end() {
    let mut case = granted(for_a_year());
    assert_eq!(case.state().valid_until.unwrap().to_string(), "2027-11-22");
    case.at("2027-10-24T08:00:00+08:00");
    assert_eq!(
        case.act(&agent(), &petition(Petition::Renewal)),
        Err(Refusal::RenewalTooLate {
            latest: "2027-10-23".parse().unwrap()
        })
    );
    case.at("2027-10-23T23:59:59+08:00");
    case.act(&agent(), &petition(Petition::Renewal)).unwrap();
    assert_eq!(
        case.act(&agent(), &petition(Petition::Amendment)),
        Err(Refusal::PetitionPending)
    );
    assert_eq!(case.state().next_post(), Some(Post::Decider));
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    assert_eq!(case.state().valid_until.unwrap().to_string(), "2028-11-22");
    assert_eq!(case.state().next_post(), None);
}

#[test]
fn silence_renews_and_only_after_the_term() {
    let mut case = granted(for_a_year());
    case.at("2027-10-01T08:00:00+08:00");
    case.act(&agent(), &petition(Petition::Renewal)).unwrap();
    case.at("2027-11-22T23:59:59+08:00");
    assert_eq!(
        case.by_itself(&Command::RenewBySilence),
        Err(Refusal::NotDue)
    );
    case.at("2027-11-23T00:00:00+08:00");
    case.by_itself(&Command::RenewBySilence).unwrap();
    assert_eq!(case.state().valid_until.unwrap().to_string(), "2028-11-22");
    assert!(case.by_itself(&Command::RenewBySilence).is_err(), "once");
}

#[test]
fn what_has_run_out_is_not_changed_any_more() {
    let mut case = granted(for_a_year());
    case.at("2027-11-22T23:59:59+08:00");
    let change = petition(Petition::Amendment);
    case.clone().act(&agent(), &change).unwrap();
    case.at("2027-11-23T00:00:00+08:00");
    assert_eq!(case.act(&agent(), &change), Err(Refusal::TermEnded));
}

#[test]
fn a_refused_petition_leaves_the_grant_and_what_has_no_term_is_not_renewed() {
    let mut case = granted(for_a_year());
    case.act(&agent(), &petition(Petition::Amendment)).unwrap();
    case.claims(&decider()).unwrap();
    assert_eq!(
        case.decides_without_reasons(&decider(), Outcome::Refuse),
        Err(Refusal::ReasonsMissing)
    );
    case.decides(&decider(), Outcome::Refuse).unwrap();
    assert_eq!(case.state().stage, Stage::Granted);
    let mut forever = granted(item_with(|item| item.result.validity_months = None));
    assert_eq!(
        forever.act(&agent(), &petition(Petition::Renewal)),
        Err(Refusal::NoTerm)
    );
}

#[test]
fn what_was_granted_is_delivered_within_ten_working_days_in_a_way_the_item_offers() {
    let mut case = granted(item_with(|item| {
        item.result.delivery_modes = vec![DeliveryMode::Pickup];
    }));
    assert_eq!(
        case.state().deliver_by.unwrap().date.to_string(),
        "2026-12-07"
    );
    let by = |mode| Command::Deliver(Deliver { mode });
    assert_eq!(
        case.act(&acting(&intake()), &by(DeliveryMode::Express)),
        Err(Refusal::ModeNotOffered)
    );
    case.act(&acting(&intake()), &by(DeliveryMode::Pickup))
        .unwrap();
    let cancel = Command::Cancel(Cancel { reasons: text() });
    case.act(&agent(), &cancel).unwrap();
    assert_eq!(case.state().stage, Stage::Cancelled);
    assert!(case.act(&acting(&decider()), &cancel).is_err(), "once");
    assert_eq!(Application::replay(case.events()), Ok(case.state().clone()));
}

#[test]
fn a_procedure_is_terminated_even_while_its_clock_stands_still() {
    let mut case = Case::under_review();
    let officer = acting(&reviewer());
    case.act(&officer, &Command::Suspend(Suspend { basis: text() }))
        .unwrap();
    case.act(&officer, &Command::Terminate(Terminate { reasons: text() }))
        .unwrap();
    assert_eq!(case.state().stage, Stage::Terminated);
    assert_eq!(
        case.act(&officer, &Command::Resume(Resume { reason: text() })),
        Err(Refusal::WrongStage {
            stage: Stage::Terminated
        })
    );
}

#[test]
fn what_another_unit_decides_is_passed_on_and_comes_back_when_it_is_returned() {
    let mut case = Case::under_review();
    let province: domain::unit::UnitId = "psb-140000".to_owned().try_into().unwrap();
    let here = case.state().unit.clone();
    let recommend = |decided_by| {
        Command::Recommend(Recommend {
            outcome: Outcome::Grant,
            opinion: text(),
            refused_rows: None,
            decided_by,
        })
    };
    assert_eq!(
        case.act(&acting(&reviewer()), &recommend(None)),
        Err(Refusal::NoCompetentUnit)
    );
    let passed_on = recommend(Some(province.clone()));
    case.act(&acting(&reviewer()), &passed_on).unwrap();
    assert_eq!(case.state().unit, province);
    assert_eq!(case.state().passed_on_by, Some(here.clone()));

    case.claims(&decider()).unwrap();
    let back = Command::ReturnToReview(ReturnToReview { reason: text() });
    case.act(&acting(&decider()), &back).unwrap();
    assert_eq!(
        (&case.state().unit, &case.state().passed_on_by),
        (&here, &None)
    );

    case.claims(&reviewer()).unwrap();
    case.act(&acting(&reviewer()), &passed_on).unwrap();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Refuse).unwrap();
    let event = &case.events().last().unwrap().event;
    let Event::Refused { remedies, .. } = event else {
        unreachable!("{event:?}");
    };
    assert_eq!(*remedies, domain::application::Remedy::against(&province));
}

#[test]
fn an_instant_item_is_accepted_and_granted_in_one_go_unless_somebody_has_it_in_hand() {
    let grant = |case: &Case| {
        Command::GrantInstantly(GrantInstantly {
            manifest: case.papers.clone(),
            reasons: text(),
        })
    };
    let mut assisted = Case::submitted();
    let now = grant(&assisted);
    assert_eq!(assisted.by_itself(&now), Err(Refusal::NotInstant));

    let instant = item_with(|item| {
        item.auto_review = AutoReview::Instant;
        item.attendance = None;
    });
    let mut case = Case::of(instant);
    assert!(
        Holding::of(case.state()).is_none(),
        "nothing is granted yet"
    );
    assert_eq!(
        case.act(&acting(&intake()), &now),
        Err(Refusal::NotTheSystem)
    );
    let whole = std::mem::replace(&mut case.papers, manifest(PaperState::Awaiting));
    let early = grant(&case);
    assert!(matches!(case.by_itself(&early), Err(Refusal::Papers(_))));
    case.papers = whole;
    let now = grant(&case);
    case.by_itself(&now).unwrap();
    assert_eq!(case.state().stage, Stage::Granted);
    let held = Holding::of(case.state()).unwrap();
    assert_eq!(held.granted_on.to_string(), "2026-11-23");
    assert_eq!(
        case.by_itself(&now),
        Err(Refusal::WrongStage {
            stage: Stage::Granted
        }),
        "once"
    );
    let revoke = Command::Revoke(Revoke { reasons: text() });
    case.act(&acting(&decider()), &revoke).unwrap();
    assert!(Holding::of(case.state()).is_none(), "it was undone");

    let mut in_hand = Case::of(instant);
    in_hand.claims(&intake()).unwrap();
    let now = grant(&in_hand);
    assert_eq!(in_hand.by_itself(&now), Err(Refusal::ClaimedByAnother));
}
