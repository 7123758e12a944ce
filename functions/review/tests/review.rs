//! A case is reviewed when it is submitted and when its papers settle, and has one report.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

mod desk;

use desk::{batch, failures, message, review, sample, stage};
use domain::media::MediaType;
use domain::review::{Check, CheckKind, CheckOutcome, Report};
use platform::documents::clean_key;
use platform::reports;
use platform::table::Record;
use serde_json::json;
use support::Reply;
use support::filing::{Filing, NUMBER, PAPERS, form, paper};

async fn report(filing: &Filing<'_>) -> Record<Report> {
    filing.case().await.report.unwrap()
}

fn outcome(report: &Report, kind: CheckKind, subject: &str) -> CheckOutcome {
    let of_subject = |check: &&Check| check.kind == kind && check.subject == subject;
    report.checks.iter().find(of_subject).unwrap().outcome
}

#[tokio::test]
async fn a_submission_gets_a_report_on_everything_that_can_be_checked() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    assert!(failures(&review(&stage), sample()).await.is_empty());

    let Record {
        version,
        body: report,
    } = report(&filing).await;
    assert_eq!(version, 1);
    assert_eq!(report.application, filing.number);
    assert_eq!(
        report.papers_version,
        filing.case().await.manifest.unwrap().version
    );
    let of_kind = |kind| {
        report
            .checks
            .iter()
            .filter(|check| check.kind == kind)
            .count()
    };
    assert_eq!(
        of_kind(CheckKind::Completeness),
        7,
        "required materials but the form"
    );
    assert_eq!(of_kind(CheckKind::Document), 8);
    assert_eq!(of_kind(CheckKind::Identifier), 2);
    assert_eq!(of_kind(CheckKind::Rule), 6);
    assert_eq!(of_kind(CheckKind::Duplicate), 1);
    for check in &report.checks {
        let expected = match check.kind {
            // Nothing has arrived yet.
            CheckKind::Document => CheckOutcome::CouldNotBeChecked,
            _ => CheckOutcome::Passed,
        };
        assert_eq!(check.outcome, expected, "{check:?}");
        assert!(!check.reason.zh.is_empty() && !check.reason.en.is_empty());
    }
    assert_eq!(report.outcome(), CheckOutcome::CouldNotBeChecked);
}

#[tokio::test]
async fn the_report_follows_the_papers_as_they_settle() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let documents = filing.announce_all().await;
    filing.submit().await;
    let review = review(&stage);
    assert!(failures(&review, sample()).await.is_empty());

    let (refused, others) = documents.split_first().unwrap();
    for document in others {
        filing.settle(document, &[]).await;
    }
    filing.settle(refused, &["pdf_encrypted"]).await;
    let settled = batch(&[message(NUMBER, "document_settled")]);
    assert!(failures(&review, settled).await.is_empty());
    let report = report(&filing).await.body;
    let of = |material| outcome(&report, CheckKind::Document, material);
    assert_eq!(of("MAT-FIRE"), CheckOutcome::Passed);
    assert_eq!(of(refused.material.as_str()), CheckOutcome::Failed);
    let refusal = report
        .checks
        .iter()
        .find(|check| check.reason.en.contains("encrypted"));
    assert_eq!(refusal.unwrap().subject, refused.material.as_str());
    assert_eq!(report.outcome(), CheckOutcome::Failed);
}

#[tokio::test]
async fn what_was_a_drafts_paper_is_kept_once_it_is_submitted() {
    let stage = stage().await;
    let filing = Filing::open(&stage).await;
    let documents = filing.announce_all().await;
    let store = stage.documents();
    let (missing, others) = documents.split_first().unwrap();
    for document in others {
        let of_material =
            |(material, ..): &&(&str, &str, MediaType)| *material == document.material.as_str();
        let (_, file, _) = PAPERS.iter().find(of_material).unwrap();
        let bytes = paper(&format!("PSB-APR-004/{file}")).into();
        store
            .store_clean(document, bytes, document.sha256, true)
            .await
            .unwrap();
        filing.settle(document, &[]).await;
    }
    // Settled, but not in the store: nothing to keep, and no reason to fail.
    filing.settle(missing, &[]).await;
    filing.submit().await;
    assert!(failures(&review(&stage), sample()).await.is_empty());
    for document in others {
        let tags = stage.tags(&clean_key(&filing.number, document.id)).await;
        assert!(tags.is_empty(), "{tags:?}");
    }
}

#[tokio::test]
async fn the_same_message_twice_writes_one_report() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    let review = review(&stage);
    assert!(failures(&review, sample()).await.is_empty());
    let first = report(&filing).await;
    assert!(failures(&review, sample()).await.is_empty());
    assert_eq!(report(&filing).await, first);
}

#[tokio::test]
async fn two_functions_that_review_at_once_write_one_report() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    let faster = review(&stage);
    // The table is asked for the case, and then for the branch key.
    let review = review(&stage);
    stage.faults.before("TransactWriteItems", async move {
        assert!(faster.handle(sample()).await.batch_item_failures.is_empty());
    });
    assert!(failures(&review, sample()).await.is_empty());
    assert!(stage.faults.all_happened());
    assert_eq!(report(&filing).await.version, 1);
}

#[tokio::test]
async fn a_report_on_newer_papers_is_not_replaced_by_one_on_older_papers() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    // A review that saw papers this one cannot have seen yet.
    let newer = Report {
        application: filing.number.clone(),
        reviewed_at: filing.case().await.now,
        papers_version: filing.case().await.manifest.unwrap().version + 1,
        checks: Vec::new(),
    };
    reports::store(&stage.table(), &newer, None).await.unwrap();
    assert!(failures(&review(&stage), sample()).await.is_empty());
    assert_eq!(report(&filing).await.body, newer);
}

#[tokio::test]
async fn what_does_not_hold_is_told_with_its_reason() {
    let stage = stage().await;
    let mut form = form();
    form["beds"] = json!(10);
    form["premises"]
        .as_object_mut()
        .unwrap()
        .remove("area_square_metres");
    form["legal_representative"]["resident_id"] = json!("140105198001010004");
    let filing = Filing::open_with(&stage, &form).await;
    filing.announce_all().await;
    // The same file under another material.
    let bytes = paper("PSB-APR-004/MAT-RULES.pdf");
    filing.announce("MAT-POA", MediaType::Pdf, &bytes).await;
    filing.submit().await;
    assert!(failures(&review(&stage), sample()).await.is_empty());

    let report = report(&filing).await.body;
    let rule = |code| outcome(&report, CheckKind::Rule, code);
    assert_eq!(rule("beds_cover_rooms"), CheckOutcome::Failed);
    assert_eq!(rule("area_fits_beds"), CheckOutcome::CouldNotBeChecked);
    assert_eq!(rule("lease_outlasts_opening"), CheckOutcome::Passed);
    let pointer = "/legal_representative/resident_id";
    assert_eq!(
        outcome(&report, CheckKind::Identifier, pointer),
        CheckOutcome::Failed
    );
    let doubled = report
        .checks
        .iter()
        .find(|check| check.reason.en.contains("same file"));
    assert_eq!(doubled.unwrap().outcome, CheckOutcome::Failed);
    let text = serde_json::to_string(&report).unwrap();
    assert!(
        !text.contains("140105198001010004"),
        "a report holds nothing personal"
    );
}

#[tokio::test]
async fn drafts_ended_cases_and_other_news_are_not_reviewed() {
    let stage = stage().await;
    let review = review(&stage);
    assert!(
        failures(&review, sample()).await.is_empty(),
        "a case that is not there"
    );
    let filing = Filing::open(&stage).await;
    assert!(failures(&review, sample()).await.is_empty());
    assert!(filing.case().await.report.is_none(), "a draft");

    filing.announce_all().await;
    filing.submit().await;
    let other_news = batch(&[message(NUMBER, "happened"), message(NUMBER, "happened")]);
    assert!(failures(&review, other_news).await.is_empty());
    assert!(filing.case().await.report.is_none(), "other news");

    filing.withdraw().await;
    assert!(failures(&review, sample()).await.is_empty());
    assert!(filing.case().await.report.is_none(), "an ended case");
}

#[tokio::test]
async fn a_poison_message_fails_alone() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    let event = batch(&[
        "not JSON".to_owned(),
        message(NUMBER, "some_new_topic"),
        message(NUMBER, "submitted"),
        json!({"id": "x"}).to_string(),
    ]);
    assert_eq!(failures(&review(&stage), event).await, ["0", "1", "3"]);
    assert_eq!(report(&filing).await.version, 1);
}

#[tokio::test]
async fn keys_that_are_out_of_order_leave_the_message_for_later() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    let review = review(&stage);
    stage
        .faults
        .answer("Decrypt", 3, |_| Some(Reply::unavailable()));
    assert_eq!(failures(&review, sample()).await.len(), 1);
    assert!(stage.faults.all_happened());
    assert!(filing.case().await.report.is_none());
    assert!(failures(&review, sample()).await.is_empty());
    assert_eq!(report(&filing).await.version, 1);
}

#[tokio::test]
async fn a_warm_review_reads_twice_writes_once_and_asks_for_no_key() {
    let stage = stage().await;
    let filing = Filing::submitted(&stage).await;
    let review = review(&stage);
    assert!(failures(&review, sample()).await.is_empty());
    let document = filing
        .case()
        .await
        .manifest
        .unwrap()
        .body
        .papers
        .into_values()
        .next();
    let document = filing
        .case_with(document.unwrap().document)
        .await
        .document
        .unwrap()
        .body;
    filing.settle(&document, &[]).await;

    let before = stage.aws.calls().so_far();
    assert!(failures(&review, sample()).await.is_empty());
    let calls = stage.aws.calls().so_far() - before;
    // The case, other cases about the same, and the report.
    assert_eq!((calls.dynamodb, calls.kms), (3, 0));
    assert_eq!(report(&filing).await.version, 2);
}
