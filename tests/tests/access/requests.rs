//! A request for each route, good enough to be judged and never carried out: it fails of what is
//! looked at after the caller is let in.

use http::Method;
use serde_json::{Value, json};
use support::door::{Ask, Asker};
use support::filing::NUMBER;
use web::routes::Route;

use crate::callers::{OWN, UNIT};

/// The mandate whose routes are asked for; nobody's.
pub(crate) const MANDATE: &str = "M-91140100XXX1000286-000000000000";
/// The officer whose routes are asked for.
pub(crate) const OFFICER: &str = "intake.own";

/// A request for `route`.
pub(crate) fn request(route: &Route, asker: &Asker, document: &str) -> Ask {
    let path = route
        .path
        .replace(
            "/v1/applications/{id}",
            &format!("/v1/applications/{NUMBER}"),
        )
        .replace("/v1/officers/{id}", &format!("/v1/officers/{OFFICER}"))
        .replace("{uscc}", OWN)
        .replace("{doc}", document)
        .replace("{id}", MANDATE);
    let ask = match route.method {
        // Of the unit responsible, not the caller's own.
        Method::GET if route.path == "/v1/officers" => asker.get(&format!("{path}?unit={UNIT}")),
        Method::GET => asker.get(&path),
        Method::POST => asker.post(&path, &body(&route.path)).once(),
        Method::PATCH => asker.patch(&path, &json!({})),
        _ => asker.ask(route.method.clone(), &path),
    };
    if route.method == Method::GET {
        ask
    } else {
        // Nothing has that version.
        ask.if_match("\"999999\"")
    }
}

/// A body that is read, and refused by a rule.
fn body(path: &str) -> Value {
    let too_long = "长".repeat(2_001);
    match path.rsplit('/').next().unwrap_or_default() {
        "applications" => json!({"item": "PSB-APR-999"}),
        "application-searches" => json!({"mobile": "1"}),
        "documents" => {
            json!({"material": "NONE", "size": 1, "sha256": "0".repeat(64), "media_type": "application/pdf"})
        }
        "withdraw" => json!({"reason": too_long}),
        "recommend" => json!({"outcome": "grant", "opinion": too_long}),
        "decide" => json!({"outcome": "grant"}),
        "suspend" | "resume" => json!({"reason": "x"}),
        "enterprises" => json!({"uscc": "91140105XXX100095C"}),
        "mandates" => json!({"role": "viewer"}),
        "officers" => json!({"id": "nobody", "badge": "-", "unit": "psb-140105", "posts": []}),
        _ => json!({}),
    }
}
