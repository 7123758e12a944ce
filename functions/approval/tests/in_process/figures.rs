//! What looking at somebody's data costs, in round trips and capacity units, and what a token costs.
//!
//! `cargo nextest run -p approval -E 'test(figures)' --no-capture` prints the figures.

#![allow(clippy::print_stderr, reason = "the figures are there to be read")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Elapsed};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ids::OfficerId;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use platform::authority::Principal;
use platform::key_sets::KeySets;
use platform::table::{Attributes, Key};
use platform::telemetry::Calls;
use serde_json::Value;
use support::door::{PERSONS, claims};
use web::token::TokenVerifier;

use crate::office::{AGENT, Answer, Ask, Office, path};

/// A consistent read takes one unit for each of these bytes of an item.
const READ_UNIT: usize = 4 * 1024;
/// A write takes one unit for each of these bytes of an item, a transaction two.
const WRITE_UNIT: usize = 1024;

/// What a request costs at the table.
#[derive(Debug, PartialEq, Eq)]
struct Cost {
    /// Calls to DynamoDB.
    calls: u64,
    /// Items asked for.
    items: usize,
    /// Capacity units for reading them consistently; what is not there costs one too.
    read_units: usize,
    /// Capacity units for writing.
    write_units: usize,
}

/// The requests that pass on their way to the table, by operation.
fn watched(office: &Office, operation: &'static str) -> Arc<Mutex<Vec<Value>>> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    office.stage.faults.answer(operation, 1, move |request| {
        kept.lock().unwrap().push(request.clone());
        None
    });
    seen
}

/// An office of which everything is known that only a first request reads, with what it asks the table.
struct Watched<'a> {
    office: &'a Office,
    reads: Arc<Mutex<Vec<Value>>>,
    writes: Arc<Mutex<Vec<Value>>>,
}

impl<'a> Watched<'a> {
    async fn new(office: &'a Office) -> Self {
        office.warm_up().await;
        Self {
            office,
            reads: watched(office, "BatchGetItem"),
            writes: watched(office, "TransactWriteItems"),
        }
    }

    /// The answer to `ask`, asked once before, and its cost.
    async fn cost(&self, ask: Ask) -> (Answer, Cost) {
        self.office.ask(ask.clone()).await;
        self.reads.lock().unwrap().clear();
        self.writes.lock().unwrap().clear();
        let (answer, calls) = self.office.cost(ask).await;
        let only_the_table = Calls {
            dynamodb: calls.dynamodb,
            ..Calls::default()
        };
        assert_eq!(calls, only_the_table);
        let mut cost = Cost {
            calls: calls.dynamodb,
            items: 0,
            read_units: 0,
            write_units: 0,
        };
        let reads = std::mem::take(&mut *self.reads.lock().unwrap());
        for key in reads.iter().flat_map(|read| {
            let keys = read["RequestItems"]["table"]["Keys"].as_array();
            keys.unwrap()
        }) {
            let found = self.office.stage.item(&key_of(key)).await;
            cost.items += 1;
            cost.read_units += found.map_or(1, |item| units(size(&item), READ_UNIT));
        }
        let writes = std::mem::take(&mut *self.writes.lock().unwrap());
        for write in writes.iter().flat_map(|write| {
            let items = write["TransactItems"].as_array();
            items.unwrap()
        }) {
            let key = key_of(&write["Put"]["Item"]);
            let written = self.office.stage.item(&key).await.unwrap();
            cost.write_units += 2 * units(size(&written), WRITE_UNIT);
        }
        (answer, cost)
    }
}

fn key_of(item: &Value) -> Key {
    let part = |name: &str| item[name]["S"].as_str().unwrap().to_owned();
    Key {
        pk: part("pk"),
        sk: part("sk"),
    }
}

fn units(size: usize, unit: usize) -> usize {
    size.div_ceil(unit).max(1)
}

/// The size of an item as DynamoDB counts it, in bytes.
fn size(item: &Attributes) -> usize {
    let members = item.iter();
    members
        .map(|(name, value)| name.len() + value_size(value))
        .sum()
}

fn value_size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number.len() / 2 + 2,
        AttributeValue::M(members) => 3 + members.len() + size(members),
        AttributeValue::L(values) => {
            3 + values.len() + values.iter().map(value_size).sum::<usize>()
        }
        _ => 1,
    }
}

fn told(what: &str, cost: &Cost) {
    eprintln!("{what}: {cost:?}");
}

#[tokio::test]
async fn an_unmasked_form_costs_one_read_and_the_record_of_it() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.claim("intake").await;
    let watched = Watched::new(&office).await;
    let ask = office.officer("intake").get(&path("/form"));
    let (answer, cost) = watched.cost(ask).await;
    assert_eq!(answer.expect(200).json["form"], support::filing::form());
    told("an unmasked form", &cost);
    assert_eq!(cost.calls, 2);
    assert_eq!(cost.write_units, 2);
    assert!(
        (cost.items..=cost.items + 1).contains(&cost.read_units),
        "{cost:?}"
    );
}

#[tokio::test]
async fn an_officers_look_at_a_document_costs_one_read_and_the_record_of_it() {
    let office = Office::open().await;
    let filing = office.application().await;
    let watched = Watched::new(&office).await;
    let papers = filing.case().await.manifest.unwrap().body.papers;
    let document = papers.values().next().unwrap().document;
    let read = path(&format!("/documents/{document}"));
    let (answer, by_officer) = watched.cost(office.officer("intake").get(&read)).await;
    assert!(answer.expect(200).json["download"].is_object());
    told("an officer's look at a document", &by_officer);
    assert_eq!((by_officer.calls, by_officer.write_units), (2, 2));
    // The applicant's own look is recorded nowhere and costs the read alone.
    let (answer, by_agent) = watched.cost(office.agent().get(&read)).await;
    answer.expect(200);
    told("an agent's look at a document", &by_agent);
    assert_eq!((by_agent.calls, by_agent.write_units), (1, 0));
    assert_eq!(by_agent.read_units, by_officer.read_units);
}

#[tokio::test]
async fn authority_costs_one_unit_and_no_call_of_its_own() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let watched = Watched::new(&office).await;
    let intake = OfficerId::try_from("intake".to_owned()).unwrap();
    let keys = Principal::Officer(intake).authority_keys();
    assert_eq!(keys.len(), 1);
    let alone = office.stage.item(&keys[0]).await.unwrap();
    let alone = units(size(&alone), READ_UNIT);
    assert_eq!(alone, 1);
    for asker in [office.officer("intake"), office.agent()] {
        let (answer, cost) = watched.cost(asker.get(&path(""))).await;
        answer.expect(200);
        told("a request, of which the authority is one unit", &cost);
        assert_eq!((cost.calls, cost.write_units), (1, 0));
        assert!(
            (cost.items..=cost.items + 1).contains(&cost.read_units),
            "{cost:?}"
        );
    }
}

#[tokio::test]
async fn a_token_costs_little_more_than_its_signature_and_no_call() {
    let office = Office::open().await;
    let key_sets = || KeySets::new(office.stage.table());
    let verifier = TokenVerifier::new(office.stage.config.issuers.clone(), key_sets());
    let token = office.sign(&claims(PERSONS, AGENT));
    verifier.verify(&token).await.unwrap();
    let set = key_sets().get(PERSONS, |_| true).await.unwrap().unwrap();
    let set: JwkSet = serde_json::from_str(&set.set.jwks).unwrap();
    let key = DecodingKey::from_jwk(&set.keys[0]).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();

    let before = office.stage.aws.calls().so_far();
    let (mut whole, mut alone) = (Vec::new(), Vec::new());
    let mut asked = Vec::new();
    // In turn, so that whatever else the machine does falls on both.
    for _ in 0..101 {
        let started = Elapsed::now();
        verifier.verify(&token).await.unwrap();
        whole.push(started.elapsed());
        let started = Elapsed::now();
        let good = crypto::verify(signature, signed.as_bytes(), &key, Algorithm::ES256);
        alone.push(started.elapsed());
        assert!(good.unwrap());
    }
    let calls = office.stage.aws.calls().so_far() - before;
    assert_eq!(calls, Calls::default());
    for _ in 0..101 {
        let started = Elapsed::now();
        let read = office.agent().get("/v1/applications");
        office.ask(read).await.expect(200);
        asked.push(started.elapsed());
    }
    let asked = median(asked);
    let (whole, alone) = (median(whole), median(alone));
    let ratio = whole.as_secs_f64() / alone.as_secs_f64();
    eprintln!("a token: {whole:?}, {ratio:.2} times its signature alone ({alone:?})");
    let without = asked.saturating_sub(whole);
    let share = asked.as_secs_f64() / without.as_secs_f64();
    eprintln!("a request: {asked:?}, {share:.3} times the same without a token ({without:?})");
    assert!(share < 2.0, "a token costs more than all the rest");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
