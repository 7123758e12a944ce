//! Problem details (RFC 9457): every fault has a stable code, and words in the caller's language that
//! say what to do next.

mod code;

pub use code::Code;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use domain::words::{Language, Words};
use http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

/// One fault of the input, with the place it is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// JSON pointer (RFC 6901) into the request body, or the name of a parameter or header.
    pub pointer: String,
    /// Stable code of the fault.
    pub code: String,
    /// What is wrong and what to do about it.
    pub message: Words,
}

impl InputError {
    /// The fault `code` at `pointer`.
    pub fn new(pointer: impl Into<String>, code: impl Into<String>, message: Words) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.into(),
            message,
        }
    }
}

/// A request that was not carried out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which fault.
    pub code: Code,
    /// What to do next, where more can be said than the code's own words.
    pub detail: Option<Words>,
    /// Every fault of the input.
    pub errors: Vec<InputError>,
    /// After how many seconds to try again, where that is known.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// The fault `code`.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: None,
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// The fault with the number of seconds after which to try again.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The fault with `detail` in place of the code's own words.
    #[must_use]
    pub fn with_detail(mut self, detail: Words) -> Self {
        self.detail = Some(detail);
        self
    }

    /// The fault with every fault of the input.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<InputError>) -> Self {
        self.errors = errors;
        self
    }

    /// The answer in `language`, for the request `request_id`.
    pub(crate) fn render(&self, language: Language, request_id: &str) -> Response {
        let detail = self.detail.clone().unwrap_or_else(|| self.code.detail());
        let body = ProblemBody {
            r#type: format!("urn:problem:{}", self.code.as_str()),
            code: self.code.as_str().to_owned(),
            title: self.code.title().in_language(language).to_owned(),
            status: self.code.status().as_u16(),
            detail: detail.in_language(language).to_owned(),
            request_id: request_id.to_owned(),
            errors: self
                .errors
                .iter()
                .map(|error| InputErrorBody {
                    pointer: error.pointer.clone(),
                    code: error.code.clone(),
                    message: error.message.in_language(language).to_owned(),
                })
                .collect(),
        };
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = Response::new(Body::from(json));
        *response.status_mut() = self.code.status();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(
            CONTENT_LANGUAGE,
            HeaderValue::from_static(crate::language::tag(language)),
        );
        if self.code.status() == StatusCode::UNAUTHORIZED {
            // RFC 9110, section 15.5.2; RFC 6750, section 3.
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let unavailable = self.code.status() == StatusCode::SERVICE_UNAVAILABLE;
        if let Some(seconds) = self.retry_after.or(unavailable.then_some(2)) {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl IntoResponse for Problem {
    /// The problem as an extension of an empty answer: the envelope knows language and request id and
    /// writes it out.
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.code.status();
        response.extensions_mut().insert(self);
        response
    }
}

/// A problem as it is answered (`application/problem+json`).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem, example = json!({
    "type": "urn:problem:papers_incomplete",
    "code": "papers_incomplete",
    "title": "材料不齐全",
    "status": 422,
    "detail": "请补齐 errors 中列出的材料后再提交。",
    "request_id": "0198a0f2-7c1e-7000-8000-000000000001",
    "errors": [{"pointer": "/materials/MAT-FIRE", "code": "material_missing", "message": "请上传该材料。"}]
}))]
pub struct ProblemBody {
    /// A URN that ends in `code`.
    r#type: String,
    /// Stable code of the fault, the same in every language.
    code: String,
    /// The fault in a few words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What to do next.
    detail: String,
    /// The request, to be quoted when asking for help.
    request_id: String,
    /// Every fault of the input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<InputErrorBody>,
}

/// One fault of the input.
#[derive(Serialize, ToSchema)]
#[schema(as = InputError)]
pub struct InputErrorBody {
    /// JSON pointer into the request body, or the name of a parameter or header.
    pointer: String,
    /// Stable code of the fault.
    code: String,
    /// What is wrong and what to do about it.
    message: String,
}
