//! What becomes of a paper depends on what it is.

use domain::chain::Digest;
use domain::document::Kept;
use domain::ids::EventId;
use domain::manifest::PaperState;
use domain::media::MediaType;
use platform::documents::{clean_key, quarantine_key};
use platform::outbox::Message;
use platform::table::Key;
use support::filing::{Filing, PAPERS, paper};

use crate::{
    FIRE, SAMPLE, arrival, batch, clean, failures, fire_opinion, intake, notification, quarantined,
    settled, stage, upload,
};

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
async fn of_a_picture_the_digest_that_was_sent_stays_and_what_is_kept_is_told_beside_it() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let sent = paper("PSB-APR-004/MAT-PLAN.jpg");
    let document = filing.announce("MAT-PLAN", MediaType::Jpeg, &sent).await;
    upload(&stage, &document, &sent).await;
    assert!(
        failures(&intake(&stage), arrival(&document))
            .await
            .is_empty()
    );

    let case = filing.case_with(document.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
    let settled = case.document.unwrap().body;
    assert_eq!(settled.sha256, Digest::of(&sent));
    let kept = clean(&stage, &document).await.unwrap();
    assert_ne!(kept, sent);
    let told = Kept {
        sha256: Digest::of(&kept),
        size: kept.len() as u64,
    };
    assert_eq!(settled.kept, Some(told));
}

#[tokio::test]
async fn every_paper_of_the_hotel_is_clean_and_the_review_hears_of_each() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let documents = filing.announce_all().await;
    filing.submit().await;
    let mut keys = Vec::new();
    for (document, (_, file, _)) in documents.iter().zip(PAPERS) {
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
        let signal = Key::signal(&filing.number, EventId(document.id.0));
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
    let signal = Key::signal(&filing.number, EventId(document.id.0));
    assert!(stage.item(&signal).await.is_none());
}

#[tokio::test]
async fn a_paper_of_a_draft_expires_with_it_and_one_of_an_application_is_kept() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let early = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &early, &fire_opinion()).await;
    assert!(failures(&intake(&stage), arrival(&early)).await.is_empty());
    let tags = stage.tags(&clean_key(&filing.number, early.id)).await;
    assert_eq!(tags, [("case".to_owned(), "draft".to_owned())]);

    let documents = filing.announce_all().await;
    filing.submit().await;
    let late = documents
        .iter()
        .find(|document| document.material.as_str() == FIRE)
        .unwrap();
    upload(&stage, late, &fire_opinion()).await;
    assert!(failures(&intake(&stage), arrival(late)).await.is_empty());
    let tags = stage.tags(&clean_key(&filing.number, late.id)).await;
    assert!(tags.is_empty(), "{tags:?}");
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
