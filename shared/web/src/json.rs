//! JSON bodies, read strictly.

use axum::body::Body;
use domain::words::Words;
use http::Request;
use http::header::CONTENT_TYPE;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use serde_path_to_error::Segment;
use utoipa::ToSchema;

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
        if fault.inner().is_data() {
            invalid_member(pointer(fault.path()))
        } else {
            invalid_json(fault.inner())
        }
    })?;
    reader.end().map_err(|fault| invalid_json(&fault))?;
    Ok(value)
}

/// The value in `body`, with every fault told that its own schema finds.
///
/// The schema is the one the interface description shows, and is looked at only once a body has been
/// found wanting: a good one costs nothing.
///
/// # Errors
/// [`Code::MalformedRequest`] with all faults and their places.
pub fn parse_described<T: DeserializeOwned + ToSchema>(body: &[u8]) -> Result<T, Problem> {
    let problem = match parse(body) {
        Ok(value) => return Ok(value),
        Err(problem) => problem,
    };
    let body = if body.is_empty() { b"{}" } else { body };
    let Ok(value) = serde_json::from_slice(body) else {
        return Err(problem);
    };
    let mut errors: Vec<InputError> = catalogue::check_schema(&schema_of::<T>(), &value)
        .into_iter()
        .map(|fault| {
            let words = Words::new(fault.message_zh, fault.message_en);
            InputError::new(fault.pointer, fault.code, words)
        })
        .collect();
    // What only the type knows, such as a check digit, the schema cannot tell.
    for error in problem.errors {
        if !errors
            .iter()
            .any(|told| told.pointer == error.pointer || error.pointer.is_empty())
        {
            errors.push(error);
        }
    }
    Err(Problem::new(Code::MalformedRequest).with_errors(errors))
}

/// The schema of `T` with the components it refers to.
fn schema_of<T: ToSchema>() -> Value {
    let mut components = Vec::new();
    T::schemas(&mut components);
    let components: Map<String, Value> = components
        .into_iter()
        .filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?)))
        .collect();
    let mut schema = serde_json::to_value(T::schema()).unwrap_or_default();
    let members = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, member) in members.into_iter().flatten() {
        if let Some(member) = member.as_object_mut() {
            // A fault calls a member by its title, in both languages.
            for title in ["title", "x-title-en"] {
                member.insert(title.to_owned(), json!(name));
            }
        }
    }
    if let Some(members) = schema.as_object_mut() {
        members.insert("components".to_owned(), json!({ "schemas": components }));
    }
    schema
}

fn invalid_json(fault: &serde_json::Error) -> Problem {
    let (line, column) = (fault.line(), fault.column());
    let words = Words::new(
        format!("自第 {line} 行第 {column} 列起不是有效的 JSON，请改正后重试。"),
        format!("From line {line}, column {column} on it is no valid JSON."),
    );
    malformed(String::new(), "invalid_json", words)
}

fn invalid_member(pointer: String) -> Problem {
    let words = Words::new(
        "此项的值无效，请按接口文档填写。",
        "The value is not valid here: see the interface description.",
    );
    malformed(pointer, "invalid_member", words)
}

fn malformed(pointer: String, code: &str, words: Words) -> Problem {
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

    #[derive(Debug, Deserialize, ToSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Paper {
        size: u64,
        outcome: Outcome,
    }

    #[derive(Debug, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum Outcome {
        Grant,
    }

    fn faults(body: &str) -> Vec<(String, String)> {
        let problem = parse_described::<Paper>(body.as_bytes()).unwrap_err();
        problem
            .errors
            .into_iter()
            .map(|error| (error.pointer, error.code))
            .collect()
    }

    fn told(pointer: &str, code: &str) -> (String, String) {
        (pointer.to_owned(), code.to_owned())
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        assert_eq!(
            faults(r#"{"size": "big", "colour": 2, "outcome": "maybe"}"#),
            [
                told("/colour", "unknown_member"),
                told("/outcome", "not_a_choice"),
                told("/size", "wrong_type"),
            ]
        );
        assert_eq!(
            faults(""),
            [told("/outcome", "missing"), told("/size", "missing")]
        );
    }

    #[test]
    fn what_is_no_json_is_told_where_reading_ended() {
        assert_eq!(faults("{"), [told("", "invalid_json")]);
        assert_eq!(
            faults(r#"{"size": 1, "outcome": "grant"} {"#),
            [told("", "invalid_json")]
        );
        assert!(parse_described::<Paper>(br#"{"size": 1, "outcome": "grant"}"#).is_ok());
    }
}
