//! Who needs a form unmasked reads it so, and it is recorded.

use domain::application::Actor;
use platform::audit::{self, AuditedAction};
use platform::clock::real_now;
use platform::table::Key;

use crate::office::{HOTEL, Office, path};

#[tokio::test]
async fn an_officer_reads_the_form_of_the_case_in_hand_and_each_reading_is_recorded() {
    let office = Office::open().await;
    let filing = office.application().await;
    let read = || office.officer("intake").get(&path("/form"));
    office.ask(read()).await.expect_problem(409, "not_claimed");
    office.claim("intake").await;
    for _ in 0..2 {
        let answer = office.ask(read()).await.expect(200);
        assert_eq!(answer.json["form"], support::filing::form());
    }
    // It is theirs only, and masked everywhere else.
    office
        .ask(office.officer("reviewer").get(&path("/form")))
        .await
        .expect_problem(409, "not_claimed");
    let whole = office.ask(office.officer("intake").get(&path(""))).await;
    assert_ne!(whole.json["form"], support::filing::form());

    let now = real_now();
    let unit = "psb-140105".parse().unwrap();
    let (entries, rest) = audit::of_month(&office.stage.table(), &unit, now.date(), 100, None)
        .await
        .unwrap();
    assert!(rest.is_none());
    let seen: Vec<_> = entries
        .iter()
        .filter(|entry| entry.action == AuditedAction::ReadUnmasked)
        .collect();
    assert_eq!(seen.len(), 2);
    for entry in seen {
        assert_eq!(entry.resource, filing.number.to_string());
        assert_eq!(entry.actor.officer().unwrap().as_str(), "intake");
        let stored = office
            .stage
            .item(&Key::audit(&entry.unit, entry.at, entry.id))
            .await
            .unwrap();
        let form = support::filing::form();
        let number = form["legal_representative"]["resident_id"].as_str();
        assert!(number.is_none_or(|number| !format!("{stored:?}").contains(number)));
    }
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_shown() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.claim("intake").await;
    office.stage.faults.answer("TransactWriteItems", 3, |_| {
        Some(support::Reply::unavailable())
    });
    let answer = office
        .ask(office.officer("intake").get(&path("/form")))
        .await
        .expect_problem(503, "temporarily_unavailable");
    assert!(!answer.text.contains("form\":{"));
}

#[tokio::test]
async fn a_link_to_a_document_is_recorded_for_everybody_but_who_filed_it() {
    let office = Office::open().await;
    let filing = office.application().await;
    let papers = filing.case().await.manifest.unwrap().body.papers;
    let document = papers.values().next().unwrap().document;
    let read = path(&format!("/documents/{document}"));
    let colleague = office.person("viewer", HOTEL);
    for asker in [office.officer("intake"), colleague, office.agent()] {
        let answer = office.ask(asker.get(&read)).await.expect(200);
        assert!(answer.json["download"].is_object());
    }
    let unit = "psb-140105".parse().unwrap();
    let today = real_now().date();
    let (entries, _) = audit::of_month(&office.stage.table(), &unit, today, 100, None)
        .await
        .unwrap();
    let mut looked = Vec::new();
    for entry in &entries {
        assert_eq!(entry.action, AuditedAction::ReadDocument);
        assert_eq!(entry.details["document"], document.to_string());
        looked.push(match &entry.actor {
            Actor::Agent { person, .. } => person.to_string(),
            Actor::Officer { officer, .. } => officer.to_string(),
            other => unreachable!("{other:?}"),
        });
    }
    looked.sort();
    assert_eq!(looked, ["intake", "viewer"]);
}
