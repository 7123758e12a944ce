//! JSON bodies, read strictly.

use axum::body::Body;
use domain::words::Words;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Request};
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
    let is_json = is_plain_json(request.headers());
    match Limited::new(request.into_body(), MAX_BODY_BYTES)
        .collect()
        .await
    {
        Ok(body) => {
            let body = body.to_bytes();
            if is_json || body.is_empty() {
                Ok(body)
            } else {
                Err(Problem::new(Code::UnsupportedMediaType))
            }
        }
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::new(Code::BodyTooLarge)),
        Err(_) => Err(Problem::new(Code::MalformedRequest)),
    }
}

/// Whether a body is declared as JSON in UTF-8 (RFC 8259, section 8.1), not compressed.
fn is_plain_json(headers: &HeaderMap) -> bool {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parts = declared.split(';').map(str::trim);
    let is_json = parts
        .next()
        .is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| {
        parameter
            .split_once('=')
            .filter(|(name, _)| name.eq_ignore_ascii_case("charset"))
            .is_none_or(|(_, charset)| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"))
    });
    let is_plain = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    is_json && is_utf8 && is_plain
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
        let referred = member.get("$ref").and_then(Value::as_str);
        let referred = referred.and_then(|target| components.get(target.rsplit('/').next()?));
        if let Some(component) = referred {
            *member = component.clone();
        }
        if let Some(member) = member.as_object_mut() {
            call(member, name);
        }
    }
    if let Some(members) = schema.as_object_mut() {
        members.insert("components".to_owned(), json!({ "schemas": components }));
    }
    schema
}

/// Has faults call `member` by its name, and say where its form is described, in both languages.
pub(crate) fn call(member: &mut Map<String, Value>, name: &str) {
    for (keyword, text) in [
        ("title", name),
        ("x-title-en", name),
        ("x-hint", "请按接口文档填写。"),
        ("x-hint-en", "see the interface description."),
    ] {
        member.insert(keyword.to_owned(), json!(text));
    }
    let alternatives = member.get_mut("oneOf").and_then(Value::as_array_mut);
    for alternative in alternatives.into_iter().flatten() {
        if let Some(alternative) = alternative.as_object_mut() {
            call(alternative, name);
        }
    }
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
    fn a_fault_calls_its_member_by_name() {
        let problem =
            parse_described::<Paper>(br#"{"size": "big", "outcome": "maybe"}"#).unwrap_err();
        let told: Vec<&str> = problem
            .errors
            .iter()
            .map(|error| error.message.en.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "“outcome” must be one of: grant.",
                "“size” must be a whole number."
            ]
        );
    }

    #[test]
    fn a_body_is_json_in_utf_8_and_not_compressed() {
        let declared = |content_type: &str, coding: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
            if let Some(coding) = coding {
                headers.insert(CONTENT_ENCODING, coding.parse().unwrap());
            }
            is_plain_json(&headers)
        };
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
        ] {
            assert!(declared(good, None), "{good}");
        }
        assert!(declared("application/json", Some("identity")));
        assert!(!declared("application/json", Some("gzip")));
        for other in ["application/json; charset=gb18030", "text/json", "", "json"] {
            assert!(!declared(other, None), "{other}");
        }
        assert!(!is_plain_json(&HeaderMap::new()));
    }

    #[test]
    fn what_is_no_json_is_told_where_reading_ended() {
        assert_eq!(faults("{"), [told("", "invalid_json")]);
        assert_eq!(
            faults(r#"{"size": 1, "outcome": "grant"} {"#),
            [told("", "invalid_json")]
        );
        let not_utf_8 = [
            br#"{"size": 1, "outcome": "grant", ""#.as_slice(),
            b"\xff\xfe\": 1}",
        ]
        .concat();
        let refused = parse_described::<Paper>(&not_utf_8).unwrap_err();
        assert_eq!(refused.code, Code::MalformedRequest);
        assert!(parse_described::<Paper>(br#"{"size": 1, "outcome": "grant"}"#).is_ok());
    }
}
