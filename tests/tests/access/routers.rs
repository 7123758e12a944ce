//! The routers judge as the policy does: each route is asked by everybody, in process. Whoever is let in is
//! told what `answers.md` has, which is about the request and never about who asks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use domain::policy::{Action, Authority, Denial};
use http::Request;
use platform::authority::{mandate_item, officer_item};
use platform::clock::real_now;
use serde_json::{Value, json};
use support::Emulated;
use support::door::{Answer, Asker, Door, PERSONS, claims};
use support::filing::{Filing, NUMBER};
use tower::ServiceExt as _;
use web::Access;
use web::routes::Served;

use crate::callers::{Caller, OTHER, OWN, UNIT, everybody};
use crate::matrix::{judged, routes};
use crate::requests::{There, request, request_with};

/// The paths that `account` answers.
const ACCOUNTS: [&str; 7] = [
    "/v1/me",
    "/v1/enterprises",
    "/v1/mandates",
    "/v1/officers",
    "/v1/devices",
    "/v1/api-keys",
    "/v1/messages",
];
/// The paths that `supervision` answers.
const SUPERVISION: [&str; 3] = ["/v1/cards", "/v1/reports", "/v1/workbench/counts"];
const APPROVED: &str = include_str!("answers.md");
const DESCRIPTION: &str = include_str!("../../../functions/inquiry/openapi.json");
/// What tells a caller that they may not, and nothing else does.
const DENIALS: [&str; 7] = [
    "wrong_side",
    "role_insufficient",
    "post_missing",
    "no_mandate",
    "item_not_covered",
    "enterprise_suspended",
    "unauthenticated",
];

fn all(stage: &Emulated) -> Router {
    let account = account::App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
    let account = account::routes(Served::default()).into_router(account);
    let approval = approval::App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
    let approval = approval::routes(Served::default()).into_router(approval);
    let supervision = supervision::App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
    let supervision = supervision::routes(Served::default()).into_router(supervision);
    Router::new().fallback(move |request: Request<Body>| {
        let path = request.uri().path();
        let is_of = |paths: &[&str]| paths.iter().any(|prefix| path.starts_with(prefix));
        let router = if is_of(&ACCOUNTS) {
            &account
        } else if is_of(&SUPERVISION) {
            &supervision
        } else {
            &approval
        };
        let router = router.clone();
        async move { router.oneshot(request).await }
    })
}

fn asker(door: &Door, caller: &Caller) -> Asker {
    match &caller.authority {
        Authority::Officer(_) => door.officer(&caller.name()),
        Authority::Person(_) => door.myself(&claims(PERSONS, &caller.name())),
        Authority::Mandate(_) => {
            let enterprise = if caller.relation == "other" {
                OTHER
            } else {
                OWN
            };
            door.person(&caller.name(), enterprise)
        }
    }
}

/// Everybody at the door, and what there is to be asked for.
async fn opened(door: &Door, filing: &Filing<'_>, callers: &[Caller]) -> There {
    let documents = filing.announce_all().await;
    filing.submit().await;
    for caller in callers {
        let item = match &caller.authority {
            Authority::Person(_) => continue,
            Authority::Mandate(mandate) => mandate_item(mandate, 1).unwrap(),
            Authority::Officer(officer) => officer_item(officer, 1).unwrap(),
        };
        door.stage.put_item(item).await;
    }
    accounts_of_own(door).await;
    let device = json!({"unit": UNIT, "kind": "kiosk", "place": "一楼大厅"});
    let api_key = json!({"name": "城市地图", "contact": "ops@example.org"});
    There {
        document: documents[0].id.to_string(),
        device: made(door, "/v1/devices", &device).await,
        api_key: made(door, "/v1/api-keys", &api_key).await,
    }
}

/// Whether `caller` asks for what `action` concerns: whoever acts for an enterprise asks for their own things
/// without naming it.
fn asks(caller: &Caller, action: Action) -> bool {
    action.is_personal() == matches!(caller.authority, Authority::Person(_))
        || matches!(caller.authority, Authority::Officer(_))
}

#[tokio::test]
async fn every_router_judges_everybody_as_the_policy_does() {
    let door = Door::open(&[], all).await;
    let filing = Filing::open(&door.stage).await;
    let now = real_now();
    let callers = everybody(now);
    let there = opened(&door, &filing, &callers).await;

    let mut judgements = 0;
    let mut answers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for route in routes() {
        let Access::Caller(action) = route.access else {
            continue;
        };
        for caller in &callers {
            if !asks(caller, action) {
                continue;
            }
            let ask = request(&route, &asker(&door, caller), &there);
            let answer = door.ask(ask).await;
            let what = format!(
                "{} {} by {} ({})",
                route.method, route.path, caller.column, caller.relation
            );
            let may = judged(&route, caller, now);
            let code = answer.json["code"].as_str().unwrap_or("-").to_owned();
            if may.is_ok() {
                let route = format!("{} {}", route.method, route.path);
                let told = format!("{} {code}", answer.status);
                answers.entry(route).or_default().insert(told);
            }
            agrees(&what, may, &answer);
            codes.insert(code);
            judgements += 1;
        }
    }
    assert!(judgements > 1_000, "only {judgements} judgements");
    eprintln!(
        "{judgements} requests of {} callers were judged",
        callers.len()
    );
    answers_are(&answers);
    // The requests themselves changed nothing.
    let case = filing.case().await;
    assert_eq!(case.state.unwrap().version, 1);
    assert_eq!(filing.number.to_string(), NUMBER);
    assert!(codes.contains("stale_version") && codes.contains("not_found"));
}

/// What answers show and nobody sends is no member of any request, whoever sends it.
#[tokio::test]
async fn what_is_not_the_callers_to_set_is_refused_on_every_route() {
    let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
    let server_owned = server_owned(&description);
    assert!(server_owned.len() > 50, "{server_owned:?}");
    let door = Door::open(&[], all).await;
    let filing = Filing::open(&door.stage).await;
    let now = real_now();
    let callers = everybody(now);
    let there = opened(&door, &filing, &callers).await;
    let mut tried = 0;
    for route in routes() {
        let Access::Caller(action) = route.access else {
            continue;
        };
        let operation = route.method.as_str().to_lowercase();
        let described = &description["paths"][&route.path][operation];
        if described["requestBody"].is_null() {
            continue;
        }
        let mut may = callers.iter().filter(|caller| asks(caller, action));
        let caller = may
            .find(|caller| judged(&route, caller, now).is_ok())
            .unwrap();
        for member in &server_owned {
            let ask = request_with(&route, &asker(&door, caller), &there, Some(member));
            let answer = door.ask(ask).await;
            assert_eq!(
                (answer.status, answer.json["code"].as_str()),
                (400, Some("malformed_request")),
                "{} {} with {member}: {}",
                route.method,
                route.path,
                answer.text
            );
            tried += 1;
        }
    }
    eprintln!("{tried} requests with a member that is the platform's were refused");
    assert!(tried > 2_000, "{tried}");
    assert_eq!(filing.case().await.state.unwrap().version, 1);
}

/// The members of the description's schemas that no request has.
fn server_owned(description: &Value) -> BTreeSet<String> {
    let schemas = description["components"]["schemas"].as_object().unwrap();
    let (mut asked, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for (name, schema) in schemas {
        let members = if name.ends_with("Request") || name.ends_with("Query") {
            &mut asked
        } else {
            &mut shown
        };
        collect(schema, members);
    }
    shown.difference(&asked).cloned().collect()
}

fn collect(schema: &Value, members: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        members.extend(properties.keys().cloned());
    }
    let parts = schema.as_object().into_iter().flat_map(|all| all.values());
    for part in parts.chain(schema.as_array().into_iter().flatten()) {
        if part.is_object() || part.is_array() {
            collect(part, members);
        }
    }
}

/// That who was let in was told what is approved.
fn answers_are(answers: &BTreeMap<String, BTreeSet<String>>) {
    let mut table = "# What is told to who is let in\n\nAbout requests that are at fault in themselves. `UPDATE_ACCESS=1` writes this table anew.\n\n| route | answers |\n|---|---|\n".to_owned();
    for (route, told) in answers {
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let _ = writeln!(table, "| {route} | {} |", told.join(", "));
    }
    if std::env::var_os("UPDATE_ACCESS").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/access/answers.md");
        std::fs::write(file, &table).unwrap();
        return;
    }
    assert!(
        table == APPROVED,
        "the routers answer otherwise than tests/tests/access/answers.md has it:\n{table}"
    );
}

/// The identifier of what the administrator of the province makes.
async fn made(door: &Door, path: &str, body: &Value) -> String {
    let ask = door.officer("administrator.province").post(path, body);
    let answer = door.ask(ask.once()).await.expect(201);
    answer.json["id"].as_str().unwrap().to_owned()
}

fn agrees(what: &str, judged: Result<(), Denial>, answer: &Answer) {
    let code = answer.json["code"].as_str().unwrap_or_default();
    let expected = match judged {
        Ok(()) => {
            let let_in = answer.status != 401 && !DENIALS.contains(&code);
            assert!(let_in, "{what}: {}", answer.text);
            return;
        }
        Err(Denial::OutOfReach) => (404, "not_found"),
        Err(Denial::WrongSide) => (403, "wrong_side"),
        Err(Denial::RoleInsufficient) => (403, "role_insufficient"),
        Err(Denial::PostMissing) => (403, "post_missing"),
        Err(Denial::NoMandate) => (403, "no_mandate"),
        Err(Denial::EnterpriseSuspended) => (403, "enterprise_suspended"),
        Err(Denial::ItemNotCovered) => (403, "item_not_covered"),
    };
    assert_eq!((answer.status, code), expected, "{what}: {}", answer.text);
}

/// The enterprise that is asked for, as an active one.
async fn accounts_of_own(door: &Door) {
    use domain::application::Actor;
    use domain::enterprise::{EnterpriseEvent, Household};
    use domain::history::{Occasion, record};
    use domain::identifiers::Uscc;
    use domain::ids::{EventId, PersonId};
    use domain::mandate::MandateId;

    let uscc = Uscc::parse(OWN).unwrap();
    let person = PersonId::try_from("founder".to_owned()).unwrap();
    let actor = Actor::Person {
        person: person.clone(),
        device: None,
    };
    let occasion = Occasion {
        aggregate: &uscc,
        at: real_now(),
        actor: &actor,
    };
    let registered = EnterpriseEvent::Registered {
        person: person.clone(),
    };
    let confirmed = EnterpriseEvent::Confirmed {
        name: "太原晋阳云栖酒店有限公司".to_owned(),
        region: "140105".parse().unwrap(),
        legal_representative: person,
        mandate: MandateId::new(uscc.clone(), 7),
    };
    let ids = || EventId(uuid::Uuid::now_v7());
    let step = record(None, &occasion, vec![registered, confirmed], ids).unwrap();
    let after = Household::default().after(&step.history, step.state, None);
    let accounts = platform::accounts::Accounts::new(door.stage.table());
    let mut before = accounts.enterprise(&uscc, None, None).await.unwrap();
    // The mandates of the callers are there already and stay as they are.
    before.household = Household::default();
    accounts
        .commit_enterprise(&before, &after, &step.history, None)
        .await
        .unwrap();
}
