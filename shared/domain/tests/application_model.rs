//! Whatever officers, applicants and the platform try, in whatever order and at whatever time: no
//! illegal state, a refusal changes nothing, and the events always replay to the state.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "what a story is built from is right"
)]

mod builders;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use builders::{Case, acting, agent, item_with, manifest, officer, system, text};
use domain::application::{
    Accept, AcceptWithDeferral, Actor, Application, ApproveExtension, BookAttendance, Cancel,
    CheckUndertaking, Claim, Command, Cure, Decision, Deliver, Demand, EndSpecialProcedure,
    GrantInstantly, GrantOnUndertaking, HoldHearing, Inspect, NonAcceptance, NotAccept,
    OfferHearing, Outcome, Petition, PetitionFor, Reassign, Recommend, RequestExtension,
    RequireCorrection, Rescind, Resume, ReturnToReview, Revoke, ScheduleHearing, ServeNotice,
    Stage, StartSpecialProcedure, Supplement, Suspend, Terminate, Undertake, Withdraw,
};
use domain::calendar::{WorkingCalendar, YearTable};
use domain::ids::{MaterialCode, OfficerId};
use domain::item::{
    AttendedStep, AutoReview, DeliveryMode, PauseGround, ServiceItem, SpecialProcedure,
    SpecialProcedureKey, Undertaking,
};
use domain::manifest::{Manifest, PaperState};
use domain::officer::{Officer, Post};
use domain::words::Words;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Everything anybody can try.
const KINDS: u8 = 45;

#[derive(Clone, Copy, Debug)]
struct Attempt {
    /// Officers 0 to 5, the applicant 6, the platform 7.
    who: usize,
    kind: u8,
    /// What is chosen where there is a choice.
    choice: u16,
    /// Hours that pass before.
    hours: u16,
}

/// Mostly what comes next from whoever it is for, so that cases get far; else anything.
fn attempts() -> impl Strategy<Value = Vec<(bool, Attempt)>> {
    let hours = prop_oneof![8 => 0_u16..12, 2 => 12_u16..200, 1 => 200_u16..9000];
    let attempt =
        (0_usize..8, 0..KINDS, any::<u16>(), hours).prop_map(|(who, kind, choice, hours)| {
            Attempt {
                who,
                kind,
                choice,
                hours,
            }
        });
    prop::collection::vec((any::<bool>(), attempt), 0..80)
}

fn officers() -> [Officer; 6] {
    let all = [Post::Intake, Post::Reviewer, Post::Decider];
    [
        officer("intake", &[Post::Intake]),
        officer("reviewer", &[Post::Reviewer]),
        officer("decider", &[Post::Decider]),
        officer("jack", &all),
        officer("jill", &all),
        officer("head", &[Post::Head]),
    ]
}

/// An item with every procedure there is; one that is decided instantly lets nobody come.
fn everything(instant: bool) -> &'static ServiceItem {
    item_with(|item| {
        item.special_procedures.push(SpecialProcedure {
            key: SpecialProcedureKey::ExpertReview,
            excluded_from_clock: true,
            before_acceptance: false,
            note: None,
        });
        item.result.validity_months = Some(12);
        item.undertaking = Some(Undertaking {
            statement: Words::new("承诺", "I undertake"),
            check_within_working_days: 20,
        });
        let word = || Words::new("词", "word");
        item.attendance = Some(domain::item::Attendance {
            before: AttendedStep::Decision,
            purpose: word(),
            place: word(),
            bring: Vec::new(),
        });
        if instant {
            item.auto_review = AutoReview::Instant;
            item.attendance = None;
        }
    })
}

/// The calendar once the table of the next year has arrived.
fn with_next_year() -> &'static WorkingCalendar {
    static ARRIVED: LazyLock<WorkingCalendar> = LazyLock::new(|| {
        let known = catalogue::calendar();
        let off = (1..=8).map(|day| date(2027, 1, day));
        let table = |version, days_off: BTreeSet<Date>| YearTable {
            version,
            days_off,
            makeup_working_days: BTreeSet::new(),
            superseded: Vec::new(),
        };
        let next = known.version() + 1;
        let years = [
            (2026, table(1, BTreeSet::new())),
            (2027, table(next, off.collect())),
        ];
        WorkingCalendar::new(next, years.into())
    });
    &ARRIVED
}

fn deferrable(item: &ServiceItem) -> MaterialCode {
    let mut materials = item.materials.iter();
    let found = materials.find(|material| material.deferrable && material.required);
    found.unwrap().code.clone()
}

/// The command that takes the case further from where it is, and who takes it.
fn forward(case: &Case, attempt: Attempt) -> (u8, usize) {
    let choice = usize::from(attempt.choice);
    match (case.state().stage, case.state().claim.is_some()) {
        (Stage::Submitted, false) => [(0, 0), (0, 0), (0, 0), (42, 7)][choice % 4],
        (Stage::Submitted, true) => ([2, 2, 3, 5, 7][choice % 5], 0),
        (Stage::CorrectionRequired, _) => ([4, 4, 6][choice % 3], 6),
        (Stage::Accepted, _) => (0, 1),
        (Stage::UnderReview, _) => {
            let kinds = [8, 9, 11, 13, 18, 20, 22, 22, 22, 24, 9];
            (kinds[choice % kinds.len()], 1)
        }
        (Stage::SpecialProcedure, _) => ([10, 17, 11][choice % 3], 1),
        (Stage::Suspended, _) => ([12, 10][choice % 2], 1),
        (Stage::AwaitingDecision, false) => (0, 2),
        (Stage::AwaitingDecision, true) => {
            [(26, 2), (26, 2), (18, 6), (19, 0), (23, 2)][choice % 5]
        }
        (Stage::Granted | Stage::Delivered, _) => {
            [(31, 0), (32, 6), (0, 2), (26, 2), (34, 7)][choice % 5]
        }
        _ => (attempt.kind, attempt.who),
    }
}

fn command(case: &Case, kind: u8, choice: u16, posts: Vec<Post>) -> Command {
    let grant = !choice.is_multiple_of(3);
    let outcome = if grant {
        Outcome::Grant
    } else {
        Outcome::Refuse
    };
    let papers = || case.papers.clone();
    let today = case.now.date();
    let soon = today.saturating_add(i64::from(choice % 40).days());
    let later = case.now.plus_seconds(i64::from(choice % 500) * 3600);
    let ground = [
        PauseGround::ExpertReview,
        PauseGround::Hearing,
        PauseGround::Tender,
    ][usize::from(choice % 3)];
    let material = deferrable(case.item);
    let demands = vec![if grant {
        Demand::Material {
            material: material.clone(),
        }
    } else {
        Demand::Field {
            pointer: "/premises/address".to_owned(),
        }
    }];
    let second = OfficerId::try_from("second".to_owned()).unwrap();
    match kind {
        0 => Command::Claim(Claim {
            posts,
            conflict: choice % 17 == 1,
        }),
        1 => Command::Release,
        2 => Command::Accept(Accept { manifest: papers() }),
        3 => Command::RequireCorrection(RequireCorrection {
            demands,
            explanation: text(),
        }),
        4 => Command::Supplement(Supplement {
            quantities: None,
            rows: None,
            form: None,
            manifest: papers(),
        }),
        5 => Command::AcceptWithDeferral(AcceptWithDeferral { manifest: papers() }),
        6 => Command::Undertake(Undertake {
            materials: vec![material],
            cure_by: soon,
            lapsed_before: choice.is_multiple_of(11),
            manifest: Manifest::default(),
        }),
        7 => Command::NotAccept(NotAccept {
            ground: NonAcceptance::NoPower,
            reasons: text(),
        }),
        8 => Command::StartSpecialProcedure(StartSpecialProcedure {
            ground,
            expected_end: soon,
            explanation: text(),
        }),
        9 => Command::OfferHearing(OfferHearing {
            explanation: text(),
        }),
        10 => Command::EndSpecialProcedure(EndSpecialProcedure {
            ground,
            result: text(),
        }),
        11 => Command::Suspend(Suspend { basis: text() }),
        12 => Command::Resume(Resume { reason: text() }),
        13 | 16 => Command::ScheduleHearing(ScheduleHearing {
            at: later,
            chair: second,
            able: true,
            order: text(),
        }),
        14 => Command::RequestHearing,
        15 => Command::ForgoHearing,
        17 => Command::HoldHearing(HoldHearing { minutes: text() }),
        18 => Command::BookAttendance(BookAttendance { at: later }),
        19 => Command::Attend,
        20 => Command::Inspect(Inspect {
            with: second,
            able: true,
            findings: text(),
        }),
        21 => Command::Reassign(Box::new(Reassign {
            to: officer("jill", &[Post::Intake, Post::Reviewer, Post::Decider]),
            conflict: false,
            reason: text(),
        })),
        22 => Command::Recommend(Recommend {
            outcome,
            opinion: text(),
            refused_rows: None,
            decided_by: Some("psb-140105".to_owned().try_into().unwrap()),
        }),
        23 => Command::ReturnToReview(ReturnToReview { reason: text() }),
        24 => Command::RequestExtension(RequestExtension {
            days: choice % 13,
            reasons: text(),
        }),
        25 => Command::ApproveExtension(ApproveExtension { reasons: text() }),
        26 => Command::Decide(Decision {
            outcome,
            reasons: (!choice.is_multiple_of(5)).then(text),
            refused_rows: None,
            manifest: papers(),
        }),
        27 => Command::UndertakeConditions,
        28 => Command::GrantOnUndertaking(GrantOnUndertaking { manifest: papers() }),
        29 => Command::CheckUndertaking(CheckUndertaking {
            holds: grant,
            findings: text(),
        }),
        30 => Command::Withdraw(Withdraw { reason: None }),
        31 => Command::Deliver(Deliver {
            mode: DeliveryMode::Pickup,
        }),
        32 => Command::PetitionFor(PetitionFor {
            petition: if grant {
                Petition::Renewal
            } else {
                Petition::Amendment
            },
            request: text(),
        }),
        33 => Command::Terminate(Terminate { reasons: text() }),
        34 => Command::RenewBySilence,
        35 => Command::Rescind(Rescind { reasons: text() }),
        36 => Command::Revoke(Revoke { reasons: text() }),
        37 => Command::Cancel(Cancel { reasons: text() }),
        38 => Command::DeemAccepted,
        39 => Command::LapseCorrection,
        40 => Command::Cure(Cure { manifest: papers() }),
        41 => Command::ServeNotice(ServeNotice {
            notice: u64::from(choice % 12),
            served: !grant,
        }),
        42 => Command::GrantInstantly(GrantInstantly {
            manifest: papers(),
            reasons: text(),
        }),
        43 => Command::Recompute,
        _ => Command::LapseCure,
    }
}

/// The ways from stage to stage that the procedure knows, written from the law and not from the code.
fn leads(from: Stage, to: Stage) -> bool {
    use Stage::{
        Accepted, AwaitingDecision, Cancelled, CorrectionRequired, Delivered, Granted, Lapsed,
        NotAccepted, Refused, Rescinded, Revoked, SpecialProcedure, Submitted, Suspended,
        Terminated, UnderReview, Withdrawn,
    };
    let next: &[Stage] = match from {
        // Granted at once where it was undertaken.
        Submitted => &[
            Accepted,
            CorrectionRequired,
            NotAccepted,
            Withdrawn,
            Granted,
        ],
        CorrectionRequired => &[Submitted, Lapsed, Withdrawn],
        Accepted => &[UnderReview, Withdrawn, Terminated],
        UnderReview => &[
            Accepted,
            SpecialProcedure,
            Suspended,
            AwaitingDecision,
            Withdrawn,
            Terminated,
        ],
        SpecialProcedure => &[UnderReview, Suspended, Withdrawn, Terminated],
        Suspended => &[
            UnderReview,
            SpecialProcedure,
            AwaitingDecision,
            Withdrawn,
            Terminated,
        ],
        AwaitingDecision => &[Granted, Refused, Accepted, Suspended, Withdrawn, Terminated],
        Granted => &[Delivered, Rescinded, Revoked, Cancelled],
        Delivered => &[Rescinded, Revoked, Cancelled],
        Refused | NotAccepted | Lapsed | Withdrawn | Terminated | Rescinded | Revoked
        | Cancelled => &[],
    };
    next.contains(&to)
}

fn check(case: &Case, before: &Application) -> Result<(), TestCaseError> {
    let after = case.state();
    prop_assert!(
        before.stage == after.stage || leads(before.stage, after.stage),
        "{:?} leads to {:?}",
        before.stage,
        after.stage
    );
    let hands = &after.handling;
    let steps = [&hands.accepted_by, &hands.reviewed_by, &hands.decided_by];
    let taken: Vec<_> = steps.into_iter().flatten().collect();
    let distinct: BTreeSet<_> = taken.iter().collect();
    prop_assert_eq!(taken.len(), distinct.len(), "one person, one step");
    prop_assert!(
        !hands
            .reviewed_before
            .iter()
            .any(|reviewer| Some(reviewer) == hands.decided_by.as_ref()),
        "who reviewed once does not decide"
    );
    prop_assert!(
        !hands
            .reviewed_before
            .iter()
            .any(|reviewer| Some(reviewer) == hands.accepted_by.as_ref()),
        "who accepted does not review"
    );
    let course = &after.course;
    prop_assert!(course.decided_at.is_none() || course.accepted_at.is_some());
    prop_assert!(!after.stage.is_final() || after.next_post().is_some() || after.claim.is_none());
    let paused = matches!(after.stage, Stage::SpecialProcedure | Stage::Suspended);
    prop_assert!(!paused || after.is_paused());
    prop_assert!(after.stage.is_final() || paused == after.is_paused());
    prop_assert!(
        course
            .pauses
            .windows(2)
            .all(|pair| pair[0].from <= pair[1].from),
        "pauses in order"
    );
    if before.stage == Stage::AwaitingDecision && after.stage == Stage::Granted {
        prop_assert!(after.uncured().is_none(), "granted with papers to come");
        let comes = case.item.attendance.is_some();
        prop_assert!(!comes || after.has_attended(), "granted before attendance");
        prop_assert!(!before.is_paused());
        prop_assert!(
            after
                .hearing
                .as_ref()
                .is_none_or(|hearing| !hearing.is_open())
        );
    }
    if let (Some(earlier), Some(later)) = (before.limits.statutory, after.limits.statutory) {
        let same_start = before.course.received_at == course.received_at;
        prop_assert!(
            !same_start || earlier.date <= later.date,
            "a limit moved back"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_illegal_state_is_reached(
        attempts in attempts(),
        missing in any::<bool>(),
        instant in any::<bool>(),
    ) {
        let officers = officers();
        let item = everything(instant);
        let mut papers = manifest(PaperState::Clean);
        let deferrable = deferrable(item);
        let undertaking = Undertake {
            materials: vec![deferrable.clone()],
            cure_by: "2026-11-27".parse().unwrap(),
            lapsed_before: false,
            manifest: Manifest::default(),
        };
        let paper = papers.papers.get(&deferrable).cloned().unwrap();
        if missing {
            papers.papers.remove(&deferrable);
        }
        let mut case = Case::opened(item, papers, missing.then_some(&undertaking));
        for (forwards, attempt) in attempts {
            case.now = case.now.plus_seconds(i64::from(attempt.hours) * 3600);
            if attempt.choice.is_multiple_of(13) {
                case.calendar = with_next_year();
            }
            if attempt.choice.is_multiple_of(7) {
                case.papers.papers.insert(deferrable.clone(), paper.clone());
            }
            let (kind, who) = if forwards {
                forward(&case, attempt)
            } else {
                (attempt.kind, attempt.who)
            };
            let (actor, posts) = match (officers.get(who), who) {
                (Some(officer), _) => (acting(officer), officer.posts.clone()),
                (None, 6) => (agent(), Vec::new()),
                (None, _) => (system(), Vec::new()),
            };
            let before = case.state().clone();
            let refused = case.act(&actor, &command(&case, kind, attempt.choice, posts)).is_err();
            if refused {
                prop_assert_eq!(&before, case.state(), "a refusal changes nothing");
            }
            check(&case, &before)?;
        }
        prop_assert_eq!(Application::replay(case.events()), Ok(case.state().clone()));
    }
}

/// That the model above is not talking of cases that never get anywhere.
#[test]
fn the_attempts_reach_every_stage() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let officers = officers();
    let item = everything(false);
    let mut reached = std::collections::HashSet::new();
    for _ in 0..3_000 {
        let attempts = attempts().new_tree(&mut runner).unwrap().current();
        let mut case = Case::of(item);
        for (forwards, attempt) in attempts {
            case.now = case.now.plus_seconds(i64::from(attempt.hours) * 3600);
            let (kind, who) = if forwards {
                forward(&case, attempt)
            } else {
                (attempt.kind, attempt.who)
            };
            let (actor, posts): (Actor, _) = match (officers.get(who), who) {
                (Some(officer), _) => (acting(officer), officer.posts.clone()),
                (None, 6) => (agent(), Vec::new()),
                (None, _) => (system(), Vec::new()),
            };
            let command = command(&case, kind, attempt.choice, posts);
            let _refused_or_not = case.act(&actor, &command);
            reached.insert(case.state().stage);
        }
    }
    assert_eq!(reached.len(), 17, "{reached:?}");
}
