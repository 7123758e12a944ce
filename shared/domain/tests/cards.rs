//! Which card stands when, and that whoever looks at a case when it says sees every one.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{
    Case, acting, agent, at, decider, head, intake, item, item_with, manifest, reviewer, text,
};
use domain::application::timers::{self, DueStep, Timer};
use domain::application::{
    Accept, AcceptWithDeferral, ApproveExtension, Command, Deliver, Demand, EndSpecialProcedure,
    GrantOnUndertaking, OfferHearing, Outcome, Petition, PetitionFor, Refusal, RequestExtension,
    RequireCorrection, Resume, ServeNotice, Stage, StartSpecialProcedure, Supplement, Suspend,
    Undertake,
};
use domain::card::{Card, CardRule, Colour, cards, cards_at, look_after_commit, next_look};
use domain::ids::MaterialCode;
use domain::instant::Instant;
use domain::item::{
    DeliveryMode, LimitSource, PauseGround, ServiceItem, SpecialProcedure, SpecialProcedureKey,
    StepKey, Undertaking,
};
use domain::manifest::{Manifest, PaperState};
use domain::officer::Post;
use domain::words::Words;
use jiff::ToSpan as _;
use proptest::prelude::*;

/// The colours that stand at a moment, by rule.
fn standing(case: &Case, moment: &str) -> Vec<(CardRule, Colour)> {
    let found = cards(case.state(), case.item, catalogue::calendar(), at(moment));
    found.iter().map(|card| (card.rule, card.colour)).collect()
}

fn the_card(case: &Case, rule: CardRule, moment: &str) -> Card {
    let found = cards(case.state(), case.item, catalogue::calendar(), at(moment));
    found.into_iter().find(|card| card.rule == rule).unwrap()
}

/// The hotel licence whose acceptance step has `days`.
fn with_acceptance_of(days: u16) -> &'static ServiceItem {
    item_with(|item| {
        let steps = item.steps.iter_mut();
        for step in steps.filter(|step| step.key == StepKey::Acceptance) {
            step.limit_working_days = Some(days);
        }
    })
}

fn deferrable() -> MaterialCode {
    let mut materials = item().materials.iter();
    let found = materials.find(|material| material.deferrable && material.required);
    found.unwrap().code.clone()
}

fn demand() -> Command {
    Command::RequireCorrection(RequireCorrection {
        demands: vec![Demand::Material {
            material: deferrable(),
        }],
        explanation: text(),
    })
}

#[test]
fn an_answer_is_due_within_a_working_day_from_the_first_hour_of_the_fourth() {
    // Submitted on Monday the 23rd: the fifth working day is Monday the 30th.
    let case = Case::submitted();
    assert_eq!(standing(&case, "2026-11-26T23:59:59+08:00"), []);
    let card = the_card(&case, CardRule::Acceptance, "2026-11-27T01:00:00+08:00");
    assert_eq!(card.colour, Colour::Blue);
    assert_eq!(card.due, Some(jiff::civil::date(2026, 11, 30)));
    assert!(card.source.zh.contains("第三十二条"));
    assert!(card.since >= at("2026-11-27T00:00:00+08:00"));
    assert!(card.since < at("2026-11-27T01:00:00+08:00"));
}

#[test]
fn a_step_that_the_item_wants_faster_is_overdue_before_the_law_speaks() {
    let case = Case::of(with_acceptance_of(2));
    let moment = "2026-11-26T01:00:00+08:00";
    let card = the_card(&case, CardRule::Acceptance, moment);
    assert_eq!(card.colour, Colour::Yellow);
    assert!(card.source.en.contains("item's own time"));
    assert_eq!(
        timers::due(case.state(), catalogue::calendar(), at(moment)),
        None
    );
}

#[test]
fn silence_becomes_acceptance_with_the_second_after_the_fifth_day_and_stays_a_yellow_card() {
    let mut case = Case::submitted();
    let due = |case: &Case, moment| timers::due(case.state(), catalogue::calendar(), at(moment));
    assert_eq!(due(&case, "2026-11-30T23:59:59+08:00"), None);
    let Some(DueStep::Timer(deadline)) = due(&case, "2026-12-01T00:00:00+08:00") else {
        unreachable!("nothing is due");
    };
    assert_eq!(deadline.timer, Timer::DeemedAcceptance);
    case.at("2026-12-01T00:00:00+08:00")
        .by_itself(&deadline.timer.command())
        .unwrap();
    let card = the_card(&case, CardRule::Acceptance, "2026-12-01T00:00:00+08:00");
    assert_eq!(card.colour, Colour::Yellow);
    assert!(card.reason.zh.contains("视为受理"));
}

#[test]
fn a_promise_turns_blue_and_yellow_and_the_law_turns_red() {
    let case = Case::under_review();
    let due = |limit: Option<domain::calendar::Due>| limit.unwrap().date;
    let promised = due(case.state().limits.promised);
    let statutory = due(case.state().limits.statutory);
    let day = |date: jiff::civil::Date, days: i64| {
        let date = date.saturating_add(days.days());
        format!("{date}T01:00:00+08:00")
    };
    assert_eq!(
        standing(&case, &day(promised, 0)),
        [(CardRule::Promised, Colour::Blue)]
    );
    assert_eq!(
        standing(&case, &day(promised, 1)),
        [(CardRule::Promised, Colour::Yellow)]
    );
    assert_eq!(
        standing(&case, &day(statutory, 0)),
        [
            (CardRule::Promised, Colour::Yellow),
            (CardRule::Statutory, Colour::Blue)
        ]
    );
    let overdue = day(statutory, 1);
    assert_eq!(
        standing(&case, &overdue),
        [
            (CardRule::Promised, Colour::Yellow),
            (CardRule::Statutory, Colour::Red)
        ]
    );
    let card = the_card(&case, CardRule::Statutory, &overdue);
    assert!(card.source.zh.contains("第四十二条"));
}

#[test]
fn no_limit_that_is_not_in_law_turns_red() {
    let borrowed = item_with(|item| {
        let limit = item.statutory_limit.as_mut().unwrap();
        limit.source = LimitSource::Analogy;
    });
    let case = Case::under_review_of(borrowed);
    let card = the_card(&case, CardRule::Statutory, "2027-03-01T12:00:00+08:00");
    assert_eq!(card.colour, Colour::Yellow);
    assert_eq!(card.source.zh, "无法定时限（平台默认）");

    let none = item_with(|item| item.statutory_limit = None);
    let case = Case::under_review_of(none);
    let found = standing(&case, "2027-03-01T12:00:00+08:00");
    assert!(
        found.iter().all(|(_, colour)| *colour != Colour::Red),
        "{found:?}"
    );
}

#[test]
fn a_decision_closes_the_cards_of_its_limits_and_delivery_has_its_own() {
    let mut case = Case::awaiting_decision();
    case.at("2026-12-03T10:00:00+08:00");
    assert_eq!(
        standing(&case, "2026-12-03T10:00:00+08:00"),
        [(CardRule::Promised, Colour::Yellow)]
    );
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    assert_eq!(standing(&case, "2026-12-03T10:00:00+08:00"), []);
    // The tenth working day is the 17th.
    assert_eq!(
        standing(&case, "2026-12-16T01:00:00+08:00"),
        [(CardRule::Delivery, Colour::Blue)]
    );
    let card = the_card(&case, CardRule::Delivery, "2026-12-18T01:00:00+08:00");
    assert_eq!(card.colour, Colour::Yellow);
    assert!(card.source.zh.contains("第四十四条"));
    let deliver = Command::Deliver(Deliver {
        mode: DeliveryMode::Electronic,
    });
    case.at("2026-12-18T10:00:00+08:00")
        .act(&acting(&decider()), &deliver)
        .unwrap();
    assert_eq!(standing(&case, "2026-12-18T10:00:00+08:00"), []);
}

#[test]
fn a_second_correction_notice_is_yellow_for_as_long_as_the_case_is_open() {
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    case.act(&acting(&intake()), &demand()).unwrap();
    assert_eq!(standing(&case, "2026-11-23T11:00:00+08:00"), []);
    let supplement = Command::Supplement(Supplement {
        quantities: None,
        rows: None,
        form: None,
        manifest: case.papers.clone(),
    });
    case.at("2026-11-24T10:00:00+08:00")
        .act(&agent(), &supplement)
        .unwrap();
    case.claims(&intake()).unwrap();
    case.act(&acting(&intake()), &demand()).unwrap();
    assert_eq!(
        standing(&case, "2026-11-24T10:00:00+08:00"),
        [(CardRule::Correction, Colour::Yellow)]
    );
    case.withdraws().unwrap();
    assert_eq!(standing(&case, "2026-11-24T10:00:00+08:00"), []);
}

#[test]
fn a_correction_that_did_not_reach_the_applicant_in_time_is_yellow_until_it_does() {
    let mut case = Case::submitted_on_paper();
    case.claims(&intake()).unwrap();
    case.act(&acting(&intake()), &demand()).unwrap();
    let notice = case.events().last().unwrap().seq;
    assert_eq!(case.state().works_for(), Some(Post::Intake));
    assert_eq!(standing(&case, "2026-11-26T23:00:00+08:00"), []);
    assert_eq!(
        standing(&case, "2026-11-30T12:00:00+08:00"),
        [(CardRule::Acceptance, Colour::Blue)]
    );
    let late = "2026-12-01T12:00:00+08:00";
    assert_eq!(
        standing(&case, late),
        [(CardRule::Acceptance, Colour::Yellow)]
    );
    case.at(late);
    let serve = Command::ServeNotice(ServeNotice {
        notice,
        served: false,
    });
    case.act(&acting(&intake()), &serve).unwrap();
    assert_eq!(standing(&case, late), []);
    assert_eq!(case.state().works_for(), None);
}

#[test]
fn a_special_procedure_that_lasts_longer_than_told_is_yellow() {
    let mut case = Case::under_review_of(everything());
    let start = Command::StartSpecialProcedure(StartSpecialProcedure {
        ground: PauseGround::ExpertReview,
        expected_end: jiff::civil::date(2026, 12, 4),
        explanation: text(),
    });
    case.act(&acting(&reviewer()), &start).unwrap();
    assert_eq!(standing(&case, "2026-12-02T12:00:00+08:00"), []);
    assert_eq!(
        standing(&case, "2026-12-03T01:00:00+08:00"),
        [(CardRule::SpecialProcedure, Colour::Blue)]
    );
    assert_eq!(
        standing(&case, "2026-12-05T01:00:00+08:00"),
        [(CardRule::SpecialProcedure, Colour::Yellow)]
    );
}

#[test]
fn what_was_granted_on_undertaking_and_not_checked_is_yellow() {
    let mut case = Case::of(everything());
    case.act(&agent(), &Command::UndertakeConditions).unwrap();
    let grant = Command::GrantOnUndertaking(GrantOnUndertaking {
        manifest: case.papers.clone(),
    });
    case.by_itself(&grant).unwrap();
    let deliver = Command::Deliver(Deliver {
        mode: DeliveryMode::Electronic,
    });
    case.act(&acting(&decider()), &deliver).unwrap();
    // Twenty working days after the 23rd of November is the 21st of December.
    assert_eq!(
        standing(&case, "2026-12-22T01:00:00+08:00"),
        [(CardRule::UndertakingCheck, Colour::Yellow)]
    );
}

#[test]
fn an_open_case_with_a_provisional_date_says_so_and_is_looked_at_every_day() {
    let mut case = Case::submitted();
    case.at("2026-11-30T10:00:00+08:00");
    case.claims(&intake()).unwrap();
    case.accepts(&intake()).unwrap();
    case.at("2026-12-07T10:00:00+08:00");
    let limit = case.state().limits.statutory.unwrap();
    assert!(!limit.provisional, "{limit:?}");

    let long = item_with(|item| item.statutory_limit.as_mut().unwrap().number = 30);
    let case = Case::under_review_of(long);
    let moment = "2026-11-24T01:00:00+08:00";
    let card = the_card(&case, CardRule::Provisional, moment);
    assert_eq!(card.colour, Colour::Blue);
    let next = next_look(case.state(), long, catalogue::calendar(), at(moment)).unwrap();
    assert_eq!(next.date(), jiff::civil::date(2026, 11, 25));
}

#[test]
fn a_simple_case_is_looked_at_when_its_first_card_is_due_and_never_again_once_delivered() {
    let case = Case::submitted();
    let look =
        |case: &Case| look_after_commit(case.state(), case.item, catalogue::calendar(), case.now);
    assert_eq!(look(&case).unwrap().date(), jiff::civil::date(2026, 11, 27));
    let mut withdrawn = case.clone();
    withdrawn.withdraws().unwrap();
    assert_eq!(look(&withdrawn), None);
    let mut late = case;
    late.at("2026-11-30T10:00:00+08:00").withdraws().unwrap();
    assert_eq!(look(&late), Some(late.now), "its card has to be closed");
    let after = next_look(late.state(), late.item, catalogue::calendar(), late.now);
    assert_eq!(after, None);
}

/// An item with every procedure there is, and the shortest steps.
fn everything() -> &'static ServiceItem {
    item_with(|item| {
        item.special_procedures.push(SpecialProcedure {
            key: SpecialProcedureKey::ExpertReview,
            excluded_from_clock: true,
            before_acceptance: false,
            note: None,
        });
        item.result.validity_months = Some(6);
        item.undertaking = Some(Undertaking {
            statement: Words::new("承诺", "I undertake"),
            check_within_working_days: 20,
        });
    })
}

/// The platform as far as time is concerned: it looks at a case when the case says so, and keeps the
/// cards it found.
struct Platform {
    case: Case,
    look: Option<Instant>,
    raised: Vec<Card>,
    told: Vec<(Instant, Vec<Card>)>,
}

impl Platform {
    fn of(case: Case) -> Self {
        let mut platform = Self {
            case,
            look: None,
            raised: Vec::new(),
            told: Vec::new(),
        };
        platform.committed();
        platform
    }

    fn committed(&mut self) {
        let state = self.case.state();
        self.look = look_after_commit(state, self.case.item, catalogue::calendar(), self.case.now);
        self.pass_to(self.case.now);
    }

    /// Lets time pass to `moment`, with every look on the way.
    fn pass_to(&mut self, moment: Instant) {
        while let Some(at) = self.look.filter(|at| *at <= moment) {
            self.case.now = self.case.now.max(at);
            let now = self.case.now;
            while let Some(step) = timers::due(self.case.state(), catalogue::calendar(), now) {
                self.case.by_itself(&step.command()).unwrap();
            }
            let state = self.case.state();
            self.raised = cards(state, self.case.item, catalogue::calendar(), now);
            self.look = next_look(state, self.case.item, catalogue::calendar(), now);
        }
        self.case.now = moment;
        self.told.push((moment, self.raised.clone()));
    }
}

/// What is tried next, and how many hours pass before.
fn attempts() -> impl Strategy<Value = Vec<(u8, u32)>> {
    let hours = prop_oneof![6 => 0_u32..30, 3 => 30_u32..200, 1 => 200_u32..2500];
    prop::collection::vec((any::<u8>(), hours), 0..40)
}

/// A step that may be possible in `state`; the rest of the domain says whether it is.
fn attempt(case: &mut Case, choice: u8) {
    let today = case.now.date();
    let soon = today.saturating_add(i64::from(choice % 20).days());
    let papers = case.papers.clone();
    let (officer, reviews, decides) = (intake(), reviewer(), decider());
    let _ = match (case.state().stage, choice % 7) {
        (Stage::Submitted, 0) => case.act(
            &agent(),
            &Command::Undertake(Undertake {
                materials: vec![deferrable()],
                cure_by: soon,
                lapsed_before: false,
                manifest: Manifest::default(),
            }),
        ),
        (Stage::Submitted, 1) => case.act(&agent(), &Command::UndertakeConditions),
        (Stage::Submitted, kind) => case.claims(&officer).and_then(|()| match kind {
            2 => case.act(&acting(&officer), &demand()),
            3 => case.act(
                &acting(&officer),
                &Command::AcceptWithDeferral(AcceptWithDeferral { manifest: papers }),
            ),
            _ => case.act(
                &acting(&officer),
                &Command::Accept(Accept { manifest: papers }),
            ),
        }),
        (Stage::CorrectionRequired, kind) if kind > 2 => case.act(
            &agent(),
            &Command::Supplement(Supplement {
                quantities: None,
                rows: None,
                form: None,
                manifest: papers,
            }),
        ),
        (Stage::Accepted, _) => case.claims(&reviews),
        (Stage::UnderReview, kind) => in_review(case, kind, soon),
        (Stage::SpecialProcedure, _) => case.act(
            &acting(&reviews),
            &Command::EndSpecialProcedure(EndSpecialProcedure {
                ground: PauseGround::ExpertReview,
                result: text(),
            }),
        ),
        (Stage::Suspended, _) => case.act(
            &acting(&reviews),
            &Command::Resume(Resume { reason: text() }),
        ),
        (Stage::AwaitingDecision, 0) => case.withdraws(),
        (Stage::AwaitingDecision, _) => {
            let _ = case.claims(&decides);
            case.decides(&decides, Outcome::Grant)
        }
        (Stage::Granted | Stage::Delivered, 0) => case.act(
            &acting(&officer),
            &Command::Deliver(Deliver {
                mode: DeliveryMode::Electronic,
            }),
        ),
        (Stage::Granted | Stage::Delivered, kind) => {
            let petition = if kind % 2 == 0 {
                Petition::Renewal
            } else {
                Petition::Amendment
            };
            let asked = case.act(
                &agent(),
                &Command::PetitionFor(PetitionFor {
                    petition,
                    request: text(),
                }),
            );
            if kind > 4 {
                let _ = case.claims(&decides);
                let _ = case.decides(&decides, Outcome::Grant);
            }
            asked
        }
        _ => Ok(()),
    };
}

fn in_review(case: &mut Case, kind: u8, soon: jiff::civil::Date) -> Result<(), Refusal> {
    let reviews = reviewer();
    match kind {
        0 => case.act(
            &acting(&reviews),
            &Command::StartSpecialProcedure(StartSpecialProcedure {
                ground: PauseGround::ExpertReview,
                expected_end: soon,
                explanation: text(),
            }),
        ),
        1 => case.act(
            &acting(&reviews),
            &Command::Suspend(Suspend { basis: text() }),
        ),
        2 => {
            let request = RequestExtension {
                days: 5,
                reasons: text(),
            };
            case.act(&acting(&reviews), &Command::RequestExtension(request))?;
            let approve = ApproveExtension { reasons: text() };
            case.act(&acting(&head()), &Command::ApproveExtension(approve))
        }
        3 => case.act(
            &acting(&reviews),
            &Command::OfferHearing(OfferHearing {
                explanation: text(),
            }),
        ),
        4 => case.act(&agent(), &Command::RequestHearing),
        _ => case.recommends(&reviews, Outcome::Grant),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever happens and however time passes: looking at a case only when it says so misses no card
    /// and closes every one, and the events tell for every moment the cards that stood then.
    #[test]
    fn looks_miss_nothing_and_the_past_can_be_replayed(
        attempts in attempts(),
        acceptance in 0_u16..6,
        plain in any::<bool>(),
    ) {
        let item = if plain { with_acceptance_of(acceptance) } else { everything() };
        let mut platform = Platform::of(Case::opened(item, manifest(PaperState::Clean), None));
        for (choice, hours) in attempts {
            let from = platform.case.now;
            let to = from.plus_seconds(i64::from(hours) * 3600);
            // Somewhere on the way, and there.
            for part in [5, 2, 1] {
                let moment = from.plus_seconds(to.seconds_since(from) / part);
                platform.pass_to(moment);
                let state = platform.case.state();
                let now = cards(state, item, catalogue::calendar(), moment);
                prop_assert_eq!(&platform.raised, &now, "at {}", moment);
                prop_assert_eq!(timers::due(state, catalogue::calendar(), moment), None);
            }
            let before = platform.case.state().version;
            attempt(&mut platform.case, choice);
            if platform.case.state().version != before {
                platform.committed();
                let state = platform.case.state();
                let now = cards(state, item, catalogue::calendar(), platform.case.now);
                prop_assert_eq!(&platform.raised, &now, "after {:?}", platform.case.events().last());
            }
        }
        let events = platform.case.events();
        let last_at = |moment: Instant| platform.told.iter().rfind(|(at, _)| *at == moment);
        // Each replay checks the whole chain: every third moment is enough of them.
        for (moment, raised) in platform.told.iter().step_by(3) {
            if last_at(*moment).is_some_and(|(_, last)| last == raised) {
                let replayed = cards_at(events, item, catalogue::calendar(), *moment).unwrap();
                prop_assert_eq!(&replayed, raised, "at {}", moment);
            }
        }
    }

    /// What is due is never refused, and never due twice.
    #[test]
    fn every_timer_fires_once(hours in prop::collection::vec(1_u32..400, 1..20)) {
        let mut case = Case::of(everything());
        for hours in hours {
            let fires = timers::next_due(case.state(), case.now);
            case.now = case.now.plus_seconds(i64::from(hours) * 3600);
            if let Some(step) = timers::due(case.state(), catalogue::calendar(), case.now) {
                prop_assert!(fires.is_some_and(|at| at <= case.now));
                case.by_itself(&step.command()).unwrap();
                prop_assert_eq!(timers::due(case.state(), catalogue::calendar(), case.now), None);
                prop_assert!(case.by_itself(&step.command()).is_err());
            }
        }
    }
}

#[test]
fn before_the_submission_there_was_no_card() {
    let case = Case::submitted();
    let moment = at("2026-11-22T10:00:00+08:00");
    let found = cards_at(case.events(), item(), catalogue::calendar(), moment);
    assert_eq!(found, Ok(Vec::new()));
}
