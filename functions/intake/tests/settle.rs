//! Papers that arrive in quarantine are settled once, whatever comes twice, late or in between.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use domain::document::Document;
use domain::manifest::PaperState;
use domain::media::MediaType;
use intake::Intake;
use platform::cases::Case;
use platform::documents::{clean_key, quarantine_key};
use platform::outbox::Message;
use platform::table::Key;
use serde_json::{Value, json};
use support::filing::{Filing, paper};
use support::{Emulated, Reply};

const SAMPLE: &str = include_str!("../../../events/intake-object-created.json");
const FIRE: &str = "MAT-FIRE";

/// The environment of the function has no key that could open a form.
async fn stage() -> Emulated {
    Emulated::new().await
}

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

#[tokio::test]
async fn a_paper_that_is_what_it_says_becomes_clean() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &fire_opinion()).await;

    let sample = serde_json::from_str(SAMPLE).unwrap();
    assert!(failures(&intake(&stage), sample).await.is_empty());

    let case = filing.case_with(document.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
    assert!(case.document.unwrap().body.examined_at.is_some());
    assert_eq!(clean(&stage, &document).await, Some(fire_opinion()));
    assert!(!quarantined(&stage, &document).await);
}

#[tokio::test]
async fn every_paper_of_the_hotel_is_clean_and_the_review_hears_of_each() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let documents = filing.announce_all().await;
    filing.submit().await;
    let mut keys = Vec::new();
    for (document, (_, file, _)) in documents.iter().zip(support::filing::PAPERS) {
        upload(&stage, document, &paper(&format!("PSB-APR-004/{file}"))).await;
        keys.push(quarantine_key(&document.application, document.id));
    }
    // Several records in a message, several messages in a batch.
    let (some, others) = keys.split_at(3);
    let event = batch(&[notification(some), notification(others)]);
    assert!(failures(&intake(&stage), event).await.is_empty());

    for document in &documents {
        let case = filing.case_with(document.id).await;
        assert_eq!(
            settled(&case),
            (PaperState::Clean, vec![]),
            "{}",
            document.material
        );
        let signal = Key::signal(&filing.number, domain::ids::EventId(document.id.0));
        let signal = stage.item(&signal).await.unwrap();
        let message = signal["message"].as_s().unwrap();
        let message: Message = serde_json::from_str(message).unwrap();
        assert_eq!(message.application, filing.number);
        assert!(signal.contains_key("outbox"));
    }
}

#[tokio::test]
async fn a_paper_of_a_draft_is_no_word_to_the_review() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &fire_opinion()).await;
    assert!(
        failures(&intake(&stage), arrival(&document))
            .await
            .is_empty()
    );
    let signal = Key::signal(&filing.number, domain::ids::EventId(document.id.0));
    assert!(stage.item(&signal).await.is_none());
}

#[tokio::test]
async fn a_paper_that_is_not_what_it_says_is_rejected_with_the_reason_and_not_kept() {
    for (file, media_type, material, reason) in [
        ("broken/truncated.pdf", MediaType::Pdf, FIRE, "pdf_damaged"),
        (
            "broken/renamed-png.pdf",
            MediaType::Pdf,
            FIRE,
            "not_what_it_says",
        ),
        (
            "broken/macro.xlsx",
            MediaType::Xlsx,
            "MAT-STAFF",
            "workbook_macros",
        ),
        // A picture where the item asks for a PDF.
        (
            "PSB-APR-004/MAT-PLAN.jpg",
            MediaType::Jpeg,
            FIRE,
            "format_not_accepted",
        ),
    ] {
        let stage = stage().await;
        let filing = Filing::open(&stage).await;
        let document = filing.announce(material, media_type, &paper(file)).await;
        upload(&stage, &document, &paper(file)).await;
        assert!(
            failures(&intake(&stage), arrival(&document))
                .await
                .is_empty()
        );

        let (state, reasons) = settled(&filing.case_with(document.id).await);
        assert_eq!(state, PaperState::Rejected, "{file}");
        assert!(
            reasons.iter().any(|code| code == reason),
            "{file}: {reasons:?}"
        );
        assert_eq!(clean(&stage, &document).await, None);
        assert!(!quarantined(&stage, &document).await);
    }
}

#[tokio::test]
async fn other_bytes_than_announced_are_rejected() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let mut other = fire_opinion();
    *other.last_mut().unwrap() ^= 1;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &other).await;
    assert!(
        failures(&intake(&stage), arrival(&document))
            .await
            .is_empty()
    );
    let (_, reasons) = settled(&filing.case_with(document.id).await);
    assert!(reasons.contains(&"hash_differs".to_owned()), "{reasons:?}");
}

#[tokio::test]
async fn what_is_longer_than_announced_is_rejected_unread() {
    for (length, reason) in [
        (2_000_000, "size_differs"),
        (21 * 1024 * 1024, "file_too_large"),
    ] {
        let stage = stage().await;
        let filing = Filing::open(&stage).await;
        let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
        upload(&stage, &document, &vec![b' '; length]).await;
        assert!(
            failures(&intake(&stage), arrival(&document))
                .await
                .is_empty()
        );
        let (state, reasons) = settled(&filing.case_with(document.id).await);
        assert_eq!(
            (state, reasons),
            (PaperState::Rejected, vec![reason.to_owned()])
        );
        assert!(!quarantined(&stage, &document).await);
    }
}

#[tokio::test]
async fn a_message_delivered_twice_settles_once() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    let papers = filing.case().await.manifest.unwrap().body.papers;
    let mut papers = papers.into_iter();
    let (_, announced) = papers
        .find(|(material, _)| material.as_str() == FIRE)
        .unwrap();
    let document = filing
        .case_with(announced.document)
        .await
        .document
        .unwrap()
        .body;
    upload(&stage, &document, &fire_opinion()).await;
    let intake = intake(&stage);
    assert!(failures(&intake, arrival(&document)).await.is_empty());
    let once = filing.case_with(document.id).await;

    // The object is there again too, as after a repeated upload of the same bytes.
    upload(&stage, &document, &fire_opinion()).await;
    assert!(failures(&intake, arrival(&document)).await.is_empty());
    let twice = filing.case_with(document.id).await;
    assert_eq!(twice.document, once.document);
    assert_eq!(twice.manifest, once.manifest);
    assert!(!quarantined(&stage, &document).await);
}

#[tokio::test]
async fn two_functions_that_get_the_same_message_settle_once() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &fire_opinion()).await;
    // The other one is faster by a moment: it has settled the document before this one commits.
    let (other, event) = (intake(&stage), arrival(&document));
    stage.faults.before("TransactWriteItems", async move {
        assert!(other.handle(event).await.batch_item_failures.is_empty());
    });
    assert!(
        failures(&intake(&stage), arrival(&document))
            .await
            .is_empty()
    );
    assert!(stage.faults.all_happened());
    let case = filing.case_with(document.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
    assert_eq!(
        case.document.unwrap().version,
        2,
        "announced and settled once"
    );
    assert!(!quarantined(&stage, &document).await);
}

#[tokio::test]
async fn a_message_that_comes_before_its_object_or_after_it_has_gone_does_nothing() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    assert!(
        failures(&intake(&stage), arrival(&document))
            .await
            .is_empty()
    );
    let (state, _) = settled(&filing.case_with(document.id).await);
    assert_eq!(state, PaperState::Awaiting, "it can still be sent");
}

#[tokio::test]
async fn a_replaced_document_leaves_quarantine_and_the_one_in_its_place_alone() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let replaced = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &replaced, &fire_opinion()).await;
    let newer = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;

    assert!(
        failures(&intake(&stage), arrival(&replaced))
            .await
            .is_empty()
    );
    assert!(!quarantined(&stage, &replaced).await);
    assert_eq!(clean(&stage, &replaced).await, None);
    let (state, _) = settled(&filing.case_with(newer.id).await);
    assert_eq!(state, PaperState::Awaiting);
}

#[tokio::test]
async fn an_upload_of_another_paper_in_the_same_moment_is_not_lost() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    let rules = paper("PSB-APR-004/MAT-RULES.pdf");
    let other = filing.announce("MAT-RULES", MediaType::Pdf, &rules).await;
    upload(&stage, &document, &fire_opinion()).await;
    upload(&stage, &other, &rules).await;
    // The other paper is settled between this one's examination and its commit.
    let (concurrent, event) = (intake(&stage), arrival(&other));
    stage.faults.before("TransactWriteItems", async move {
        assert!(
            concurrent
                .handle(event)
                .await
                .batch_item_failures
                .is_empty()
        );
    });
    assert!(
        failures(&intake(&stage), arrival(&document))
            .await
            .is_empty()
    );
    for document in [&document, &other] {
        let case = filing.case_with(document.id).await;
        assert_eq!(settled(&case), (PaperState::Clean, vec![]));
    }
}

#[tokio::test]
async fn a_case_that_changes_at_every_attempt_leaves_its_message_for_later() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &fire_opinion()).await;
    stage.faults.answer("TransactWriteItems", 3, |_| {
        let reasons = json!([{"Code": "ConditionalCheckFailed"}, {"Code": "None"}]);
        Some(Reply::json(
            400,
            json!({
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "CancellationReasons": reasons,
            }),
        ))
    });
    let intake = intake(&stage);
    assert_eq!(failures(&intake, arrival(&document)).await, ["0"]);
    assert!(quarantined(&stage, &document).await, "nothing is lost");
    assert!(failures(&intake, arrival(&document)).await.is_empty());
    let case = filing.case_with(document.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
}

#[tokio::test]
async fn a_poison_message_fails_alone() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &fire_opinion()).await;
    let key = quarantine_key(&document.application, document.id);
    let event = batch(&[
        "{\"Records\":".to_owned(),
        json!({"Service": "Amazon S3", "Event": "s3:TestEvent"}).to_string(),
        notification(&["quarantine/somebody's holiday.jpg".to_owned()]),
        notification(&[key]),
    ]);
    assert_eq!(failures(&intake(&stage), event).await, ["0"]);
    let case = filing.case_with(document.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
}

#[tokio::test]
async fn the_store_being_out_of_order_leaves_the_message_for_later() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &fire_opinion()).await;
    let intake = intake(&stage);
    // The SDK tries three times.
    for operation in ["PutObject", "BatchGetItem", "DeleteObject"] {
        stage
            .faults
            .answer(operation, 3, |_| Some(Reply::unavailable()));
        assert_eq!(
            failures(&intake, arrival(&document)).await,
            ["0"],
            "{operation}"
        );
        assert!(stage.faults.all_happened());
    }
    assert!(failures(&intake, arrival(&document)).await.is_empty());
    let case = filing.case_with(document.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
    assert!(!quarantined(&stage, &document).await);
}

#[tokio::test]
async fn bytes_of_a_case_that_nobody_knows_any_more_are_not_kept() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let number = &filing.number;
    let stranger = domain::ids::DocumentId(uuid::Uuid::from_u128(7));
    let key = quarantine_key(number, stranger);
    stage.put_object(&key, fire_opinion()).await;
    let event = batch(&[notification(std::slice::from_ref(&key))]);
    assert!(failures(&intake(&stage), event).await.is_empty());
    assert!(stage.object(&key).await.is_none());
}

#[tokio::test]
async fn notifications_of_the_bucket_itself_are_understood() {
    use aws_sdk_s3::types::{Event, NotificationConfiguration, QueueConfiguration};
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    // The review's queue stands in for the queue of the intake.
    let url = stage.config.review_queue_url.clone().unwrap();
    let account = url.split('/').rev().nth(1).unwrap();
    let queue = QueueConfiguration::builder()
        .queue_arn(format!("arn:aws:sqs:us-east-1:{account}:review"))
        .events(Event::from("s3:ObjectCreated:*"))
        .build();
    let configuration = NotificationConfiguration::builder().queue_configurations(queue.unwrap());
    stage
        .s3
        .put_bucket_notification_configuration()
        .bucket(stage.config.documents_bucket.clone().unwrap())
        .notification_configuration(configuration.build())
        .send()
        .await
        .unwrap();
    let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &document, &fire_opinion()).await;

    let messages = stage.review_messages().await;
    assert!(
        messages.iter().any(|body| body.contains("ObjectCreated:")),
        "{messages:?}"
    );
    assert!(failures(&intake(&stage), batch(&messages)).await.is_empty());
    let case = filing.case_with(document.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
}
