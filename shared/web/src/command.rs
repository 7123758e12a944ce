//! Commands: a caller, a body and an idempotency key.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRef, FromRequest, FromRequestParts as _};
use domain::chain::Digest;
use domain::words::Words;
use http::{HeaderMap, Request};
use platform::clock::real_now;
use platform::idempotency::{Earlier, RequestIdentity};
use platform::table::{CommitError, Part};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::problem::{Code, InputError, Problem};
use crate::reply::Reply;
use crate::token::TokenVerifier;
use crate::{etag, json};

/// A request that changes something, and may be sent again.
#[derive(Debug)]
pub struct Command<T> {
    /// Who asks.
    pub caller: Caller,
    /// Which request it is.
    pub request: RequestIdentity,
    /// What is asked.
    pub body: T,
    headers: HeaderMap,
}

impl<T> Command<T> {
    /// Holds the command to the version its caller has seen.
    ///
    /// # Errors
    /// 428 without `If-Match`, 400 where it is none, 412 where it names another version than `version`.
    pub fn require_version(&self, version: u64) -> Result<(), Problem> {
        etag::require(&self.headers, version)
    }

    /// The answer to the same request, if `earlier` holds one.
    ///
    /// # Errors
    /// [`Code::IdempotencyKeyReused`] where the key was used for another request.
    pub fn repeat_of(&self, earlier: &Earlier) -> Result<Option<Reply>, Problem> {
        match earlier {
            Earlier::None => Ok(None),
            Earlier::Answered(answer) => Ok(Some(Reply::repeated(answer.clone()))),
            Earlier::OtherContent => Err(Problem::new(Code::IdempotencyKeyReused)),
        }
    }

    /// What to answer after a commit: `reply`, or the winner's answer where the same request was
    /// carried out in between, or the error.
    ///
    /// # Errors
    /// What `lost` makes of another guard that failed.
    pub fn settle(
        &self,
        committed: Result<(), CommitError>,
        reply: Reply,
        lost: impl FnOnce(&CommitError) -> Problem,
    ) -> Result<Reply, Problem> {
        let error = match committed {
            Ok(()) => return Ok(reply),
            Err(error) => error,
        };
        if let Some(found) = error
            .failed(Part::Idempotency)
            .and_then(|guard| guard.found.as_ref())
            && let Some(repeat) = self.repeat_of(&self.request.earlier_in(found, real_now())?)?
        {
            return Ok(repeat);
        }
        match error {
            CommitError::Guards(_) => Err(lost(&error)),
            other => Err(other.into()),
        }
    }
}

/// A request that changes a resource the caller has read, and is safe to repeat by its `If-Match`.
#[derive(Debug)]
pub struct Change<T> {
    /// Who asks.
    pub caller: Caller,
    /// What is asked.
    pub body: T,
    headers: HeaderMap,
}

impl<T> Change<T> {
    /// Holds the change to the version its caller has seen.
    ///
    /// # Errors
    /// 428 without `If-Match`, 400 where it is none, 412 where it names another version than `version`.
    pub fn require_version(&self, version: u64) -> Result<(), Problem> {
        etag::require(&self.headers, version)
    }
}

/// A question that is asked by POST, so that what it asks by stands in no URL. It changes nothing and
/// may be asked again.
#[derive(Debug)]
pub struct Question<T> {
    /// Who asks.
    pub caller: Caller,
    /// What is asked.
    pub body: T,
}

impl<S, T> FromRequest<S> for Question<T>
where
    Arc<TokenVerifier>: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned + ToSchema,
{
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let bytes = json::bytes(Request::from_parts(parts, body)).await?;
        Ok(Self {
            caller,
            body: json::parse_described(&bytes)?,
        })
    }
}

impl<S, T> FromRequest<S> for Change<T>
where
    Arc<TokenVerifier>: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned + ToSchema,
{
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let headers = parts.headers.clone();
        let bytes = json::bytes(Request::from_parts(parts, body)).await?;
        Ok(Self {
            caller,
            body: json::parse_described(&bytes)?,
            headers,
        })
    }
}

impl<S, T> FromRequest<S> for Command<T>
where
    Arc<TokenVerifier>: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned + ToSchema,
{
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let key = idempotency_key(&parts.headers)?.to_owned();
        let headers = parts.headers.clone();
        let path = format!("{} {}", parts.method, parts.uri.path());
        let bytes = json::bytes(Request::from_parts(parts, body)).await?;
        let request = RequestIdentity {
            key: Digest::of(format!("{}\n{key}", caller.id()).as_bytes()),
            fingerprint: Digest::of(&[path.as_bytes(), b"\n", &bytes].concat()),
        };
        Ok(Self {
            caller,
            request,
            body: json::parse_described(&bytes)?,
            headers,
        })
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut sent = headers.get_all("idempotency-key").iter();
    let first = sent
        .next()
        .filter(|header| !header.is_empty())
        .ok_or_else(|| Problem::new(Code::IdempotencyKeyMissing))?;
    first
        .to_str()
        .ok()
        .filter(|_| sent.next().is_none())
        .filter(|key| key.len() <= 255 && key.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| {
            let words = Words::new(
                "Idempotency-Key 应为一个 1–255 位可见 ASCII 字符的值（不含空格）",
                "Idempotency-Key must be one value of 1 to 255 visible ASCII characters without spaces",
            );
            let error = InputError::new("Idempotency-Key", "invalid_idempotency_key", words);
            Problem::new(Code::InvalidParameter).with_errors(vec![error])
        })
}
