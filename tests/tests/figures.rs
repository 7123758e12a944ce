//! What becomes of a case elsewhere, over HTTP on the stack: its applicant is told, and those who
//! supervise see it counted.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

use journeys::waiting::until;
use journeys::{Answer, Api, Caller, main_job};
use serde_json::{Value, json};

/// The report's figure `name` of the hotel licence; 0 where nothing was counted.
fn figure(report: &Answer, name: &str) -> u64 {
    report.json()["items"][0][name].as_u64().unwrap_or(0)
}

/// What the inbox in `answer` holds of `application`, newest first.
fn told<'a>(answer: &'a Answer, application: &str) -> Vec<&'a Value> {
    let messages = answer.json()["items"].as_array().into_iter().flatten();
    messages
        .filter(|message| message["application"] == application)
        .collect()
}

fn events<'a>(told: &[&'a Value]) -> Vec<&'a str> {
    let events = told.iter().map(|message| message["event"].as_str());
    events.map(Option::unwrap_or_default).collect()
}

async fn json_at(caller: &Caller, path: &str) -> Answer {
    let answer = caller.get(path).send().await.unwrap();
    answer.expect(200).unwrap()
}

#[tokio::test]
async fn a_licence_is_told_to_its_applicant_and_counted_for_its_unit() {
    let api = Api::from_env().unwrap();
    let supervisor = api.login("supervisor-140105").await.unwrap();
    let report = "/v1/reports/promise?item=PSB-APR-004";
    let before = json_at(&supervisor, report).await;
    let done = main_job::tell(&api).await.unwrap();

    let agent = api.login("agent-a").await.unwrap();
    let inbox = agent.get("/v1/messages?limit=100");
    let wanted = ["granted", "accepted", "submitted"];
    let answer = until("the messages", &inbox, |answer| {
        let told = told(answer, &done.number);
        wanted.iter().all(|event| events(&told).contains(event))
    });
    let answer = answer.await.unwrap();
    let told_of_it = told(&answer, &done.number);
    assert_eq!(events(&told_of_it), wanted, "newest first, each once");
    let granted = told_of_it[0];
    assert!(
        granted["title"]["zh"]
            .as_str()
            .unwrap()
            .starts_with("准予许可：")
    );
    assert!(granted["due"].is_string(), "by when it is delivered");

    let path = format!("/v1/messages/{}/read", granted["id"].as_str().unwrap());
    let read = agent.post(&path, &json!({})).once().send().await.unwrap();
    assert!(read.expect(200).unwrap().json()["read_at"].is_string());
    let unread = agent.get("/v1/messages?unread=true&limit=100");
    let is_gone = |answer: &Answer| !events(&told(answer, &done.number)).contains(&"granted");
    until("the index of the unread", &unread, is_gone)
        .await
        .unwrap();

    // Others file on the same stack meanwhile.
    let counted = |answer: &Answer| {
        ["submitted", "accepted", "granted"]
            .iter()
            .all(|name| figure(answer, name) > figure(&before, name))
    };
    let call = supervisor.get(report);
    let after = until("the figures", &call, counted).await.unwrap();
    let line = &after.json()["items"][0];
    assert!(line["median_working_days"].is_u64() && line["on_time_promised"].is_number());
    assert!(line["promised"]["source"]["zh"].is_string());

    let workload = json_at(&supervisor, "/v1/reports/workload").await;
    assert!(workload.json()["posts"].is_array());
    let intake = api.login("intake-140105").await.unwrap();
    let counts = json_at(&intake, "/v1/workbench/counts").await;
    assert_eq!(counts.json()["posts"][0]["post"], "intake");
}
