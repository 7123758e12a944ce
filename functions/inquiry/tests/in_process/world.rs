//! The function where nobody listens in the place of AWS.

use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use axum::Router;
use axum::body::Body;
use http::Request;
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use http_body_util::BodyExt as _;
use inquiry::{App, routes};
use platform::aws::Aws;
use platform::config::Config;
use platform::telemetry::Calls;
use serde_json::Value;
use tower::ServiceExt as _;
use web::routes::Served;

/// The function.
pub(crate) struct Function {
    router: Router,
    aws: Arc<Aws>,
}

impl Function {
    pub(crate) fn new() -> Self {
        let config = Config::read(|name| match name {
            "STAGE" => Some("production".to_owned()),
            "TABLE" | "KEY_ID" | "DOCUMENTS_BUCKET" => Some("none".to_owned()),
            "ENTERPRISE_REGISTER_URL" => Some("http://127.0.0.1:9".to_owned()),
            "TRUSTED_ISSUERS" => Some("[]".to_owned()),
            _ => None,
        })
        .unwrap();
        let nobody = Some("http://127.0.0.1:9".to_owned());
        let credentials = Credentials::new("none", "none", None, None, "test");
        let credentials = SharedCredentialsProvider::new(credentials);
        let aws = Aws::new(&config, nobody, "us-east-1".to_owned(), credentials).unwrap();
        let aws = Arc::new(aws);
        let router = routes(Served::default()).into_router(App::new(Arc::clone(&aws), &config));
        let router = web::envelope::around(router, aws.calls().clone());
        Self { router, aws }
    }

    /// What it has asked of AWS so far.
    pub(crate) fn calls(&self) -> Calls {
        self.aws.calls().so_far()
    }

    /// The status and the body that a path answers with.
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// The status and the body that a posted one is answered with.
    pub(crate) async fn post(&self, path: &str, language: &str, body: &Value) -> (u16, Value) {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT_LANGUAGE, language)
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request<Body>) -> (u16, Value) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&body).unwrap())
    }
}
