//! Entity tags: the version of a resource (RFC 9110, section 8.8.3).

use http::HeaderMap;
use http::header::IF_MATCH;

use crate::problem::{Code, Problem};

/// The entity tag of `version`.
pub fn of(version: u64) -> String {
    format!("\"{version}\"")
}

/// The version that `If-Match` names.
///
/// # Errors
/// [`Code::PreconditionRequired`] without the header, [`Code::StaleVersion`] where it is none of our
/// tags and so cannot be the present one.
pub fn required(headers: &HeaderMap) -> Result<u64, Problem> {
    let header = headers
        .get(IF_MATCH)
        .ok_or_else(|| Problem::new(Code::PreconditionRequired))?;
    header
        .to_str()
        .ok()
        .and_then(|tag| {
            tag.trim()
                .strip_prefix('"')?
                .strip_suffix('"')?
                .parse()
                .ok()
        })
        .ok_or_else(|| Problem::new(Code::StaleVersion))
}
