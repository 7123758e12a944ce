//! Logging in with a browser: the authorisation-code flow with PKCE.

use domain::instant::Instant;
use futures_util::future::join_all;
use http::StatusCode;
use platform::clock::real_now;
use serde_json::Value;
use url::Url;

use crate::world::{AUDIENCE, Answer, BASE, World};

// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const RETURN_TO: &str = "http://localhost:5173/callback?tab=1";
const AUTHORIZE: &str = "/sandbox/oidc/persons/authorize";
const TOKEN: &str = "/sandbox/oidc/persons/token";

const REQUEST: [(&str, &str); 8] = [
    ("response_type", "code"),
    ("client_id", "portal"),
    ("redirect_uri", RETURN_TO),
    ("scope", "openid profile"),
    ("state", "s-1\"><script>"),
    ("nonce", "n-1"),
    ("code_challenge", CHALLENGE),
    ("code_challenge_method", "S256"),
];

/// The request with some parameters in place of its own.
fn request_with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = REQUEST
        .into_iter()
        .filter(|(name, _)| !changes.iter().any(|(of, _)| of == name));
    kept.chain(changes.iter().copied()).collect()
}

fn query(parameters: &[(&str, &str)]) -> String {
    let mut url = Url::parse(&format!("http://host{AUTHORIZE}")).unwrap();
    url.query_pairs_mut().extend_pairs(parameters);
    format!("{}?{}", url.path(), url.query().unwrap())
}

/// The parameter `name` of the address that a browser is sent to.
fn returned(answer: &Answer, name: &str) -> Option<String> {
    let address = Url::parse(answer.location.as_deref()?).unwrap();
    assert_eq!(
        (address.host_str(), address.port()),
        (Some("localhost"), Some(5173))
    );
    let found = address.query_pairs().find(|(found, _)| found == name);
    found.map(|(_, value)| value.into_owned())
}

async fn code_for(world: &World, person: &'static str) -> String {
    let chosen = world
        .post_form(AUTHORIZE, &request_with(&[("person", person)]))
        .await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    returned(&chosen, "code").unwrap()
}

fn exchange(code: &str) -> [(&str, &str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", RETURN_TO),
        ("client_id", "portal"),
        ("code_verifier", VERIFIER),
    ]
}

fn error(answer: &Answer) -> (StatusCode, String) {
    let code = answer.json()["error"].as_str().unwrap_or("none").to_owned();
    (answer.status, code)
}

fn refused(code: &str) -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, code.to_owned())
}

#[tokio::test]
async fn an_agent_logs_in_with_a_browser() {
    let world = World::new().await;
    let page = world.get(&query(&REQUEST)).await;
    assert_eq!(page.status, StatusCode::OK);
    for shown in [
        "林晋安",
        "Zhou Yaning",
        "太原晋阳云栖酒店有限公司",
        "经办人",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    assert!(
        !page.body.contains("赵晓棠"),
        "an officer is no customer of this provider"
    );
    assert!(
        !page.body.contains("<script"),
        "what a client sends is text"
    );

    let chosen = world
        .post_form(AUTHORIZE, &request_with(&[("person", "agent-a")]))
        .await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert_eq!(
        returned(&chosen, "state").as_deref(),
        Some("s-1\"><script>")
    );
    assert_eq!(returned(&chosen, "tab").as_deref(), Some("1"));
    assert_eq!(
        returned(&chosen, "iss"),
        Some(format!("{BASE}/sandbox/oidc/persons"))
    );

    let code = returned(&chosen, "code").unwrap();
    let tokens = world.post_form(TOKEN, &exchange(&code)).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.body);
    let tokens = tokens.json();
    let text = |name: &str| tokens[name].as_str().unwrap();
    let access = world
        .verified("persons", text("access_token"), AUDIENCE)
        .await
        .unwrap();
    assert_eq!(access["sub"], "agent-a");
    let id = world
        .verified("persons", text("id_token"), "portal")
        .await
        .unwrap();
    assert_eq!(
        (&id["sub"], &id["nonce"]),
        (&Value::from("agent-a"), &Value::from("n-1"))
    );
}

#[tokio::test]
async fn an_officer_logs_in_with_the_officers_provider_only() {
    let world = World::new().await;
    let request = request_with(&[("person", "intake-140105")]);
    let elsewhere = world.post_form(AUTHORIZE, &request).await;
    assert_eq!(
        (elsewhere.status, elsewhere.location),
        (StatusCode::BAD_REQUEST, None)
    );

    let chosen = world
        .post_form("/sandbox/oidc/officers/authorize", &request)
        .await;
    let code = returned(&chosen, "code").unwrap();
    let tokens = world
        .post_form("/sandbox/oidc/officers/token", &exchange(&code))
        .await
        .json();
    let token = tokens["access_token"].as_str().unwrap();
    let claims = world.verified("officers", token, AUDIENCE).await.unwrap();
    assert_eq!(claims["kind"], "officer");
}

#[tokio::test]
async fn who_does_not_know_the_verifier_gets_nothing_and_spends_the_code() {
    let world = World::new().await;
    let code = code_for(&world, "agent-a").await;
    let mut guess = exchange(&code);
    guess[4].1 = CHALLENGE;
    assert_eq!(
        error(&world.post_form(TOKEN, &guess).await),
        refused("invalid_grant")
    );
    let late = world.post_form(TOKEN, &exchange(&code)).await;
    assert_eq!(error(&late), refused("invalid_grant"));
}

#[tokio::test]
async fn a_code_is_good_for_one_exchange_also_when_two_come_at_once() {
    let world = World::new().await;
    let code = code_for(&world, "agent-a").await;
    let exchange = exchange(&code);
    let answers = join_all((0..4).map(|_| world.post_form(TOKEN, &exchange))).await;
    let granted = answers
        .iter()
        .filter(|answer| answer.status == StatusCode::OK)
        .count();
    assert_eq!(granted, 1);
    let again = world.post_form(TOKEN, &exchange).await;
    assert_eq!(error(&again), refused("invalid_grant"));
}

#[tokio::test]
async fn a_code_is_forgotten_after_a_minute() {
    fn in_good_time() -> Instant {
        real_now().plus_seconds(50)
    }
    fn in_a_minute() -> Instant {
        real_now().plus_seconds(60)
    }
    let world = World::new().await;
    let code = code_for(&world, "agent-a").await;
    let late = world
        .post_form_at(in_a_minute, TOKEN, &exchange(&code))
        .await;
    assert_eq!(error(&late), refused("invalid_grant"));
    let code = code_for(&world, "agent-a").await;
    let in_time = world
        .post_form_at(in_good_time, TOKEN, &exchange(&code))
        .await;
    assert_eq!(in_time.status, StatusCode::OK);
}

#[tokio::test]
async fn a_code_belongs_to_its_provider_client_and_address() {
    let world = World::new().await;
    let code = code_for(&world, "agent-a").await;
    let elsewhere = world
        .post_form("/sandbox/oidc/officers/token", &exchange(&code))
        .await;
    assert_eq!(error(&elsewhere), refused("invalid_grant"));

    let code = code_for(&world, "agent-a").await;
    let mut stolen = exchange(&code);
    stolen[2].1 = "http://localhost:5173/other";
    stolen[3].1 = "thief";
    let answer = world.post_form(TOKEN, &stolen).await;
    assert_eq!(error(&answer), refused("invalid_grant"));
    let told = answer.json()["error_description"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        told.contains("client_id") && told.contains("redirect_uri"),
        "{told}"
    );
}

#[tokio::test]
async fn an_incomplete_exchange_is_told_everything_it_lacks() {
    let world = World::new().await;
    let answer = world
        .post_form(TOKEN, &[("code", "x"), ("code", "y"), ("client_id", "")])
        .await;
    assert_eq!(error(&answer), refused("invalid_request"));
    let told = answer.json()["error_description"]
        .as_str()
        .unwrap()
        .to_owned();
    let expected =
        "missing: grant_type, redirect_uri, client_id, code_verifier; more than once: code";
    assert_eq!(told, expected);

    let mut other = exchange("x");
    other[0].1 = "password";
    let answer = world.post_form(TOKEN, &other).await;
    assert_eq!(error(&answer), refused("unsupported_grant_type"));
    let answer = world.post(TOKEN, &serde_json::json!({})).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_allowed() {
    let world = World::new().await;
    let foreign = request_with(&[
        ("redirect_uri", "https://evil.example/cb"),
        ("client_id", "a b"),
    ]);
    for answer in [
        world.get(&query(&foreign)).await,
        world.post_form(AUTHORIZE, &foreign).await,
    ] {
        assert_eq!(
            (answer.status, &answer.location),
            (StatusCode::BAD_REQUEST, &None)
        );
        for named in ["client_id", "redirect_uri"] {
            assert!(answer.body.contains(named), "{}", answer.body);
        }
    }
    let portal =
        World::with(&[("ALLOWED_ORIGINS", "https://evil.example, https://b.example")]).await;
    let known = request_with(&[("redirect_uri", "https://evil.example/cb")]);
    assert_eq!(portal.get(&query(&known)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_client_is_told_every_fault_of_its_request() {
    let world = World::new().await;
    let request = request_with(&[
        ("nonce", ""),
        ("code_challenge", "short"),
        ("code_challenge_method", "plain"),
        ("scope", "profile"),
    ]);
    let answer = world.get(&query(&request)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(returned(&answer, "error").as_deref(), Some("invalid_scope"));
    assert_eq!(
        returned(&answer, "state").as_deref(),
        Some("s-1\"><script>")
    );
    assert_eq!(returned(&answer, "code"), None);
    let told = returned(&answer, "error_description").unwrap();
    for named in [
        "scope",
        "nonce",
        "code_challenge_method",
        "code_challenge must be",
    ] {
        assert!(told.contains(named), "{named}: {told}");
    }
    let implicit = world
        .get(&query(&request_with(&[("response_type", "token")])))
        .await;
    assert_eq!(
        returned(&implicit, "error").as_deref(),
        Some("unsupported_response_type")
    );
}
