//! The description of the whole interface (OpenAPI 3.1), put together from what the functions say of
//! themselves and the schema of the catalogue.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value, json};
use web::routes::{Described, Route};

/// The description as it is checked in and served.
pub(crate) const CHECKED_IN: &str = include_str!("../../../functions/inquiry/openapi.json");
const ITEM_SCHEMA: &str = include_str!("../../../shared/catalogue/schema/item.schema.json");

/// What a function says of itself.
pub(crate) struct Part {
    pub(crate) function: &'static str,
    pub(crate) routes: Vec<Route>,
    description: Value,
}

/// What the functions that callers reach say of themselves.
pub(crate) fn parts() -> Vec<Part> {
    let part = |function, (description, routes)| Part {
        function,
        routes,
        description: serde_json::to_value::<utoipa::openapi::OpenApi>(description).unwrap(),
    };
    vec![
        part(
            "account",
            account::routes(Described::default()).into_parts(),
        ),
        part(
            "approval",
            approval::routes(Described::default()).into_parts(),
        ),
        part(
            "inquiry",
            inquiry::routes(Described::default()).into_parts(),
        ),
        part(
            "supervision",
            supervision::routes(Described::default()).into_parts(),
        ),
    ]
}

/// The whole description.
pub(crate) fn whole() -> Value {
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut schemas: BTreeMap<String, Value> = BTreeMap::new();
    schemas.insert("ServiceItem".to_owned(), item_schema());
    for part in parts() {
        for (path, operations) in part.description["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                let mut operation = operation.clone();
                let id = operation["operationId"].as_str().unwrap();
                operation["operationId"] = json!(format!("{}_{id}", part.function));
                describe_answers(&mut operation, &part.description);
                let doubled = paths
                    .entry(path.clone())
                    .or_default()
                    .insert(method.clone(), operation);
                assert_eq!(doubled, None, "{method} {path} is described twice");
            }
        }
        for (name, schema) in part.description["components"]["schemas"]
            .as_object()
            .unwrap()
        {
            let other = schemas.insert(name.clone(), schema.clone());
            assert!(
                other.is_none_or(|other| other == *schema),
                "two schemas are called {name}"
            );
        }
    }
    for part in paths.values_mut().flat_map(|path| path.values_mut()) {
        refer(part, &schemas);
    }
    let components = schemas.clone();
    for schema in schemas.values_mut() {
        members(schema).for_each(|member| refer(member, &components));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Enterprise services of a provincial public-security bureau (公安机关企业服务)",
            "version": "1",
            "summary": "Service items, applications and their decisions",
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The stage that serves this description"}],
        "tags": [
            {"name": "inquiry", "description": "信息查询: the hall, the catalogue, guides and forms. Public."},
            {"name": "approval", "description": "行政审批: an enterprise applies; the unit's officers accept, review and decide."},
            {"name": "account", "description": "账户: enterprises and their mandates, officers and their posts."},
            {"name": "supervision", "description": "督办: cards about limits, reports on what was promised and on workload, counts of the workbench."},
            {"name": "health", "description": "Whether a function answers. Public."},
        ],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "person": {
                    "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                    "description": "An OpenID Connect access token of a natural person (real-name level 2 or higher). The person acts for the enterprise that X-Acting-For names, within their mandate.",
                },
                "officer": {
                    "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                    "description": "An OpenID Connect access token of an officer, of the police's own identity provider. The officer acts within their unit and posts.",
                },
            },
        },
    })
}

const DESCRIPTION: &str = "\
Times are RFC 3339 in China time (`+08:00`), dates `YYYY-MM-DD`, money in fen. Titles and messages come \
in the language of `Accept-Language` (`zh-CN` by default, or `en`); codes never change with it.

Every fault is a problem (RFC 9457) with a stable `code`; faults of the input are all told at once in \
`errors`, each with a JSON pointer. 413, 429 and 503 can also come from the gateway, without a body.

A POST that commits a change needs an `Idempotency-Key`: a repeat gets the stored answer for 24 hours, \
marked `Idempotency-Replayed: true`. Officers' commands and changes of drafts need `If-Match` with the \
`ETag` last read.";

/// Gives an answer that only names what it holds the description of that.
fn describe_answers(operation: &mut Value, described: &Value) {
    let summary = operation["summary"].clone();
    for answer in
        members(&mut operation["responses"]).filter(|answer| answer.get("description").is_none())
    {
        let held = answer["content"]["application/json"]["schema"]["$ref"].as_str();
        let held = held.and_then(|target| described.pointer(&target[1..]));
        let description = held
            .and_then(|schema| schema.get("description"))
            .unwrap_or(&summary)
            .clone();
        answer["description"] = description;
    }
}

/// Puts a reference in the place of every inlined copy of a component.
fn refer(value: &mut Value, components: &BTreeMap<String, Value>) {
    if let Some((name, _)) = components.iter().find(|(_, schema)| *schema == value) {
        *value = json!({"$ref": format!("#/components/schemas/{name}")});
    } else {
        members(value).for_each(|member| refer(member, components));
    }
}

fn members(value: &mut Value) -> Box<dyn Iterator<Item = &mut Value> + '_> {
    match value {
        Value::Object(members) => Box::new(members.values_mut()),
        Value::Array(elements) => Box::new(elements.iter_mut()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The catalogue's own schema as a component: its inner references are told from the document's root.
fn item_schema() -> Value {
    let moved = ITEM_SCHEMA.replace("\"#/$defs/", "\"#/components/schemas/ServiceItem/$defs/");
    let mut schema: Value = serde_json::from_str(&moved).unwrap();
    schema.as_object_mut().unwrap().remove("$schema");
    schema
}

#[test]
fn the_checked_in_description_is_the_one_the_code_gives() {
    let text = format!("{:#}\n", whole());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        let file =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../functions/inquiry/openapi.json");
        std::fs::write(file, text).unwrap();
        return;
    }
    assert!(
        text == CHECKED_IN,
        "functions/inquiry/openapi.json is not up to date: run `make openapi`"
    );
}
