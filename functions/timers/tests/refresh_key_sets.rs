//! Issuers' keys come into the table, whatever one of the issuers does.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::instant::Instant;
use platform::key_sets::{KeySet, KeySets};
use serde_json::{Value, json};
use support::{Emulated, Site};
use timers::{Answer, Timers};

const SAMPLE: &str = include_str!("../../../events/timers-refresh-key-sets.json");
const DISCOVERY: &str = "/.well-known/openid-configuration";

fn now() -> Instant {
    Instant::try_from("2026-11-23T19:05:00+08:00".to_owned()).unwrap()
}

fn key(kid: &str) -> Value {
    let coordinate = URL_SAFE_NO_PAD.encode([7; 32]);
    json!({"kty": "EC", "crv": "P-256", "x": coordinate, "y": coordinate, "kid": kid})
}

/// An issuer that publishes `keys`.
async fn issuer(keys: &[Value]) -> Site {
    let site = Site::new().await;
    let discovery = json!({"issuer": site.url(), "jwks_uri": format!("{}/jwks", site.url())});
    site.show(DISCOVERY, discovery.to_string());
    site.show("/jwks", json!({"keys": keys}).to_string());
    site
}

async fn stage_trusting(issuers: &[&str]) -> (Emulated, Timers) {
    let trusted: Vec<Value> = issuers
        .iter()
        .zip(["person", "officer"])
        .map(|(issuer, kind)| json!({"issuer": issuer, "audience": "a", "kind": kind}))
        .collect();
    let stage = Emulated::with(&[("TRUSTED_ISSUERS", &json!(trusted).to_string())]).await;
    let timers = Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap();
    (stage, timers)
}

async fn refresh(timers: &Timers) -> Result<Answer, timers::TimersError> {
    timers
        .handle(serde_json::from_str(SAMPLE).unwrap(), now())
        .await
}

/// The names of the keys that a function finds for `issuer`.
async fn stored(stage: &Emulated, issuer: &str) -> Option<Vec<String>> {
    let sets = KeySets::new(stage.table());
    let set: KeySet = sets.get(issuer, |_| true).await.unwrap()?.set;
    assert_eq!(set.fetched_at, now());
    let set: Value = serde_json::from_str(&set.jwks).unwrap();
    let keys = set["keys"].as_array().unwrap().iter();
    Some(
        keys.map(|key| key["kid"].as_str().unwrap().to_owned())
            .collect(),
    )
}

#[tokio::test]
async fn the_keys_of_all_issuers_are_stored_as_functions_read_them() {
    let (one, other) = (
        issuer(&[key("a")]).await,
        issuer(&[key("b"), key("c")]).await,
    );
    let (stage, timers) = stage_trusting(&[&one.url(), &other.url()]).await;

    let answer = serde_json::to_value(refresh(&timers).await.unwrap()).unwrap();
    assert_eq!(
        answer,
        json!({"task": "refresh_key_sets", "issuers": [
            {"issuer": one.url(), "keys": 1},
            {"issuer": other.url(), "keys": 2},
        ]})
    );
    assert_eq!(stored(&stage, &one.url()).await.unwrap(), ["a"]);
    assert_eq!(stored(&stage, &other.url()).await.unwrap(), ["b", "c"]);
}

#[tokio::test]
async fn a_new_key_takes_its_place_beside_the_old_one() {
    let site = issuer(&[key("old")]).await;
    let (stage, timers) = stage_trusting(&[&site.url()]).await;
    refresh(&timers).await.unwrap();
    site.show(
        "/jwks",
        json!({"keys": [key("old"), key("new")]}).to_string(),
    );
    refresh(&timers).await.unwrap();
    assert_eq!(stored(&stage, &site.url()).await.unwrap(), ["old", "new"]);
}

#[tokio::test]
async fn an_issuer_that_is_down_keeps_its_old_set_and_stops_nobody_else() {
    let (down, up) = (issuer(&[key("a")]).await, issuer(&[key("b")]).await);
    let (stage, timers) = stage_trusting(&[&down.url(), &up.url()]).await;
    refresh(&timers).await.unwrap();

    down.show_with_status(DISCOVERY, 503, "");
    up.show("/jwks", json!({"keys": [key("c")]}).to_string());
    let error = refresh(&timers).await.unwrap_err().to_string();
    assert!(
        error.contains(&down.url()) && error.contains("503"),
        "{error}"
    );
    assert!(!error.contains(&up.url()), "{error}");
    assert_eq!(stored(&stage, &down.url()).await.unwrap(), ["a"]);
    assert_eq!(stored(&stage, &up.url()).await.unwrap(), ["c"]);
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_is_given_up() {
    let (silent, up) = (issuer(&[]).await, issuer(&[key("b")]).await);
    silent.be_silent("/jwks");
    let (stage, timers) = stage_trusting(&[&silent.url(), &up.url()]).await;
    let error = refresh(&timers).await.unwrap_err().to_string();
    assert!(error.contains(&silent.url()), "{error}");
    assert_eq!(stored(&stage, &silent.url()).await, None);
    assert_eq!(stored(&stage, &up.url()).await.unwrap(), ["b"]);
}

#[tokio::test]
async fn nobody_can_stand_in_for_an_issuer() {
    let site = issuer(&[key("a")]).await;
    let (stage, timers) = stage_trusting(&[&site.url()]).await;
    let jwks = format!("{}/jwks", site.url());

    let other = json!({"issuer": "https://other.example", "jwks_uri": jwks});
    site.show(DISCOVERY, other.to_string());
    let error = refresh(&timers).await.unwrap_err().to_string();
    assert!(error.contains("https://other.example"), "{error}");

    site.redirect(DISCOVERY, "/elsewhere");
    site.show(
        "/elsewhere",
        json!({"issuer": site.url(), "jwks_uri": jwks}).to_string(),
    );
    let error = refresh(&timers).await.unwrap_err().to_string();
    assert!(error.contains("302"), "{error}");

    let file = json!({"issuer": site.url(), "jwks_uri": "file:///etc/passwd"});
    site.show(DISCOVERY, file.to_string());
    let error = refresh(&timers).await.unwrap_err().to_string();
    assert!(error.contains("https"), "{error}");
    assert_eq!(stored(&stage, &site.url()).await, None);
}

#[tokio::test]
async fn what_is_no_key_set_does_not_take_the_place_of_one() {
    let site = issuer(&[key("a")]).await;
    let (stage, timers) = stage_trusting(&[&site.url()]).await;
    refresh(&timers).await.unwrap();
    let endless = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(64 * 1024));
    for body in ["<html>", "{\"keys\":[]}", endless.as_str()] {
        site.show("/jwks", body.to_owned());
        assert!(refresh(&timers).await.is_err(), "{body:.20}");
        assert_eq!(stored(&stage, &site.url()).await.unwrap(), ["a"]);
    }
}

#[tokio::test]
async fn plain_http_is_for_stand_ins_only() {
    let site = issuer(&[key("a")]).await;
    let trusted = json!([{"issuer": site.url(), "audience": "a", "kind": "person"}]).to_string();
    let settings = [("STAGE", "production"), ("TRUSTED_ISSUERS", &trusted)];
    let stage = Emulated::with(&settings).await;
    let timers = Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap();
    let error = refresh(&timers).await.unwrap_err().to_string();
    assert!(error.contains("https"), "{error}");
    assert_eq!(stored(&stage, &site.url()).await, None);
}

#[tokio::test]
async fn a_stage_that_trusts_nobody_is_told_so() {
    let (_, timers) = stage_trusting(&[]).await;
    let error = refresh(&timers).await.unwrap_err().to_string();
    assert!(error.contains("TRUSTED_ISSUERS"), "{error}");
}

#[tokio::test]
async fn an_unknown_task_is_answered_with_those_there_are() {
    let (_, timers) = stage_trusting(&[]).await;
    for payload in [
        json!({"task": "tidy_up"}),
        json!({}),
        json!("sweep_outbox"),
        json!({"task": "refresh_key_sets", "issuer": "https://one.example"}),
    ] {
        let error = timers.handle(payload, now()).await.unwrap_err().to_string();
        for task in ["refresh_key_sets", "sweep_outbox"] {
            assert!(error.contains(task), "{error}");
        }
    }
}
