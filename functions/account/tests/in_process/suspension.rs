//! A suspended enterprise reads and does nothing else.

use serde_json::json;
use support::door::Answer;

use crate::world::{RESTAURANT, World, enterprise};

/// What the authority says.
const REASON: &str = "涉嫌提供虚假材料，正在核查。";

async fn suspends(world: &World, officer: &str, what: &str) -> Answer {
    let path = enterprise(&format!("/{what}"));
    let read = world.officer(officer).get(&enterprise(""));
    let seen = world.ask(read).await;
    let body = json!({"reason": REASON});
    let ask = world.officer(officer).post(&path, &body).once();
    let etag = seen.header("etag").to_owned();
    world
        .ask(ask.if_match(if etag.is_empty() { "\"1\"" } else { &etag }))
        .await
}

#[tokio::test]
async fn its_people_read_and_do_nothing_else_until_it_may_act_again() {
    let world = World::registered().await;
    world.appoints("legal", "anna", "administrator").await;
    suspends(&world, "supervisor", "suspend").await.expect(200);
    assert!(world.may_read("anna").await);
    let body = json!({"mobile": "13800000003", "role": "viewer"});
    let invite = || {
        let path = enterprise("/mandates");
        let anna = world.person("anna", RESTAURANT);
        anna.post(&path, &body).once()
    };
    let refused = world.ask(invite()).await;
    let refused = refused.expect_problem(403, "enterprise_suspended");
    let detail = refused.json["detail"].as_str().unwrap();
    assert!(detail.contains(REASON), "{detail}");
    let read = world.person("anna", RESTAURANT).get(&enterprise(""));
    let shown = world.ask(read).await.expect(200).json;
    assert_eq!(shown["standing_reason"], REASON);
    suspends(&world, "supervisor", "suspend")
        .await
        .expect_problem(409, "already_suspended");

    let resumed = suspends(&world, "supervisor", "resume").await.expect(200);
    assert_eq!(resumed.json["standing_reason"], REASON);
    world.ask(invite()).await.expect(201);
    suspends(&world, "supervisor", "resume")
        .await
        .expect_problem(409, "not_suspended");
}

#[tokio::test]
async fn only_who_answers_for_its_region_suspends_it() {
    let world = World::registered().await;
    suspends(&world, "neighbour", "suspend")
        .await
        .expect_problem(404, "not_found");
    suspends(&world, "intake", "suspend")
        .await
        .expect_problem(403, "post_missing");
    let path = enterprise("/suspend");
    let empty = world
        .officer("supervisor")
        .post(&path, &json!({"reason": " "}));
    let answer = world
        .ask(empty.once().if_match("\"1\""))
        .await
        .expect_problem(422, "invalid_value");
    assert_eq!(answer.errors(), [("/reason", "required")]);
}
