//! Papers that arrive in quarantine are settled once, whatever comes twice, late or in between.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

mod delivery;
mod scanner;
mod verdict;

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use domain::document::Document;
use domain::manifest::PaperState;
use intake::Intake;
use platform::cases::Case;
use platform::documents::{clean_key, quarantine_key};
use serde_json::{Value, json};
use support::filing::paper;
use support::{Emulated, Site};

const SAMPLE: &str = include_str!("../../../../events/intake-object-created.json");
const FIRE: &str = "MAT-FIRE";

/// A stage whose malware scanner does its work.
async fn stage() -> Emulated {
    let (stage, site) = stage_and_scanner().await;
    support::scanner::scan_well(&site);
    stage
}

/// A stage whose malware scanner is at the site.
async fn stage_and_scanner() -> (Emulated, Site) {
    let site = Site::new().await;
    let stage = Emulated::with(&[("MALWARE_SCANNER_URL", &site.url())]).await;
    (stage, site)
}

/// The function as deployed: without a key that could open a form.
fn intake(stage: &Emulated) -> Intake {
    let mut config = stage.config.clone();
    config.key_id = None;
    Intake::new(Arc::clone(&stage.aws), &config).unwrap()
}

fn notification(keys: &[String]) -> String {
    let sample: Value = serde_json::from_str(SAMPLE).unwrap();
    let body = sample["Records"][0]["body"].as_str().unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    let records: Vec<Value> = keys
        .iter()
        .map(|key| {
            let mut record = body["Records"][0].clone();
            record["s3"]["object"]["key"] = json!(key);
            record
        })
        .collect();
    json!({"Records": records}).to_string()
}

fn batch(bodies: &[String]) -> SqsEvent {
    let records: Vec<Value> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| json!({"messageId": index.to_string(), "body": body}))
        .collect();
    serde_json::from_value(json!({"Records": records})).unwrap()
}

fn arrival(document: &Document) -> SqsEvent {
    let key = quarantine_key(&document.application, document.id);
    batch(&[notification(&[key])])
}

/// The numbers of the messages that failed.
async fn failures(intake: &Intake, event: SqsEvent) -> Vec<String> {
    let answer = intake.handle(event).await;
    let failures = answer.batch_item_failures.into_iter();
    failures.map(|failure| failure.item_identifier).collect()
}

async fn upload(stage: &Emulated, document: &Document, bytes: &[u8]) {
    let key = quarantine_key(&document.application, document.id);
    stage.put_object(&key, bytes).await;
}

async fn quarantined(stage: &Emulated, document: &Document) -> bool {
    let key = quarantine_key(&document.application, document.id);
    stage.object(&key).await.is_some()
}

async fn clean(stage: &Emulated, document: &Document) -> Option<Vec<u8>> {
    stage
        .object(&clean_key(&document.application, document.id))
        .await
}

fn fire_opinion() -> Vec<u8> {
    paper("PSB-APR-004/MAT-FIRE.pdf")
}

/// The document as it lies in the table, after making sure that the manifest says the same.
fn settled(case: &Case) -> (PaperState, Vec<String>) {
    let document = &case.document.as_ref().unwrap().body;
    let papers = &case.manifest.as_ref().unwrap().body.papers;
    assert_eq!(papers[&document.material], document.as_paper());
    (document.state, document.reasons.clone())
}
