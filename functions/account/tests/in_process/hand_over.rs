//! A new legal representative takes over as the register says.

use serde_json::json;

use crate::world::{World, enterprise};

#[tokio::test]
async fn whom_the_register_names_now_takes_over_and_the_one_before_is_out_at_once() {
    let world = World::registered().await;
    let takes_over = |name: &str| {
        let path = enterprise("/hand-over");
        world.me(name).post(&path, &json!({})).once()
    };
    world
        .ask(takes_over("heir"))
        .await
        .expect_problem(403, "not_the_legal_representative");
    world
        .ask(takes_over("legal"))
        .await
        .expect_problem(409, "nothing_to_hand_over");

    world.register.names("heir");
    let answer = world.ask(takes_over("heir")).await.expect(200);
    assert_eq!(answer.json["legal_representative"], "heir");
    assert!(world.may_read("heir").await);
    assert!(!world.may_read("legal").await);
    world.appoints("heir", "anna", "handler").await;
}

#[tokio::test]
async fn while_the_register_is_silent_nothing_is_handed_over_and_one_may_come_again() {
    let world = World::registered().await;
    world.register.answers(503, json!({}));
    let path = enterprise("/hand-over");
    let ask = world.me("heir").post(&path, &json!({})).key("patient");
    let answer = world
        .ask(ask.clone())
        .await
        .expect_problem(503, "temporarily_unavailable");
    assert_eq!(answer.header("retry-after"), "2");
    assert!(world.may_read("legal").await);
    world.register.names("heir");
    world.ask(ask).await.expect(200);
}

#[tokio::test]
async fn where_the_register_turned_everybody_away_there_is_nothing_to_take_over() {
    let world = World::open().await;
    world.registers("legal").await.expect(202);
    let uscc = domain::identifiers::Uscc::parse(crate::world::RESTAURANT).unwrap();
    let accounts = platform::accounts::Accounts::new(world.stage.table());
    let file = accounts.enterprise(&uscc, None, None).await.unwrap();
    let mut after = file.household.clone();
    after.enterprise.as_mut().unwrap().claimants.clear();
    accounts
        .commit_enterprise(&file, &after, &[], None)
        .await
        .unwrap();
    let ask = world.me("heir").post(&enterprise("/hand-over"), &json!({}));
    world.ask(ask.once()).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn what_still_waits_for_the_register_cannot_be_taken_over() {
    let world = World::open().await;
    world.registers("legal").await.expect(202);
    for name in ["legal", "heir"] {
        let path = enterprise("/hand-over");
        let ask = world.me(name).post(&path, &json!({})).once();
        world
            .ask(ask)
            .await
            .expect_problem(409, "registration_pending");
    }
}
