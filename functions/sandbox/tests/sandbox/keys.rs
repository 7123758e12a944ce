use std::collections::BTreeSet;

use futures_util::future::join_all;
use http::StatusCode;
use serde_json::{Value, json};

use crate::world::{AUDIENCE, World};

fn kids(jwks: &Value) -> Vec<String> {
    let keys = jwks["keys"].as_array().unwrap();
    keys.iter()
        .map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn environments_that_start_together_agree_on_one_key() {
    let world = World::new().await;
    let asked = (0..6).map(|_| world.get("/sandbox/oidc/persons/jwks"));
    let answers = join_all(asked).await;
    let found: BTreeSet<Vec<String>> = answers.iter().map(|answer| kids(&answer.json())).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found.first().unwrap().len(), 1);
}

#[tokio::test]
async fn the_two_issuers_have_keys_of_their_own_and_publish_no_private_part() {
    let world = World::new().await;
    let persons = world.get("/sandbox/oidc/persons/jwks").await.json();
    let officers = world.get("/sandbox/oidc/officers/jwks").await.json();
    assert_ne!(kids(&persons), kids(&officers));
    for key in [&persons["keys"][0], &officers["keys"][0]] {
        let described = json!([key["kty"], key["crv"], key["alg"], key["use"]]);
        assert_eq!(described, json!(["EC", "P-256", "ES256", "sig"]));
        assert_eq!(key["d"], Value::Null);
    }
}

#[tokio::test]
async fn after_a_rotation_the_new_key_signs_and_the_old_one_still_verifies() {
    let world = World::new().await;
    let request = json!({"person": "agent-a"});
    let before = world.post("/sandbox/token", &request).await.json();
    let rotated = world.post("/sandbox/oidc/persons/rotate", &json!({})).await;
    assert_eq!(rotated.status, StatusCode::OK);
    let after = world.post("/sandbox/token", &request).await.json();

    let signing = rotated.json()["signing"].as_str().unwrap().to_owned();
    let token = after["access_token"].as_str().unwrap();
    assert_eq!(
        jsonwebtoken::decode_header(token).unwrap().kid,
        Some(signing)
    );
    for token in [&before["access_token"], &after["access_token"]] {
        let verified = world
            .verified("persons", token.as_str().unwrap(), AUDIENCE)
            .await;
        assert_eq!(verified.unwrap()["sub"], "agent-a");
    }
}

#[tokio::test]
async fn rotations_at_the_same_time_lose_no_key() {
    let world = World::new().await;
    let first = kids(&world.get("/sandbox/oidc/officers/jwks").await.json());
    let body = json!({});
    let rotations = (0..2).map(|_| world.post("/sandbox/oidc/officers/rotate", &body));
    let signing: BTreeSet<String> = join_all(rotations)
        .await
        .iter()
        .map(|answer| answer.json()["signing"].as_str().unwrap().to_owned())
        .collect();
    let published: BTreeSet<String> = kids(&world.get("/sandbox/oidc/officers/jwks").await.json())
        .into_iter()
        .collect();
    let expected: BTreeSet<String> = signing.into_iter().chain(first).collect();
    assert_eq!(published, expected);
    assert_eq!(published.len(), 3);
}
