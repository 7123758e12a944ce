//! One call and its answer.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::api::Api;
use crate::failure::Failure;

/// A call that has not been made yet. It may be made more than once.
#[derive(Clone, Debug)]
pub struct Call {
    api: Api,
    /// Who calls, for whoever listens.
    pub who: String,
    /// The method.
    pub method: Method,
    /// The path below the API's base address, or a whole address elsewhere.
    pub path: String,
    /// The headers, in the order in which they were added.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Call {
    pub(crate) fn new(api: Api, who: &str, method: Method, path: &str) -> Self {
        Self {
            api,
            who: who.to_owned(),
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// The call with another header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The call under the idempotency key `key`.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// The call under an idempotency key of its own.
    #[must_use]
    pub fn once(self) -> Self {
        self.key(&Uuid::new_v4().to_string())
    }

    /// The call on the version that `etag` names.
    #[must_use]
    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }

    /// The call with `body` as JSON.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .bytes(body.to_string())
    }

    /// The call with these bytes, whatever they are.
    #[must_use]
    pub fn bytes(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Makes the call.
    ///
    /// # Errors
    /// [`Failure::NoAnswer`] where none comes; every answer, also a refusal, is returned.
    pub async fn send(&self) -> Result<Answer, Failure> {
        let answer = self.quietly().await?;
        self.tell(&answer);
        Ok(answer)
    }

    /// Makes the call without telling the narrator.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub async fn quietly(&self) -> Result<Answer, Failure> {
        let no_answer = |error: reqwest::Error| Failure::NoAnswer {
            what: self.title(),
            error: chain_of(&error),
        };
        let address = if self.path.starts_with('/') {
            format!("{}{}", self.api.base(), self.path)
        } else {
            self.path.clone()
        };
        let mut request = self.api.http.request(self.method.clone(), address);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let started = Instant::now();
        let response = request
            .body(self.body.clone())
            .send()
            .await
            .map_err(no_answer)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.map_err(no_answer)?;
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Ok(Answer {
            to: self.title(),
            status,
            headers,
            body,
            json,
            took: started.elapsed(),
        })
    }

    pub(crate) fn tell(&self, answer: &Answer) {
        self.api.narrator.exchanged(self, answer);
    }

    pub(crate) fn tell_waited(&self, what: &str, tries: usize, took: Duration) {
        self.api.narrator.waited(what, tries, took);
    }

    fn title(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        format!("{} {path}", self.method)
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    to: String,
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    json: Value,
    /// How long it took.
    pub took: Duration,
}

impl Answer {
    /// The answer, if it has the status `expected`.
    ///
    /// # Errors
    /// [`Failure::Unexpected`].
    pub fn expect(self, expected: u16) -> Result<Self, Failure> {
        if self.status == expected {
            return Ok(self);
        }
        Err(Failure::Unexpected {
            what: self.to.clone(),
            expected,
            status: self.status,
            body: self.text(),
        })
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value in the body.
    ///
    /// # Errors
    /// [`Failure::Broken`] where it is no `T`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| {
            Failure::broken(format!(
                "{} cannot be read: {error}: {}",
                self.to,
                self.text()
            ))
        })
    }

    /// A header; empty where it was not sent.
    pub fn header(&self, name: &str) -> &str {
        let sent = self.headers.get(name);
        sent.and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The entity tag.
    ///
    /// # Errors
    /// [`Failure::Broken`] without one.
    pub fn etag(&self) -> Result<String, Failure> {
        match self.header("etag") {
            "" => Err(Failure::broken(format!(
                "{} answered without an ETag",
                self.to
            ))),
            etag => Ok(etag.to_owned()),
        }
    }

    /// The code of a problem; empty where it is none.
    pub fn code(&self) -> &str {
        self.json
            .get("code")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

/// An error with what caused it, which says more than it does.
fn chain_of(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
