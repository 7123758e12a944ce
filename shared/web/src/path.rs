//! Path segments that name a resource. What cannot be a name names nothing: 404.

use domain::ids::ApplicationNo;

use crate::problem::{Code, Problem};

/// The application number in a path segment.
///
/// # Errors
/// [`Code::NotFound`].
pub fn application(segment: String) -> Result<ApplicationNo, Problem> {
    ApplicationNo::try_from(segment).map_err(|_| Problem::new(Code::NotFound))
}

/// The identifier in a path segment.
///
/// # Errors
/// [`Code::NotFound`].
pub fn id<T: std::str::FromStr>(segment: &str) -> Result<T, Problem> {
    segment.parse().map_err(|_| Problem::new(Code::NotFound))
}
