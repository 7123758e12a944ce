//! The answer of a command, in the shape in which it is remembered for a repeat.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, ETAG, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode};
use platform::idempotency::Answer;
use serde::Serialize;

use crate::etag;
use crate::problem::{Code, Problem};

/// An answer with status, headers and JSON body.
#[derive(Clone, Debug)]
pub struct Reply {
    answer: Answer,
    replayed: bool,
}

impl Reply {
    /// `body` with `status`.
    ///
    /// # Errors
    /// [`Code::Internal`] where the body cannot be written as JSON.
    pub fn new(status: StatusCode, body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_string(body).map_err(|error| {
            tracing::error!(%error, "an answer could not be written");
            Problem::new(Code::Internal)
        })?;
        let answer = Answer {
            status: status.as_u16(),
            etag: None,
            location: None,
            body,
        };
        Ok(Self {
            answer,
            replayed: false,
        })
    }

    /// The answer with the entity tag of `version`.
    #[must_use]
    pub fn with_version(mut self, version: u64) -> Self {
        self.answer.etag = Some(etag::of(version));
        self
    }

    /// The answer with the place of what was made.
    #[must_use]
    pub fn with_location(mut self, location: String) -> Self {
        self.answer.location = Some(location);
        self
    }

    /// The answer given to the same request before.
    pub fn repeated(answer: Answer) -> Self {
        Self {
            answer,
            replayed: true,
        }
    }

    /// The answer as it is remembered.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.answer.body));
        *response.status_mut() = StatusCode::from_u16(self.answer.status).unwrap_or(StatusCode::OK);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in [(ETAG, self.answer.etag), (LOCATION, self.answer.location)] {
            if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                headers.insert(name, value);
            }
        }
        if self.replayed {
            let name = HeaderName::from_static("idempotency-replayed");
            headers.insert(name, HeaderValue::from_static("true"));
        }
        response
    }
}
