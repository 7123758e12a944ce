use http::StatusCode;
use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn who_can_log_in_is_listed_with_what_they_are() {
    let world = World::new().await;
    let listed = world.get("/sandbox/persons").await.json();
    let of = |list: &str, id: &str| -> Value {
        let entries = listed[list].as_array().unwrap();
        entries
            .iter()
            .find(|entry| entry["id"] == id)
            .unwrap()
            .clone()
    };
    let legal = of("persons", "legal-a");
    assert_eq!(legal["name"], json!({"zh": "林晋安", "en": "Lin Jin'an"}));
    assert_eq!(legal["mandates"][0]["role"], "legal_representative");
    let enterprise = &legal["mandates"][0]["enterprise"];
    assert_eq!(enterprise["uscc"], "91140100XXX1000286");
    assert_eq!(enterprise["name"]["zh"], "太原晋阳云栖酒店有限公司");
    let other = &of("persons", "agent-b")["mandates"][0]["enterprise"]["uscc"];
    assert_eq!(other, "91140300XXX1000521");
    let two_posts = of("officers", "reviewer-decider-140105");
    assert_eq!(two_posts["posts"], json!(["reviewer", "decider"]));
    assert_eq!(two_posts["unit"]["name"]["zh"], "太原市公安局小店分局");
}

#[tokio::test]
async fn the_sandbox_tells_its_health_and_its_issuers() {
    let world = World::new().await;
    let health = world.get("/sandbox/health").await.json();
    assert_eq!(health["status"], "ok");
    for (issuer, provider) in health["issuers"]
        .as_array()
        .unwrap()
        .iter()
        .zip(["persons", "officers"])
    {
        let found = world
            .get(&format!(
                "/sandbox/oidc/{provider}/.well-known/openid-configuration"
            ))
            .await;
        assert_eq!(found.json()["issuer"], *issuer);
    }
}

#[tokio::test]
async fn an_unknown_path_or_method_is_a_problem() {
    let world = World::new().await;
    for (path, status) in [
        ("/sandbox/nothing", StatusCode::NOT_FOUND),
        ("/sandbox/oidc/others/jwks", StatusCode::NOT_FOUND),
        ("/sandbox/oidc/persons/nothing", StatusCode::NOT_FOUND),
        ("/sandbox/token", StatusCode::METHOD_NOT_ALLOWED),
        (
            "/sandbox/oidc/persons/rotate",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.json()["status"], status.as_u16(), "{path}");
    }
}
