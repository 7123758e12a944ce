//! What is left to be read of a case whose person asked for erasure.

use domain::application::{Application, Recorded};
use domain::ids::PersonId;
use platform::erasure::{Erased, Erasure};
use platform::table::Key;
use serde_json::{Value, json};
use support::filing::Filing;

use crate::office::{AGENT, Answer, HOTEL, Office, SEARCHES, path};

const YEAR: i64 = 366 * 24 * 60 * 60;

/// The agent asks for erasure; `years` from now it is carried out.
async fn erase(office: &Office, years: i64) -> Erased {
    let erasure = Erasure::new(office.stage.table(), office.stage.documents());
    let agent = PersonId::try_from(AGENT.to_owned()).unwrap();
    let now = office.stage.table().now().await.unwrap();
    let erased = erasure
        .erase(&agent, &[], now.plus_seconds(years * YEAR))
        .await;
    erased.unwrap()
}

/// The mandate of who asked for erasure is gone; the enterprise's others go on.
async fn the_agent_is_gone(office: &Office) {
    let read = office.ask(office.agent().get(&path(""))).await;
    read.expect_problem(403, "no_mandate");
}

/// The hotel's application, refused with reasons.
async fn refused(office: &Office) -> Filing<'_> {
    let filing = office.application().await;
    let opinion = json!({"outcome": "refuse", "opinion": "李示例的资格证明不符。"});
    let decision = json!({"outcome": "refuse", "reasons": "消防检查意见已过期。"});
    for (officer, command, body) in [
        ("intake", "accept", json!({})),
        ("reviewer", "recommend", opinion),
        ("decider", "decide", decision),
    ] {
        office.claim(officer).await;
        let command = office.command(officer, command, &body).await;
        office.ask(command).await.expect(200);
    }
    filing
}

async fn first_document(filing: &Filing<'_>) -> String {
    let manifest = filing.case().await.manifest.unwrap().body;
    let paper = manifest.papers.values().next().unwrap().document;
    path(&format!("/documents/{paper}"))
}

fn texts(events: &Answer) -> Vec<&Value> {
    let items = events.json["items"].as_array().unwrap().iter();
    items
        .map(|item| &item["text"])
        .filter(|text| !text.is_null())
        .collect()
}

#[tokio::test]
async fn an_erased_case_is_read_without_its_form_and_texts_and_its_chain_is_whole() {
    let office = Office::open().await;
    let filing = refused(&office).await;
    let before = filing.case().await.state.unwrap().body;
    let events = office.officer("intake").get(&path("/events"));
    let told = office.ask(events.clone()).await.expect(200);
    assert_eq!(texts(&told).len(), 2);

    assert_eq!(erase(&office, 31).await.erased, 1);
    let document = first_document(&filing).await;
    the_agent_is_gone(&office).await;
    for asker in [
        office.person("viewer", HOTEL),
        office.officer("decider"),
        office.officer("head"),
    ] {
        let read = office.ask(asker.get(&path(""))).await.expect(200);
        assert_eq!(read.json["form"], Value::Null);
        assert_eq!(read.json["form_withheld"], "erased");
        assert_eq!(read.json["state"], "refused");
        let paper = office.ask(asker.get(&document)).await.expect(200);
        assert_eq!(paper.json["download"], Value::Null);
    }
    let left = office.ask(events).await.expect(200);
    assert!(texts(&left).is_empty());
    let recorded: Vec<Recorded> = left.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| serde_json::from_value(item["record"].clone()).unwrap())
        .collect();
    let replayed = Application::replay(&recorded).unwrap();
    assert_eq!(replayed, before);
    assert_eq!(
        Some(replayed),
        filing.case().await.state.map(|state| state.body)
    );
    assert_eq!(left.json["head"], before.head.to_string());

    for number in [
        json!({"mobile": "13800000000"}),
        json!({"resident_id": "140105198001010003"}),
    ] {
        let search = office.officer("head").post(SEARCHES, &number);
        let found = office.ask(search).await.expect(200);
        assert_eq!(found.json["items"], json!([]));
    }
}

#[tokio::test]
async fn a_key_that_is_lost_is_no_erasure_and_is_not_passed_over() {
    let office = Office::open().await;
    let filing = office.application().await;
    office
        .stage
        .delete_item(&Key::data_key(&filing.number))
        .await;
    let read = office.ask(office.agent().get(&path(""))).await;
    read.expect_problem(500, "internal_error");
}

#[tokio::test]
async fn a_case_that_goes_on_is_shown_to_who_handles_it_and_to_nobody_else() {
    let office = Office::open().await;
    let filing = office.application().await;
    let erased = erase(&office, 0).await;
    assert_eq!((erased.erased, erased.restricted), (0, 1));

    let document = first_document(&filing).await;
    the_agent_is_gone(&office).await;
    let viewer = office.person("viewer", HOTEL);
    let read = office.ask(viewer.get(&path(""))).await.expect(200);
    assert_eq!(read.json["form"], Value::Null);
    assert_eq!(read.json["form_withheld"], "restricted");
    let paper = office.ask(viewer.get(&document)).await.expect(200);
    assert_eq!(paper.json["download"], Value::Null);
    for officer in ["intake", "reviewer", "decider", "head", "supervisor"] {
        let asker = office.officer(officer);
        let read = office.ask(asker.get(&path(""))).await.expect(200);
        assert_eq!(read.json["form"]["rooms"], 80, "{officer}");
        assert_eq!(read.json.get("form_withheld"), None);
        let paper = office.ask(asker.get(&document)).await.expect(200);
        assert!(paper.json["download"].is_object());
    }
    let search = office
        .officer("head")
        .post(SEARCHES, &json!({"mobile": "13800000000"}));
    let found = office.ask(search).await.expect(200);
    assert_eq!(found.json["items"], json!([]));
    // The authority goes on with it.
    office.claim("intake").await;
    let accept = office.command("intake", "accept", &json!({})).await;
    office.ask(accept).await.expect(200);
}

#[tokio::test]
async fn a_case_that_has_ended_and_must_be_kept_is_shown_to_who_answers_for_it() {
    let office = Office::open().await;
    let _filing = refused(&office).await;
    assert_eq!(erase(&office, 29).await.restricted, 1);
    for officer in ["intake", "reviewer", "decider"] {
        let read = office
            .ask(office.officer(officer).get(&path("")))
            .await
            .expect(200);
        assert_eq!(read.json["form_withheld"], "restricted", "{officer}");
    }
    for officer in ["head", "supervisor"] {
        let read = office
            .ask(office.officer(officer).get(&path("")))
            .await
            .expect(200);
        assert_eq!(read.json["form"]["rooms"], 80, "{officer}");
    }
}

#[tokio::test]
async fn an_erased_draft_is_gone() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    assert_eq!(erase(&office, 0).await.erased, 1);
    let agent = office.person("viewer", HOTEL);
    let read = office.ask(agent.get(&path(""))).await;
    read.expect_problem(404, "not_found");
    let submit = agent.post(&path("/submit"), &json!({})).once();
    office.ask(submit).await.expect_problem(404, "not_found");
}
