//! The routes that the template gives the API.

use std::collections::{BTreeMap, BTreeSet};

const TEMPLATE: &str = include_str!("../../../infra/template.yaml");

/// Route key (`GET /v1/items/{code}`) → the integration it leads to.
///
/// Only the lines with a route key are read: the template's intrinsic functions are tags that YAML
/// readers do not know.
pub(crate) fn routes() -> BTreeMap<String, String> {
    let mut routes = BTreeMap::new();
    for line in TEMPLATE.lines().filter(|line| line.contains("RouteKey:")) {
        let (_, rest) = line.split_once("RouteKey:").unwrap();
        let (key, rest) = rest
            .split_once(", Target:")
            .expect("a target behind the route key");
        let key = key.trim().trim_matches('"').to_owned();
        let (_, target) = rest.split_once("integrations/${").expect("an integration");
        let (target, _) = target
            .split_once("Integration}")
            .expect("an integration of a function");
        let doubled = routes.insert(key.clone(), target.to_lowercase());
        assert_eq!(doubled, None, "{key} is routed twice");
    }
    let declared = TEMPLATE.matches("Type: AWS::ApiGatewayV2::Route\n").count();
    assert_eq!(
        routes.len(),
        declared,
        "a route is written otherwise than this test reads it"
    );
    routes
}

/// Readers of YAML let the later of two entries of one name stand for both, and say nothing.
#[test]
fn no_two_resources_of_the_template_have_one_name() {
    let mut names = BTreeSet::new();
    for line in TEMPLATE.lines() {
        let name = line
            .strip_prefix("  ")
            .and_then(|rest| rest.strip_suffix(':'));
        let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if let Some(name) = name.filter(is_name) {
            assert!(names.insert(name), "{name} is declared twice");
        }
    }
    assert!(
        names.contains("ApiStage") && names.len() > 100,
        "{}",
        names.len()
    );
}
