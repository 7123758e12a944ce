use domain::instant::Instant;
use http::StatusCode;
use serde_json::{Value, json};

use crate::world::World;

/// Business time as any function of the stage reads it, and real time.
async fn times(world: &World) -> (Instant, Instant) {
    let table = world.stage.table();
    let snapshot = table.read([]).await.unwrap();
    (table.clock().now(&snapshot), platform::clock::real_now())
}

fn instant(value: &Value) -> Instant {
    Instant::try_from(value.as_str().unwrap().to_owned()).unwrap()
}

#[tokio::test]
async fn business_time_goes_on_from_where_it_is_set_until_it_is_reset() {
    let world = World::new().await;
    let spring = "2027-02-05T17:30:00+08:00";
    let set = world.post("/sandbox/clock", &json!({"now": spring})).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    let wanted = instant(&json!(spring));
    let (business, _) = times(&world).await;
    assert!(
        (0..60).contains(&business.seconds_since(wanted)),
        "{business}"
    );
    let shown = world.get("/sandbox/clock").await.json();
    assert_eq!(shown["offset_seconds"], set.json()["offset_seconds"]);
    assert!((0..60).contains(&instant(&shown["now"]).seconds_since(wanted)));

    assert_eq!(world.delete("/sandbox/clock").await.status, StatusCode::OK);
    let (business, real) = times(&world).await;
    assert!(
        (0..60).contains(&real.seconds_since(business)),
        "{business}"
    );
    assert_eq!(
        world.get("/sandbox/clock").await.json()["offset_seconds"],
        0
    );
}

#[tokio::test]
async fn tokens_keep_real_time_when_business_time_is_moved() {
    let world = World::new().await;
    world
        .post(
            "/sandbox/clock",
            &json!({"now": "2001-01-01T00:00:00+08:00"}),
        )
        .await;
    let token = world
        .post("/sandbox/token", &json!({"person": "agent-a"}))
        .await
        .json();
    let token = token["access_token"].as_str().unwrap();
    let verified = world
        .verified("persons", token, crate::world::AUDIENCE)
        .await;
    assert!(verified.is_ok(), "{verified:?}");
}

#[tokio::test]
async fn a_time_that_cannot_be_read_moves_nothing() {
    let world = World::new().await;
    for (body, fault) in [
        (json!({}), ("/now", "missing")),
        (json!({"now": "tomorrow"}), ("/now", "invalid_member")),
        (
            json!({"now": "2026-11-23T09:00:00"}),
            ("/now", "invalid_member"),
        ),
    ] {
        let answer = world.post("/sandbox/clock", &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.faults(), [(fault.0.to_owned(), fault.1.to_owned())]);
    }
    assert_eq!(
        world.get("/sandbox/clock").await.json()["offset_seconds"],
        0
    );
}

#[tokio::test]
async fn where_the_clock_may_not_be_moved_there_is_none() {
    let world = World::with(&[]).await;
    let now = json!({"now": "2027-02-05T17:30:00+08:00"});
    for answer in [
        world.get("/sandbox/clock").await,
        world.post("/sandbox/clock", &now).await,
        world.delete("/sandbox/clock").await,
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
        assert!(answer.body.contains("CLOCK_ITEM"), "{}", answer.body);
    }
}
