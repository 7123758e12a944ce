//! Nothing becomes clean that the malware scanner has not seen, and while it is silent papers wait.

use std::sync::Arc;
use std::time::Duration;

use domain::chain::Digest;
use domain::ids::EventId;
use domain::manifest::PaperState;
use domain::media::{MediaType, RejectReason};
use intake::Intake;
use platform::error::PlatformError;
use platform::scanner::HttpScanner;
use platform::table::Key;
use serde_json::json;
use support::filing::Filing;
use support::scanner::{infected_table, scan_well};
use support::{Emulated, Site};

use crate::{
    FIRE, arrival, clean, failures, fire_opinion, intake, quarantined, settled, stage,
    stage_and_scanner, upload,
};

/// The function with a scanner that may take a moment only.
fn impatient(stage: &Emulated) -> Intake {
    let scanner = HttpScanner::new(&stage.config).unwrap();
    intake(stage).with_scanner(scanner.within(Duration::from_millis(300)))
}

#[tokio::test]
async fn malware_is_rejected_with_what_to_do_next_and_not_kept() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let table = infected_table();
    let document = filing.announce("MAT-STAFF", MediaType::Csv, &table).await;
    upload(&stage, &document, &table).await;
    let handled = failures(&intake(&stage), arrival(&document)).await;
    assert!(handled.is_empty());

    let (state, reasons) = settled(&filing.case_with(document.id).await);
    assert_eq!(state, PaperState::Rejected);
    assert_eq!(reasons, ["malware_found"]);
    let words = RejectReason::from_code(&reasons[0]).unwrap().words();
    assert!(words.zh.contains("请对电脑查毒"), "{}", words.zh);
    assert!(words.zh.contains("重新制作文件后上传"), "{}", words.zh);
    assert!(words.en.contains("Check your computer"), "{}", words.en);
    assert!(words.en.contains("make the file anew"), "{}", words.en);
    assert_eq!(clean(&stage, &document).await, None);
    assert!(!quarantined(&stage, &document).await);
}

type Misbehaviour = (&'static str, fn(&Site));

/// What the scanner says when it says nothing of use.
fn misbehaviours() -> [Misbehaviour; 6] {
    [
        ("down", |site| site.show_with_status("/scan", 503, "{}")),
        ("slow", |site| site.be_silent("/scan")),
        ("not of its protocol", |site| {
            site.show("/scan", r#"{"code":0,"data":[null]}"#);
        }),
        ("of another file", |site| {
            let other = json!({"sha256": Digest::of(b"another file"), "verdict": "clean"});
            site.show("/scan", other.to_string());
        }),
        ("elsewhere", |site| site.redirect("/scan", "/clean")),
        ("endless", |site| site.show("/scan", vec![b' '; 65 * 1024])),
    ]
}

#[tokio::test]
async fn a_paper_waits_while_the_scanner_is_silent_and_settles_once_it_is_back() {
    for (what, misbehave) in misbehaviours() {
        let (stage, site) = stage_and_scanner().await;
        misbehave(&site);
        let filing = Filing::open(&stage).await;
        let document = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
        upload(&stage, &document, &fire_opinion()).await;

        // The message comes twice, and the document is told as received once.
        for _ in 0..2 {
            let failed = failures(&impatient(&stage), arrival(&document)).await;
            assert_eq!(failed, ["0"], "{what}");
            let case = filing.case_with(document.id).await;
            assert_eq!(settled(&case), (PaperState::Received, vec![]), "{what}");
            let waiting = case.document.unwrap();
            assert_eq!(waiting.version, 2, "{what}");
            assert_eq!(waiting.body.examined_at, None, "{what}");
            assert_eq!(clean(&stage, &document).await, None, "{what}");
            assert!(quarantined(&stage, &document).await, "{what}");
        }

        scan_well(&site);
        let failed = failures(&intake(&stage), arrival(&document)).await;
        assert!(failed.is_empty(), "{what}");
        let case = filing.case_with(document.id).await;
        assert_eq!(settled(&case), (PaperState::Clean, vec![]), "{what}");
        assert_eq!(clean(&stage, &document).await, Some(fire_opinion()));
        assert!(!quarantined(&stage, &document).await);
    }
}

#[tokio::test]
async fn what_the_examination_refuses_needs_no_scanner() {
    let (stage, site) = stage_and_scanner().await;
    site.show_with_status("/scan", 503, "{}");
    let filing = Filing::open(&stage).await;
    let broken = support::filing::paper("broken/truncated.pdf");
    let document = filing.announce(FIRE, MediaType::Pdf, &broken).await;
    upload(&stage, &document, &broken).await;
    let handled = failures(&intake(&stage), arrival(&document)).await;
    assert!(handled.is_empty());
    let (state, _) = settled(&filing.case_with(document.id).await);
    assert_eq!(state, PaperState::Rejected);
}

#[tokio::test]
async fn a_received_paper_is_submitted_as_an_awaited_one_and_the_review_hears_once_it_settles() {
    let (stage, site) = stage_and_scanner().await;
    site.show_with_status("/scan", 503, "{}");
    let filing = Filing::open(&stage).await;
    let documents = filing.announce_all().await;
    let fire = documents.iter().find(|it| it.material.as_str() == FIRE);
    let fire = fire.unwrap();
    upload(&stage, fire, &fire_opinion()).await;
    assert_eq!(failures(&intake(&stage), arrival(fire)).await, ["0"]);
    filing.submit().await;
    let case = filing.case_with(fire.id).await;
    assert!(case.state.is_some(), "submitted");
    assert_eq!(settled(&case), (PaperState::Received, vec![]));

    let signal = Key::signal(&filing.number, EventId(fire.id.0));
    assert_eq!(failures(&intake(&stage), arrival(fire)).await, ["0"]);
    assert!(stage.item(&signal).await.is_none(), "nothing is new yet");
    scan_well(&site);
    assert!(failures(&intake(&stage), arrival(fire)).await.is_empty());
    let case = filing.case_with(fire.id).await;
    assert_eq!(settled(&case), (PaperState::Clean, vec![]));
    assert!(stage.item(&signal).await.is_some());
}

#[tokio::test]
async fn two_functions_that_find_the_scanner_silent_tell_it_once() {
    let (stage, site) = stage_and_scanner().await;
    site.show_with_status("/scan", 503, "{}");
    let filing = Filing::open(&stage).await;
    let fire = filing.announce(FIRE, MediaType::Pdf, &fire_opinion()).await;
    upload(&stage, &fire, &fire_opinion()).await;
    // The other one is faster by a moment.
    let (other, event) = (intake(&stage), arrival(&fire));
    stage.faults.before("TransactWriteItems", async move {
        assert_eq!(other.handle(event).await.batch_item_failures.len(), 1);
    });
    assert_eq!(failures(&intake(&stage), arrival(&fire)).await, ["0"]);
    assert!(stage.faults.all_happened());
    let case = filing.case_with(fire.id).await;
    assert_eq!(settled(&case), (PaperState::Received, vec![]));
    assert_eq!(case.document.unwrap().version, 2, "written once");
}

#[tokio::test]
async fn the_function_does_not_start_without_a_scanner() {
    let stage = stage().await;
    let mut config = stage.config.clone();
    config.malware_scanner_url = None;
    let refused = Intake::new(Arc::clone(&stage.aws), &config).unwrap_err();
    assert!(matches!(refused, PlatformError::Configuration(_)));
    assert!(refused.to_string().contains("MALWARE_SCANNER_URL"));
}
