//! Applications: what may happen when, told as stories about the hotel licence (PSB-APR-004).

mod builders;

use builders::{Case, decider, intake, manifest, reviewer, two_posts};
use domain::application::{Application, Event, Outcome, Recorded, Refusal, ReplayFault, Stage};
use domain::chain::Digest;
use domain::manifest::{PaperFault, PaperState};
use domain::officer::Post;

#[test]
fn an_application_goes_from_submission_to_grant_through_three_pairs_of_hands() {
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    case.accepts(&intake()).unwrap();
    case.claims(&reviewer()).unwrap();
    assert_eq!(case.state().stage, Stage::UnderReview);
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();

    let state = case.state();
    assert_eq!(state.stage, Stage::Granted);
    assert_eq!(state.version, 7);
    assert_eq!(state.handling.accepted_by.as_ref(), Some(&intake().id));
    assert_eq!(state.handling.reviewed_by.as_ref(), Some(&reviewer().id));
    assert_eq!(state.handling.decided_by.as_ref(), Some(&decider().id));
    assert_eq!(Application::replay(case.events()), Ok(state.clone()));
}

#[test]
fn the_limits_begin_where_the_item_says_and_end_on_working_days() {
    let mut case = Case::submitted();
    let limits = case.state().limits;
    assert_eq!(limits.acceptance.unwrap().date.to_string(), "2026-11-30");
    assert_eq!(
        limits.promised, None,
        "the promised limit runs from acceptance"
    );
    case.claims(&intake()).unwrap();
    case.accepts(&intake()).unwrap();
    let limits = case.state().limits;
    assert_eq!(
        limits.promised.unwrap().date.to_string(),
        "2026-12-02",
        "7 working days"
    );
    assert_eq!(
        limits.statutory.unwrap().date.to_string(),
        "2026-12-21",
        "20 working days"
    );
}

#[test]
fn a_decision_against_the_recommendation_needs_reasons() {
    let recommended = |outcome| {
        let mut case = Case::under_review();
        case.recommends(&reviewer(), outcome).unwrap();
        case.claims(&decider()).unwrap();
        case
    };
    let mut against = recommended(Outcome::Refuse);
    assert_eq!(
        against.decides_without_reasons(&decider(), Outcome::Grant),
        Err(Refusal::ReasonsMissing)
    );
    against.decides(&decider(), Outcome::Grant).unwrap();
    let mut with = recommended(Outcome::Grant);
    with.decides_without_reasons(&decider(), Outcome::Grant)
        .unwrap();
}

#[test]
fn a_refusal_needs_reasons_and_tells_of_both_remedies() {
    let mut case = Case::awaiting_decision();
    case.claims(&decider()).unwrap();
    assert_eq!(
        case.decides_without_reasons(&decider(), Outcome::Refuse),
        Err(Refusal::ReasonsMissing)
    );
    case.decides(&decider(), Outcome::Refuse).unwrap();
    let Event::Refused { remedies, .. } = &case.events().last().unwrap().event else {
        panic!("not refused");
    };
    assert_eq!(remedies.len(), 2);
    assert_eq!(case.state().stage, Stage::Refused);
}

#[test]
fn nobody_takes_two_steps_of_one_case() {
    let mut case = Case::submitted();
    case.claims(&two_posts()).unwrap();
    case.accepts(&two_posts()).unwrap();
    assert_eq!(case.claims(&two_posts()), Err(Refusal::SeparationOfDuties));
    case.claims(&reviewer()).unwrap();
    assert_eq!(
        case.recommends(&two_posts(), Outcome::Grant),
        Err(Refusal::SeparationOfDuties)
    );
}

#[test]
fn a_case_in_hand_is_left_alone_until_it_is_released() {
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    assert_eq!(case.claims(&two_posts()), Err(Refusal::ClaimedByAnother));
    assert_eq!(case.accepts(&two_posts()), Err(Refusal::ClaimedByAnother));
    assert_eq!(case.releases(&two_posts()), Err(Refusal::ClaimedByAnother));
    case.claims(&intake()).unwrap();
    assert_eq!(case.events().len(), 2, "claiming twice is one claim");
    case.releases(&intake()).unwrap();
    assert_eq!(case.accepts(&intake()), Err(Refusal::NotClaimed));
    case.claims(&two_posts()).unwrap();
}

#[test]
fn a_released_review_waits_for_another_reviewer() {
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    case.accepts(&intake()).unwrap();
    case.claims(&reviewer()).unwrap();
    case.releases(&reviewer()).unwrap();
    assert_eq!(case.state().stage, Stage::Accepted);
    assert_eq!(case.state().stage.next_post(), Some(Post::Reviewer));
}

#[test]
fn only_the_post_that_acts_next_can_claim() {
    let mut case = Case::submitted();
    assert_eq!(
        case.claims(&decider()),
        Err(Refusal::PostMissing {
            needed: Post::Intake
        })
    );
}

#[test]
fn submission_names_every_paper_that_is_missing_or_was_refused() {
    let mut papers = manifest(PaperState::Awaiting);
    papers
        .papers
        .remove(&"MAT-PLAN".to_owned().try_into().unwrap());
    papers
        .papers
        .get_mut(&"MAT-FIRE".to_owned().try_into().unwrap())
        .unwrap()
        .state = PaperState::Rejected;
    let Err(Refusal::Papers(faults)) = Case::submit(&papers) else {
        panic!("not refused")
    };
    let faults: Vec<_> = faults
        .iter()
        .map(|(code, fault)| (code.as_str(), *fault))
        .collect();
    assert_eq!(
        faults,
        [
            ("MAT-PLAN", PaperFault::Missing),
            ("MAT-FIRE", PaperFault::Rejected)
        ]
    );
}

#[test]
fn acceptance_waits_for_every_paper_to_be_clean() {
    for unsettled in [PaperState::Awaiting, PaperState::Received] {
        let mut case = Case::submitted_with(manifest(unsettled));
        case.claims(&intake()).unwrap();
        let Err(Refusal::Papers(faults)) = case.accepts(&intake()) else {
            panic!("not refused")
        };
        assert!(
            faults
                .iter()
                .all(|(_, fault)| *fault == PaperFault::Unsettled)
        );
        case.papers = manifest(PaperState::Clean);
        case.accepts(&intake()).unwrap();
    }
}

#[test]
fn the_applicant_withdraws_until_the_decision_and_not_after() {
    let mut early = Case::submitted();
    early.withdraws().unwrap();
    assert_eq!(early.state().stage, Stage::Withdrawn);
    assert_eq!(
        early.withdraws(),
        Err(Refusal::WrongStage {
            stage: Stage::Withdrawn
        })
    );
    assert_eq!(
        early.claims(&intake()),
        Err(Refusal::WrongStage {
            stage: Stage::Withdrawn
        })
    );

    let mut late = Case::awaiting_decision();
    late.claims(&decider()).unwrap();
    late.decides(&decider(), Outcome::Grant).unwrap();
    assert_eq!(
        late.withdraws(),
        Err(Refusal::WrongStage {
            stage: Stage::Granted
        })
    );
}

#[test]
fn an_officer_does_not_withdraw_and_an_agent_does_not_release() {
    let mut case = Case::submitted();
    assert_eq!(
        case.withdraws_as_officer(&intake()),
        Err(Refusal::NotTheApplicant)
    );
    assert_eq!(case.releases_as_agent(), Err(Refusal::NotAnOfficer));
}

/// A way in which somebody could tamper with what is recorded.
type Tampering = fn(&mut Vec<Recorded>);

#[test]
fn a_chain_shows_every_change_removal_and_insertion() {
    let tamperings: [(&str, Tampering); 6] = [
        ("a time is moved", |events| {
            events[1].at = events[1].at.plus_seconds(-1);
        }),
        ("an outcome is turned", |events| {
            let last = events.last_mut().unwrap();
            last.event = Event::Withdrawn { reason: None };
        }),
        ("an event is left out", |events| drop(events.remove(2))),
        ("an event is doubled", |events| {
            events.insert(2, events[1].clone());
        }),
        ("two change places", |events| events.swap(1, 2)),
        ("a hash is written anew", |events| {
            events[3].hash = Digest::of(b"anything");
        }),
    ];
    let case = Case::awaiting_decision();
    for (what, tamper) in tamperings {
        let mut events = case.events().to_vec();
        tamper(&mut events);
        assert!(Application::replay(&events).is_err(), "{what}");
    }
    assert_eq!(Application::replay(&[]), Err(ReplayFault::Empty));
}
