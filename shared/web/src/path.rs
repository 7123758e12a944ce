//! Path segments that name a resource. What cannot be a name names nothing: 404.

use axum::extract::FromRequestParts;
use domain::identifiers::Uscc;
use domain::ids::ApplicationNo;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::{Code, Problem};

/// The parameters of a path, as [`axum::extract::Path`] reads them; bytes that are no text are 404.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Path::from_request_parts(parts, state).await;
        let axum::extract::Path(parameters) = read.map_err(|_| Problem::new(Code::NotFound))?;
        Ok(Self(parameters))
    }
}

/// The application number in a path segment.
///
/// # Errors
/// [`Code::NotFound`].
pub fn application(segment: String) -> Result<ApplicationNo, Problem> {
    ApplicationNo::try_from(segment).map_err(|_| Problem::new(Code::NotFound))
}

/// The unified social credit code in a path segment, in its normal form: a path is not typed by people,
/// and another spelling of it is another path.
///
/// # Errors
/// [`Code::NotFound`].
pub fn uscc(segment: &str) -> Result<Uscc, Problem> {
    let read = Uscc::parse(segment).ok();
    read.filter(|uscc| uscc.as_str() == segment)
        .ok_or_else(|| Problem::new(Code::NotFound))
}

/// The identifier in a path segment.
///
/// # Errors
/// [`Code::NotFound`].
pub fn id<T: std::str::FromStr>(segment: &str) -> Result<T, Problem> {
    segment.parse().map_err(|_| Problem::new(Code::NotFound))
}
