//! The ledger of the legal clock: of which moment it can be asked.

use serde_json::{Value, json};

use super::story::{HOTEL_LICENCE, ROADWORKS, Story};
use crate::office::CARRIER;

#[tokio::test]
async fn a_clock_is_read_from_the_receipt_on() {
    let story = Story::draft_without(ROADWORKS, &[]).await;
    let agent = story.office.agent();
    let clock = |query: &str| agent.get(&story.path(&format!("/clock{query}")));
    let draft = story.office.ask(clock("")).await;
    draft.expect_problem(409, "not_submitted");
    story.agent("submit", json!({})).await.expect(200);
    for (query, told) in [
        ("?as_of=2026-03-02T09:29:59%2B08:00", "as_of"),
        ("?as_of=1999-01-01T00:00:00Z", "as_of"),
        ("?as_of=2026-03-02", "as_of"),
        ("?as_of=now", "as_of"),
        ("?as_of=2026-03-02T09:30:00", "as_of"),
    ] {
        let answer = story.office.ask(clock(query)).await;
        let answer = answer.expect_problem(400, "invalid_parameter");
        let pointers: Vec<_> = answer
            .errors()
            .iter()
            .map(|(pointer, _)| *pointer)
            .collect();
        assert_eq!(pointers, [told], "{query}");
    }
    let unknown = story.office.ask(clock("?since=2026-03-02T09:30:00Z")).await;
    unknown.expect_problem(400, "invalid_parameter");
    let ahead = clock("?as_of=2026-06-01T00:00:00%2B08:00");
    story.office.ask(ahead).await.expect(200);
}

#[tokio::test]
async fn a_clock_is_the_applicants_and_the_units() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    let driver = story.office.person("driver", CARRIER);
    for asker in [driver, story.office.officer("neighbour")] {
        let theirs = story.office.ask(asker.get(&story.path("/clock"))).await;
        theirs.expect_problem(404, "not_found");
    }
    let traffic = story.office.officer("traffic").get(&story.path("/clock"));
    story
        .office
        .ask(traffic)
        .await
        .expect_problem(403, "post_missing");
}

#[tokio::test]
async fn an_officer_sees_the_cards_of_a_case_now_and_of_any_moment_before() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    let intake = story.office.officer("intake");
    let of = |cards: &Value| -> Vec<(String, String)> {
        let text = |card: &Value, member: &str| card[member].as_str().unwrap().to_owned();
        let cards = cards.as_array().unwrap().iter();
        cards
            .map(|card| (text(card, "rule"), text(card, "colour")))
            .collect()
    };
    let worked = async || {
        let list = story.office.ask(intake.get("/v1/workbench")).await;
        of(&list.expect(200).json["items"][0]["cards"])
    };
    let stood = async |query: &str| {
        let clock = intake.get(&story.path(&format!("/clock{query}")));
        of(&story.office.ask(clock).await.expect(200).json["cards"])
    };
    let due = vec![("acceptance".to_owned(), "blue".to_owned())];
    assert_eq!(worked().await, []);
    story.at("2026-03-09T11:00:00+08:00").await;
    assert_eq!(worked().await, due);
    assert_eq!(stood("").await, due);

    story.step("intake", "accept", json!({})).await;
    story.at("2026-03-09T15:00:00+08:00").await;
    assert_eq!(stood("").await, []);
    assert_eq!(stood("?as_of=2026-03-09T10:59:00%2B08:00").await, due);
    assert_eq!(stood("?as_of=2026-03-03T10:00:00%2B08:00").await, []);
    let overdue = stood("?as_of=2026-06-01T00:00:00%2B08:00").await;
    let red = ("statutory".to_owned(), "red".to_owned());
    assert!(overdue.contains(&red), "{overdue:?}");

    // Whose work it is, and how late it is, is between officers.
    let clock = story.office.agent().get(&story.path("/clock"));
    let told = story.office.ask(clock).await.expect(200).json;
    assert_eq!(told.get("cards"), None);
}
