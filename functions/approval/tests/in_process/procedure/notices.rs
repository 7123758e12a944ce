//! The notices of a case: for whom they are, and what of them is shown.

use serde_json::{Value, json};

use super::story::{HOTEL_LICENCE, Story, refuse};
use crate::office::CARRIER;

async fn numbers(story: &Story) -> Vec<String> {
    let list = story.office.agent().get(&story.path("/notices"));
    let list = story.office.ask(list).await.expect(200);
    let items = list.json["items"].as_array().unwrap().iter();
    items
        .map(|item| item["number"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn somebody_elses_notices_are_not_there() {
    let story = Story::accepted(HOTEL_LICENCE).await;
    let [accepted] = numbers(&story).await.try_into().unwrap();
    let driver = story.office.person("driver", CARRIER);
    for asker in [driver, story.office.officer("neighbour")] {
        for path in ["/notices".to_owned(), format!("/notices/{accepted}")] {
            let theirs = story.office.ask(asker.get(&story.path(&path))).await;
            theirs.expect_problem(404, "not_found");
        }
    }
    // Nor are those of another case under this one, or those that were never issued.
    let agent = story.office.agent();
    for number in [
        accepted.replace("-003", "-002"),
        accepted.replace("-003", "-999"),
        "N-20260302-7K3M9QX2RD4F-003".to_owned(),
        "N-20260302".to_owned(),
        "..%2f..%2fevents".to_owned(),
    ] {
        assert_ne!(number, accepted);
        let path = story.path(&format!("/notices/{number}"));
        let answer = story.office.ask(agent.get(&path)).await;
        answer.expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_draft_has_no_notices() {
    let story = Story::draft(HOTEL_LICENCE).await;
    let list = story.office.agent().get(&story.path("/notices"));
    let answer = story.office.ask(list).await;
    answer.expect_problem(409, "not_submitted");
}

#[tokio::test]
async fn what_an_officer_wrote_is_text_on_the_page_whatever_they_wrote() {
    let story = Story::awaiting_decision(HOTEL_LICENCE).await;
    let reasons =
        "不符合：<script>alert(1)</script> & \"引号\"</main></body>\n第二行<img src=x onerror=y>";
    let mut refused = refuse("reasons");
    refused["reasons"] = json!(reasons);
    story.officer("decider", "decide", refused).await;
    let number = numbers(&story).await.pop().unwrap();
    let agent = story.office.agent();
    let path = story.path(&format!("/notices/{number}"));

    let told = story.office.ask(agent.get(&path)).await.expect(200);
    assert_eq!(told.json["text"], reasons);
    assert_eq!(told.json["remedies"].as_array().map(Vec::len), Some(2));

    for accept in [
        "text/html",
        "text/html,application/xhtml+xml;q=0.9",
        "TEXT/HTML ; q=1",
    ] {
        let page = agent.get(&path).header("accept", accept);
        let page = story.office.ask(page).await.expect(200);
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(
            page.text
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;")
        );
        assert!(page.text.contains("&lt;/main&gt;&lt;/body&gt;"));
        for tag in ["<script", "<img", "onerror=\"", "javascript:"] {
            assert!(!page.text.contains(tag), "{tag}");
        }
        assert_eq!(page.text.matches("</body>").count(), 1);
        assert_eq!(page.text.matches("</main>").count(), 1);
    }
    for accept in ["application/json", "*/*", "application/json, text/html"] {
        let answer = agent.get(&path).header("accept", accept);
        let answer = story.office.ask(answer).await.expect(200);
        assert_ne!(answer.json, Value::Null, "{accept}");
    }
}

#[tokio::test]
async fn a_notice_is_dated_by_the_calendar_of_china() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    // Still 2 March in Greenwich.
    story.at("2026-03-03T00:30:00+08:00").await;
    story.step("intake", "accept", json!({})).await;
    let [number] = numbers(&story).await.try_into().unwrap();
    let path = story.path(&format!("/notices/{number}"));
    let page = story
        .office
        .agent()
        .get(&path)
        .header("accept", "text/html");
    let page = story.office.ask(page).await.expect(200);
    assert!(
        page.text.contains("datetime=\"2026-03-03\""),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn who_did_not_agree_to_electronic_service_is_told_on_paper() {
    let story = Story::draft_without(HOTEL_LICENCE, &[]).await;
    let on_paper = json!({"paper_service": true});
    story.agent("submit", on_paper).await.expect(200);
    story.claim("intake").await;
    let demands = json!({
        "demands": [{"kind": "material", "material": "MAT-FIRE"}],
        "explanation": "消防安全检查意见已过期。",
    });
    let asked = story.officer("intake", "require-correction", demands).await;
    let answer_by = &asked.json["procedure"]["correction"]["answer_by"];
    assert_eq!(*answer_by, Value::Null, "nobody was told");

    let [number] = numbers(&story).await.try_into().unwrap();
    let path = story.path(&format!("/notices/{number}"));
    let read = async || {
        let notice = story.office.ask(story.office.agent().get(&path)).await;
        notice.expect(200).json
    };
    let issued = read().await;
    assert_eq!(issued["served_at"], Value::Null);
    let says = issued["paragraphs"].to_string();
    assert!(says.contains("自签收本通知之日起15个工作日内"), "{says}");

    story.at("2026-03-09T10:00:00+08:00").await;
    let receipt = format!("notices/{number}/receipt");
    let handed_over = story.officer("intake", &receipt, json!({})).await;
    let answer_by = &handed_over.json["procedure"]["correction"]["answer_by"];
    assert_eq!(*answer_by, "2026-03-30", "15 working days after the 9th");
    let served_at = read().await["served_at"].to_string();
    assert!(served_at.starts_with("\"2026-03-09T10:00:0"), "{served_at}");
    story
        .refuses(&[("intake", &receipt, json!({}), 409, "served_before")])
        .await;
}
