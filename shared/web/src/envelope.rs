//! What surrounds every answer: request id, language, security headers, one line of log, and 500 in
//! place of a panic.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::{Router, middleware};
use futures_util::FutureExt as _;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderName, HeaderValue};
use lambda_http::RequestExt as _;
use platform::telemetry::CallCounter;
use uuid::Uuid;

use crate::language;
use crate::problem::{Code, Problem};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// `router` in its envelope; `calls` counts what it asks of AWS.
pub fn around(router: Router, calls: CallCounter) -> Router {
    // Inside each route, so that the log knows which one it was, and around the fallbacks as well.
    router.layer(middleware::from_fn_with_state(calls, wrap))
}

async fn wrap(State(calls): State<CallCounter>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let before = calls.so_far();
    let request_id = request_id(&request);
    let language = language::preferred(request.headers());
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unknown".to_owned(), |path| path.as_str().to_owned());
    let answered = if is_read_as_another(request.raw_http_path()) {
        Ok(Problem::new(Code::NotFound).into_response())
    } else {
        AssertUnwindSafe(next.run(request)).catch_unwind().await
    };
    let response = answered.unwrap_or_else(|_| {
        tracing::error!(route, "a handler panicked");
        Problem::new(Code::Internal).into_response()
    });
    let problem = response.extensions().get::<Problem>().cloned();
    let code = problem.as_ref().map(|problem| problem.code.as_str());
    let mut response = match &problem {
        Some(problem) => problem.render(language, &request_id),
        None => response,
    };
    harden(&mut response, &request_id);
    let aws = calls.so_far() - before;
    tracing::info!(
        request_id,
        %method,
        route,
        status = response.status().as_u16(),
        outcome = code.unwrap_or("ok"),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        dynamodb_calls = aws.dynamodb,
        kms_calls = aws.kms,
        s3_calls = aws.s3,
        sqs_calls = aws.sqs,
        "request"
    );
    response
}

/// Whether the path that was asked for, with its escapes read as API Gateway hands it over, is not the one
/// that is routed: the Lambda runtime reads it as a URL (WHATWG URL, section 4.4), which drops control
/// characters and blanks at the end, ends at `?` and `#`, and takes `\` for `/`.
fn is_read_as_another(raw: &str) -> bool {
    raw.ends_with(' ') || raw.contains(|it: char| it.is_ascii_control() || "?#\\".contains(it))
}

/// The caller's own request id where it is a plain one, else a new one.
fn request_id(request: &Request) -> String {
    request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| (1..=64).contains(&id.len()))
        .filter(|id| {
            id.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        })
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

fn harden(response: &mut Response, request_id: &str) {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=31536000; includeSubDomains"),
    );
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http::StatusCode;
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn a_path_that_loses_something_on_the_way_names_nothing() {
        let router = Router::new().route("/v1/cases/{id}", axum::routing::get(async || ()));
        let router = around(router, CallCounter::default());
        let status = async |raw: &str| {
            // As it is routed, and as API Gateway has handed it over.
            let request = http::Request::get("/v1/cases/AP-1").body(Body::empty());
            let request = request.unwrap().with_raw_http_path(raw);
            router.clone().oneshot(request).await.unwrap().status()
        };
        assert_eq!(status("/v1/cases/AP-1").await, StatusCode::OK);
        for lossy in ["\0", "\n", " ", "\t", "?", "#", "\\"] {
            let raw = format!("/v1/cases/AP-1{lossy}");
            assert_eq!(status(&raw).await, StatusCode::NOT_FOUND, "{raw:?}");
        }
    }
}
