//! Each timer fires once, on its day, and never where somebody came first.

use std::collections::BTreeSet;

use domain::application::{
    Accept, AcceptWithDeferral, Command, Demand, Event, Limits, OfferHearing, Petition,
    PetitionFor, RequireCorrection, Stage, Supplement, Undertake, Withdraw,
};
use domain::calendar::Due;
use domain::identifiers::Uscc;
use domain::ids::MaterialCode;
use domain::item::{DeliveryMode, ServiceItem};
use domain::manifest::Manifest;
use domain::officer::Post;
use jiff::civil::{Date, date};
use platform::cases::Wanted;
use platform::holdings::held;
use support::filing::{NUMBER, item};

use crate::world::{World, agent, at, numbered, officer, sealed};

fn material() -> MaterialCode {
    MaterialCode::try_from("MAT-FIRE".to_owned()).unwrap()
}

fn demand() -> Command {
    Command::RequireCorrection(RequireCorrection {
        demands: vec![Demand::Material {
            material: material(),
        }],
        explanation: sealed(),
    })
}

fn until(date: Date) -> Due {
    Due {
        date,
        provisional: false,
    }
}

/// An item whose result has a term.
fn with_a_term() -> &'static ServiceItem {
    catalogue::item_version(&"PSB-APR-017".parse().unwrap(), 1).unwrap()
}

async fn papers(world: &World, tail: u16) -> Manifest {
    world.case(tail).await.manifest.unwrap().body
}

/// The papers of a case, all clean.
async fn settled(world: &World, tail: u16) {
    let filing = support::filing::Filing::of(&world.stage, &numbered(tail));
    let papers = papers(world, tail).await;
    for paper in papers.papers.values() {
        let case = filing.case_with(paper.document).await;
        Box::pin(filing.settle(&case.document.unwrap().body, &[])).await;
    }
}

#[tokio::test]
async fn silence_is_acceptance_with_the_second_after_the_fifth_working_day() {
    let world = World::new().await;
    world.submitted(1).await;
    world.at("2026-11-30T23:59:40+08:00").await;
    world.pass().await;
    assert_eq!(world.state(1).await.stage, Stage::Submitted);
    assert_eq!(
        world.deadline(1).await,
        Some(at("2026-12-01T00:00:00+08:00"))
    );

    world.at("2026-12-01T00:00:00+08:00").await;
    world.walk().await.unwrap();
    let messages = world.stage.due_messages().await;
    assert_eq!(messages.len(), 1);
    for _ in 0..3 {
        assert_eq!(world.deliver(&messages).await, BTreeSet::new());
    }
    assert_eq!(world.events(1).await, ["submitted", "accepted"]);
    let state = world.state(1).await;
    assert!(state.deemed);
    assert_eq!(state.stage, Stage::Accepted);
    assert_eq!(
        state.limits.promised.map(|due| due.date),
        Some(date(2026, 12, 2)),
        "seven working days, from the day of receipt"
    );
    let by = &world.recorded(1).await[1].actor;
    assert_eq!(
        serde_json::to_value(by).unwrap(),
        serde_json::json!({"kind": "system", "task": "deadlines"})
    );
    assert!(
        world
            .deadline(1)
            .await
            .is_some_and(|next| next > state.course.accepted_at.unwrap())
    );
}

#[tokio::test]
async fn the_sample_of_a_message_names_a_case() {
    let world = World::new().await;
    let filing = support::filing::Filing::submitted(&world.stage).await;
    assert_eq!(filing.number.as_str(), NUMBER);
    world.at("2026-12-01T00:00:00+08:00").await;
    let sample = include_str!("../../../../events/timers-case-due.json");
    let event = serde_json::from_str(sample).unwrap();
    assert_eq!(world.deliver_event(event).await, BTreeSet::new());
    assert!(filing.case().await.state.unwrap().body.deemed);
}

#[tokio::test]
async fn a_correction_that_nobody_answers_lapses() {
    let world = World::new().await;
    world.submitted(1).await;
    world.claim(1, "intake", Post::Intake).await;
    world.act(1, &officer("intake"), &demand()).await;
    let answer_by = world.state(1).await.correction.unwrap().answer_by.date;
    world.at(&format!("{answer_by}T23:59:30+08:00")).await;
    world.pass().await;
    assert_eq!(world.state(1).await.stage, Stage::CorrectionRequired);
    let day_after = answer_by.tomorrow().unwrap();
    world.at(&format!("{day_after}T00:00:00+08:00")).await;
    world.pass().await;
    assert_eq!(world.state(1).await.stage, Stage::Lapsed);
    assert_eq!(world.deadline(1).await, None, "nothing more is due");
    assert_eq!(world.pass().await, 0);
}

#[tokio::test]
async fn papers_that_do_not_follow_end_the_case_and_bar_the_enterprise_for_a_year() {
    let world = World::new().await;
    world.submitted(1).await;
    let undertake = Command::Undertake(Undertake {
        materials: vec![material()],
        cure_by: date(2026, 11, 27),
        lapsed_before: false,
        manifest: Manifest::default(),
    });
    world.act(1, &agent(), &undertake).await;
    settled(&world, 1).await;
    world.claim(1, "intake", Post::Intake).await;
    let mut incomplete = papers(&world, 1).await;
    incomplete.papers.remove(&material());
    let accept = AcceptWithDeferral {
        manifest: incomplete,
    };
    world
        .act(1, &officer("intake"), &Command::AcceptWithDeferral(accept))
        .await;
    let uscc = Uscc::parse("91140100XXX1000286").unwrap();
    let number = numbered(1).try_into().unwrap();
    let lapse = async |world: &World| {
        let wanted = Wanted {
            lapse_of: Some(&uscc),
            ..Wanted::default()
        };
        world
            .stage
            .cases()
            .load(&number, wanted)
            .await
            .unwrap()
            .lapse
    };
    world.at("2026-11-27T23:59:30+08:00").await;
    world.pass().await;
    assert_eq!(world.state(1).await.stage, Stage::Accepted);
    assert!(lapse(&world).await.is_none());

    world.at("2026-11-28T00:00:00+08:00").await;
    world.pass().await;
    assert_eq!(world.state(1).await.stage, Stage::Terminated);
    assert_eq!(world.events(1).await.last(), Some(&"cure_lapsed"));
    let lapse = lapse(&world).await.unwrap().body;
    assert_eq!(lapse.application.as_str(), numbered(1));
    assert!(lapse.bars(at("2027-11-28T12:00:00+08:00")));
    assert!(!lapse.bars(at("2027-11-29T00:00:00+08:00")));
}

#[tokio::test]
async fn a_hearing_that_nobody_asks_for_is_forgone() {
    let world = World::new().await;
    world.submitted(1).await;
    settled(&world, 1).await;
    world.claim(1, "intake", Post::Intake).await;
    let manifest = papers(&world, 1).await;
    let accept = Command::Accept(Accept { manifest });
    world.act(1, &officer("intake"), &accept).await;
    world.claim(1, "reviewer", Post::Reviewer).await;
    let offer = Command::OfferHearing(OfferHearing {
        explanation: sealed(),
    });
    world.act(1, &officer("reviewer"), &offer).await;
    world.at("2026-12-01T00:00:00+08:00").await;
    world.pass().await;
    let events = world.events(1).await;
    assert_eq!(events.last(), Some(&"hearing_forgone"));
    world.pass().await;
    assert_eq!(world.events(1).await, events);
}

#[tokio::test]
async fn a_renewal_that_nobody_decides_is_granted_by_silence() {
    let world = World::new().await;
    let granted = Event::Granted {
        reasons: None,
        valid_until: Some(date(2026, 12, 31)),
        check_by: None,
        deliver_by: None,
        refused_rows: None,
        remedies: Vec::new(),
    };
    let delivered = Event::Delivered {
        mode: DeliveryMode::Electronic,
    };
    world
        .became(
            1,
            with_a_term(),
            1,
            Limits::default(),
            vec![granted, delivered],
        )
        .await;
    let petition = Command::PetitionFor(PetitionFor {
        petition: Petition::Renewal,
        request: sealed(),
    });
    world.act(1, &agent(), &petition).await;
    world.at("2026-12-31T23:59:30+08:00").await;
    world.pass().await;
    assert_eq!(world.events(1).await.last(), Some(&"petition_filed"));
    assert_eq!(world.cards(1).await, [("petition", "blue", true)]);
    world.at("2027-01-01T00:00:00+08:00").await;
    world.pass().await;
    assert_eq!(world.events(1).await.last(), Some(&"renewed"));
    let state = world.state(1).await;
    assert_eq!(state.valid_until, Some(date(2029, 12, 31)));
    let table = world.stage.table();
    let held = held(&table, &state.enterprise, state.item.code);
    let held = held.await.unwrap();
    let terms: Vec<_> = held.iter().map(|holding| holding.valid_until).collect();
    assert_eq!(
        terms,
        [Some(date(2029, 12, 31))],
        "what is held ends later too"
    );
    assert_eq!(world.cards(1).await, [("petition", "blue", false)]);
}

#[tokio::test]
async fn a_case_counted_by_an_older_calendar_is_counted_anew() {
    let world = World::new().await;
    let limits = Limits {
        acceptance: Some(until(date(2026, 11, 30))),
        ..Limits::default()
    };
    world.became(1, item(), 0, limits, Vec::new()).await;
    world.pass().await;
    assert_eq!(world.events(1).await, ["submitted", "recomputed"]);
    let sent = world.pass().await;
    assert_eq!(world.events(1).await.len(), 2, "{sent}");
}

#[tokio::test]
async fn an_answer_in_time_leaves_nothing_to_fire() {
    let world = World::new().await;
    world.submitted(1).await;
    world.claim(1, "intake", Post::Intake).await;
    world.act(1, &officer("intake"), &demand()).await;
    let answer_by = world.state(1).await.correction.unwrap().answer_by.date;
    world.at(&format!("{answer_by}T23:50:00+08:00")).await;
    let supplement = Command::Supplement(Supplement {
        quantities: None,
        rows: None,
        form: None,
        manifest: papers(&world, 1).await,
    });
    world.act(1, &agent(), &supplement).await;
    let day_after = answer_by.tomorrow().unwrap();
    world.at(&format!("{day_after}T00:00:00+08:00")).await;
    // Word of the deadline as it was before.
    let number = numbered(1);
    let stale = format!(r#"{{"application":"{number}","at":"{day_after}T00:00:00.000+08:00"}}"#);
    assert_eq!(world.deliver(&[stale]).await, BTreeSet::new());
    world.pass().await;
    assert_eq!(world.state(1).await.stage, Stage::Submitted);
}

#[tokio::test]
async fn whoever_commits_while_a_timer_fires_comes_first() {
    let world = World::new().await;
    world.submitted(1).await;
    world.at("2026-12-01T00:00:00+08:00").await;
    world.walk().await.unwrap();
    let messages = world.stage.due_messages().await;
    let racing = world.clone();
    world.stage.faults.before("TransactWriteItems", async move {
        let withdraw = Command::Withdraw(Withdraw { reason: None });
        racing.act(1, &agent(), &withdraw).await;
    });
    assert_eq!(world.deliver(&messages).await, BTreeSet::new());
    assert!(world.stage.faults.all_happened());
    assert_eq!(world.events(1).await, ["submitted", "withdrawn"]);
}

#[tokio::test]
async fn a_message_that_is_none_fails_alone_and_a_case_that_is_none_is_left() {
    let world = World::new().await;
    world.submitted(1).await;
    world.at("2026-12-01T00:00:00+08:00").await;
    let due = |tail| {
        let number = numbered(tail);
        format!(r#"{{"application":"{number}","at":"2026-12-01T00:00:00.000+08:00"}}"#)
    };
    let batch = ["{".to_owned(), due(9), due(1)];
    assert_eq!(world.deliver(&batch).await, BTreeSet::from([0]));
    assert!(world.state(1).await.deemed);
}

#[tokio::test]
async fn a_timer_costs_one_round_of_reads_and_one_transaction() {
    let world = World::new().await;
    world.submitted(1).await;
    world.at("2026-12-01T00:00:00+08:00").await;
    world.walk().await.unwrap();
    let messages = world.stage.due_messages().await;
    let before = world.stage.aws.calls().so_far();
    world.deliver(&messages).await;
    let calls = world.stage.aws.calls().so_far() - before;
    assert_eq!(calls.dynamodb, 3, "state, cards, transaction");
    assert_eq!(calls.kms + calls.s3 + calls.sqs, 0);
    let before = world.stage.aws.calls().so_far();
    world.deliver(&messages).await;
    let again = world.stage.aws.calls().so_far() - before;
    assert_eq!(again.dynamodb, 2, "a second delivery only reads");
}
