//! Papers that are not what they should be.

use journeys::filing::Filing;
use journeys::papers::{self, Paper};
use journeys::waiting::until;
use serde_json::{Value, json};

use crate::people::{assert_problem, draft, officer, submitted};

/// What the examination makes of `paper`: the state and the reasons.
async fn verdict(filing: &Filing, paper: &Paper) -> (String, Vec<String>) {
    let announced = filing.hand_in(paper).await.unwrap();
    let document = filing.settled(&announced.document).await.unwrap();
    let reasons = document.json()["reasons"].as_array().unwrap().iter();
    let reasons = reasons
        .map(|reason| reason["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(document.json()["download"], Value::Null);
    (
        document.json()["state"].as_str().unwrap().to_owned(),
        reasons,
    )
}

#[tokio::test]
async fn papers_that_are_not_what_they_say_are_rejected_with_the_reason() {
    let filing = draft().await;
    for (paper, reason) in [
        (papers::truncated(), "pdf_damaged"),
        (papers::renamed_picture(), "not_what_it_says"),
        (papers::workbook_with_macros(), "workbook_macros"),
    ] {
        let (state, reasons) = verdict(&filing, &paper).await;
        assert_eq!(
            (state.as_str(), reasons),
            ("rejected", vec![reason.to_owned()]),
            "{}",
            paper.material
        );
    }
    assert_problem!(&filing.submit("submission"), 422, "papers_incomplete");
}

#[tokio::test]
async fn a_rejected_paper_is_replaced_and_the_draft_can_be_submitted() {
    let filing = draft().await;
    for paper in papers::complete() {
        filing.announce(&paper).await.unwrap();
    }
    verdict(&filing, &papers::truncated()).await;
    let refused = filing
        .submit("too-early")
        .send()
        .await
        .unwrap()
        .expect(422)
        .unwrap();
    assert_eq!(refused.json()["errors"][0]["code"], "material_rejected");

    let announced = filing
        .hand_in(&papers::fire_safety_opinion())
        .await
        .unwrap();
    let document = filing.settled(&announced.document).await.unwrap();
    assert_eq!(document.json()["state"], "clean");
    filing
        .submit("now")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
}

#[tokio::test]
async fn a_clean_paper_can_be_read_again_as_it_was_sent() {
    let filing = draft().await;
    let paper = papers::roster();
    let announced = filing.hand_in(&paper).await.unwrap();
    let document = filing.settled(&announced.document).await.unwrap();
    assert_eq!(document.json()["state"], "clean", "{}", document.text());
    assert_eq!(document.json()["sha256"], paper.sha256());
    let link = &document.json()["download"];
    let read = filing
        .agent
        .api()
        .anybody()
        .get(link["url"].as_str().unwrap());
    let read = read.send().await.unwrap().expect(200).unwrap();
    assert_eq!(read.body, paper.bytes);
    assert_eq!(read.header("content-disposition"), "attachment");
}

#[tokio::test]
async fn more_than_20_mib_is_too_large_before_a_byte_is_sent() {
    let filing = draft().await;
    let announce = |size: u64| {
        let mut announcement = papers::lease().announcement();
        announcement["size"] = size.into();
        filing
            .agent
            .post(&filing.path("/documents"), &announcement)
            .once()
    };
    assert_problem!(&announce(21 * 1024 * 1024), 413, "document_too_large");
    announce(20 * 1024 * 1024 + 1)
        .send()
        .await
        .unwrap()
        .expect(413)
        .unwrap();
    announce(20 * 1024 * 1024)
        .send()
        .await
        .unwrap()
        .expect(201)
        .unwrap();
}

#[tokio::test]
async fn an_announcement_that_does_not_fit_the_item() {
    let filing = draft().await;
    let announce = |announcement: Value| {
        filing
            .agent
            .post(&filing.path("/documents"), &announcement)
            .once()
    };
    let digest = "0".repeat(64);
    let unknown = json!({"material": "MAT-NONE", "size": 0, "sha256": digest, "media_type": "application/pdf"});
    assert_problem!(&announce(unknown), 422, "material_invalid");
    let other_kind =
        json!({"material": "MAT-STAFF", "size": 9, "sha256": digest, "media_type": "image/png"});
    assert_problem!(&announce(other_kind), 422, "material_invalid");
    let unread = json!({"material": "MAT-BIZ", "size": -1, "sha256": "ABC", "media_type": "text/html", "name": "x"});
    assert_problem!(&announce(unread), 400, "malformed_request");
    let form = json!({"material": "MAT-FORM", "size": 9, "sha256": digest, "media_type": "application/pdf"});
    announce(form).send().await.unwrap().expect(422).unwrap();
}

#[tokio::test]
async fn a_body_that_is_not_the_announced_one_is_refused_by_the_store_and_can_be_sent_again() {
    let filing = draft().await;
    let paper = papers::safety_rules();
    let announced = filing.announce(&paper).await.unwrap();
    let mut other = paper.bytes.to_vec();
    *other.last_mut().unwrap() ^= 1;
    let longer = [paper.bytes.as_ref(), b"\n"].concat();
    let shorter = paper.bytes.slice(..paper.bytes.len() - 1);
    for (what, body) in [
        ("other bytes", other.into()),
        ("longer", longer.into()),
        ("shorter", shorter),
    ] {
        let upload = filing.upload(&announced, &paper.replaced_by(body)).unwrap();
        let refused = upload.send().await.unwrap();
        assert!(
            (400..500).contains(&refused.status),
            "{what}: {}",
            refused.text()
        );
        assert!(
            refused.text().contains("<Error>"),
            "{what}: {}",
            refused.text()
        );
        let document = filing
            .agent
            .get(&filing.path(&format!("/documents/{}", announced.document)));
        let document = document.send().await.unwrap().expect(200).unwrap();
        assert_eq!(document.json()["state"], "awaiting", "{what}");
    }
    filing
        .upload(&announced, &paper)
        .unwrap()
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    assert_eq!(
        filing.settled(&announced.document).await.unwrap().json()["state"],
        "clean"
    );
}

#[tokio::test]
async fn a_link_is_for_exactly_one_document() {
    let filing = draft().await;
    let (lease, rules) = (papers::lease(), papers::safety_rules());
    let announced = filing.announce(&lease).await.unwrap();
    let elsewhere = filing.announce(&rules).await.unwrap();
    let mut upload = filing.upload(&announced, &lease).unwrap();
    upload.path = upload
        .path
        .replace(&announced.document, &elsewhere.document);
    let refused = upload.send().await.unwrap();
    assert_eq!(refused.status, 403, "{}", refused.text());
}

#[tokio::test]
async fn a_document_of_another_case_is_not_found_in_this_one() {
    let (one, other) = (draft().await, draft().await);
    let announced = one.announce(&papers::lease()).await.unwrap();
    let call = other
        .agent
        .get(&other.path(&format!("/documents/{}", announced.document)));
    assert_problem!(&call, 404, "not_found");
    for document in ["none", "00000000-0000-0000-0000-000000000000"] {
        let call = other
            .agent
            .get(&other.path(&format!("/documents/{document}")));
        call.send().await.unwrap().expect(404).unwrap();
    }
}

#[tokio::test]
async fn a_paper_that_is_still_awaited_is_reported_and_keeps_the_case_from_being_accepted() {
    let filing = submitted().await;
    let intake = officer("intake-140105").await;
    let call = intake.get(&filing.path("/report"));
    let report = until("the report", &call, |answer| answer.status == 200)
        .await
        .unwrap();
    assert_eq!(
        report.json()["outcome"],
        "could_not_be_checked",
        "{}",
        report.text()
    );
    crate::people::does(&intake, &filing, "claim", &json!({})).await;
    let accept = crate::people::command(&intake, &filing, "accept", &json!({})).await;
    assert_problem!(&accept, 422, "papers_incomplete");
}

#[tokio::test]
async fn one_file_for_two_materials_is_told_to_the_officer() {
    let filing = draft().await;
    for paper in papers::complete() {
        filing.announce(&paper).await.unwrap();
    }
    let rules = papers::safety_rules();
    let lease = Paper {
        material: "MAT-PREMISES".into(),
        ..rules.clone()
    };
    for paper in [rules, lease] {
        filing.hand_in(&paper).await.unwrap();
    }
    filing
        .submit("submission")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let call = officer("intake-140105").await.get(&filing.path("/report"));
    let report = until("the report", &call, |answer| {
        answer.json()["outcome"] == "failed"
    })
    .await
    .unwrap();
    let failed: Vec<&Value> = report.json()["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["outcome"] == "failed")
        .collect();
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert_eq!(
        failed[0]["reason"]["en"],
        "The same file as for MAT-PREMISES"
    );
}

#[tokio::test]
async fn a_submitted_case_takes_no_more_papers() {
    let filing = submitted().await;
    let call = filing
        .agent
        .post(&filing.path("/documents"), &papers::lease().announcement())
        .once();
    assert_problem!(&call, 409, "already_submitted");
}
