//! The function with everybody whom the tests need, on a stage of its own.

use std::sync::Arc;

use approval::{App, routes};
use axum::Router;
use axum::body::Body;
use domain::identifiers::{MobileNumber, Uscc};
use domain::ids::{ApplicationNo, OfficerId, PersonId};
use domain::mandate::{Coverage, Mandate, Role};
use domain::officer::{Officer, Post};
use domain::search::SearchTerm;
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt as _;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::SecretKey;
use p256::elliptic_curve::rand_core::OsRng;
use p256::pkcs8::EncodePrivateKey as _;
use platform::authority::{mandate_item, officer_item};
use platform::cases::Wanted;
use platform::clock::real_now;
use platform::key_sets::{KeySet, KeySets};
use platform::telemetry::Calls;
use serde_json::{Value, json};
use support::Emulated;
use support::filing::{Filing, NUMBER};
use tower::ServiceExt as _;
use web::routes::Served;

/// The hotel, whose application `support::filing` files.
pub(crate) const HOTEL: &str = "91140100XXX1000286";
/// Another enterprise.
pub(crate) const CARRIER: &str = "91140300XXX1000521";
/// The agent who files for the hotel.
pub(crate) const AGENT: &str = "agent-1";
/// The identity provider of persons.
pub(crate) const PERSONS: &str = "https://id.example/persons";
/// The identity provider of officers.
pub(crate) const OFFICERS: &str = "https://id.example/officers";
/// The audience of tokens for the platform.
pub(crate) const AUDIENCE: &str = "enterprise-services";
/// Where officers search.
pub(crate) const SEARCHES: &str = "/v1/application-searches";
const KID: &str = "the-key";

/// The function on a stage of its own, with mandates, officers and the keys of both issuers.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) stage: Emulated,
    router: Router,
    key: Arc<EncodingKey>,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// The function on a stage whose functions find also `settings` in their environment.
    pub(crate) async fn open_with(settings: &[(&str, &str)]) -> Self {
        let issuers = json!([
            {"issuer": PERSONS, "audience": AUDIENCE, "kind": "person"},
            {"issuer": OFFICERS, "audience": AUDIENCE, "kind": "officer"},
        ]);
        let issuers = issuers.to_string();
        let settings = [settings, &[("TRUSTED_ISSUERS", issuers.as_str())]].concat();
        let stage = Emulated::with(&settings).await;
        let key = new_key();
        let mut public = Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap();
        public.common.key_id = Some(KID.to_owned());
        let jwks = serde_json::to_string(&JwkSet { keys: vec![public] }).unwrap();
        let sets = KeySets::new(stage.table());
        for issuer in [PERSONS, OFFICERS] {
            let set = KeySet {
                issuer: issuer.to_owned(),
                fetched_at: real_now(),
                jwks: jwks.clone(),
            };
            sets.store(&set).await.unwrap();
        }
        for (person, enterprise, role) in [
            (AGENT, HOTEL, Role::Handler),
            ("viewer", HOTEL, Role::Viewer),
            ("driver", CARRIER, Role::Handler),
        ] {
            let mandate = mandate_item(&mandate(person, enterprise, role), 1).unwrap();
            stage.put_item(mandate).await;
        }
        for (officer, region, post) in [
            ("intake", "140105", Post::Intake),
            ("reviewer", "140105", Post::Reviewer),
            ("decider", "140105", Post::Decider),
            ("neighbour", "140106", Post::Intake),
            ("head", "140105", Post::Head),
            ("supervisor", "140105", Post::Supervisor),
            ("traffic", "140105", Post::Traffic),
        ] {
            let officer = officer_item(&appointed(officer, region, post), 1).unwrap();
            stage.put_item(officer).await;
        }
        // As on every stage that has seen a submission.
        let vault = stage.cases();
        vault.vault().search_hash(&mobile()).await.unwrap();
        let app = App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
        let router = routes(Served::default()).into_router(app);
        let router = web::envelope::around(router, stage.aws.calls().clone());
        Self {
            stage,
            router,
            key: Arc::new(key),
        }
    }

    /// The hotel's draft with its form and all its papers announced.
    pub(crate) async fn draft(&self) -> Filing<'_> {
        let filing = Filing::open(&self.stage).await;
        filing.announce_all().await;
        filing
    }

    /// The hotel's application, submitted, its papers examined and clean.
    pub(crate) async fn application(&self) -> Filing<'_> {
        let filing = Filing::open(&self.stage).await;
        let documents = filing.announce_all().await;
        filing.submit().await;
        for document in documents {
            filing.settle(&document, &[]).await;
        }
        filing
    }

    /// Has every environment-wide thing read that only a first request reads: keys of both issuers,
    /// the branch keys of the filing and of what is new, and the search key.
    pub(crate) async fn warm_up(&self) {
        self.ask(self.agent().get(&path(""))).await.expect(200);
        let draft = json!({"item": "PSB-APR-004", "region": "140105"});
        self.ask(self.agent().post("/v1/applications", &draft).once())
            .await
            .expect(201);
        let search = json!({"mobile": "13900000000"});
        self.ask(self.officer("intake").post(SEARCHES, &search))
            .await
            .expect(200);
    }

    /// The agent, acting for the hotel.
    pub(crate) fn agent(&self) -> Asker {
        self.person(AGENT, HOTEL)
    }

    /// A person, acting for `enterprise`.
    pub(crate) fn person(&self, person: &str, enterprise: &str) -> Asker {
        let token = self.sign(&claims(PERSONS, person));
        Asker::default()
            .bearer(&token)
            .with("x-acting-for", enterprise)
    }

    /// An officer.
    pub(crate) fn officer(&self, officer: &str) -> Asker {
        Asker::default().bearer(&self.sign(&claims(OFFICERS, officer)))
    }

    /// A token that says `claims`, signed with the key of both issuers.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = Header {
            kid: Some(KID.to_owned()),
            ..Header::new(Algorithm::ES256)
        };
        jsonwebtoken::encode(&header, claims, &self.key).unwrap()
    }

    /// The answer to `ask`.
    pub(crate) async fn ask(&self, ask: Ask) -> Answer {
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
    pub(crate) async fn cost(&self, ask: Ask) -> (Answer, Calls) {
        let before = self.stage.aws.calls().so_far();
        let answer = self.ask(ask).await;
        (answer, self.stage.aws.calls().so_far() - before)
    }

    /// The officer claims the application.
    pub(crate) async fn claim(&self, officer: &str) {
        self.ask(self.command(officer, "claim", &json!({})).await)
            .await
            .expect(200);
    }

    /// The officer's command on the application as it is now.
    pub(crate) async fn command(&self, officer: &str, command: &str, body: &Value) -> Ask {
        let asker = self.officer(officer);
        let seen = self.ask(asker.get(&path(""))).await.expect(200);
        asker
            .post(&path(&format!("/{command}")), body)
            .if_match(seen.header("etag"))
            .once()
    }

    /// How many events the application has, and at which version its state is.
    pub(crate) async fn history(&self) -> (usize, u64) {
        let number = ApplicationNo::try_from(NUMBER.to_owned()).unwrap();
        let cases = self.stage.cases();
        let case = cases.load(&number, Wanted::default()).await.unwrap();
        let key = cases.data_key(&case).await.unwrap();
        let events = cases.events(&number, Some(&key)).await.unwrap();
        (events.len(), case.state.map_or(0, |state| state.version))
    }
}

/// A key for ES256 that nobody else has.
pub(crate) fn new_key() -> EncodingKey {
    let secret = SecretKey::random(&mut OsRng);
    EncodingKey::from_ec_der(secret.to_pkcs8_der().unwrap().as_bytes())
}

/// What a good token says.
pub(crate) fn claims(issuer: &str, subject: &str) -> Value {
    let now = real_now().unix_seconds();
    json!({"iss": issuer, "sub": subject, "aud": AUDIENCE, "iat": now, "nbf": now, "exp": now + 3600})
}

/// The path of the application, with `rest` behind it.
pub(crate) fn path(rest: &str) -> String {
    format!("/v1/applications/{NUMBER}{rest}")
}

fn mobile() -> SearchTerm {
    SearchTerm::Mobile(MobileNumber::parse("13900000000").unwrap())
}

fn mandate(person: &str, enterprise: &str, role: Role) -> Mandate {
    Mandate {
        person: PersonId::try_from(person.to_owned()).unwrap(),
        enterprise: Uscc::parse(enterprise).unwrap(),
        role,
        items: Coverage::All,
        from: jiff::civil::date(2020, 1, 1),
        to: None,
        withdrawn_at: None,
    }
}

fn appointed(officer: &str, region: &str, post: Post) -> Officer {
    Officer {
        id: OfficerId::try_from(officer.to_owned()).unwrap(),
        badge: "010501".to_owned(),
        unit: serde_json::from_value(json!(format!("psb-{region}"))).unwrap(),
        level: domain::unit::Level::County,
        jurisdictions: vec![region.parse().unwrap()],
        posts: vec![post],
        active: true,
    }
}

/// Somebody who asks, with the headers of each of their requests.
#[derive(Clone, Default)]
pub(crate) struct Asker {
    headers: Vec<(String, String)>,
}

impl Asker {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn get(&self, path: &str) -> Ask {
        self.ask(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Ask {
        self.ask(Method::POST, path)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Ask {
        self.ask(Method::PATCH, path)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> Ask {
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
pub(crate) struct Ask {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Ask {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Under an idempotency key of its own.
    pub(crate) fn once(self) -> Self {
        self.key(&uuid::Uuid::now_v7().to_string())
    }

    pub(crate) fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }
}

/// What was answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
    pub(crate) text: String,
}

impl Answer {
    /// The answer, which must have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The answer, which must be the problem `code` with this status.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status, self.json["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.text
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The pointers and codes of all input errors.
    pub(crate) fn errors(&self) -> Vec<(&str, &str)> {
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
