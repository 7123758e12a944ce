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
/// A message that is in nobody's inbox.
pub(crate) const MESSAGE: &str = "0198a0f2-0000-7000-8000-0000000000e1";
/// The officer whose routes are asked for.
pub(crate) const OFFICER: &str = "intake.own";

/// The lists that can be those of another unit.
const OF_A_UNIT: [&str; 5] = [
    "/v1/officers",
    "/v1/devices",
    "/v1/cards",
    "/v1/reports/promise",
    "/v1/reports/workload",
];

/// What there is to be asked for.
pub(crate) struct There {
    /// A document of the application.
    pub(crate) document: String,
    /// A device of the unit.
    pub(crate) device: String,
    /// An API key of the province.
    pub(crate) api_key: String,
}

/// A request for `route`.
pub(crate) fn request(route: &Route, asker: &Asker, there: &There) -> Ask {
    request_with(route, asker, there, None)
}

/// The same whose body has a member more, where one is named.
pub(crate) fn request_with(
    route: &Route,
    asker: &Asker,
    there: &There,
    member: Option<&str>,
) -> Ask {
    let more = |mut body: Value| {
        if let Some(member) = member {
            body[member] = json!("granted");
        }
        body
    };
    let path = route
        .path
        .replace(
            "/v1/applications/{id}",
            &format!("/v1/applications/{NUMBER}"),
        )
        .replace("/v1/officers/{id}", &format!("/v1/officers/{OFFICER}"))
        .replace("{uscc}", OWN)
        .replace("/v1/devices/{id}", &format!("/v1/devices/{}", there.device))
        .replace(
            "/v1/api-keys/{id}",
            &format!("/v1/api-keys/{}", there.api_key),
        )
        .replace("/v1/messages/{id}", &format!("/v1/messages/{MESSAGE}"))
        .replace("{doc}", &there.document)
        .replace("{number}", &format!("{}-001", NUMBER.replace("AP-", "N-")))
        .replace("{id}", MANDATE);
    let ask = match route.method {
        // Of the unit responsible, not the caller's own.
        Method::GET if OF_A_UNIT.contains(&route.path.as_str()) => {
            asker.get(&format!("{path}?unit={UNIT}"))
        }
        Method::GET => asker.get(&path),
        Method::POST => asker.post(&path, &more(body(&route.path))).once(),
        Method::PATCH => asker.patch(&path, &more(json!({}))),
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
        "reuse" => json!({"material": "NONE", "application": "AP-20261123-000000000000"}),
        "withdraw" => json!({"reason": too_long}),
        "recommend" => json!({"outcome": "grant", "opinion": too_long}),
        "decide" => json!({"outcome": "grant"}),
        "suspend" | "resume" if path.starts_with("/v1/enterprises") => json!({"reason": "x"}),
        "suspend" => json!({"basis": too_long}),
        "resume" | "return" | "approve-extension" | "terminate" | "rescind" | "revoke"
        | "renew" | "amend" | "cancel" => json!({"reasons": too_long}),
        "require-correction" => json!({"demands": [], "explanation": too_long}),
        "not-accept" => json!({"ground": "no_power", "reasons": too_long}),
        "undertaking" => {
            json!({"kind": "deferral", "materials": ["NONE"], "cure_by": "2000-01-01"})
        }
        "reassign" => json!({"to": "nobody", "reasons": too_long}),
        "start-special-procedure" => {
            json!({"ground": "tender", "expected_end": "2000-01-01", "explanation": too_long})
        }
        "end-special-procedure" => json!({"ground": "tender", "result": too_long}),
        "offer-hearing" => json!({"explanation": too_long}),
        "schedule-hearing" => {
            json!({"at": "2000-01-01T00:00:00+08:00", "chair": "nobody", "order": too_long})
        }
        "record-hearing" => json!({"minutes": too_long}),
        "attendance" => json!({"at": "2000-01-01T00:00:00+08:00"}),
        "inspect" => json!({"with": "nobody", "findings": too_long}),
        "request-extension" => json!({"days": 99, "reasons": too_long}),
        "check-undertaking" => json!({"holds": true, "findings": too_long}),
        "deliver" => json!({"mode": "pickup"}),
        "enterprises" => json!({"uscc": "91140105XXX100095C"}),
        "mandates" => json!({"role": "viewer"}),
        "devices" => json!({"unit": UNIT, "kind": "kiosk", "place": ""}),
        "api-keys" => json!({"name": "", "contact": ""}),
        "officers" => json!({"id": "nobody", "badge": "-", "unit": "psb-140105", "posts": []}),
        _ => json!({}),
    }
}
