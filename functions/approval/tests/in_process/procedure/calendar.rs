//! The ledger of the legal clock: of which moment it can be asked.

use serde_json::json;

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
