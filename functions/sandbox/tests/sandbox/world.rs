//! A sandbox on a stage of its own, and a browser for it.

use axum::Router;
use axum::body::Body;
use domain::instant::Instant;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use sandbox::{Sandbox, Settings};
use serde_json::Value;
use support::Emulated;
use tower::ServiceExt as _;

/// With the path prefix that the local API has.
pub(crate) const BASE: &str = "http://127.0.0.1:4566/_aws/execute-api/c0ffee01/$default";
pub(crate) const AUDIENCE: &str = "enterprise-services";

/// A sandbox with its table.
pub(crate) struct World {
    pub(crate) stage: Emulated,
    sandbox: Sandbox,
}

/// An answer, read whole.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn of(response: Response<Body>) -> Self {
        let status = response.status();
        let location = response.headers().get(LOCATION);
        let location = location.map(|value| value.to_str().unwrap().to_owned());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Self {
            status,
            location,
            body,
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// The faults of a problem, as (pointer, code).
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let json = self.json();
        let errors = json["errors"].as_array().unwrap();
        errors
            .iter()
            .map(|error| (text(&error["pointer"]), text(&error["code"])))
            .collect()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(&[("CLOCK_ITEM", "CLOCK")]).await
    }

    pub(crate) async fn with(settings: &[(&str, &str)]) -> Self {
        let stage = Emulated::with(settings).await;
        let settings = Settings::read(&stage.config, Some(BASE.to_owned())).unwrap();
        let sandbox = Sandbox::new(settings, stage.table()).unwrap();
        Self { stage, sandbox }
    }

    pub(crate) fn router(&self) -> Router {
        self.router_at(platform::clock::real_now)
    }

    /// The sandbox where real time is what `now` says.
    fn router_at(&self, now: fn() -> Instant) -> Router {
        let router = sandbox::router(self.sandbox.clone().with_time(now));
        web::envelope::around(router, self.stage.aws.calls().clone())
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router().oneshot(request).await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path).header(CONTENT_TYPE, "application/json");
        self.send(request.body(body.to_string().into()).unwrap())
            .await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        let request = Request::builder().method(Method::DELETE).uri(path);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post_form(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send(posting(path, form)).await
    }

    /// What a form is answered with when it is posted at another time.
    pub(crate) async fn post_form_at(
        &self,
        now: fn() -> Instant,
        path: &str,
        form: &[(&str, &str)],
    ) -> Answer {
        let answered = self.router_at(now).oneshot(posting(path, form)).await;
        Answer::of(answered.unwrap()).await
    }

    /// The claims of `token`, verified with the keys that `provider` publishes.
    pub(crate) async fn verified(
        &self,
        provider: &str,
        token: &str,
        audience: &str,
    ) -> Result<Value, jsonwebtoken::errors::Error> {
        let published = self.get(&format!("/sandbox/oidc/{provider}/jwks")).await;
        let keys: JwkSet = serde_json::from_str(&published.body).unwrap();
        let header = decode_header(token).unwrap();
        assert_eq!(header.alg, Algorithm::ES256);
        let key = keys
            .find(&header.kid.unwrap())
            .expect("the key is published");
        let mut validation = Validation::new(Algorithm::ES256);
        validation.leeway = 0;
        validation.validate_nbf = true;
        validation.set_audience(&[audience]);
        validation.set_issuer(&[format!("{BASE}/sandbox/oidc/{provider}")]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let key = DecodingKey::from_jwk(key).unwrap();
        Ok(decode::<Value>(token, &key, &validation)?.claims)
    }
}

fn posting(path: &str, form: &[(&str, &str)]) -> Request<Body> {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    Request::post(path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body.into())
        .unwrap()
}
