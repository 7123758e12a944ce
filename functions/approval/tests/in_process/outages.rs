//! AWS out of order: the caller is asked to come again, and learns nothing of what is behind.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::Request;
use http_body_util::BodyExt as _;
use platform::telemetry::CallCounter;
use serde_json::{Value, json};
use support::Reply;
use tower::ServiceExt as _;

use crate::office::{Answer, Office, path};

/// How often the SDK tries.
const TRIES: usize = 3;

fn says_nothing_of_what_is_behind(answer: &Answer) {
    for word in [
        "dynamo",
        "aws",
        "sdk",
        "kms",
        "table",
        "batchgetitem",
        "transact",
        "exception",
        "127.0.0.1",
    ] {
        assert!(
            !answer.text.to_lowercase().contains(word),
            "{word} is in {}",
            answer.text
        );
    }
    assert_eq!(answer.header("retry-after"), "2");
}

#[tokio::test]
async fn a_table_that_does_not_answer_makes_a_reader_come_again() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    office.warm_up().await;
    office
        .stage
        .faults
        .answer("BatchGetItem", TRIES, |_| Some(Reply::unavailable()));
    let answer = office.ask(office.agent().get(&path(""))).await;
    says_nothing_of_what_is_behind(&answer.expect_problem(503, "temporarily_unavailable"));
    office.ask(office.agent().get(&path(""))).await.expect(200);
}

#[tokio::test]
async fn one_slip_of_the_table_is_nothing_a_caller_notices() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    office.warm_up().await;
    office
        .stage
        .faults
        .answer("BatchGetItem", 1, |_| Some(Reply::unavailable()));
    office
        .stage
        .faults
        .answer("TransactWriteItems", 1, |_| Some(Reply::unavailable()));
    office
        .ask(office.agent().post(&path("/submit"), &json!({})).once())
        .await
        .expect(200);
    assert!(office.stage.faults.all_happened());
    assert_eq!(office.history().await, (1, 1));
}

#[tokio::test]
async fn a_table_that_takes_no_writes_leaves_the_draft_as_it_was() {
    let office = Office::open().await;
    let filing = office.draft().await;
    office
        .stage
        .faults
        .answer("TransactWriteItems", TRIES, |_| Some(Reply::unavailable()));
    let submit = office.agent().post(&path("/submit"), &json!({})).once();
    let answer = office.ask(submit).await;
    says_nothing_of_what_is_behind(&answer.expect_problem(503, "temporarily_unavailable"));
    assert!(filing.case().await.state.is_none());
}

#[tokio::test]
async fn a_query_that_fails_is_told_the_same_way() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.warm_up().await;
    for ask in [
        office.agent().get("/v1/applications"),
        office.officer("intake").get("/v1/workbench"),
        office.agent().get(&path("/events")),
    ] {
        office
            .stage
            .faults
            .answer("Query", TRIES, |_| Some(Reply::unavailable()));
        let answer = office.ask(ask).await;
        says_nothing_of_what_is_behind(&answer.expect_problem(503, "temporarily_unavailable"));
    }
}

#[tokio::test]
async fn without_the_key_service_a_cold_function_opens_nothing_and_a_warm_one_does_not_notice() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    office
        .stage
        .faults
        .answer("Decrypt", TRIES, |_| Some(Reply::unavailable()));
    let answer = office.ask(office.agent().get(&path(""))).await;
    says_nothing_of_what_is_behind(&answer.expect_problem(503, "temporarily_unavailable"));

    office.warm_up().await;
    office
        .stage
        .faults
        .answer("Decrypt", TRIES, |_| Some(Reply::unavailable()));
    office.ask(office.agent().get(&path(""))).await.expect(200);
}

#[tokio::test]
async fn without_its_right_to_the_key_the_function_says_no_more() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    office
        .stage
        .faults
        .answer("Decrypt", 1, |_| Some(Reply::denied()));
    let answer = office.ask(office.agent().get(&path(""))).await;
    says_nothing_of_what_is_behind(&answer.expect_problem(503, "temporarily_unavailable"));
}

#[tokio::test]
async fn a_handler_that_panics_is_answered_as_a_fault_of_ours() {
    async fn panics() -> &'static str {
        panic!("a panic that a test asked for")
    }
    let router = web::envelope::around(
        Router::new().route("/", get(panics)),
        CallCounter::default(),
    );
    for _ in 0..2 {
        let request = Request::builder()
            .uri("/")
            .header("x-request-id", "abc")
            .body(Body::empty());
        let response = router.clone().oneshot(request.unwrap()).await.unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let problem: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            (&problem["code"], &problem["request_id"]),
            (&json!("internal_error"), &json!("abc"))
        );
        assert!(!problem.to_string().contains("panic"));
    }
}
