//! Cards are raised, change their colour and are resolved, and no look makes a version stale.

use domain::application::{Accept, Command, Event, Withdraw};
use domain::card::cards_at;
use domain::officer::Post;
use platform::table::{Key, item};
use support::filing::Filing;

use crate::world::{World, agent, numbered, officer};

/// An accepted case: promised until 2 December, by law until 21 December.
async fn accepted(world: &World) {
    let filing = Filing::open_numbered(&world.stage, &numbered(1), &support::filing::form()).await;
    let documents = filing.announce_all().await;
    filing.submit().await;
    for document in &documents {
        filing.settle(document, &[]).await;
    }
    world.claim(1, "intake", Post::Intake).await;
    let manifest = world.case(1).await.manifest.unwrap().body;
    let accept = Command::Accept(Accept { manifest });
    world.act(1, &officer("intake"), &accept).await;
}

#[tokio::test]
async fn a_card_is_raised_escalated_and_resolved() {
    let world = World::new().await;
    accepted(&world).await;
    let version = world.case(1).await.state.unwrap().version;
    world.at("2026-11-30T12:00:00+08:00").await;
    world.pass().await;
    assert_eq!(world.cards(1).await, []);

    world.at("2026-12-01T01:00:00+08:00").await;
    world.pass().await;
    assert_eq!(world.cards(1).await, [("promised", "blue", true)]);
    world.at("2026-12-03T01:00:00+08:00").await;
    world.pass().await;
    assert_eq!(world.cards(1).await, [("promised", "yellow", true)]);
    world.at("2026-12-22T01:00:00+08:00").await;
    world.pass().await;
    assert_eq!(
        world.cards(1).await,
        [("promised", "yellow", true), ("statutory", "red", true)]
    );
    let state = world.case(1).await.state.unwrap();
    assert_eq!(state.version, version, "a look makes no version stale");

    let open = world.open_cards().await;
    let colours: Vec<&str> = open
        .iter()
        .map(|it| it.raised.card.colour.as_str())
        .collect();
    assert_eq!(colours, ["red", "yellow"]);
    assert!(open[0].raised.card.source.zh.contains("第四十二条"));
    let yellow = &open[1].raised;
    assert_eq!(yellow.earlier.len(), 1, "it was blue before");

    // What was raised is what the events tell of that moment.
    let told = cards_at(
        &world.recorded(1).await,
        support::filing::item(),
        catalogue::calendar(),
        world.case(1).await.now,
    );
    let raised: Vec<_> = open.iter().map(|it| it.raised.card.clone()).rev().collect();
    assert_eq!(told.unwrap(), raised);

    let withdraw = Command::Withdraw(Withdraw { reason: None });
    world.act(1, &agent(), &withdraw).await;
    assert_eq!(world.pass().await, 1, "its cards are closed at once");
    assert_eq!(world.open_cards().await, []);
    let resolved = [("promised", "yellow", false), ("statutory", "red", false)];
    assert_eq!(world.cards(1).await, resolved, "they stay with the case");
    assert_eq!(world.deadline(1).await, None);
    assert_eq!(world.pass().await, 0);
}

#[tokio::test]
async fn a_case_that_was_never_late_is_not_looked_at_when_it_ends() {
    let world = World::new().await;
    accepted(&world).await;
    let withdraw = Command::Withdraw(Withdraw { reason: None });
    world.act(1, &agent(), &withdraw).await;
    assert_eq!(world.deadline(1).await, None);
    assert_eq!(world.pass().await, 0);
}

#[tokio::test]
async fn a_delivery_that_does_not_come_is_a_yellow_card() {
    let world = World::new().await;
    accepted(&world).await;
    let granted = Event::Granted {
        reasons: None,
        valid_until: None,
        check_by: None,
        deliver_by: None,
        refused_rows: None,
        remedies: Vec::new(),
    };
    world.happens(1, vec![granted]).await;
    // Ten working days from the 23rd of November end with the 7th of December.
    world.at("2026-12-07T12:00:00+08:00").await;
    world.pass().await;
    assert_eq!(world.cards(1).await, [("delivery", "blue", true)]);
    world.at("2026-12-08T01:00:00+08:00").await;
    world.pass().await;
    assert_eq!(world.cards(1).await, [("delivery", "yellow", true)]);
    let delivered = Event::Delivered {
        mode: domain::item::DeliveryMode::Pickup,
    };
    world.happens(1, vec![delivered]).await;
    world.pass().await;
    assert_eq!(world.cards(1).await, [("delivery", "yellow", false)]);
}

#[tokio::test]
async fn a_card_is_found_where_supervisors_look_and_names_no_person() {
    let world = World::new().await;
    world.submitted(1).await;
    world.at("2026-11-27T01:00:00+08:00").await;
    world.pass().await;
    let key = Key::card(
        &numbered(1).try_into().unwrap(),
        domain::card::CardRule::Acceptance,
    );
    let stored = world.stage.item(&key).await.unwrap();
    assert_eq!(item::text(&stored, "work"), Some("CARDS#psb-140105"));
    let sort = item::text(&stored, "work_sort").unwrap();
    assert!(sort.starts_with("blue#2026-11-27T01:00:0"), "{sort}");
    assert!(sort.ends_with(&numbered(1)), "{sort}");
    assert!(!format!("{stored:?}").contains("agent-1"));
}
