//! What somebody tries who should not get in: each attempt is refused, and what it tells is what it
//! tells of something that does not exist.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use platform::key_sets::KeySets;
use serde_json::json;

use crate::office::{AGENT, Asker, CARRIER, HOTEL, Office, PERSONS, claims, new_key, path};

/// The key set as it is published, which everybody can read.
async fn published(office: &Office) -> String {
    let sets = KeySets::new(office.stage.table());
    sets.get(PERSONS, |_| true).await.unwrap().unwrap().set.jwks
}

#[tokio::test]
async fn a_public_key_is_no_shared_secret() {
    let office = Office::open().await;
    let set = published(&office).await;
    let set_value: serde_json::Value = serde_json::from_str(&set).unwrap();
    let key = set_value["keys"][0].clone();
    let point: Vec<u8> = ["x", "y"]
        .iter()
        .flat_map(|part| URL_SAFE_NO_PAD.decode(key[part].as_str().unwrap()).unwrap())
        .collect();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        key["x"]
    );
    for secret in [
        set.as_bytes(),
        key.to_string().as_bytes(),
        &point,
        pem.as_bytes(),
        key["x"].as_str().unwrap().as_bytes(),
    ] {
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            let header = Header {
                kid: Some("the-key".to_owned()),
                ..Header::new(algorithm)
            };
            let secret = EncodingKey::from_secret(secret);
            let token = jsonwebtoken::encode(&header, &claims(PERSONS, AGENT), &secret).unwrap();
            refused(&office, &token).await;
        }
    }
}

#[tokio::test]
async fn a_key_cannot_be_brought_along_or_pointed_to() {
    let office = Office::open().await;
    let own = new_key();
    let jwk = jsonwebtoken::jwk::Jwk::from_encoding_key(&own, Algorithm::ES256).unwrap();
    let kids = [
        "../../../dev/null",
        "the-key' OR '1'='1",
        "the-key\0",
        "http://127.0.0.1/keys",
        "ISSUER#https://id.example/persons",
        "",
    ];
    for kid in kids {
        let header = Header {
            kid: Some(kid.to_owned()),
            ..Header::new(Algorithm::ES256)
        };
        refused(&office, &signed(&header, &own)).await;
    }
    let named = Header {
        kid: Some("the-key".to_owned()),
        ..Header::new(Algorithm::ES256)
    };
    for header in [
        Header {
            jwk: Some(jwk),
            ..named.clone()
        },
        Header {
            jku: Some("http://127.0.0.1/jwks.json".to_owned()),
            ..named.clone()
        },
        Header {
            x5u: Some("http://127.0.0.1/key.pem".to_owned()),
            ..named.clone()
        },
        Header {
            x5c: Some(vec!["MIIB".to_owned()]),
            ..named
        },
    ] {
        refused(&office, &signed(&header, &own)).await;
    }
}

#[tokio::test]
async fn headers_that_proxies_use_change_nothing_here() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let driver = office.person("driver", CARRIER);
    for (name, value) in [
        ("x-original-url", "/v1/health/approval"),
        ("x-rewrite-url", "/v1/health/approval"),
        ("x-forwarded-host", "id.example"),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-http-method-override", "GET"),
        ("x-amzn-oidc-identity", AGENT),
        ("x-amzn-request-context", "{\"authorizer\":{}}"),
        ("x-user-id", AGENT),
        ("x-enterprise", HOTEL),
        ("forwarded", "for=127.0.0.1"),
    ] {
        let ask = driver.get(&path("")).header(name, value);
        office.ask(ask).await.expect_problem(404, "not_found");
        let nobody = Asker::default().get(&path("")).header(name, value);
        office
            .ask(nobody)
            .await
            .expect_problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn another_spelling_of_a_path_is_another_path() {
    let office = Office::open().await;
    let filing = office.application().await;
    let number = &filing.number;
    let lower = number.to_string().to_lowercase();
    for other in [
        format!("/v1/applications/{number}/"),
        format!("/v1//applications/{number}"),
        format!("/v1/./applications/{number}"),
        format!("/v1/x/../applications/{number}"),
        format!("/v1/%2e%2e/v1/applications/{number}"),
        format!("/v1/applications/{number}%00"),
        format!("/v1/applications/{number}%2Fevents"),
        format!("/v1/applications/{number};a=b"),
        format!("/v1/applications/{lower}"),
        format!("/V1/applications/{number}"),
        format!("/v1/applications/{number}%0d%0aX-Acting-For:%20{CARRIER}"),
    ] {
        let answer = office.ask(office.agent().get(&other)).await;
        assert_eq!(answer.status, 404, "{other}: {}", answer.text);
    }
}

#[tokio::test]
async fn members_that_are_not_the_callers_to_set_are_refused_by_name() {
    let office = Office::open().await;
    for (member, value) in [
        ("enterprise", json!(CARRIER)),
        ("state", json!("granted")),
        ("stage", json!("granted")),
        ("unit", json!("psb-140106")),
        ("filed_by", json!("viewer")),
        ("version", json!(7)),
        ("number", json!("AP-20261123-7K3M9QX2RD4F")),
        ("limits", json!({})),
        ("__proto__", json!({"state": "granted"})),
    ] {
        let mut body = json!({"item": "PSB-APR-004"});
        body[member] = value;
        let open = office.agent().post("/v1/applications", &body).once();
        let answer = office
            .ask(open)
            .await
            .expect_problem(400, "malformed_request");
        let pointer = format!("/{member}");
        assert_eq!(answer.errors(), [(pointer.as_str(), "unknown_member")]);
    }
}

#[tokio::test]
async fn a_number_that_is_guessed_tells_nothing() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let driver = office.person("driver", CARRIER);
    let told = |answer: crate::office::Answer| {
        let mut json = answer.json;
        json["request_id"] = json!(null);
        (answer.status, json)
    };
    let there = told(office.ask(driver.get(&path(""))).await);
    for guess in [
        "AP-20261123-7K3M9QX2RD4G",
        "AP-20261123-000000000000",
        "AP-20261122-7K3M9QX2RD4F",
    ] {
        for rest in [
            "",
            "/events",
            "/documents/0198a0f2-0000-7000-8000-000000000001",
        ] {
            let guessed = format!("/v1/applications/{guess}{rest}");
            let answer = told(office.ask(driver.get(&guessed)).await);
            assert_eq!(answer, there, "{guessed}");
        }
    }
    let withdraw = driver.post(&path("/withdraw"), &json!({})).once();
    assert_eq!(told(office.ask(withdraw).await), there);
    let discard = driver.ask(Method::DELETE, &path("")).if_match("\"1\"");
    assert_eq!(told(office.ask(discard).await), there);
}

fn signed(header: &Header, key: &EncodingKey) -> String {
    jsonwebtoken::encode(header, &claims(PERSONS, AGENT), key).unwrap()
}

async fn refused(office: &Office, token: &str) {
    let asker = Asker::default().bearer(token).with("x-acting-for", HOTEL);
    office
        .ask(asker.get("/v1/applications"))
        .await
        .expect_problem(401, "unauthenticated");
}
