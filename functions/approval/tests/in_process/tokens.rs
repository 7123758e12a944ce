//! Tokens that are not to be believed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::office::{AGENT, AUDIENCE, Asker, HOTEL, OFFICERS, Office, PERSONS, claims, new_key};

async fn listed_with(office: &Office, token: &str) -> crate::office::Answer {
    let asker = Asker::default().bearer(token).with("x-acting-for", HOTEL);
    office.ask(asker.get("/v1/applications")).await
}

async fn is_refused(office: &Office, what: &str, token: &str) {
    let answer = listed_with(office, token).await;
    assert_eq!(
        (answer.status, answer.json["code"].as_str()),
        (401, Some("unauthenticated")),
        "{what}"
    );
    // Which reason it was is nobody's business.
    assert_eq!(answer.json["detail"], "请重新登录后再试。", "{what}");
    assert_eq!(answer.json.get("errors"), None, "{what}");
}

fn changed(member: &str, value: impl Into<Value>) -> Value {
    let mut claims = claims(PERSONS, AGENT);
    claims[member] = value.into();
    claims
}

fn without(member: &str) -> Value {
    let mut claims = claims(PERSONS, AGENT);
    claims.as_object_mut().unwrap().remove(member);
    claims
}

#[tokio::test]
async fn a_good_token_is_believed_with_its_scheme_in_any_case() {
    let office = Office::open().await;
    let token = office.sign(&claims(PERSONS, AGENT));
    listed_with(&office, &token).await.expect(200);
    for scheme in ["bearer", "BEARER"] {
        let asker = Asker::default()
            .with("authorization", &format!("{scheme} {token}"))
            .with("x-acting-for", HOTEL);
        office.ask(asker.get("/v1/applications")).await.expect(200);
    }
    let several = changed("aud", json!(["another", AUDIENCE]));
    listed_with(&office, &office.sign(&several))
        .await
        .expect(200);
}

#[tokio::test]
async fn what_a_token_says_must_fit() {
    let office = Office::open().await;
    let now = platform::clock::real_now().unix_seconds();
    for (what, claims) in [
        ("expired", changed("exp", now - 61)),
        ("not valid yet", changed("nbf", now + 120)),
        ("for another audience", changed("aud", "another")),
        (
            "of another issuer",
            changed("iss", "https://id.example/strangers"),
        ),
        (
            "of an issuer that only begins like ours",
            changed("iss", format!("{PERSONS}/more")),
        ),
        ("without expiry", without("exp")),
        ("without audience", without("aud")),
        ("without issuer", without("iss")),
        ("without subject", without("sub")),
        (
            "of a subject that is no identifier",
            changed("sub", "agent 1\n"),
        ),
        ("of a subject without end", changed("sub", "a".repeat(65))),
        ("of no subject", changed("sub", "")),
    ] {
        is_refused(&office, what, &office.sign(&claims)).await;
    }
    listed_with(&office, &office.sign(&changed("exp", now - 30)))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_signature_must_be_the_issuers() {
    let office = Office::open().await;
    let good = office.sign(&claims(PERSONS, AGENT));
    let [header, body, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();

    let header_of = |algorithm, kid: Option<&str>| Header {
        kid: kid.map(str::to_owned),
        ..Header::new(algorithm)
    };
    let signed = |header: &Header, key: &EncodingKey| {
        jsonwebtoken::encode(header, &claims(PERSONS, AGENT), key).unwrap()
    };
    let strangers = new_key();
    is_refused(
        &office,
        "another key",
        &signed(&header_of(Algorithm::ES256, Some("the-key")), &strangers),
    )
    .await;
    is_refused(
        &office,
        "an unknown key",
        &signed(&header_of(Algorithm::ES256, Some("unknown")), &strangers),
    )
    .await;
    is_refused(
        &office,
        "no key named",
        &signed(&header_of(Algorithm::ES256, None), &strangers),
    )
    .await;
    let shared = EncodingKey::from_secret(b"the-key");
    is_refused(
        &office,
        "a shared secret",
        &signed(&header_of(Algorithm::HS256, Some("the-key")), &shared),
    )
    .await;

    for algorithm in ["none", "None", "NONE", "HS256", "ES384", "RS256", ""] {
        let header =
            URL_SAFE_NO_PAD.encode(json!({"alg": algorithm, "kid": "the-key"}).to_string());
        is_refused(&office, algorithm, &format!("{header}.{body}.{signature}")).await;
        is_refused(&office, algorithm, &format!("{header}.{body}.")).await;
    }
    let others = URL_SAFE_NO_PAD.encode(claims(PERSONS, "viewer").to_string());
    is_refused(
        &office,
        "another body",
        &format!("{header}.{others}.{signature}"),
    )
    .await;
    is_refused(&office, "no signature", &format!("{header}.{body}.")).await;
    is_refused(&office, "half a token", &format!("{header}.{body}")).await;
    is_refused(&office, "rubbish", "rubbish").await;
    is_refused(&office, "nothing", "").await;
    is_refused(
        &office,
        "far too long",
        &format!("{header}.{}.{signature}", "A".repeat(10_000)),
    )
    .await;
}

#[tokio::test]
async fn the_key_of_one_issuer_signs_nothing_for_the_other_though_both_have_one_name() {
    let office = Office::open().await;
    for (signer, named) in [(PERSONS, OFFICERS), (OFFICERS, PERSONS)] {
        let token = office.sign_as(signer, &claims(named, AGENT));
        is_refused(&office, named, &token).await;
    }
    let good = office.sign_as(PERSONS, &claims(PERSONS, AGENT));
    listed_with(&office, &good).await.expect(200);
}

#[tokio::test]
async fn a_person_is_no_officer_though_both_issuers_are_trusted() {
    let office = Office::open().await;
    let person_named_like_an_officer = office.sign(&claims(PERSONS, "intake"));
    let asker = Asker::default()
        .bearer(&person_named_like_an_officer)
        .with("x-acting-for", HOTEL);
    office
        .ask(asker.get("/v1/workbench"))
        .await
        .expect_problem(403, "wrong_side");
    let officer_named_like_an_agent = office.sign(&claims(OFFICERS, AGENT));
    listed_with(&office, &officer_named_like_an_agent)
        .await
        .expect_problem(403, "post_missing");
}

#[tokio::test]
async fn without_bearer_nobody_is_let_in() {
    let office = Office::open().await;
    let token = office.sign(&claims(PERSONS, AGENT));
    for header in [
        token.clone(),
        format!("Basic {token}"),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        String::new(),
    ] {
        let asker = Asker::default()
            .with("authorization", &header)
            .with("x-acting-for", HOTEL);
        office
            .ask(asker.get("/v1/applications"))
            .await
            .expect_problem(401, "unauthenticated");
    }
}
