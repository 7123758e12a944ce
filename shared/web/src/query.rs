//! Query parameters, read strictly.

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use domain::words::Words;
use http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use utoipa::IntoParams;

use crate::json::call;
use crate::problem::{Code, InputError, Problem};

/// The parameters of a query, each of which may be left out.
///
/// Where they cannot be read, every fault is told at once, found by what the interface description
/// says of the parameters: a good query costs nothing more.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned + IntoParams + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn read<T: DeserializeOwned + IntoParams>(query: &str) -> Result<T, Problem> {
    serde_urlencoded::from_str(query)
        .map_err(|_| Problem::new(Code::InvalidParameter).with_errors(faults::<T>(query)))
}

/// Every fault of `query`: parameters there are not, or twice, and values that are none.
fn faults<T: DeserializeOwned + IntoParams>(query: &str) -> Vec<InputError> {
    let Ok(pairs) = serde_urlencoded::from_str::<Vec<(String, String)>>(query) else {
        let words = Words::new("查询字符串无法解析", "The query cannot be read");
        return vec![InputError::new("", "invalid_query", words)];
    };
    let known = schemas::<T>();
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for (name, value) in &pairs {
        let Some(schema) = known.get(name) else {
            errors.push(unknown(name, &known));
            continue;
        };
        if !seen.insert(name) {
            let words = Words::new(
                format!("参数 {name} 重复"),
                format!("{name} is given more than once"),
            );
            errors.push(InputError::new(name.clone(), "repeated_parameter", words));
            continue;
        }
        let told = catalogue::check_schema(schema, &typed(value, schema));
        let alone = serde_urlencoded::to_string([(name, value)]).unwrap_or_default();
        if told.is_empty() && serde_urlencoded::from_str::<T>(&alone).is_err() {
            errors.push(invalid(name));
        }
        errors.extend(told.into_iter().map(|fault| {
            let words = Words::new(fault.message_zh, fault.message_en);
            InputError::new(name.clone(), fault.code, words)
        }));
    }
    errors
}

/// What the interface description says of each parameter.
fn schemas<T: IntoParams>() -> Map<String, Value> {
    let described = T::into_params(|| None).into_iter().map(|parameter| {
        let mut schema = serde_json::to_value(&parameter.schema).unwrap_or_default();
        if let Some(members) = schema.as_object_mut() {
            call(members, &parameter.name);
        }
        (parameter.name, schema)
    });
    described.collect()
}

/// The value that `text` stands for where `schema` asks for another type than text.
fn typed(text: &str, schema: &Value) -> Value {
    let types = match schema.get("type") {
        Some(Value::Array(types)) => types.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    if types.contains(&json!("string")) {
        return json!(text);
    }
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

fn unknown(name: &str, known: &Map<String, Value>) -> InputError {
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    let words = Words::new(
        format!("没有该参数，可用的参数：{}", names.join("、")),
        format!(
            "There is no such parameter; there are: {}",
            names.join(", ")
        ),
    );
    InputError::new(name, "unknown_parameter", words)
}

fn invalid(name: &str) -> InputError {
    let words = Words::new(
        format!("参数 {name} 的值无效，请按接口文档填写。"),
        format!("The value of {name} is not valid: see the interface description."),
    );
    InputError::new(name, "invalid_parameter", words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use utoipa::ToSchema;

    #[derive(Debug, PartialEq, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum State {
        Submitted,
        Accepted,
    }

    #[derive(Debug, PartialEq, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        #[param(inline)]
        state: Option<State>,
        #[serde(default)]
        mine: bool,
        #[param(minimum = 1, maximum = 100)]
        limit: Option<i32>,
    }

    fn told(query: &str) -> Vec<(String, String)> {
        let problem = read::<Wanted>(query).unwrap_err();
        assert_eq!(problem.code, Code::InvalidParameter);
        let told = problem.errors.into_iter();
        told.map(|error| (error.pointer, error.code)).collect()
    }

    fn fault(name: &str, code: &str) -> (String, String) {
        (name.to_owned(), code.to_owned())
    }

    #[test]
    fn a_good_query_is_read() {
        let wanted = read::<Wanted>("state=accepted&mine=true&limit=5").unwrap();
        let expected = Wanted {
            state: Some(State::Accepted),
            mine: true,
            limit: Some(5),
        };
        assert_eq!(wanted, expected);
        assert!(read::<Wanted>("").is_ok());
    }

    #[test]
    fn every_fault_of_a_query_is_told_at_once() {
        assert_eq!(
            told("state=lost&mine=perhaps&limit=500&colour=red"),
            [
                fault("state", "not_a_choice"),
                fault("mine", "wrong_type"),
                fault("limit", "too_large"),
                fault("colour", "unknown_parameter"),
            ]
        );
        assert_eq!(told("limit=ten"), [fault("limit", "wrong_type")]);
        assert_eq!(
            told("limit=5&limit=6"),
            [fault("limit", "repeated_parameter")]
        );
        assert_eq!(told("mine"), [fault("mine", "wrong_type")]);
    }

    #[test]
    fn faults_name_what_may_be_given() {
        let problem = read::<Wanted>("state=lost&colour=red").unwrap_err();
        let words: Vec<_> = problem
            .errors
            .into_iter()
            .map(|error| error.message.en)
            .collect();
        assert_eq!(
            words,
            [
                "“state” must be one of: submitted, accepted.",
                "There is no such parameter; there are: limit, mine, state"
            ]
        );
    }
}
