//! The review as its messages reach it.
#![allow(dead_code, reason = "every test takes what it needs")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use domain::identifiers::Uscc;
use domain::item::ServiceItem;
use domain::media::MediaType;
use review::Review;
use serde_json::{Value, json};
use support::filing::Filing;
use support::{Emulated, Site};

const SAMPLE: &str = include_str!("../../../../events/review-submitted.json");
/// Two seals that take the place of lost and destroyed ones: an instant item.
const SEALS: &str = include_str!("../../../../shared/catalogue/fixtures/PSB-APR-006.valid.json");
/// What the filing of seals asks for.
const PAPERS_OF_SEALS: [&str; 3] = ["MAT-BIZ", "MAT-LEGAL-ID", "MAT-AGENT-ID"];

fn registers(at: &str) -> [(&'static str, &str); 2] {
    ["ENTERPRISE_REGISTER_URL", "VEHICLE_REGISTER_URL"].map(|register| (register, at))
}

/// A stage without registers: the hotel licence needs none.
pub(crate) async fn stage() -> Emulated {
    Emulated::with(&registers("http://127.0.0.1:9")).await
}

/// A stage whose enterprise register knows the hotel.
pub(crate) async fn registered_stage() -> (Emulated, Site) {
    let site = Site::new().await;
    let uscc = Uscc::parse("91140100XXX1000286").unwrap();
    let entry = json!({
        "uscc": uscc.as_str(), "name": {"zh": "太原示例酒店管理有限公司"},
        "legal_representative": "legal-a", "region": "140105", "state": "active",
    });
    site.show(
        &format!("/enterprises/{}", uscc.as_str()),
        entry.to_string(),
    );
    let stage = Emulated::with(&registers(&site.url())).await;
    (stage, site)
}

fn seals() -> &'static ServiceItem {
    catalogue::item_version(&"PSB-APR-006".parse().unwrap(), 1).unwrap()
}

/// The filing of seals under an engraving `order`, submitted with clean papers: nothing speaks against it.
pub(crate) async fn seals_submitted<'s>(
    stage: &'s Emulated,
    number: &str,
    order: &str,
) -> Filing<'s> {
    let mut form: Value = serde_json::from_str(SEALS).unwrap();
    form["order_number"] = order.into();
    let filing = Filing::open_for(seals(), stage, number, &form).await;
    for material in PAPERS_OF_SEALS {
        let bytes = format!("{number} {material}").into_bytes();
        let document = filing.announce(material, MediaType::Pdf, &bytes).await;
        filing.settle(&document, &[]).await;
    }
    filing.submit().await;
    filing
}

pub(crate) fn review(stage: &Emulated) -> Review {
    Review::new(Arc::clone(&stage.aws), &stage.config).unwrap()
}

pub(crate) fn sample() -> SqsEvent {
    serde_json::from_str(SAMPLE).unwrap()
}

pub(crate) fn batch(bodies: &[String]) -> SqsEvent {
    let records: Vec<Value> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| json!({"messageId": index.to_string(), "body": body}))
        .collect();
    serde_json::from_value(json!({"Records": records})).unwrap()
}

pub(crate) fn message(number: &str, topic: &str) -> String {
    let id = "0198a0f2-0000-7000-8000-0000000000e2";
    json!({"id": id, "topic": topic, "application": number}).to_string()
}

pub(crate) async fn failures(review: &Review, event: SqsEvent) -> Vec<String> {
    let answer = review.handle(event).await;
    let failures = answer.batch_item_failures.into_iter();
    failures.map(|failure| failure.item_identifier).collect()
}

/// Has the `filing` reviewed, as after its submission.
pub(crate) async fn reviewed(review: &Review, filing: &Filing<'_>) {
    let submitted = batch(&[message(filing.number.as_str(), "submitted")]);
    assert!(failures(review, submitted).await.is_empty());
}
