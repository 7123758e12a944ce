//! Events counted in any order end in the counters that counting the cases themselves gives.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

mod builders;

use std::collections::{BTreeMap, BTreeSet};

use builders::{Case, acting, agent, item, item_with, monday, officer, system, text};
use domain::application::{
    Application, Claim, Command, Decision, Demand, EndSpecialProcedure, Event, Outcome, Recommend,
    Recorded, RequireCorrection, Resume, ReturnToReview, StartSpecialProcedure, Supplement,
    Suspend, Terminate,
};
use domain::figures::{Changes, Count, Counter, Month, Tally, changes};
use domain::ids::MaterialCode;
use domain::instant::Instant;
use domain::item::{PauseGround, ServiceItem, SpecialProcedure, SpecialProcedureKey};
use domain::manifest::PaperState;
use domain::occurrence::Occurrence;
use domain::officer::{Officer, Post};
use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;

fn officers() -> [Officer; 4] {
    let all = [Post::Intake, Post::Reviewer, Post::Decider];
    [
        officer("intake", &[Post::Intake]),
        officer("reviewer", &[Post::Reviewer]),
        officer("decider", &[Post::Decider]),
        officer("jack", &all),
    ]
}

fn with_pauses() -> &'static ServiceItem {
    item_with(|item| {
        item.special_procedures.push(SpecialProcedure {
            key: SpecialProcedureKey::ExpertReview,
            excluded_from_clock: true,
            before_acceptance: false,
            note: None,
        });
    })
}

/// What somebody tries: who, what, and how many hours after the last.
type Attempt = (usize, u8, u16);

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let hours = prop_oneof![6 => 0_u16..12, 3 => 12_u16..120, 1 => 120_u16..900];
    prop::collection::vec((0_usize..6, 0_u8..16, hours), 0..60)
}

/// The case that comes of `attempts`; what is refused does not happen. Half of them take it further.
fn history(item: &'static ServiceItem, attempts: &[Attempt]) -> Case {
    let officers = officers();
    let mut case = Case::of(item);
    for (who, kind, hours) in attempts {
        case.now = case.now.plus_seconds(i64::from(*hours) * 3600);
        let actor = match officers.get(*who) {
            Some(officer) => acting(officer),
            None if *who == 4 => agent(),
            None => system(),
        };
        let posts = officers.get(*who).map(|officer| officer.posts.clone());
        let posts = posts.unwrap_or_default();
        let papers = builders::manifest(PaperState::Clean);
        let material = MaterialCode::try_from("MAT-FIRE".to_owned()).unwrap();
        let ground = PauseGround::ExpertReview;
        let command = match kind {
            0..=2 => Command::Claim(Claim {
                posts,
                conflict: false,
            }),
            3 => Command::Release,
            4 => Command::Accept(domain::application::Accept { manifest: papers }),
            5 => Command::RequireCorrection(RequireCorrection {
                demands: vec![Demand::Material { material }],
                explanation: text(),
            }),
            6 => Command::Supplement(Supplement {
                quantities: None,
                rows: None,
                form: None,
                manifest: papers,
            }),
            7 => Command::DeemAccepted,
            8 => Command::Suspend(Suspend { basis: text() }),
            9 => Command::Resume(Resume { reason: text() }),
            10 => Command::StartSpecialProcedure(StartSpecialProcedure {
                ground,
                expected_end: case.now.date().saturating_add(20.days()),
                explanation: text(),
            }),
            11 => Command::EndSpecialProcedure(EndSpecialProcedure {
                ground,
                result: text(),
            }),
            12 => Command::Recommend(Recommend {
                outcome: Outcome::Grant,
                opinion: text(),
                refused_rows: None,
                decided_by: Some("psb-140105".to_owned().try_into().unwrap()),
            }),
            13 => Command::Decide(Decision {
                outcome: if hours % 2 == 0 {
                    Outcome::Grant
                } else {
                    Outcome::Refuse
                },
                reasons: Some(text()),
                refused_rows: None,
                manifest: papers,
            }),
            14 => Command::ReturnToReview(ReturnToReview { reason: text() }),
            _ => match hours % 4 {
                0 => Command::Terminate(Terminate { reasons: text() }),
                1 => Command::Withdraw(domain::application::Withdraw { reason: None }),
                _ => Command::LapseCorrection,
            },
        };
        let _refused_or_not = case.act(&actor, &command);
    }
    case
}

/// Mostly what takes a case to its decision, with time between.
fn towards_the_decision(hours: &[u16], mixed_in: &[Attempt]) -> Vec<Attempt> {
    let way = [
        (0, 0),
        (0, 4),
        (1, 0),
        (1, 10),
        (1, 11),
        (1, 8),
        (1, 9),
        (1, 12),
        (2, 0),
        (2, 13),
    ];
    let mut attempts: Vec<Attempt> = way
        .iter()
        .zip(hours.iter().cycle())
        .map(|((who, kind), hours)| (*who, *kind, *hours))
        .collect();
    for (place, attempt) in mixed_in.iter().enumerate() {
        attempts.insert((place * 3 + 2).min(attempts.len()), *attempt);
    }
    attempts
}

/// What the event `seq` of a case adds, as a worker finds out that is told of it alone.
fn told(events: &[Recorded], seq: usize, item: &'static ServiceItem) -> Changes {
    let before = (seq > 1).then(|| Application::replay(&events[..seq - 1]).unwrap());
    let after = Application::replay(&events[..seq]).unwrap();
    let occurrence = Occurrence {
        before: before.as_ref(),
        recorded: &events[seq - 1],
        after: &after,
        item,
    };
    changes(&occurrence, catalogue::calendar())
}

/// The counters after the events were delivered in the order of `keys`, each several times.
fn delivered(events: &[Recorded], keys: &[u32], item: &'static ServiceItem) -> Changes {
    let mut order: Vec<(u32, usize)> = (0..events.len() * 3)
        .map(|delivery| {
            let key =
                keys[delivery % keys.len()].rotate_left(u32::try_from(delivery % 32).unwrap());
            (key, delivery % events.len() + 1)
        })
        .collect();
    order.sort_unstable();
    let (mut counted, mut sum) = (BTreeSet::new(), Changes::new());
    for (_, seq) in order {
        if counted.insert(seq) {
            for (counter, number) in told(events, seq, item) {
                *sum.entry(counter).or_default() += number;
            }
        }
    }
    sum.retain(|_, number| *number != 0);
    sum
}

/// The working days after `from` through `to` on which no pause lasted, day by day.
fn days(case: &Application, from: Date, to: Date) -> u32 {
    let stood_still = |day: Date| {
        let mut pauses = case.course.pauses.iter();
        pauses.any(|pause| {
            let end = pause.to.map_or(to, Instant::date);
            pause.from.date() < day && day <= end
        })
    };
    let calendar = catalogue::calendar();
    let next = |day: &Date| day.tomorrow().ok();
    std::iter::successors(from.tomorrow().ok(), next)
        .take_while(|day| *day <= to)
        .filter(|day| calendar.day(*day).working && !stood_still(*day))
        .map(|_| 1)
        .sum()
}

/// The counters as somebody counts them who looks at the whole case.
fn counted_directly(events: &[Recorded], case: &Application) -> Changes {
    let mut sum = Changes::new();
    let month = |recorded: &Recorded| Month::of(recorded.at.date());
    let mut add = |month: Month, count: Count, number: i64| {
        let counter = Counter::Cases {
            unit: case.unit.clone(),
            month,
            item: case.item.code,
            count,
        };
        *sum.entry(counter).or_default() += number;
    };
    for recorded in events {
        let count = match recorded.event.name() {
            "submitted" => Count::Submitted,
            "accepted" if matches!(recorded.event, Event::Accepted { deemed: true, .. }) => {
                Count::DeemedAccepted
            }
            "accepted" => Count::Accepted,
            "not_accepted" => Count::NotAccepted,
            "correction_required" | "papers_requested" => Count::Corrections,
            "correction_lapsed" => Count::Lapsed,
            "withdrawn" => Count::Withdrawn,
            "terminated" | "cure_lapsed" => Count::Terminated,
            "granted" => Count::Granted,
            "refused" => Count::Refused,
            _ => continue,
        };
        add(month(recorded), count, 1);
        if matches!(count, Count::Granted | Count::Refused) {
            let notices = events
                .iter()
                .filter(|recorded| recorded.event.name() == "correction_required")
                .count();
            add(
                month(recorded),
                Count::CorrectionsOfDecided,
                i64::try_from(notices).unwrap(),
            );
            let decided = recorded.at.date();
            let (promised, statutory) = (case.limits.promised, case.limits.statutory);
            if let Some(due) = promised {
                let met = decided <= due.date;
                let count = if met {
                    Count::PromisedMet
                } else {
                    Count::PromisedMissed
                };
                add(month(recorded), count, 1);
            }
            if let Some(due) = statutory {
                let met = decided <= due.date;
                let count = if met {
                    Count::StatutoryMet
                } else {
                    Count::StatutoryMissed
                };
                add(month(recorded), count, 1);
            }
            let from = if case.deemed {
                case.course.received_at
            } else {
                case.course.accepted_at.unwrap()
            };
            let days = days(case, from.date(), decided);
            let days = u16::try_from(days).unwrap().min(365);
            add(month(recorded), Count::Days(days), 1);
        }
    }
    if let Some(post) = case.works_for() {
        let unit = case.unit.clone();
        let waiting = Counter::Waiting {
            unit: unit.clone(),
            post,
            claimed: case.claim.is_some(),
        };
        sum.insert(waiting, 1);
        if let Some(claim) = &case.claim {
            let officer = claim.officer.clone();
            sum.insert(
                Counter::InHand {
                    unit,
                    officer,
                    post,
                },
                1,
            );
        }
    }
    sum.retain(|_, number| *number != 0);
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_order_and_any_repeats_end_in_the_counters_of_the_case_itself(
        attempts in attempts(),
        keys in prop::collection::vec(any::<u32>(), 1..40),
    ) {
        let item = with_pauses();
        let case = history(item, &attempts);
        let delivered = delivered(case.events(), &keys, item);
        let direct = counted_directly(case.events(), case.state());
        // A pause that began after the limit had ended takes nothing out of it.
        prop_assert_eq!(without_days(&delivered), without_days(&direct));
    }

    #[test]
    fn a_decided_case_is_counted_with_the_days_it_took_net_of_pauses(
        hours in prop::collection::vec(0_u16..60, 1..12),
        mixed_in in prop::collection::vec((0_usize..4, 0_u8..12, 0_u16..30), 0..4),
        keys in prop::collection::vec(any::<u32>(), 1..40),
    ) {
        let item = with_pauses();
        let case = history(item, &towards_the_decision(&hours, &mixed_in));
        let delivered = delivered(case.events(), &keys, item);
        let direct = counted_directly(case.events(), case.state());
        let late = case.state().course.pauses.iter().any(|pause| {
            let promised = case.state().limits.promised;
            promised.is_some_and(|due| pause.from.date() >= due.date)
        });
        if late {
            prop_assert_eq!(without_days(&delivered), without_days(&direct));
        } else {
            prop_assert_eq!(delivered, direct);
        }
    }
}

fn without_days(changes: &Changes) -> BTreeMap<&Counter, i64> {
    let is_days = |counter: &Counter| {
        matches!(
            counter,
            Counter::Cases {
                count: Count::Days(_),
                ..
            }
        )
    };
    let kept = changes.iter().filter(|(counter, _)| !is_days(counter));
    kept.map(|(counter, number)| (counter, *number)).collect()
}

/// That the properties above speak of cases that get somewhere.
#[test]
fn the_attempts_lead_to_decisions_pauses_corrections_and_ends() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let item = with_pauses();
    let mut seen = BTreeSet::new();
    for _ in 0..400 {
        let mixed = attempts().new_tree(&mut runner).unwrap().current();
        let first: Vec<Attempt> = mixed.iter().copied().take(3).collect();
        for attempts in [mixed, towards_the_decision(&[2, 30, 7], &first)] {
            let case = history(item, &attempts);
            seen.extend(case.events().iter().map(|recorded| recorded.event.name()));
        }
    }
    for name in [
        "granted",
        "suspended",
        "correction_required",
        "special_procedure_ended",
        "withdrawn",
    ] {
        assert!(seen.contains(name), "{name} is never reached: {seen:?}");
    }
}

#[test]
fn a_case_granted_in_time_is_counted_in_the_month_of_its_decision() {
    let mut case = Case::submitted();
    let officers = officers();
    case.claims(&officers[0]).unwrap();
    case.accepts(&officers[0]).unwrap();
    case.claims(&officers[1]).unwrap();
    case.at("2026-12-01T09:00:00+08:00");
    case.recommends(&officers[1], Outcome::Grant).unwrap();
    case.claims(&officers[2]).unwrap();
    case.decides(&officers[2], Outcome::Grant).unwrap();
    let mut tallies: BTreeMap<Month, Tally> = BTreeMap::new();
    for (counter, number) in delivered(case.events(), &[3, 1, 2], item()) {
        if let Counter::Cases { month, count, .. } = counter {
            let number = u64::try_from(number).unwrap();
            tallies.entry(month).or_default().add(count, number);
        }
    }
    let november = &tallies[&Month::of(monday().date())];
    assert_eq!((november.of(Count::Submitted), november.decided()), (1, 0));
    let december = &tallies[&"2026-12".parse().unwrap()];
    assert_eq!(december.of(Count::Granted), 1);
    assert_eq!(december.of(Count::PromisedMet), 1);
    // Accepted on Monday the 23rd of November: Tuesday the 1st of December is the sixth working day.
    assert_eq!(december.days_within_which(50), Some(6));
}
