//! Each route leads through the gateway of the stack to its function: one probe for each, by nobody.

use http::Method;
use journeys::Api;
use serde_json::{Value, json};
use web::Access;

use crate::matrix::routes;

/// A notice that there is not, with a code that could be its.
const NO_NOTICE: &str = "/v1/notices/N-20260101-000000000000-001?code=000000000000";

#[tokio::test]
async fn every_route_of_the_stack_leads_to_who_judges_its_callers() {
    let api = Api::from_env().unwrap();
    let nobody = api.anybody();
    let mut probes = 0;
    for route in routes() {
        let path = route
            .path
            .replace("{code}", "PSB-APR-004")
            .replace("{uscc}", "91140100XXX1000286")
            .replace("{id}", "0")
            .replace("{doc}", "0")
            .replace("/v1/notices/{number}", NO_NOTICE);
        let call = nobody.call(route.method.clone(), &path);
        let call = if route.method == Method::GET {
            call
        } else {
            call.json(&probe(&route.path)).once()
        };
        let answer = call.send().await.unwrap();
        let what = format!("{} {}: {}", route.method, route.path, answer.text());
        match route.access {
            // There is no such notice; who asks for one needs its code and no login.
            Access::Public if route.path == "/v1/notices/{number}" => {
                assert_eq!((answer.status, answer.code()), (404, "not_found"), "{what}");
            }
            Access::Public => assert_eq!(answer.status, 200, "{what}"),
            Access::Caller(_) => {
                assert_eq!(
                    (answer.status, answer.code()),
                    (401, "unauthenticated"),
                    "{what}"
                );
            }
        }
        // Our functions give one, the gateway's own answers have none.
        assert!(!answer.header("x-request-id").is_empty(), "{what}");
        probes += 1;
    }
    assert!(probes >= 50, "only {probes} probes");
}

/// What is sent: nothing, but where everybody may ask, something that can be answered.
fn probe(path: &str) -> Value {
    if path.ends_with("/clock-preview") {
        json!({"received_at": "2026-11-23T10:00:00+08:00"})
    } else {
        json!({})
    }
}
