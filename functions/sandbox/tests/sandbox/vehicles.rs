//! The vehicle register: what it knows, learns, and how it fails.

use std::fs;
use std::path::Path;

use http::StatusCode;
use serde_json::{Value, json};

use crate::world::World;

const LOOKUPS: &str = "/sandbox/vehicles/lookups";

fn lookup(numbers: &[(&str, &str)]) -> Value {
    let vehicles: Vec<Value> = numbers
        .iter()
        .map(|(kind, number)| json!({ *kind: number }))
        .collect();
    json!({ "vehicles": vehicles })
}

/// What the stories of the machine rules suppose of vehicles, as the forms beside them name these.
fn supposed() -> Vec<(Vec<String>, Vec<Value>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalogue/fixtures");
    let read = |file: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(folder.join(file)).unwrap()).unwrap()
    };
    let mut all = Vec::new();
    for item in catalogue::summaries() {
        let code = item.code.to_string();
        if !folder.join(format!("{code}.rules.json")).exists() {
            continue;
        }
        let form = read(&format!("{code}.valid.json"));
        let named = catalogue::vehicles(&item.code, item.version, &form);
        let facts = &read(&format!("{code}.rules.json"))["facts"]["vehicles"];
        if let Some(facts) = facts.as_array() {
            let named = named.into_iter().map(str::to_owned).collect();
            all.push((named, facts.clone()));
        }
    }
    all
}

#[tokio::test]
async fn it_knows_the_vehicles_of_every_example_as_the_rules_suppose_them() {
    let world = World::new().await;
    let supposed = supposed();
    assert!(supposed.len() >= 20, "{}", supposed.len());
    for (named, facts) in supposed {
        assert_eq!(named.len(), facts.len(), "{named:?}");
        let kind = |number: &String| if number.len() == 17 { "vin" } else { "plate" };
        let numbers: Vec<_> = named.iter().map(|it| (kind(it), it.as_str())).collect();
        let answer = world.post(LOOKUPS, &lookup(&numbers)).await.json();
        for (place, fact) in facts.iter().enumerate() {
            let told = &answer["vehicles"][place];
            for (member, value) in fact.as_object().unwrap() {
                assert_eq!(&told[member], value, "{named:?} {member}: {told}");
            }
        }
    }
}

#[tokio::test]
async fn it_learns_of_a_vehicle_and_then_finds_it_by_both_numbers() {
    let world = World::new().await;
    let (plate, vin) = ("晋A77701", "LXX0A1B26RA000001");
    let unknown = json!({"registered": false, "temporary_plates": 0});
    let asked = lookup(&[("plate", plate), ("vin", vin)]);
    let before = world.post(LOOKUPS, &asked).await.json();
    assert_eq!(before, json!({"vehicles": [unknown, unknown]}));

    let vehicle = json!({
        "registered": true, "temporary_plates": 1, "plate": plate, "vin": vin, "use": "freight",
        "state": "seized", "inspection_until": "2027-06-30", "insurance_until": "2027-05-31",
        "unsettled_violations": 2, "accidents_unsettled": 0, "mortgaged": true,
    });
    let told = world.post("/sandbox/vehicles", &vehicle).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    let after = world.post(LOOKUPS, &asked).await.json();
    assert_eq!(after, json!({"vehicles": [vehicle, vehicle]}));
}

#[tokio::test]
async fn it_fails_for_one_vehicle_or_for_all_until_told_otherwise() {
    let world = World::new().await;
    let behave = async |body: Value| world.post("/sandbox/vehicles/behaviour", &body).await;
    let (one, other) = (
        lookup(&[("plate", "晋A77702")]),
        lookup(&[("plate", "晋A77703")]),
    );
    behave(json!({"behaviour": "down", "number": "晋A77702"})).await;
    let down = world.post(LOOKUPS, &one).await;
    assert_eq!(down.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.post(LOOKUPS, &other).await.status, StatusCode::OK);

    behave(json!({"behaviour": "bad"})).await;
    let bad = world.post(LOOKUPS, &other).await;
    assert!(bad.json().get("vehicles").is_none(), "{}", bad.body);
    behave(json!({"behaviour": "good"})).await;
    assert!(
        world
            .post(LOOKUPS, &other)
            .await
            .json()
            .get("vehicles")
            .is_some()
    );
    let odd = behave(json!({"behaviour": "odd"})).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST, "{}", odd.body);
}
