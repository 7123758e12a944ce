//! Tokens that are not to be believed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journeys::filing::HOTEL;
use jsonwebtoken::{Algorithm, EncodingKey, Header, decode_header};
use p256::SecretKey;
use p256::elliptic_curve::rand_core::OsRng;
use p256::pkcs8::EncodePrivateKey as _;
use serde_json::{Value, json};

use crate::people::{api, assert_problem, real_seconds};

async fn is_refused(what: &str, token: &str) {
    let call = api()
        .bearer(token)
        .acting_for(HOTEL)
        .get("/v1/applications");
    let answer = call.send().await.unwrap();
    assert_eq!(
        (answer.status, answer.code()),
        (401, "unauthenticated"),
        "{what}"
    );
}

async fn good_token() -> String {
    api().token(json!({"person": "agent-a"})).await.unwrap()
}

/// What a token of the sandbox says.
fn claims(token: &str) -> Value {
    let body = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}

#[tokio::test]
async fn no_token() {
    assert_problem!(
        &api().anybody().acting_for(HOTEL).get("/v1/applications"),
        401,
        "unauthenticated"
    );
}

#[tokio::test]
async fn an_expired_token() {
    let token = api()
        .token(json!({"person": "agent-a", "expires_in": -3600}))
        .await
        .unwrap();
    is_refused("expired an hour ago", &token).await;
}

#[tokio::test]
async fn a_token_for_another_audience() {
    let token = api()
        .token(json!({"person": "agent-a", "audience": "another"}))
        .await
        .unwrap();
    is_refused("for another audience", &token).await;
}

#[tokio::test]
async fn a_token_of_another_issuer_and_one_that_only_says_it_is_ours() {
    let good = good_token().await;
    let secret = SecretKey::random(&mut OsRng);
    let key = EncodingKey::from_ec_der(secret.to_pkcs8_der().unwrap().as_bytes());
    let header = |kid: &str| Header {
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::ES256)
    };
    let mut other = claims(&good);
    other["iss"] = "https://id.example/persons".into();
    is_refused(
        "another issuer",
        &jsonwebtoken::encode(&header("theirs"), &other, &key).unwrap(),
    )
    .await;
    let forged = jsonwebtoken::encode(&header("theirs"), &claims(&good), &key).unwrap();
    is_refused("a key of theirs", &forged).await;
    let kid = decode_header(&good).unwrap().kid.unwrap();
    let forged = jsonwebtoken::encode(&header(&kid), &claims(&good), &key).unwrap();
    is_refused("a key of theirs under the name of ours", &forged).await;
}

#[tokio::test]
async fn a_token_without_signature() {
    let good = good_token().await;
    let [_, body, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let kid = decode_header(&good).unwrap().kid.unwrap();
    for algorithm in ["none", "None", "HS256"] {
        let header =
            URL_SAFE_NO_PAD.encode(json!({"alg": algorithm, "typ": "JWT", "kid": kid}).to_string());
        is_refused(algorithm, &format!("{header}.{body}.")).await;
        is_refused(algorithm, &format!("{header}.{body}.{signature}")).await;
    }
}

#[tokio::test]
async fn a_token_that_was_changed() {
    let good = good_token().await;
    let mut longer = claims(&good);
    longer["exp"] = (real_seconds() + 365 * 24 * 3600).into();
    let [header, _, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let body = URL_SAFE_NO_PAD.encode(longer.to_string());
    is_refused("valid for a year", &format!("{header}.{body}.{signature}")).await;
}

#[tokio::test]
async fn a_bad_token_is_not_let_in_by_naming_what_there_is_not() {
    let answer = api()
        .bearer("rubbish")
        .get("/v1/applications/AP-20261123-7K3M9QX2RD4F")
        .send()
        .await
        .unwrap();
    assert_eq!((answer.status, answer.code()), (401, "unauthenticated"));
}
