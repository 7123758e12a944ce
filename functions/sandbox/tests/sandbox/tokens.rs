use std::collections::BTreeSet;

use http::StatusCode;
use jsonwebtoken::errors::ErrorKind;
use serde_json::{Value, json};

use crate::world::{AUDIENCE, World};

async fn token(world: &World, request: Value) -> String {
    let answer = world.post("/sandbox/token", &request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_script_gets_a_token_that_the_published_keys_verify() {
    let world = World::new().await;
    let answer = world
        .post("/sandbox/token", &json!({"person": "agent-a"}))
        .await
        .json();
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 3600);
    assert_eq!(answer["id"], "agent-a");
    let token = answer["access_token"].as_str().unwrap();
    let claims = world.verified("persons", token, AUDIENCE).await.unwrap();
    assert_eq!(claims["sub"], "agent-a");
    assert_eq!(claims["kind"], "person");
    assert_eq!(claims["real_name_level"], 2);
    let (issued, expires) = (
        claims["iat"].as_i64().unwrap(),
        claims["exp"].as_i64().unwrap(),
    );
    assert_eq!(expires - issued, 3600);
    let now = platform::clock::real_now().unix_seconds();
    assert!(
        (now - 60..=now).contains(&issued),
        "issued at {issued}, now {now}"
    );
}

#[tokio::test]
async fn an_officers_token_comes_from_the_officers_issuer() {
    let world = World::new().await;
    let token = token(&world, json!({"person": "decider-140106"})).await;
    let claims = world.verified("officers", &token, AUDIENCE).await.unwrap();
    assert_eq!(claims["sub"], "decider-140106");
    assert_eq!(claims["kind"], "officer");
}

#[tokio::test]
async fn a_token_holds_what_the_provider_proves_of_a_person_and_no_name() {
    let world = World::new().await;
    let listed = world.get("/sandbox/persons").await.json();
    for person in listed["persons"].as_array().unwrap() {
        let token = token(&world, json!({"person": person["id"]})).await;
        let claims = world.verified("persons", &token, AUDIENCE).await.unwrap();
        let members: BTreeSet<&str> = claims
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let allowed = [
            "iss",
            "sub",
            "aud",
            "iat",
            "nbf",
            "exp",
            "jti",
            "kind",
            "real_name_level",
            "resident_id",
            "phone_number",
            "phone_number_verified",
        ];
        assert_eq!(members, BTreeSet::from(allowed));
        let text = claims.to_string();
        for name in [&person["name"]["zh"], &person["name"]["en"]] {
            assert!(!text.contains(name.as_str().unwrap()));
        }
        assert_eq!(claims["resident_id"], person["resident_id"]);
    }
}

#[tokio::test]
async fn tests_get_expired_tokens_and_tokens_for_somebody_else() {
    let world = World::new().await;
    let expired = token(&world, json!({"person": "agent-a", "expires_in": -120})).await;
    let refused = world
        .verified("persons", &expired, AUDIENCE)
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), &ErrorKind::ExpiredSignature);

    let foreign = token(
        &world,
        json!({"person": "agent-a", "audience": "another-platform"}),
    )
    .await;
    let refused = world
        .verified("persons", &foreign, AUDIENCE)
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), &ErrorKind::InvalidAudience);
    assert!(
        world
            .verified("persons", &foreign, "another-platform")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn every_fault_of_a_token_request_is_told_at_once() {
    let world = World::new().await;
    let request = json!({"persona": "agent-a", "audience": 1, "expires_in": 86401});
    let answer = world.post("/sandbox/token", &request).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let expected = [
        ("/audience", "wrong_type"),
        ("/expires_in", "too_large"),
        ("/person", "missing"),
        ("/persona", "unknown_member"),
    ];
    assert_eq!(
        answer.faults(),
        expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()))
    );
}

#[tokio::test]
async fn nobody_unknown_gets_a_token() {
    let world = World::new().await;
    let answer = world
        .post("/sandbox/token", &json!({"person": "nobody"}))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        answer.faults(),
        [("/person".to_owned(), "unknown_person".to_owned())]
    );
}
