//! Papers that follow later (容缺受理), where the straight way is left: they come early, their day has
//! passed, nobody answers, or others are asked for besides.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{Case, acting, agent, intake, item_with, manifest, reviewer, text};
use domain::application::{
    AcceptWithDeferral, Command, Cure, Demand, MOST_UNDERTAKINGS, Refusal, RequireCorrection,
    Stage, Supplement, Undertake,
};
use domain::ids::MaterialCode;
use domain::item::ServiceItem;
use domain::manifest::{Manifest, PaperState};

fn fire() -> MaterialCode {
    "MAT-FIRE".to_owned().try_into().unwrap()
}

fn fire_may_follow() -> &'static ServiceItem {
    item_with(|item| {
        for material in &mut item.materials {
            let fire = material.code == fire();
            material.deferrable = fire;
            material.required |= fire;
        }
    })
}

fn all_but_fire() -> Manifest {
    let mut papers = manifest(PaperState::Clean);
    papers.papers.remove(&fire());
    papers
}

fn undertake(cure_by: &str) -> Undertake {
    Undertake {
        materials: vec![fire()],
        manifest: all_but_fire(),
        cure_by: cure_by.parse().unwrap(),
        lapsed_before: false,
    }
}

fn submitted(cure_by: &str) -> Case {
    Case::opened(fire_may_follow(), all_but_fire(), Some(&undertake(cure_by)))
}

fn demand(code: &str) -> Command {
    Command::RequireCorrection(RequireCorrection {
        demands: vec![Demand::Material {
            material: code.to_owned().try_into().unwrap(),
        }],
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

fn cure(case: &Case) -> Command {
    Command::Cure(Cure {
        manifest: case.papers.clone(),
    })
}

/// A case that was sent back, and waits for the answer.
fn sent_back(cure_by: &str) -> Case {
    let mut case = submitted(cure_by);
    case.claims(&intake()).unwrap();
    case.act(&acting(&intake()), &demand("MAT-BIZ")).unwrap();
    case
}

#[test]
fn what_comes_with_the_answer_to_a_correction_follows_no_more() {
    let mut case = sent_back("2026-12-09");
    case.papers = manifest(PaperState::Clean);
    let answer = supplement(&case);
    case.act(&agent(), &answer).unwrap();
    assert_eq!(case.state().deferral, None);
    case.at("2026-12-01T00:00:00+08:00");
    case.by_itself(&Command::DeemAccepted).unwrap();
    assert_eq!(case.state().uncured(), None);
    case.at("2026-12-10T00:00:00+08:00");
    assert!(case.by_itself(&Command::LapseCure).is_err());
    assert_eq!(case.state().stage, Stage::Accepted);
}

#[test]
fn what_is_still_to_follow_stays_undertaken_after_the_answer() {
    let mut case = sent_back("2026-12-01");
    let answer = supplement(&case);
    case.act(&agent(), &answer).unwrap();
    let deferral = case.state().deferral.as_ref().unwrap();
    assert_eq!(deferral.undertaking.materials, [fire()]);
}

#[test]
fn an_undertaking_whose_day_has_passed_excuses_nothing() {
    let mut case = sent_back("2026-11-27");
    case.at("2026-11-27T23:59:59+08:00");
    let answer = supplement(&case);
    case.clone().act(&agent(), &answer).unwrap();
    case.at("2026-11-28T00:00:00+08:00");
    assert!(matches!(
        case.act(&agent(), &answer),
        Err(Refusal::Papers(faults)) if faults.iter().map(|(code, _)| code).eq([&fire()])
    ));
    let again = Command::Undertake(undertake("2026-12-01"));
    case.act(&agent(), &again).unwrap();
    case.act(&agent(), &answer).unwrap();
}

#[test]
fn what_is_there_does_not_follow() {
    let mut case = Case::of(fire_may_follow());
    let request = Undertake {
        manifest: case.papers.clone(),
        ..undertake("2026-11-27")
    };
    assert_eq!(
        case.act(&agent(), &Command::Undertake(request)),
        Err(Refusal::NothingToDefer)
    );
}

#[test]
fn silence_takes_over_an_undertaking_only_where_it_ends_before_the_promised_day() {
    for (cure_by, stands) in [("2026-12-01", true), ("2026-12-02", false)] {
        let mut case = submitted(cure_by);
        case.at("2026-12-01T00:00:00+08:00");
        case.by_itself(&Command::DeemAccepted).unwrap();
        let promised = case.state().limits.promised.unwrap();
        assert_eq!(promised.date.to_string(), "2026-12-02");
        assert_eq!(case.state().uncured().is_some(), stands, "{cure_by}");
    }
}

#[test]
fn papers_that_were_asked_for_come_before_those_that_follow() {
    let mut case = submitted("2026-12-01");
    case.at("2026-12-01T00:00:00+08:00");
    case.by_itself(&Command::DeemAccepted).unwrap();
    case.claims(&reviewer()).unwrap();
    case.act(&acting(&reviewer()), &demand("MAT-BIZ")).unwrap();
    let mut apart = case.clone();
    let answer = supplement(&apart);
    apart.act(&agent(), &answer).unwrap();
    assert!(apart.state().uncured().is_some(), "fire still follows");

    case.papers = manifest(PaperState::Clean);
    let all = cure(&case);
    case.act(&agent(), &all).unwrap();
    assert_eq!(case.state().papers_asked_for, None, "all came at once");
}

#[test]
fn an_undertaking_is_changed_ten_times_at_most() {
    let mut case = submitted("2026-12-01");
    for turn in 0..MOST_UNDERTAKINGS {
        let day = ["2026-11-27", "2026-11-30"][usize::from(turn % 2)];
        let change = Command::Undertake(undertake(day));
        case.act(&agent(), &change).unwrap();
        case.act(&agent(), &change).unwrap();
    }
    let once_more = Command::Undertake(undertake("2026-11-26"));
    assert_eq!(
        case.act(&agent(), &once_more),
        Err(Refusal::UndertakenTooOften)
    );
    let manifest = case.papers.clone();
    case.claims(&intake()).unwrap();
    let accept = Command::AcceptWithDeferral(AcceptWithDeferral { manifest });
    case.act(&acting(&intake()), &accept).unwrap();
}
