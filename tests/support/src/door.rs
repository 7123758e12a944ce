//! An HTTP function in process, behind the door that it has on AWS: tokens, headers, answers.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use domain::chain::Digest;
use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::mandate::{Coverage, Mandate, MandateId, Role};
use domain::officer::{Officer, Post};
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt as _;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::SecretKey;
use p256::elliptic_curve::rand_core::OsRng;
use p256::pkcs8::EncodePrivateKey as _;
use platform::clock::real_now;
use platform::key_sets::{KeySet, KeySets};
use platform::telemetry::Calls;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::Emulated;

/// The identity provider of persons.
pub const PERSONS: &str = "https://id.example/persons";
/// The identity provider of officers.
pub const OFFICERS: &str = "https://id.example/officers";
/// The audience of tokens for the platform.
pub const AUDIENCE: &str = "enterprise-services";
const KID: &str = "the-key";

/// A function on a stage of its own that knows the keys of both issuers.
#[derive(Clone)]
pub struct Door {
    /// The stage.
    pub stage: Emulated,
    router: Router,
    /// Those of persons and of officers, which have one name.
    keys: Arc<[EncodingKey; 2]>,
}

impl Door {
    /// The function that `serve` makes of a stage, whose functions find also `settings` in their
    /// environment.
    pub async fn open(settings: &[(&str, &str)], serve: impl FnOnce(&Emulated) -> Router) -> Self {
        let issuers = json!([
            {"issuer": PERSONS, "audience": AUDIENCE, "kind": "person"},
            {"issuer": OFFICERS, "audience": AUDIENCE, "kind": "officer"},
        ]);
        let issuers = issuers.to_string();
        let settings = [settings, &[("TRUSTED_ISSUERS", issuers.as_str())]].concat();
        let stage = Emulated::with(&settings).await;
        let keys = [new_key(), new_key()];
        let sets = KeySets::new(stage.table());
        for (issuer, key) in [PERSONS, OFFICERS].into_iter().zip(&keys) {
            sets.store(&key_set(issuer, &[(KID, key)])).await.unwrap();
        }
        let router = web::envelope::around(serve(&stage), stage.aws.calls().clone());
        Self {
            stage,
            router,
            keys: Arc::new(keys),
        }
    }

    /// The function that `serve` makes of `stage`, at which nobody logs in.
    pub fn at(stage: &Emulated, serve: impl FnOnce(&Emulated) -> Router) -> Self {
        let router = web::envelope::around(serve(stage), stage.aws.calls().clone());
        Self {
            stage: stage.clone(),
            router,
            keys: Arc::new([new_key(), new_key()]),
        }
    }

    /// A person, acting for `enterprise`.
    pub fn person(&self, person: &str, enterprise: &str) -> Asker {
        self.myself(&claims(PERSONS, person))
            .with("x-acting-for", enterprise)
    }

    /// A person who acts for themself, of whom their token says `claims`.
    pub fn myself(&self, claims: &Value) -> Asker {
        Asker::default().bearer(&self.sign(claims))
    }

    /// An officer.
    pub fn officer(&self, officer: &str) -> Asker {
        self.myself(&claims(OFFICERS, officer))
    }

    /// A token that says `claims`, signed with the key of the issuer it names.
    pub fn sign(&self, claims: &Value) -> String {
        let issuer = if claims["iss"] == OFFICERS {
            OFFICERS
        } else {
            PERSONS
        };
        self.sign_as(issuer, claims)
    }

    /// A token that says `claims`, signed with the key of `issuer`, whatever issuer it names.
    pub fn sign_as(&self, issuer: &str, claims: &Value) -> String {
        let [persons, officers] = self.keys.as_ref();
        let key = if issuer == OFFICERS {
            officers
        } else {
            persons
        };
        signed(claims, KID, key)
    }

    /// The answer to `ask`.
    pub async fn ask(&self, ask: Ask) -> Answer {
        let mut request = Request::builder().method(ask.method).uri(ask.path);
        for (name, value) in ask.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(ask.body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            json: serde_json::from_slice(&body).unwrap_or(Value::Null),
            text: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    /// The answer to `ask`, and what it cost.
    pub async fn cost(&self, ask: Ask) -> (Answer, Calls) {
        let before = self.stage.aws.calls().so_far();
        let answer = self.ask(ask).await;
        (answer, self.stage.aws.calls().so_far() - before)
    }
}

/// A token that says `claims`, signed with `key` under the name `kid`.
pub fn signed(claims: &Value, kid: &str, key: &EncodingKey) -> String {
    let header = Header {
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::ES256)
    };
    jsonwebtoken::encode(&header, claims, key).unwrap()
}

/// The set that `issuer` publishes: the public part of each of `keys`, under its name.
pub fn key_set(issuer: &str, keys: &[(&str, &EncodingKey)]) -> KeySet {
    let published = keys.iter().map(|(kid, key)| {
        let mut public = Jwk::from_encoding_key(key, Algorithm::ES256).unwrap();
        public.common.key_id = Some((*kid).to_owned());
        public
    });
    let keys = published.collect();
    KeySet {
        issuer: issuer.to_owned(),
        fetched_at: real_now(),
        jwks: serde_json::to_string(&JwkSet { keys }).unwrap(),
    }
}

/// A key for ES256 that nobody else has.
pub fn new_key() -> EncodingKey {
    let secret = SecretKey::random(&mut OsRng);
    EncodingKey::from_ec_der(secret.to_pkcs8_der().unwrap().as_bytes())
}

/// What a good token says.
pub fn claims(issuer: &str, subject: &str) -> Value {
    let now = real_now().unix_seconds();
    json!({"iss": issuer, "sub": subject, "aud": AUDIENCE, "iat": now, "nbf": now, "exp": now + 3600})
}

/// A mandate that holds.
pub fn mandate(person: &str, enterprise: &str, role: Role) -> Mandate {
    let enterprise = Uscc::parse(enterprise).unwrap();
    Mandate {
        id: MandateId::new(enterprise.clone(), 1),
        person: PersonId::try_from(person.to_owned()).unwrap(),
        enterprise,
        role,
        items: Coverage::All,
        from: jiff::civil::date(2020, 1, 1),
        to: None,
        withdrawn_at: None,
        suspended_at: None,
        suspended_for: None,
    }
}

/// An officer of the unit of `region`.
pub fn appointed(officer: &str, region: &str, post: Post) -> Officer {
    Officer {
        id: OfficerId::try_from(officer.to_owned()).unwrap(),
        badge: "010501".to_owned(),
        unit: serde_json::from_value(json!(format!("psb-{region}"))).unwrap(),
        level: domain::unit::Level::County,
        jurisdictions: vec![region.parse().unwrap()],
        posts: vec![post],
        active: true,
        own_person: None,
        proposed: None,
        version: 0,
        head: Digest::GENESIS,
    }
}

/// Somebody who asks, with the headers of each of their requests.
#[derive(Clone, Default)]
pub struct Asker {
    headers: Vec<(String, String)>,
}

impl Asker {
    /// The same with one more header on each request.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a bearer token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// A request to read `path`.
    pub fn get(&self, path: &str) -> Ask {
        self.ask(Method::GET, path)
    }

    /// A request with `body` to `path`.
    pub fn post(&self, path: &str, body: &Value) -> Ask {
        self.ask(Method::POST, path)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    /// A request to change `path` with `body`.
    pub fn patch(&self, path: &str, body: &Value) -> Ask {
        self.ask(Method::PATCH, path)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    /// A request without body.
    pub fn ask(&self, method: Method, path: &str) -> Ask {
        Ask {
            method,
            path: path.to_owned(),
            headers: self.headers.clone(),
            body: String::new(),
        }
    }
}

/// A request.
#[derive(Clone, Debug)]
pub struct Ask {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Ask {
    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    /// Under the idempotency key `key`.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Under an idempotency key of its own.
    #[must_use]
    pub fn once(self) -> Self {
        self.key(&uuid::Uuid::now_v7().to_string())
    }

    /// Of what has this entity tag.
    #[must_use]
    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; null where it is none.
    pub json: Value,
    /// The body.
    pub text: String,
}

impl Answer {
    /// The answer, which must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The answer, which must be the problem `code` with this status.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status, self.json["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.text
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        self
    }

    /// The header `name`; empty without it.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The pointers and codes of all input errors.
    pub fn errors(&self) -> Vec<(&str, &str)> {
        let errors = self.json["errors"].as_array().into_iter().flatten();
        errors
            .map(|error| {
                (
                    error["pointer"].as_str().unwrap(),
                    error["code"].as_str().unwrap(),
                )
            })
            .collect()
    }
}
