//! JSON pointers in which `*` stands for every element of a list.

use serde_json::Value;

/// The values in `form` that `pointer` stands for, in their order.
pub(crate) fn values<'f>(form: &'f Value, pointer: &str) -> Vec<&'f Value> {
    let path: Vec<&str> = pointer.split('/').skip(1).collect();
    at(form, &path)
}

/// Those of them that are texts.
pub(crate) fn texts<'f>(form: &'f Value, pointer: &str) -> Vec<&'f str> {
    let values = values(form, pointer).into_iter();
    values.filter_map(Value::as_str).collect()
}

fn at<'f>(value: &'f Value, path: &[&str]) -> Vec<&'f Value> {
    match (path, value) {
        ([], value) => vec![value],
        (["*", rest @ ..], Value::Array(elements)) => elements
            .iter()
            .flat_map(|element| at(element, rest))
            .collect(),
        ([name, rest @ ..], Value::Object(members)) => members
            .get(*name)
            .map(|member| at(member, rest))
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}
