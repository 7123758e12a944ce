//! What the papers say that leave the authority, told of the cases in which they do.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{Case, acting, agent, decider, intake, item_with, reviewer, text};
use domain::application::{
    Command, Demand, OfferHearing, Outcome, RequireCorrection, Suspend, Terminate, Undertake,
};
use domain::item::MatterType;
use domain::manifest::PaperState;
use domain::notice::{Notice, NoticeKind};

const UNIT: &str = "太原市公安局小店分局";

/// The notices of `case`, oldest first.
fn notices(case: &Case) -> Vec<Notice> {
    let events = case.events().iter();
    let issued = events.filter_map(|recorded| {
        Notice::issued_by(recorded, case.state(), case.item, UNIT, recorded.seq)
    });
    issued.collect()
}

fn last(case: &Case) -> Notice {
    notices(case).pop().unwrap()
}

fn kinds(case: &Case) -> Vec<NoticeKind> {
    notices(case).iter().map(|notice| notice.kind).collect()
}

fn decided(mut case: Case, outcome: Outcome) -> Case {
    case.recommends(&reviewer(), outcome).unwrap();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), outcome).unwrap();
    case
}

#[test]
fn nobody_outside_is_told_who_claims_reviews_and_recommends() {
    let case = decided(Case::under_review(), Outcome::Grant);
    assert_eq!(kinds(&case), [NoticeKind::Acceptance, NoticeKind::Grant]);
    let numbers: Vec<String> = notices(&case)
        .iter()
        .map(|notice| notice.number.to_string())
        .collect();
    assert!(numbers.first().unwrap().ends_with("-003"), "{numbers:?}");
    assert!(numbers.last().unwrap().ends_with("-007"), "{numbers:?}");
}

#[test]
fn an_acceptance_names_the_dates_it_starts_and_the_law() {
    let notice = last(&Case::under_review());
    assert_eq!(notice.title, "受理通知书");
    let text = notice.paragraphs.join("\n");
    for said in [
        "2026年11月23日",
        UNIT,
        "予以受理",
        "承诺办结日期为2026年12月2日",
        "法定期限届满日为2026年12月21日",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(notice.laws, ["《中华人民共和国行政许可法》第三十二条"]);
    assert!(notice.remedies.is_empty());
}

#[test]
fn a_refusal_tells_both_remedies_and_speaks_as_its_matter_does() {
    let licence = last(&decided(Case::under_review(), Outcome::Refuse));
    assert_eq!(licence.title, "不予许可决定书");
    assert_eq!(licence.remedies.len(), 2);
    let remedies = licence.remedies.join("；");
    assert!(
        remedies.contains("60日") && remedies.contains("行政复议"),
        "{remedies}"
    );
    assert!(
        remedies.contains("6个月") && remedies.contains("行政诉讼"),
        "{remedies}"
    );

    let filing = item_with(|item| item.matter_type = MatterType::Filing);
    let filed = last(&decided(Case::under_review_of(filing), Outcome::Refuse));
    assert_eq!(filed.title, "不予备案决定书");
    assert_eq!(
        filed.laws,
        ["参照《中华人民共和国行政许可法》第三十八条第二款"],
        "the law binds licences"
    );
    let granted = last(&decided(Case::under_review_of(filing), Outcome::Grant));
    assert_eq!(granted.title, "予以备案决定书");
    assert!(granted.paragraphs.concat().contains("予以备案"));
}

#[test]
fn a_correction_notice_lists_everything_by_name_with_the_last_day() {
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    let fire = domain::ids::MaterialCode::try_from("MAT-FIRE".to_owned()).unwrap();
    let name = case.item.material(&fire).unwrap().name.zh.clone();
    let demands = vec![
        Demand::Material { material: fire },
        Demand::Field {
            pointer: "/premises/address".to_owned(),
        },
    ];
    let notice = Command::RequireCorrection(RequireCorrection {
        demands,
        explanation: text(),
    });
    case.act(&acting(&intake()), &notice).unwrap();
    let notice = last(&case);
    let text = notice.paragraphs.join("\n");
    assert!(text.contains(&name), "{text}");
    assert!(text.contains("/premises/address"), "{text}");
    assert!(text.contains("2026年12月14日"), "{text}");
    assert!(text.contains("视为撤回"), "{text}");
}

#[test]
fn what_stops_or_ends_a_procedure_leaves_a_paper() {
    let mut case = Case::under_review();
    let officer = acting(&reviewer());
    let offer = Command::OfferHearing(OfferHearing {
        explanation: text(),
    });
    case.act(&officer, &offer).unwrap();
    case.act(&agent(), &Command::RequestHearing).unwrap();
    let suspend = Command::Suspend(Suspend { basis: text() });
    case.act(&officer, &suspend).unwrap();
    let terminate = Command::Terminate(Terminate { reasons: text() });
    case.act(&officer, &terminate).unwrap();
    assert_eq!(
        kinds(&case),
        [
            NoticeKind::Acceptance,
            NoticeKind::HearingRight,
            NoticeKind::Suspension,
            NoticeKind::Termination
        ]
    );
    assert_eq!(last(&case).remedies.len(), 2);
}

#[test]
fn silence_with_papers_to_come_says_which_and_by_when() {
    let fire = || domain::ids::MaterialCode::try_from("MAT-FIRE".to_owned()).unwrap();
    let item = item_with(|item| {
        for material in &mut item.materials {
            material.deferrable |= material.code == fire();
        }
    });
    let mut papers = builders::manifest(PaperState::Clean);
    papers.papers.remove(&fire());
    let undertake = Undertake {
        materials: vec![fire()],
        manifest: papers.clone(),
        cure_by: "2026-12-01".parse().unwrap(),
        lapsed_before: false,
    };
    let mut case = Case::opened(item, papers, Some(&undertake));
    case.at("2026-12-01T00:00:00+08:00");
    case.by_itself(&Command::DeemAccepted).unwrap();
    let text = last(&case).paragraphs.join("\n");
    for said in [
        "依法视为受理",
        "请于2026年12月1日（含）前补齐",
        "逾期未补齐的，终止办理",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn every_notice_has_a_code_of_its_own_and_something_to_say() {
    let case = decided(Case::under_review(), Outcome::Refuse);
    let all = notices(&case);
    for notice in &all {
        assert!(!notice.paragraphs.is_empty(), "{:?}", notice.kind);
        assert_eq!(notice.enterprise, case.state().enterprise);
    }
    let mut codes: Vec<&str> = all.iter().map(|notice| notice.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all.len());
}
