//! Applications for many at once: each row has its answer, and its reasons where it is refused.

use serde_json::{Value, json};

use super::story::{HOTEL_LICENCE, Story, grant, refuse};

/// 边境管理区通行证核发（企业员工）: a row for each employee.
const BORDER_PASSES: &str = "PSB-APR-059";
const REASON: &str = "该员工前往的地点不在申请的范围内。";

/// A grant of all but the second row, with what is `said` of it.
fn all_but_the_second(said: &str) -> Value {
    let mut body = grant(said);
    body["refused_rows"] = json!([{"row": 2, "reasons": REASON}]);
    body
}

/// The answers to the rows as `asker` reads them.
async fn answers(story: &Story, asker: crate::office::Asker) -> Vec<[Value; 4]> {
    let read = story
        .office
        .ask(asker.get(&story.path("/rows")))
        .await
        .expect(200);
    let items = read.json["items"].as_array().unwrap().iter();
    let members = ["row", "recommendation", "answer", "reasons"];
    items
        .map(|item| members.map(|member| item[member].clone()))
        .collect()
}

#[tokio::test]
async fn a_row_is_refused_with_its_reasons_while_the_others_are_granted() {
    let story = Story::under_review(BORDER_PASSES).await;
    let recommended = story.officer("reviewer", "recommend", all_but_the_second("opinion"));
    let recommended = recommended.await;
    let rows = json!({"total": 2, "recommended_refused": [2], "refused": null});
    assert_eq!(recommended.json["rows"], rows);
    let unknown = [
        [json!(1), Value::Null, Value::Null, Value::Null],
        [json!(2), Value::Null, Value::Null, Value::Null],
    ];
    assert_eq!(answers(&story, story.office.agent()).await, unknown);
    let before = [
        [json!(1), json!("grant"), Value::Null, Value::Null],
        [json!(2), json!("refuse"), Value::Null, json!(REASON)],
    ];
    assert_eq!(
        answers(&story, story.office.officer("decider")).await,
        before
    );

    story.claim("decider").await;
    let mut as_recommended = all_but_the_second("reasons");
    as_recommended.as_object_mut().unwrap().remove("reasons");
    let decided = story.officer("decider", "decide", as_recommended).await;
    let rows = json!({"total": 2, "recommended_refused": [2], "refused": [2]});
    assert_eq!(decided.json["rows"], rows);
    let after = [
        [json!(1), json!("grant"), json!("grant"), Value::Null],
        [json!(2), json!("refuse"), json!("refuse"), json!(REASON)],
    ];
    assert_eq!(answers(&story, story.office.agent()).await, after);

    let agent = story.office.agent();
    let list = story.office.ask(agent.get(&story.path("/notices"))).await;
    let list = list.expect(200);
    let number = list.json["items"].as_array().unwrap().last().unwrap()["number"].clone();
    let path = story.path(&format!("/notices/{}", number.as_str().unwrap()));
    let notice = story.office.ask(agent.get(&path)).await.expect(200);
    assert_eq!(notice.json["rows"], json!([{"row": 2, "reasons": REASON}]));
    assert_eq!(notice.json["remedies"].as_array().map(Vec::len), Some(2));
    let page = agent.get(&path).header("accept", "text/html");
    let page = story.office.ask(page).await.expect(200);
    assert!(
        page.text.contains(&format!("第 2 行：{REASON}")),
        "{}",
        page.text
    );

    let events = story.office.ask(agent.get(&story.path("/events"))).await;
    let events = events.expect(200);
    let with_rows = events.json["items"].as_array().unwrap().iter();
    let with_rows = with_rows.filter(|event| event["rows"].is_array());
    let named: Vec<&Value> = with_rows
        .map(|event| &event["record"]["event"]["type"])
        .collect();
    assert_eq!(named, ["granted"], "the opinion stays inside");
}

#[tokio::test]
async fn what_is_wrong_with_the_rows_is_told_at_once_and_nothing_is_lost() {
    let story = Story::under_review(BORDER_PASSES).await;
    let wrong = json!({
        "outcome": "grant",
        "opinion": " ",
        "refused_rows": [
            {"row": 0, "reasons": REASON},
            {"row": 2, "reasons": ""},
            {"row": 2, "reasons": REASON},
            {"row": 3, "reasons": "长".repeat(201)},
        ],
    });
    let answer = story.tries("reviewer", "recommend", &wrong).await;
    let answer = answer.expect_problem(422, "invalid_value");
    let expected = [
        ("/opinion", "required"),
        ("/refused_rows/0/row", "row_unknown"),
        ("/refused_rows/2/row", "row_named_twice"),
        ("/refused_rows/3/row", "row_unknown"),
        ("/refused_rows/1/reasons", "required"),
        ("/refused_rows/3/reasons", "too_long"),
    ];
    assert_eq!(answer.errors(), expected);

    let none_left = json!({
        "outcome": "grant",
        "opinion": "均不符合。",
        "refused_rows": [{"row": 1, "reasons": REASON}, {"row": 2, "reasons": REASON}],
    });
    let answer = story.tries("reviewer", "recommend", &none_left).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(answer.errors(), [("/refused_rows", "all_rows_refused")]);

    let mut as_a_whole = refuse("opinion");
    as_a_whole["refused_rows"] = json!([{"row": 1, "reasons": REASON}]);
    let answer = story.tries("reviewer", "recommend", &as_a_whole).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(answer.errors(), [("/refused_rows/0/row", "not_by_row")]);
    story
        .officer("reviewer", "recommend", grant("opinion"))
        .await;
}

#[tokio::test]
async fn a_decision_of_other_rows_than_were_recommended_needs_reasons() {
    let story = Story::under_review(BORDER_PASSES).await;
    story
        .officer("reviewer", "recommend", grant("opinion"))
        .await;
    story.claim("decider").await;
    let mut body = all_but_the_second("reasons");
    body.as_object_mut().unwrap().remove("reasons");
    let answer = story.tries("decider", "decide", &body).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(answer.errors(), [("/reasons", "required")]);
    let body = all_but_the_second("reasons");
    story.officer("decider", "decide", body).await;
}

#[tokio::test]
async fn a_refusal_as_a_whole_answers_every_row() {
    let story = Story::under_review(BORDER_PASSES).await;
    story
        .officer("reviewer", "recommend", refuse("opinion"))
        .await;
    story.claim("decider").await;
    let refused = story.officer("decider", "decide", refuse("reasons")).await;
    let rows = json!({"total": 2, "recommended_refused": [1, 2], "refused": [1, 2]});
    assert_eq!(refused.json["rows"], rows);
    let all = [1, 2].map(|row| [json!(row), json!("refuse"), json!("refuse"), Value::Null]);
    assert_eq!(answers(&story, story.office.agent()).await, all);
}

#[tokio::test]
async fn an_application_for_one_has_no_rows_and_a_draft_no_answers() {
    let story = Story::under_review(HOTEL_LICENCE).await;
    assert!(answers(&story, story.office.agent()).await.is_empty());
    let draft = Story::draft(BORDER_PASSES).await;
    let read = draft.office.agent().get(&draft.path("/rows"));
    let answer = draft.office.ask(read).await;
    answer.expect_problem(409, "not_submitted");
}

#[tokio::test]
async fn colleagues_of_the_filer_and_officers_read_rows_masked() {
    let story = Story::under_review(BORDER_PASSES).await;
    let read = |asker: crate::office::Asker| {
        let ask = asker.get(&story.path("/rows"));
        async { story.office.ask(ask).await.expect(200).json }
    };
    let own = read(story.office.agent()).await;
    let officers = read(story.office.officer("reviewer")).await;
    let name = |rows: &Value| {
        rows["items"][0]["content"]["name"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(!name(&own).contains('*'));
    assert!(name(&officers).contains('*'), "{officers}");
}
