//! Every route is served by the function it leads to, and valid for API Gateway.

use std::collections::BTreeSet;

use web::routes::Route;

use crate::description::parts;
use crate::template;

/// How many routes an API may have (quota of API Gateway, which can be raised, but not by a deploy).
const MOST: usize = 300;

fn key(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

#[test]
fn the_template_routes_exactly_what_each_function_serves() {
    let mut served: Vec<(String, String)> = Vec::new();
    for part in parts() {
        served.extend(
            part.routes
                .iter()
                .map(|route| (key(route), part.function.to_owned())),
        );
    }
    served.push(("$default".to_owned(), "inquiry".to_owned()));
    served.push(("ANY /sandbox/{proxy+}".to_owned(), "sandbox".to_owned()));
    served.sort();
    let routed: Vec<(String, String)> = template::routes().into_iter().collect();
    assert_eq!(routed, served);
}

#[test]
fn every_route_is_one_that_api_gateway_takes() {
    let routes = template::routes();
    assert!(routes.len() < MOST);
    for key in routes.keys().filter(|key| *key != "$default") {
        let (method, path) = key.split_once(' ').expect("a method and a path");
        assert!(
            ["ANY", "GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method),
            "{key}"
        );
        let segments: Vec<&str> = path
            .strip_prefix('/')
            .expect("an absolute path")
            .split('/')
            .collect();
        for (position, segment) in segments.iter().enumerate() {
            let last = position + 1 == segments.len();
            assert!(
                is_literal(segment) || is_parameter(segment, last),
                "{segment} of {key}"
            );
        }
    }
}

fn is_literal(segment: &str) -> bool {
    !segment.is_empty()
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
}

/// A parameter is a whole segment (no `{id}.json`); only the last may take the rest of the path.
fn is_parameter(segment: &str, last: bool) -> bool {
    let Some(name) = segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    else {
        return false;
    };
    let name = if last {
        name.strip_suffix('+').unwrap_or(name)
    } else {
        name
    };
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[test]
fn no_two_routes_differ_in_the_names_of_their_parameters_only() {
    let shape = |key: &str| {
        let segments = key.split('/').map(|segment| {
            if segment.starts_with('{') {
                "{}"
            } else {
                segment
            }
        });
        segments.collect::<Vec<_>>().join("/")
    };
    let shapes: BTreeSet<String> = template::routes().keys().map(|key| shape(key)).collect();
    assert_eq!(shapes.len(), template::routes().len());
}
