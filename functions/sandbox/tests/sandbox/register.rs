use std::time::Duration;

use http::StatusCode;
use serde_json::json;

use crate::world::World;

const HOTEL: &str = "/sandbox/register/enterprises/91140100XXX1000286";
const BEHAVIOUR: &str = "/sandbox/register/behaviour";

#[tokio::test]
async fn the_register_knows_an_enterprise_by_its_code() {
    let world = World::new().await;
    let entry = world.get(HOTEL).await.json();
    let expected = json!({
        "uscc": "91140100XXX1000286",
        "name": {"zh": "太原晋阳云栖酒店有限公司", "en": "Taiyuan Jinyang Yunqi Hotel Co., Ltd."},
        "legal_representative": "legal-a",
        "region": "140105",
        "state": "active",
    });
    assert_eq!(entry, expected);
    let revoked = world
        .get("/sandbox/register/enterprises/91140400XXX1000601")
        .await
        .json();
    assert_eq!(revoked["state"], "licence_revoked");
}

#[tokio::test]
async fn a_code_nobody_has_is_told_from_one_that_cannot_be() {
    let world = World::new().await;
    let nobody = world
        .get("/sandbox/register/enterprises/91140600XXX1000873")
        .await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let path = "/sandbox/register/enterprises/91140600XXX1000874?behaviour=odd&mode=x";
    let invalid = world.get(path).await;
    assert_eq!(invalid.status, StatusCode::BAD_REQUEST);
    let faults: Vec<String> = invalid
        .faults()
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    assert_eq!(faults, ["uscc", "behaviour", "mode"]);
}

#[tokio::test]
async fn the_register_can_be_bad_or_down_for_one_request() {
    let world = World::new().await;
    let bad = world.get(&format!("{HOTEL}?behaviour=bad")).await;
    assert_eq!(bad.status, StatusCode::OK);
    assert!(
        bad.json().get("uscc").is_none(),
        "not of its protocol: {}",
        bad.body
    );
    let down = world.get(&format!("{HOTEL}?behaviour=down")).await;
    assert_eq!(down.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.get(HOTEL).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_slow_register_answers_the_truth_later_than_anybody_waits() {
    let world = World::new().await;
    tokio::time::pause();
    let asked = tokio::time::Instant::now();
    let entry = world.get(&format!("{HOTEL}?behaviour=slow")).await.json();
    assert!(asked.elapsed() > Duration::from_secs(5));
    assert_eq!(entry["legal_representative"], "legal-a");
}

#[tokio::test]
async fn a_behaviour_stays_until_another_is_set() {
    let world = World::new().await;
    assert_eq!(
        world.get(BEHAVIOUR).await.json(),
        json!({"behaviour": "good"})
    );
    world.post(BEHAVIOUR, &json!({"behaviour": "down"})).await;
    assert_eq!(
        world.get(BEHAVIOUR).await.json(),
        json!({"behaviour": "down"})
    );
    assert_eq!(
        world.get(HOTEL).await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(
        world.get(&format!("{HOTEL}?behaviour=good")).await.status,
        StatusCode::OK
    );

    let odd = world
        .post(BEHAVIOUR, &json!({"behaviour": "odd", "for": 1}))
        .await;
    let faults: Vec<String> = odd
        .faults()
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    assert_eq!(faults, ["/behaviour", "/for"]);
    assert_eq!(
        world.get(BEHAVIOUR).await.json(),
        json!({"behaviour": "down"})
    );
    world.post(BEHAVIOUR, &json!({"behaviour": "good"})).await;
    assert_eq!(world.get(HOTEL).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_behaviour_for_one_enterprise_leaves_the_others_alone() {
    const REVOKED: &str = "/sandbox/register/enterprises/91140400XXX1000601";
    let world = World::new().await;
    let down = json!({"behaviour": "down", "uscc": "91140100XXX1000286"});
    world.post(BEHAVIOUR, &down).await;
    let statuses = [
        world.get(HOTEL).await.status,
        world.get(REVOKED).await.status,
    ];
    assert_eq!(statuses, [StatusCode::SERVICE_UNAVAILABLE, StatusCode::OK]);
    let of_all = world.get(BEHAVIOUR).await.json();
    assert_eq!(of_all, json!({"behaviour": "good"}));

    // What is said of one holds against what is said of all.
    let good = json!({"behaviour": "good", "uscc": "91140100XXX1000286"});
    world.post(BEHAVIOUR, &good).await;
    world.post(BEHAVIOUR, &json!({"behaviour": "down"})).await;
    let statuses = [
        world.get(HOTEL).await.status,
        world.get(REVOKED).await.status,
    ];
    assert_eq!(statuses, [StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE]);
}
