//! Requests that cannot be read, or ask for what there is not.

use serde_json::json;

use crate::people::{agent, api, assert_problem, officer};

#[tokio::test]
async fn an_item_that_does_not_exist() {
    let anybody = api().anybody();
    assert_problem!(&anybody.get("/v1/items/PSB-APR-999"), 404, "not_found");
    for path in [
        "/v1/items/PSB-APR-999/form",
        "/v1/items/nothing",
        "/v1/items/psb-apr-004",
    ] {
        let answer = anybody.get(path).send().await.unwrap().expect(404).unwrap();
        assert_eq!(answer.code(), "not_found");
    }
}

#[tokio::test]
async fn an_application_for_an_item_that_does_not_exist() {
    let agent = agent().await;
    let call = agent
        .post("/v1/applications", &json!({"item": "PSB-APR-999"}))
        .once();
    assert_problem!(&call, 422, "item_unavailable");
}

#[tokio::test]
async fn an_application_for_an_item_that_is_handled_elsewhere() {
    let agent = agent().await;
    let call = agent
        .post("/v1/applications", &json!({"item": "PSB-PRO-013"}))
        .once();
    let answer = call.send().await.unwrap().expect(422).unwrap();
    assert_eq!(answer.code(), "item_unavailable");
}

#[tokio::test]
async fn an_application_in_a_region_of_another_province() {
    let agent = agent().await;
    let call = agent
        .post(
            "/v1/applications",
            &json!({"item": "PSB-APR-004", "region": "110105"}),
        )
        .once();
    assert_problem!(&call, 422, "invalid_value");
}

#[tokio::test]
async fn malformed_json() {
    let agent = agent().await;
    let call = agent
        .post("/v1/applications", &json!({}))
        .once()
        .bytes(r#"{"item": "PSB-APR-004", "region": }"#);
    assert_problem!(&call, 400, "malformed_request");
}

#[tokio::test]
async fn members_unknown_and_of_the_wrong_type_are_told_at_once() {
    let agent = agent().await;
    let body = json!({"item": 4, "region": ["140105"], "colour": "red", "form": "none"});
    let call = agent.post("/v1/applications", &body).once();
    assert_problem!(&call, 400, "malformed_request");
}

#[tokio::test]
async fn a_body_that_is_not_json() {
    let agent = agent().await;
    let call = agent
        .call(http::Method::POST, "/v1/applications")
        .once()
        .header("content-type", "application/xml");
    assert_problem!(&call.bytes("<item/>"), 415, "unsupported_media_type");
}

#[tokio::test]
async fn a_body_of_more_than_256_kib() {
    let agent = agent().await;
    let body = json!({"item": "PSB-APR-004", "form": {"remarks": "x".repeat(256 * 1024)}});
    assert_problem!(
        &agent.post("/v1/applications", &body).once(),
        413,
        "body_too_large"
    );
}

#[tokio::test]
async fn a_command_without_an_idempotency_key() {
    let agent = agent().await;
    let call = agent.post("/v1/applications", &json!({"item": "PSB-APR-004"}));
    assert_problem!(&call, 400, "idempotency_key_missing");
}

#[tokio::test]
async fn a_path_and_a_method_that_there_are_not() {
    let anybody = api().anybody();
    assert_problem!(&anybody.get("/v1/nothing"), 404, "not_found");
    for path in ["/", "/v1", "/v1/applications/AP-1/nothing", "/v2/items"] {
        let answer = anybody.get(path).send().await.unwrap().expect(404).unwrap();
        assert_eq!(answer.code(), "not_found", "{path}");
    }
    let answer = anybody.delete("/v1/items").send().await.unwrap();
    assert!([404, 405].contains(&answer.status), "{}", answer.text());
    assert!(!answer.code().is_empty());
}

#[tokio::test]
async fn a_query_that_makes_no_sense() {
    let anybody = api().anybody();
    assert_problem!(
        &anybody.get("/v1/items?limit=1000"),
        400,
        "invalid_parameter"
    );
    for path in [
        "/v1/items?colour=red",
        "/v1/items?section=nowhere",
        "/v1/items?limit=many",
    ] {
        let answer = anybody.get(path).send().await.unwrap().expect(400).unwrap();
        assert_eq!(answer.code(), "invalid_parameter", "{path}");
    }
    let officer = officer("intake-140105").await;
    assert_problem!(
        &officer.get("/v1/workbench?state=refused"),
        400,
        "invalid_parameter"
    );
    assert_problem!(
        &agent().await.get("/v1/applications?cursor=made-up"),
        400,
        "invalid_cursor"
    );
}

#[tokio::test]
async fn the_description_that_is_served_is_the_one_that_is_checked_in() {
    let served = api()
        .anybody()
        .get("/v1/openapi.json")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    assert_eq!(
        served.text(),
        include_str!("../../../functions/inquiry/openapi.json")
    );
    assert_eq!(served.header("content-type"), "application/json");
}
