//! JSON bodies, read strictly.

use axum::body::Body;
use domain::words::Words;
use http::Request;
use http::header::CONTENT_TYPE;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use crate::problem::{Code, InputError, Problem};

/// The largest body, in bytes (256 KiB).
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// The bytes of a JSON request.
///
/// # Errors
/// [`Code::UnsupportedMediaType`], [`Code::BodyTooLarge`] or [`Code::MalformedRequest`].
pub async fn bytes(request: Request<Body>) -> Result<bytes::Bytes, Problem> {
    let declared = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = declared
        .unwrap_or("application/json")
        .split(';')
        .next()
        .unwrap_or_default();
    if !essence.trim().eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(Code::UnsupportedMediaType));
    }
    match Limited::new(request.into_body(), MAX_BODY_BYTES)
        .collect()
        .await
    {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::new(Code::BodyTooLarge)),
        Err(_) => Err(Problem::new(Code::MalformedRequest)),
    }
}

/// The value in `body`; an empty body reads as an empty object.
///
/// # Errors
/// [`Code::MalformedRequest`] with the place of the fault.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let body = if body.is_empty() { b"{}" } else { body };
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|fault| {
        let pointer = pointer(fault.path());
        // The words of serde can repeat what was sent; for a fault of type or name that is no more
        // than the caller's own body, and the caller is the only one told.
        let (code, message) = if fault.inner().is_data() {
            ("invalid_member", fault.inner().to_string())
        } else {
            ("invalid_json", fault.inner().to_string())
        };
        malformed(pointer, code, &message)
    })?;
    reader
        .end()
        .map_err(|fault| malformed(String::new(), "invalid_json", &fault.to_string()))?;
    Ok(value)
}

fn malformed(pointer: String, code: &str, message: &str) -> Problem {
    let words = Words::new(
        format!("内容无法解析：{message}"),
        format!("It could not be read: {message}"),
    );
    Problem::new(Code::MalformedRequest).with_errors(vec![InputError::new(pointer, code, words)])
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Paper {
        #[expect(dead_code, reason = "only read")]
        size: u64,
    }

    fn fault(body: &str) -> InputError {
        parse::<Paper>(body.as_bytes())
            .unwrap_err()
            .errors
            .remove(0)
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        assert_eq!(fault(r#"{"size": "big"}"#).pointer, "/size");
        assert_eq!(fault(r#"{"size": 1, "colour": 2}"#).pointer, "/colour");
        assert_eq!(fault(r#"{"size": 1} {"#).code, "invalid_json");
        assert_eq!(fault("{").code, "invalid_json");
        assert_eq!(fault("").code, "invalid_member");
    }
}
