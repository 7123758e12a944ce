//! The same request more than once.

use std::collections::BTreeSet;

use journeys::{Answer, Call};
use serde_json::json;
use tokio::task::JoinSet;

use crate::people::{assert_problem, events, whole_draft};

async fn at_once(calls: impl Iterator<Item = Call>) -> Vec<Answer> {
    let mut running: JoinSet<Answer> = JoinSet::new();
    for call in calls {
        running.spawn(async move { call.send().await.unwrap() });
    }
    running.join_all().await
}

#[tokio::test]
async fn twenty_identical_submissions_at_once_are_one() {
    let filing = whole_draft().await;
    let submission = filing.submit("the-one");
    let answers = at_once(std::iter::repeat_n(submission, 20)).await;
    assert_eq!(answers.len(), 20);
    let bodies: BTreeSet<String> = answers.iter().map(Answer::text).collect();
    assert!(
        answers.iter().all(|answer| answer.status == 200),
        "{bodies:?}"
    );
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    let first = answers
        .iter()
        .filter(|answer| answer.header("idempotency-replayed").is_empty());
    assert_eq!(first.count(), 1);
    assert_eq!(events(&filing).await, ["submitted"]);
}

#[tokio::test]
async fn of_twenty_different_submissions_at_once_one_wins() {
    let filing = whole_draft().await;
    let keys: Vec<String> = (0..20)
        .map(|number| format!("submission-{number}"))
        .collect();
    let answers = at_once(keys.iter().map(|key| filing.submit(key))).await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    let late = answers
        .iter()
        .filter(|answer| answer.code() == "already_submitted")
        .count();
    assert_eq!(
        (won, late),
        (1, 19),
        "{:?}",
        answers.iter().map(Answer::text).collect::<Vec<_>>()
    );
    assert_eq!(events(&filing).await, ["submitted"]);
}

#[tokio::test]
async fn the_same_key_with_another_body() {
    let filing = whole_draft().await;
    let open = |region: &str, key: &str| {
        filing
            .agent
            .post(
                "/v1/applications",
                &json!({"item": "PSB-APR-004", "region": region}),
            )
            .key(key)
    };
    // The key is the caller's for a day: this one is of this draft only.
    let key = format!("open-{}", filing.number);
    let first = open("140105", &key)
        .send()
        .await
        .unwrap()
        .expect(201)
        .unwrap();
    let again = open("140105", &key)
        .send()
        .await
        .unwrap()
        .expect(201)
        .unwrap();
    assert_eq!(first.text(), again.text());
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_problem!(&open("140106", &key), 422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_submission_repeated_after_the_case_went_on_gets_the_answer_of_then() {
    let filing = whole_draft().await;
    let submission = filing.submit("once");
    let first = submission.send().await.unwrap().expect(200).unwrap();
    let withdraw = filing
        .agent
        .post(&filing.path("/withdraw"), &json!({}))
        .once();
    withdraw.send().await.unwrap().expect(200).unwrap();
    let again = submission.send().await.unwrap().expect(200).unwrap();
    assert_eq!(first.text(), again.text());
    let other = filing.submit("another");
    assert_problem!(&other, 409, "already_submitted");
    assert_eq!(events(&filing).await, ["submitted", "withdrawn"]);
}
