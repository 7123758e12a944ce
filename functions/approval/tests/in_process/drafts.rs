//! What becomes of a draft that is not to be an application, and of one that contradicts itself.

use http::Method;
use platform::cases::Wanted;
use platform::table::Key;
use serde_json::json;

use crate::office::{CARRIER, Office, path};

#[tokio::test]
async fn a_discarded_draft_is_gone_with_its_form_its_papers_and_its_key() {
    let office = Office::open().await;
    let filing = office.draft().await;
    let case = filing.case().await;
    let number = &filing.number;
    let mut keys = vec![
        Key::draft(number),
        Key::form(number),
        Key::manifest(number),
        Key::data_key(number),
    ];
    let papers = case.manifest.unwrap().body.papers.into_values();
    keys.extend(papers.map(|paper| Key::document(number, paper.document)));
    assert_eq!(keys.len(), 12);
    for key in &keys {
        assert!(office.stage.item(key).await.is_some(), "{key:?}");
    }

    let version = case.draft.unwrap().version;
    let discard = office
        .agent()
        .ask(Method::DELETE, &path(""))
        .if_match(&format!("\"{version}\""));
    let answer = office.ask(discard.clone()).await.expect(204);
    assert_eq!(answer.json, json!(null));
    for key in &keys {
        assert!(office.stage.item(key).await.is_none(), "{key:?}");
    }
    // Whoever repeats it has what they wanted, and is told so.
    office.ask(discard).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn only_who_may_change_a_draft_discards_it_and_only_as_it_was_read() {
    let office = Office::open().await;
    let filing = office.draft().await;
    let discard = |asker: &crate::office::Asker| asker.ask(Method::DELETE, &path(""));
    let stale = discard(&office.agent()).if_match("\"7\"");
    office.ask(stale).await.expect_problem(412, "stale_version");
    office
        .ask(discard(&office.agent()))
        .await
        .expect_problem(428, "precondition_required");
    let others = office.person("driver", CARRIER);
    office
        .ask(discard(&others).if_match("\"1\""))
        .await
        .expect_problem(404, "not_found");
    office
        .ask(discard(&office.officer("intake")).if_match("\"1\""))
        .await
        .expect_problem(403, "wrong_side");
    let case = office.stage.cases();
    let case = case.load(&filing.number, Wanted::default()).await.unwrap();
    assert!(case.draft.is_some());
}

#[tokio::test]
async fn what_was_submitted_cannot_be_discarded() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let discard = office.agent().ask(Method::DELETE, &path(""));
    office
        .ask(discard.if_match("\"1\""))
        .await
        .expect_problem(409, "already_submitted");
}

#[tokio::test]
async fn a_form_that_says_the_matter_lies_elsewhere_than_the_draft_is_refused() {
    let office = Office::open().await;
    let filing = office.draft().await;
    let version = filing.case().await.draft.unwrap().version;
    let elsewhere = json!({"form": {"premises": {"region": "140106"}}});
    let change = office
        .agent()
        .patch(&path(""), &elsewhere)
        .if_match(&format!("\"{version}\""));
    office.ask(change).await.expect(200);
    let submit = office.agent().post(&path("/submit"), &json!({})).once();
    let answer = office.ask(submit).await.expect_problem(422, "form_invalid");
    assert_eq!(
        answer.errors(),
        [("/form/premises/region", "region_differs")]
    );
}
