//! Every event of a case is told to those whom it concerns, with what to do next and by when.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what is wrong"
)]

mod builders;

use builders::{Case, acting, agent, at, item_with, monday, officer, system, text};
use domain::application::{
    Actor, Application, ClaimedBy, DeferralUndertaking, Demand, Event, ExtensionAsked, Hearing,
    Limits, NonAcceptance, Outcome, Petition, Recorded, Recounted, Remedy,
};
use domain::calendar::Due;
use domain::chain::Digest;
use domain::ids::{EventId, MaterialCode, OfficerId, PersonId};
use domain::item::{DeliveryMode, PauseGround, ServiceItem};
use domain::message::{Message, Recipient, messages};
use domain::occurrence::Occurrence;
use domain::officer::Post;
use domain::words::Words;
use jiff::civil::Date;
use uuid::Uuid;

const DAY: &str = "2026-12-14";

fn day() -> Date {
    DAY.parse().unwrap()
}

fn due() -> Due {
    Due {
        date: day(),
        provisional: false,
    }
}

fn limits() -> Limits {
    Limits {
        acceptance: Some(due()),
        promised: Some(due()),
        statutory: Some(due()),
    }
}

fn material() -> MaterialCode {
    MaterialCode::try_from("MAT-FIRE".to_owned()).unwrap()
}

fn undertaking() -> DeferralUndertaking {
    DeferralUndertaking {
        materials: vec![material()],
        cure_by: day(),
        signed_by: PersonId::try_from("agent".to_owned()).unwrap(),
        signed_at: monday(),
    }
}

fn who(name: &str) -> OfficerId {
    OfficerId::try_from(name.to_owned()).unwrap()
}

/// One of each event.
#[expect(clippy::too_many_lines, reason = "there are many")]
fn every_event() -> Vec<Event> {
    let remedies = || Remedy::against(&"psb-140105".parse().unwrap());
    let demands = || {
        vec![
            Demand::Material {
                material: material(),
            },
            Demand::Field {
                pointer: "/beds".to_owned(),
            },
        ]
    };
    let Event::Submitted(mut submitted) = Case::submitted().events()[0].event.clone() else {
        panic!("the first event is no submission");
    };
    submitted.limits = limits();
    vec![
        Event::Submitted(submitted),
        Event::Claimed { post: Post::Intake },
        Event::Released,
        Event::Reassigned {
            to: who("sun-03"),
            post: Post::Reviewer,
            reason: text(),
        },
        Event::CorrectionRequired {
            demands: demands(),
            explanation: text(),
            answer_by: due(),
        },
        Event::PapersRequested {
            demands: demands(),
            explanation: text(),
        },
        Event::Supplemented {
            quantities: None,
            rows: None,
            form: None,
            papers: Vec::new(),
            limits: limits(),
        },
        Event::CorrectionLapsed,
        Event::NoticeServed {
            notice: 3,
            answer_by: None,
        },
        Event::DeferralUndertaken {
            undertaking: undertaking(),
        },
        Event::ConditionsUndertaken,
        Event::Accepted {
            limits: limits(),
            deemed: false,
            deferral: None,
        },
        Event::NotAccepted {
            ground: NonAcceptance::NoPower,
            reasons: text(),
            remedies: remedies(),
        },
        Event::Cured { papers: Vec::new() },
        Event::CureLapsed {
            materials: vec![material()],
            remedies: remedies(),
        },
        Event::SpecialProcedureStarted {
            ground: PauseGround::Testing,
            expected_end: day(),
            explanation: text(),
        },
        Event::SpecialProcedureEnded {
            ground: PauseGround::Testing,
            result: text(),
            limits: limits(),
        },
        Event::Suspended { basis: text() },
        Event::Resumed {
            reason: text(),
            limits: limits(),
        },
        Event::HearingOffered {
            explanation: text(),
            ask_by: due(),
        },
        Event::HearingRequested { hold_by: day() },
        Event::HearingForgone,
        Event::HearingScheduled {
            at: at("2026-12-14T09:30:00+08:00"),
            chair: who("li-04"),
            order: text(),
        },
        Event::HearingHeld {
            minutes: text(),
            limits: limits(),
        },
        Event::ExtensionRequested {
            days: 10,
            reasons: text(),
        },
        Event::Extended {
            days: 10,
            reasons: text(),
            limits: limits(),
        },
        Event::AttendanceBooked {
            at: at("2026-12-14T09:30:00+08:00"),
        },
        Event::Attended,
        Event::Inspected {
            with: who("zhou-05"),
            findings: text(),
        },
        Event::Recommended {
            outcome: Outcome::Grant,
            opinion: text(),
            refused_rows: None,
            passed_on_to: None,
        },
        Event::Returned { reason: text() },
        Event::Granted {
            reasons: None,
            valid_until: Some(day()),
            check_by: None,
            deliver_by: Some(due()),
            refused_rows: None,
            remedies: Vec::new(),
        },
        Event::Refused {
            reasons: text(),
            remedies: remedies(),
        },
        Event::UndertakingChecked {
            holds: false,
            findings: text(),
        },
        Event::Withdrawn { reason: None },
        Event::Terminated {
            reasons: text(),
            remedies: remedies(),
        },
        Event::Delivered {
            mode: DeliveryMode::Electronic,
        },
        Event::PetitionFiled {
            petition: Petition::Renewal,
            request: text(),
            answer_by: Some(day()),
        },
        Event::Renewed {
            valid_until: day(),
            by_silence: true,
            reasons: None,
        },
        Event::Amended { reasons: None },
        Event::PetitionRefused {
            petition: Petition::Amendment,
            reasons: text(),
            remedies: remedies(),
        },
        Event::Rescinded {
            reasons: text(),
            remedies: remedies(),
        },
        Event::Revoked {
            reasons: text(),
            remedies: remedies(),
        },
        Event::Cancelled { reasons: text() },
        Event::Recomputed {
            calendar: 2,
            limits: limits(),
            days: Recounted::default(),
        },
    ]
}

/// To whom of the applicant's side, whether something is to be done, and whether a day is named: written
/// from what people must not miss, and not from the code.
fn expected(event: &Event) -> Option<(Recipient, bool, bool)> {
    use Recipient::{Enterprise, Filer};
    match event {
        Event::Claimed { .. }
        | Event::NoticeServed {
            answer_by: None, ..
        }
        | Event::Released
        | Event::Reassigned { .. }
        | Event::ExtensionRequested { .. }
        | Event::Recommended { .. }
        | Event::Returned { .. } => None,
        Event::CorrectionRequired { .. }
        | Event::NoticeServed {
            answer_by: Some(_), ..
        }
        | Event::HearingOffered { .. }
        | Event::HearingScheduled { .. } => Some((Enterprise, true, true)),
        Event::PapersRequested { .. }
        | Event::CorrectionLapsed
        | Event::NotAccepted { .. }
        | Event::CureLapsed { .. }
        | Event::Suspended { .. }
        | Event::Refused { .. }
        | Event::UndertakingChecked { .. }
        | Event::Withdrawn { .. }
        | Event::Terminated { .. }
        | Event::PetitionRefused { .. }
        | Event::Rescinded { .. }
        | Event::Revoked { .. } => Some((Enterprise, true, false)),
        Event::Granted { .. } => Some((Enterprise, false, true)),
        Event::Renewed { .. } | Event::Amended { .. } | Event::Cancelled { .. } => {
            Some((Enterprise, false, false))
        }
        Event::DeferralUndertaken { .. } | Event::AttendanceBooked { .. } => {
            Some((Filer, true, true))
        }
        Event::Submitted(_)
        | Event::Supplemented { .. }
        | Event::Accepted { .. }
        | Event::Cured { .. }
        | Event::SpecialProcedureStarted { .. }
        | Event::SpecialProcedureEnded { .. }
        | Event::Resumed { .. }
        | Event::HearingRequested { .. }
        | Event::HearingHeld { .. }
        | Event::Extended { .. }
        | Event::PetitionFiled { .. }
        | Event::Recomputed { .. } => Some((Filer, false, true)),
        Event::ConditionsUndertaken
        | Event::HearingForgone
        | Event::Attended
        | Event::Inspected { .. }
        | Event::Delivered { .. } => Some((Filer, false, false)),
    }
}

fn item() -> &'static ServiceItem {
    item_with(|item| {
        let word = || Words::new("词", "word");
        item.attendance = Some(domain::item::Attendance {
            before: domain::item::AttendedStep::Decision,
            purpose: word(),
            place: word(),
            bring: vec![word()],
        });
    })
}

/// What is said when `event` meets a case in the hands of somebody.
fn told(event: Event, actor: Actor) -> Vec<(Recipient, Message)> {
    let mut before = Case::submitted().state().clone();
    before.claim = Some(ClaimedBy {
        officer: who("zhao-01"),
        post: Post::Reviewer,
        since: monday(),
    });
    before.handling.reviewed_by = Some(who("qian-02"));
    before.extension_asked = Some(ExtensionAsked {
        days: 10,
        by: who("zhao-01"),
    });
    let mut after = before.clone();
    after.limits = limits();
    say(&before, event, actor, &after)
}

fn say(
    before: &Application,
    event: Event,
    actor: Actor,
    after: &Application,
) -> Vec<(Recipient, Message)> {
    let recorded = Recorded {
        application: after.number.clone(),
        seq: 7,
        id: EventId(Uuid::from_u128(7)),
        at: monday(),
        actor,
        event,
        prev: Digest::GENESIS,
        hash: Digest::GENESIS,
    };
    messages(&Occurrence {
        before: Some(before),
        recorded: &recorded,
        after,
        item: item(),
    })
}

fn is_officers(recipient: &Recipient) -> bool {
    matches!(recipient, Recipient::Officer(_) | Recipient::Post(_))
}

#[test]
fn every_event_is_told_to_the_applicant_as_far_as_it_concerns_them() {
    let events = every_event();
    let names: std::collections::BTreeSet<_> = events.iter().map(Event::name).collect();
    assert_eq!(names.len(), 45, "one of each event");
    for event in events {
        let (name, expected) = (event.name(), expected(&event));
        let told = told(event, system());
        let mut applicants = told.iter().filter(|(to, _)| !is_officers(to));
        let (Some((to, next, due)), found) = (expected, applicants.next()) else {
            assert!(
                told.iter().all(|(to, _)| is_officers(to)),
                "{name} stays inside the authority"
            );
            continue;
        };
        let (recipient, message) = found.unwrap_or_else(|| panic!("{name} is not told"));
        assert_eq!(*recipient, to, "{name}");
        assert_eq!(message.next.is_some(), next, "{name}: {:?}", message.next);
        assert_eq!(message.due, due.then(day), "{name}");
        assert!(applicants.next().is_none(), "{name} is told once");
    }
}

#[test]
fn every_message_is_whole_in_both_languages_and_names_the_item() {
    for event in every_event() {
        let name = event.name();
        for (_, message) in told(event, system()) {
            let item = item();
            assert!(message.title.zh.contains(&item.name.zh), "{name}");
            assert!(message.title.en.contains(&item.name.en), "{name}");
            let words = [
                Some(&message.title),
                Some(&message.text),
                message.next.as_ref(),
            ];
            for words in words.into_iter().flatten() {
                assert!(!words.zh.is_empty() && !words.en.is_empty(), "{name}");
                let chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
                assert!(words.zh.chars().any(chinese), "{name}: {}", words.zh);
                assert!(!words.en.chars().any(chinese), "{name}: {}", words.en);
                assert!(!words.en.contains("  "), "{name}: {}", words.en);
            }
        }
    }
}

#[test]
fn no_message_names_a_person_or_quotes_what_somebody_wrote() {
    let names = ["agent", "zhao-01", "qian-02", "sun-03", "li-04", "zhou-05"];
    let digest = text().to_string();
    for event in every_event() {
        for (_, message) in told(event, agent()) {
            let said = serde_json::to_string(&message).unwrap();
            let mut personal = names.into_iter().chain([digest.as_str()]);
            assert!(!personal.any(|personal| said.contains(personal)), "{said}");
        }
    }
}

/// The sample of the event with that name.
fn named(name: &str) -> Event {
    let mut events = every_event().into_iter();
    events.find(|event| event.name() == name).unwrap()
}

/// What the applicant is told of `event`.
fn to_applicant(event: Event) -> Message {
    let mut told = told(event, system()).into_iter();
    told.find(|(to, _)| !is_officers(to)).unwrap().1
}

#[test]
fn a_correction_says_what_to_bring_and_by_when_and_what_comes_of_silence() {
    let event = named("correction_required");
    let message = to_applicant(event);
    assert!(message.text.zh.contains("消防") && message.text.zh.contains("表单 1 处内容"));
    assert!(message.text.en.contains("1 place in the form"));
    let next = message.next.unwrap();
    assert!(next.zh.contains("2026年12月14日（含）前补正") && next.zh.contains("视为撤回申请"));
    assert!(next.en.contains("14 December 2026") && next.en.contains("apply again"));
}

#[test]
fn who_is_told_on_paper_hears_of_days_from_receipt_and_of_the_day_once_it_is_received() {
    let mut state = Case::submitted().state().clone();
    state.paper_service = true;
    for (event, days) in [("correction_required", "15"), ("hearing_offered", "5")] {
        let mut told = say(&state, named(event), system(), &state).into_iter();
        let message = told.find(|(to, _)| !is_officers(to)).unwrap().1;
        assert_eq!(message.due, None, "{event}");
        let next = message.next.unwrap();
        assert!(
            next.zh.contains(&format!("自签收之日起{days}个工作日内")),
            "{}",
            next.zh
        );
        assert!(
            next.en
                .contains(&format!("{days} working days of receiving it"))
        );
    }
    let served = Event::NoticeServed {
        notice: 7,
        answer_by: Some(due()),
    };
    let mut told = say(&state, served, system(), &state).into_iter();
    let message = told.find(|(to, _)| !is_officers(to)).unwrap().1;
    assert_eq!(message.due, Some(due().date));
}

#[test]
fn a_refusal_says_what_can_be_done_against_it_and_until_when() {
    let event = named("refused");
    let next = to_applicant(event).next.unwrap();
    assert!(
        next.zh.contains("60日内") && next.zh.contains("6个月内"),
        "{}",
        next.zh
    );
    assert!(next.en.contains("within 60 days") && next.en.contains("within 6 months"));
}

#[test]
fn a_decision_is_called_what_the_matter_type_calls_it() {
    let event = named("granted");
    let message = to_applicant(event);
    assert!(
        message.title.zh.starts_with("准予许可："),
        "{}",
        message.title.zh
    );
}

#[test]
fn acceptance_with_papers_to_come_says_which_and_by_when() {
    let message = to_applicant(Event::Accepted {
        limits: limits(),
        deemed: false,
        deferral: Some(undertaking()),
    });
    assert_eq!(message.due, Some(day()));
    assert!(message.next.unwrap().zh.contains("逾期未补齐的，办理终止"));
}

#[test]
fn a_grant_on_undertaking_says_when_it_is_checked() {
    let message = to_applicant(Event::Granted {
        reasons: None,
        valid_until: None,
        check_by: Some(due()),
        deliver_by: None,
        refused_rows: None,
        remedies: Vec::new(),
    });
    assert!(
        message
            .next
            .unwrap()
            .en
            .contains("checked by the end of 14 December 2026")
    );
}

fn officers(event: Event, actor: Actor) -> Vec<Recipient> {
    let told = told(event, actor).into_iter().map(|(to, _)| to);
    told.filter(is_officers).collect()
}

#[test]
fn a_case_that_changes_hands_is_told_to_both() {
    let event = named("reassigned");
    assert_eq!(
        officers(event, acting(&officer("supervisor", &[Post::Supervisor]))),
        [
            Recipient::Officer(who("sun-03")),
            Recipient::Officer(who("zhao-01"))
        ]
    );
}

#[test]
fn who_was_to_chair_a_hearing_learns_that_another_does() {
    let before = {
        let mut state = Case::under_review().state().clone();
        state.hearing = Some(Hearing::Scheduled {
            at: builders::monday(),
            chair: who("chen-01"),
            hold_by: None,
        });
        state
    };
    let chaired_by = |name: &str| Event::HearingScheduled {
        at: builders::monday(),
        chair: who(name),
        order: text(),
    };
    let told = |name| {
        let said = say(&before, chaired_by(name), system(), &before);
        let to = said.into_iter().map(|(to, _)| to);
        to.filter(is_officers).collect::<Vec<_>>()
    };
    assert_eq!(
        told("wang-01"),
        ["wang-01", "chen-01"].map(|name| Recipient::Officer(who(name)))
    );
    assert_eq!(told("chen-01"), [Recipient::Officer(who("chen-01"))]);
}

#[test]
fn an_extension_waits_for_the_head_and_is_told_to_who_asked() {
    let (asked, extended) = (named("extension_requested"), named("extended"));
    let head = acting(&officer("head", &[Post::Head]));
    assert_eq!(
        officers(asked, acting(&officer("zhao-01", &[Post::Reviewer]))),
        [Recipient::Post(Post::Head)]
    );
    assert_eq!(
        officers(extended, head),
        [Recipient::Officer(who("zhao-01"))]
    );
}

#[test]
fn what_the_applicant_does_reaches_who_has_the_case_in_hand_and_nobody_is_told_of_their_own_act() {
    for event in every_event() {
        let name = event.name();
        let told = officers(event, acting(&officer("zhao-01", &[Post::Reviewer])));
        assert!(
            !told.contains(&Recipient::Officer(who("zhao-01"))),
            "{name}"
        );
    }
    for wanted in [
        "supplemented",
        "cured",
        "hearing_requested",
        "attendance_booked",
        "withdrawn",
    ] {
        assert_eq!(
            officers(named(wanted), agent()),
            [Recipient::Officer(who("zhao-01"))],
            "{wanted}"
        );
    }
}

#[test]
fn limits_that_were_computed_again_and_are_the_same_are_not_told() {
    let state = Case::submitted().state().clone();
    let event = Event::Recomputed {
        calendar: 2,
        limits: Limits::default(),
        days: Recounted::default(),
    };
    assert!(say(&state, event, system(), &state).is_empty());
}
