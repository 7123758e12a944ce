//! Who takes part, what they start from, and how a problem is held to its words.

use std::time::{SystemTime, UNIX_EPOCH};

use journeys::filing::{CARRIER, Filing, HOTEL};
use journeys::{Answer, Api, Call, Caller, papers};
use serde_json::{Value, json};

pub(crate) fn api() -> Api {
    Api::from_env().unwrap()
}

/// The hotel's agent.
pub(crate) async fn agent() -> Caller {
    person("agent-a", HOTEL).await
}

/// The agent of another enterprise.
pub(crate) async fn other_enterprises_agent() -> Caller {
    person("agent-b", CARRIER).await
}

pub(crate) async fn person(person: &str, enterprise: &str) -> Caller {
    api().login(person).await.unwrap().acting_for(enterprise)
}

pub(crate) async fn officer(officer: &str) -> Caller {
    api().login(officer).await.unwrap()
}

/// A draft of the hotel with a good form and no papers.
pub(crate) async fn draft() -> Filing {
    Filing::open(&agent().await, &papers::form()).await.unwrap()
}

/// A draft of the hotel that can be submitted: all papers are announced, none has arrived.
pub(crate) async fn whole_draft() -> Filing {
    let filing = draft().await;
    for paper in papers::complete() {
        filing.announce(&paper).await.unwrap();
    }
    filing
}

/// The hotel's application with its papers still to arrive.
pub(crate) async fn submitted() -> Filing {
    let filing = whole_draft().await;
    filing
        .submit("submission")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    filing
}

/// The hotel's application with all its papers examined and clean.
pub(crate) async fn examined() -> Filing {
    let filing = draft().await;
    for paper in papers::complete() {
        filing.hand_in(&paper).await.unwrap();
    }
    filing.examined().await.unwrap();
    filing
        .submit("submission")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    filing
}

/// The officer's command on the application as it is now.
pub(crate) async fn command(
    officer: &Caller,
    filing: &Filing,
    command: &str,
    body: &Value,
) -> Call {
    let seen = officer
        .get(&filing.path(""))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let path = filing.path(&format!("/{command}"));
    officer
        .post(&path, body)
        .once()
        .if_match(&seen.etag().unwrap())
}

/// Has the officer do it.
pub(crate) async fn does(officer: &Caller, filing: &Filing, name: &str, body: &Value) -> Answer {
    command(officer, filing, name, body)
        .await
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap()
}

/// The whole answer to `call` in both languages, which must be the problem `code`.
pub(crate) async fn problem(call: &Call, status: u16, code: &str) -> Value {
    let mut told = json!({});
    for language in ["zh-CN", "en"] {
        let call = call.clone().header("accept-language", language);
        let answer = call.send().await.unwrap().expect(status).unwrap();
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{}",
            answer.text()
        );
        assert_eq!(answer.code(), code, "{}", answer.text());
        assert_eq!(answer.header("x-request-id"), answer.json()["request_id"]);
        told[language] = answer.json().clone();
    }
    told
}

/// Holds the answer to `call` to the words it was last approved with, in both languages.
macro_rules! assert_problem {
    ($call:expr, $status:literal, $code:literal) => {
        let told = $crate::people::problem($call, $status, $code).await;
        insta::assert_json_snapshot!(told, {".*.request_id" => "[request]"});
    };
}
pub(crate) use assert_problem;

/// The event types of the application, oldest first.
pub(crate) async fn events(filing: &Filing) -> Vec<String> {
    let events = filing
        .agent
        .get(&filing.path("/events"))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    journeys::chain::verify(events.json()).unwrap();
    let items = events.json()["items"].as_array().unwrap().iter();
    items
        .map(|item| item["record"]["event"]["type"].as_str().unwrap().to_owned())
        .collect()
}

/// Seconds since the Unix epoch, as tokens count them.
pub(crate) fn real_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}
