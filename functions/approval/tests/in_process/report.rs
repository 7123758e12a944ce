//! What the background review found is for the applicant to read as for the officer.

use domain::review::{Check, CheckKind, CheckOutcome, Report};
use domain::words::Words;
use platform::reports;
use serde_json::json;

use crate::office::{Office, path};

#[tokio::test]
async fn applicant_and_officer_read_the_same_report() {
    let office = Office::open().await;
    let filing = office.application().await;
    let agent = || office.agent().get(&path("/report"));
    let not_yet = office.ask(agent()).await;
    not_yet.expect_problem(404, "not_found");

    let report = Report {
        application: filing.number.clone(),
        reviewed_at: "2026-11-23T10:00:00+08:00".to_owned().try_into().unwrap(),
        papers_version: 1,
        checks: vec![
            Check::new(
                CheckKind::Rule,
                "beds_cover_rooms",
                CheckOutcome::Passed,
                Words::new("规则成立", "The rule holds"),
            ),
            Check::new(
                CheckKind::Duplicate,
                "AP-20261123-9K3M9QX2RD4F",
                CheckOutcome::Failed,
                Words::new("同一对象", "The same subject"),
            ),
        ],
    };
    let stored = reports::store(&office.stage.table(), &report, None).await;
    stored.unwrap();

    let read = json!({
        "reviewed_at": "2026-11-23T10:00:00.000+08:00",
        "outcome": "failed",
        "checks": [
            {
                "kind": "rule", "subject": "beds_cover_rooms", "outcome": "passed",
                "reason": {"zh": "规则成立", "en": "The rule holds"},
            },
            {
                "kind": "duplicate", "subject": "AP-20261123-9K3M9QX2RD4F", "outcome": "failed",
                "reason": {"zh": "同一对象", "en": "The same subject"},
            },
        ],
    });
    let of_agent = office.ask(agent()).await.expect(200);
    assert_eq!(of_agent.json, read);
    let of_officer = office.officer("intake").get(&path("/report"));
    assert_eq!(office.ask(of_officer).await.expect(200).json, read);
}
