//! Officers are appointed by administrators of their unit or above, never by themselves.

use axum::http::Method;
use serde_json::{Value, json};
use support::door::Answer;

use crate::world::World;

pub(crate) fn newcomer(posts: &Value) -> Value {
    json!({"id": "newcomer", "badge": "010520", "unit": "psb-140105", "posts": posts})
}

pub(crate) async fn appoints(world: &World, by: &str, body: &Value) -> Answer {
    world
        .ask(world.officer(by).post("/v1/officers", body).once())
        .await
}

pub(crate) async fn approves(world: &World, by: &str) -> Answer {
    let seen = world
        .ask(world.officer("administrator").get("/v1/officers/newcomer"))
        .await
        .expect(200);
    let approve = world
        .officer(by)
        .post("/v1/officers/newcomer/approve", &json!({}));
    world
        .ask(approve.once().if_match(seen.header("etag")))
        .await
}

#[tokio::test]
async fn an_appointed_officer_has_their_posts_at_once() {
    let world = World::open().await;
    let answer = appoints(&world, "administrator", &newcomer(&json!(["intake"])))
        .await
        .expect(201);
    assert_eq!(answer.json["posts"], json!(["intake"]));
    assert_eq!(answer.json["jurisdictions"], json!(["140105"]));
    let me = world.ask(world.officer("newcomer").get("/v1/me")).await;
    let me = me.expect(200).json;
    assert_eq!(me["officer"]["unit"], "psb-140105");
    assert_eq!(me["mandates"], json!([]));
    let list = world
        .ask(world.officer("administrator").get("/v1/officers?limit=100"))
        .await
        .expect(200);
    let ids: Vec<_> = list.json["items"].as_array().unwrap().iter().collect();
    assert!(ids.iter().any(|officer| officer["id"] == "newcomer"));
}

#[tokio::test]
async fn the_posts_of_administrator_and_head_need_four_eyes() {
    let world = World::open().await;
    let posts = json!(["intake", "head", "administrator"]);
    let answer = appoints(&world, "administrator", &newcomer(&posts))
        .await
        .expect(201);
    assert_eq!(answer.json["posts"], json!(["intake"]));
    assert_eq!(answer.json["proposed"], json!(["head", "administrator"]));
    approves(&world, "administrator")
        .await
        .expect_problem(403, "second_pair_of_eyes");
    approves(&world, "neighbouring-administrator")
        .await
        .expect_problem(404, "not_found");
    let approved = approves(&world, "second").await.expect(200);
    assert_eq!(
        approved.json["posts"],
        json!(["intake", "head", "administrator"])
    );
    assert_eq!(approved.json["proposed"], json!([]));
    approves(&world, "city-administrator")
        .await
        .expect_problem(409, "nothing_proposed");
}

#[tokio::test]
async fn nobody_gives_themself_a_post() {
    let world = World::open().await;
    let seen = world
        .ask(
            world
                .officer("administrator")
                .get("/v1/officers/administrator"),
        )
        .await
        .expect(200);
    let more = json!({"posts": ["administrator", "decider"]});
    let change = world
        .officer("administrator")
        .patch("/v1/officers/administrator", &more)
        .if_match(seen.header("etag"));
    world.ask(change).await.expect_problem(403, "own_posts");
    let dismiss = world
        .officer("administrator")
        .ask(Method::DELETE, "/v1/officers/administrator")
        .if_match(seen.header("etag"));
    world.ask(dismiss).await.expect_problem(403, "own_posts");
    // Nor does somebody without that post.
    let intake = world
        .officer("intake")
        .post("/v1/officers", &newcomer(&json!(["decider"])));
    world
        .ask(intake.once())
        .await
        .expect_problem(403, "post_missing");
}

#[tokio::test]
async fn a_city_appoints_in_its_districts_and_a_district_not_elsewhere() {
    let world = World::open().await;
    let elsewhere =
        json!({"id": "newcomer", "badge": "010620", "unit": "psb-140106", "posts": ["intake"]});
    let refused = appoints(&world, "administrator", &elsewhere).await;
    let refused = refused.expect_problem(404, "not_found");
    assert_eq!(refused.errors(), [("/unit", "out_of_reach")]);
    appoints(&world, "city-administrator", &elsewhere)
        .await
        .expect(201);
    world
        .ask(world.officer("administrator").get("/v1/officers/newcomer"))
        .await
        .expect_problem(404, "not_found");
    world
        .ask(
            world
                .officer("administrator")
                .get("/v1/officers?unit=psb-140106"),
        )
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_dismissed_officer_has_nothing_here_any_more_and_can_be_appointed_again() {
    let world = World::open().await;
    let body = newcomer(&json!(["intake"]));
    let seen = appoints(&world, "administrator", &body).await.expect(201);
    let dismiss = world
        .officer("administrator")
        .ask(Method::DELETE, "/v1/officers/newcomer")
        .if_match(seen.header("etag"));
    world.ask(dismiss).await.expect(204);
    world
        .ask(world.officer("newcomer").get("/v1/officers"))
        .await
        .expect_problem(404, "not_found");
    let me = world.ask(world.officer("newcomer").get("/v1/me")).await;
    let me = me.expect_problem(404, "not_found");
    let detail = me.json["detail"].as_str().unwrap();
    assert!(detail.starts_with("您的任命已解除"), "{detail}");
    appoints(&world, "administrator", &body).await.expect(201);
    appoints(&world, "administrator", &body)
        .await
        .expect_problem(409, "already_appointed");
}

#[tokio::test]
async fn every_fault_of_an_appointment_is_told_at_once() {
    let world = World::open().await;
    let body = json!({
        "id": "newcomer", "badge": "警1", "unit": "psb-140105",
        "jurisdictions": ["140105", "140106"], "posts": [],
    });
    let answer = appoints(&world, "administrator", &body)
        .await
        .expect_problem(422, "invalid_value");
    let pointers: Vec<_> = answer.errors().into_iter().map(|(at, _)| at).collect();
    assert_eq!(pointers, ["/badge", "/posts", "/jurisdictions/1"]);
}

#[tokio::test]
async fn a_corrected_badge_leaves_what_waits_for_a_second_administrator_as_it_is() {
    let world = World::open().await;
    let posts = json!(["intake", "head"]);
    let seen = appoints(&world, "administrator", &newcomer(&posts))
        .await
        .expect(201);
    let change = world
        .officer("second")
        .patch("/v1/officers/newcomer", &json!({"badge": "010521"}))
        .if_match(seen.header("etag"));
    let changed = world.ask(change).await.expect(200);
    assert_eq!(changed.json["badge"], "010521");
    assert_eq!(changed.json["proposed"], json!(["head"]));
    // Whoever proposed it still does not approve it.
    approves(&world, "administrator")
        .await
        .expect_problem(403, "second_pair_of_eyes");
}
