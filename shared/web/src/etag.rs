//! Entity tags: the version of a resource (RFC 9110, section 8.8.3).

use domain::words::Words;
use http::HeaderMap;
use http::header::IF_MATCH;

use crate::problem::{Code, InputError, Problem};

/// The entity tag of `version`.
pub fn of(version: u64) -> String {
    format!("\"{version}\"")
}

/// Holds a request to the version that `If-Match` names, or to one of those it lists (RFC 9110,
/// section 13.1.1). `*` is not taken: whoever changes something must have read it.
///
/// # Errors
/// [`Code::PreconditionRequired`] without the header, [`Code::InvalidParameter`] where it lists no
/// entity tags, [`Code::StaleVersion`] where `version` is not among them.
pub fn require(headers: &HeaderMap, version: u64) -> Result<(), Problem> {
    let mut tags = Vec::new();
    for header in headers.get_all(IF_MATCH) {
        let listed = header.to_str().ok().and_then(listed);
        tags.extend(listed.ok_or_else(malformed)?);
    }
    if tags.is_empty() {
        return Err(Problem::new(Code::PreconditionRequired));
    }
    let present = of(version);
    // A weak tag (W/"…") never matches here: the comparison is strong.
    if tags.contains(&present.as_str()) {
        Ok(())
    } else {
        Err(Problem::new(Code::StaleVersion))
    }
}

/// The entity tags in `header`; none where it is no list of them.
fn listed(header: &str) -> Option<Vec<&str>> {
    header
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .map(|tag| is_entity_tag(tag).then_some(tag))
        .collect()
}

fn is_entity_tag(text: &str) -> bool {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    opaque
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .is_some_and(|tag| {
            tag.bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'"')
        })
}

fn malformed() -> Problem {
    let words = Words::new(
        "If-Match 应为读取时 ETag 的值，如 \"3\"（含引号）",
        "If-Match must be the ETag that came with the resource, quotation marks included: \"3\"",
    );
    let error = InputError::new("If-Match", "no_entity_tag", words);
    Problem::new(Code::InvalidParameter).with_errors(vec![error])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn required(values: &[&str]) -> Result<(), Code> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(IF_MATCH, value.parse().unwrap());
        }
        require(&headers, 3).map_err(|problem| problem.code)
    }

    #[test]
    fn the_present_version_must_be_named() {
        for values in [&["\"3\""][..], &["\"2\", \"3\""], &["\"2\"", " \"3\" "]] {
            assert_eq!(required(values), Ok(()), "{values:?}");
        }
        for values in [&["\"2\""][..], &["W/\"3\""], &["\"03\""], &["\"other\""]] {
            assert_eq!(required(values), Err(Code::StaleVersion), "{values:?}");
        }
    }

    #[test]
    fn what_is_no_entity_tag_is_told_apart_from_a_stale_one() {
        assert_eq!(required(&[]), Err(Code::PreconditionRequired));
        assert_eq!(required(&[""]), Err(Code::PreconditionRequired));
        for value in ["3", "*", "\"3", "'3'", "\"3\"\"", "\"2\" \"3\""] {
            assert_eq!(required(&[value]), Err(Code::InvalidParameter), "{value}");
        }
    }
}
