//! The description is whole: nothing refers to what is not there, and every operation says what it
//! does, what it takes and how it fails.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::description::{parts, whole};

/// Every operation with its method and path.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().unwrap().clone();
        let path = path.clone();
        methods.into_iter().map(move |(method, operation)| {
            (format!("{} {path}", method.to_uppercase()), operation)
        })
    };
    paths.iter().flat_map(of_path).collect()
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get("$ref") {
                found.insert(target.clone());
            }
            members
                .values()
                .for_each(|member| references(member, found));
        }
        Value::Array(elements) => elements
            .iter()
            .for_each(|element| references(element, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = whole();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20, "{found:?}");
    for target in found {
        let pointer = target
            .strip_prefix('#')
            .expect("a reference within the document");
        assert!(
            document.pointer(pointer).is_some(),
            "{target} leads nowhere"
        );
    }
}

#[test]
fn every_schema_is_used() {
    let document = whole();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        assert!(
            found.contains(&format!("#/components/schemas/{name}")),
            "nothing refers to {name}"
        );
    }
}

#[test]
fn the_description_has_exactly_the_operations_that_are_served() {
    let described: BTreeSet<String> = operations(&whole())
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    let served: BTreeSet<String> = parts()
        .iter()
        .flat_map(|part| {
            part.routes
                .iter()
                .map(|route| format!("{} {}", route.method, route.path))
        })
        .collect();
    assert_eq!(described, served);
}

#[test]
fn every_operation_says_what_it_does_and_has_a_name_of_its_own() {
    let document = whole();
    let tags: BTreeSet<&str> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    let mut names = BTreeSet::new();
    for (key, operation) in operations(&document) {
        assert!(
            operation["summary"]
                .as_str()
                .is_some_and(|summary| summary.len() > 5),
            "{key} has no summary"
        );
        let own = operation["tags"].as_array().unwrap();
        assert!(
            own.len() == 1 && tags.contains(own[0].as_str().unwrap()),
            "{key} has the tags {own:?}"
        );
        assert!(
            names.insert(operation["operationId"].to_string()),
            "{key} has the name of another"
        );
    }
}

#[test]
fn every_parameter_of_a_path_is_described() {
    for (key, operation) in operations(&whole()) {
        let parameters = operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        for name in key
            .split('/')
            .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        {
            let described = parameters.iter().any(|parameter| {
                parameter["in"] == "path"
                    && parameter["name"] == name
                    && parameter["description"].is_string()
            });
            assert!(described, "{name} of {key} is not described");
        }
        for parameter in &parameters {
            assert!(
                parameter["schema"].is_object(),
                "{} of {key} has no schema",
                parameter["name"]
            );
        }
    }
}

#[test]
fn every_operation_says_how_it_fails_and_every_failure_is_a_problem() {
    for (key, operation) in operations(&whole())
        .into_iter()
        .filter(|(key, _)| !is_plain(key))
    {
        let responses = operation["responses"].as_object().unwrap();
        let mut must = vec!["400", "500", "503"];
        if operation.get("security").is_some() {
            must.extend(["401", "403", "404"]);
        }
        if operation.get("requestBody").is_some() {
            must.extend(["409", "412", "413", "415", "422", "428"]);
        }
        for status in must {
            assert!(
                responses.contains_key(status),
                "{key} does not say when it answers {status}"
            );
        }
        for (status, response) in responses
            .iter()
            .filter(|(status, _)| *status >= &"400".to_owned())
        {
            let problem = &response["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{status} of {key}");
        }
    }
}

#[test]
fn every_operation_says_what_it_answers() {
    for (key, operation) in operations(&whole()) {
        let responses = operation["responses"].as_object().unwrap();
        for (status, response) in responses {
            let description = response["description"].as_str().unwrap_or_default();
            assert!(
                !description.is_empty(),
                "{status} of {key} is not described"
            );
        }
        let good: Vec<&Value> = responses
            .iter()
            .filter(|(status, _)| status.starts_with('2'))
            .map(|(_, response)| response)
            .collect();
        assert!(!good.is_empty(), "{key} has no good answer");
        if responses.contains_key("204") {
            assert_eq!(good[0].get("content"), None, "{key} answers nothing");
            continue;
        }
        let contents = good
            .iter()
            .flat_map(|answer| answer["content"].as_object().expect(&key));
        for (media_type, content) in contents {
            // A notice is also a page to be printed, beside its JSON.
            let is_page = media_type == "text/html" && key.ends_with("/notices/{number}");
            assert!(
                (media_type.ends_with("json") || is_page) && content["schema"].is_object(),
                "{key} answers {media_type}"
            );
        }
    }
}

#[test]
fn every_route_for_known_callers_says_which_token_it_takes_and_no_other_asks_for_one() {
    let document = whole();
    for part in parts() {
        for route in &part.routes {
            let method = route.method.as_str().to_lowercase();
            let operation = &document["paths"][&route.path][method];
            let asks = operation.get("security").is_some();
            let must = route.access != web::Access::Public;
            assert_eq!(asks, must, "{} {}", route.method, route.path);
        }
    }
}

#[test]
fn every_member_of_every_body_is_described() {
    let document = whole();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for (member, described) in schema["properties"].as_object().into_iter().flatten() {
            let says = |schema: &Value| schema["description"].is_string();
            let choices = described["oneOf"].as_array().into_iter().flatten();
            let target = described["$ref"]
                .as_str()
                .and_then(|target| document.pointer(&target[1..]));
            let is_described =
                says(described) || choices.into_iter().any(says) || target.is_some_and(says);
            assert!(is_described, "{member} of {name} is not described");
        }
    }
}

#[test]
fn a_body_that_is_sent_has_examples() {
    let document = whole();
    for (key, operation) in operations(&document)
        .into_iter()
        .filter(|(_, operation)| operation.get("requestBody").is_some())
    {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let pointer = schema["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
        let schema = document.pointer(pointer).unwrap();
        let members = schema["properties"].as_object();
        let has_one =
            |member: &Value| member.get("examples").is_some() || member.get("example").is_some();
        // Of what a member refers to, too.
        let within = |member: &Value| {
            let target = member.get("$ref").or(member.pointer("/oneOf/0/$ref"));
            let target = target.and_then(Value::as_str)?.strip_prefix('#')?;
            let members = document.pointer(target)?.get("properties")?.as_object()?;
            Some(members.values().any(has_one))
        };
        let shown = |members: &serde_json::Map<String, Value>| {
            let mut members = members.values();
            members.any(|member| has_one(member) || within(member) == Some(true))
        };
        // A member of a named type cannot show its own: the whole body does.
        let whole = schema.get("example").is_some() || schema.get("examples").is_some();
        let nothing_to_say = members.is_none_or(serde_json::Map::is_empty);
        assert!(
            nothing_to_say || whole || members.is_some_and(shown),
            "{key} shows no example of what it takes"
        );
    }
}

/// Routes that answer the same always.
fn is_plain(key: &str) -> bool {
    key.starts_with("GET /v1/health/") || key == "GET /v1/openapi.json"
}
