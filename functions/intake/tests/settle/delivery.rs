//! Messages come twice, early, late, and while others change the case.

use domain::ids::DocumentId;
use domain::manifest::PaperState;
use domain::media::MediaType;
use platform::documents::quarantine_key;
use serde_json::json;
use support::Reply;
use support::filing::{Filing, paper};
use uuid::Uuid;

use crate::{
    FIRE, arrival, batch, clean, failures, fire_opinion, intake, notification, quarantined,
    settled, stage, upload,
};

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
    let stranger = DocumentId(Uuid::from_u128(7));
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
