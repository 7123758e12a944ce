//! Keys that programs of others send requests with.

use platform::api_keys::{ApiKeyRefusal, checked};
use platform::secrets::Refusal;
use serde_json::{Value, json};
use support::door::{Answer, Ask};

use crate::station::{CITY, DISTRICT, INTAKE, PROVINCE, SECOND, Station, dynamodb};

fn program() -> Value {
    json!({"name": "市民随手拍", "contact": "https://example.org/contact"})
}

fn give(station: &Station, officer: &str, body: &Value) -> Ask {
    station.officer(officer).post("/v1/api-keys", body).once()
}

fn path(given: &Answer) -> String {
    format!("/v1/api-keys/{}", given.json["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_key_that_was_given_opens_until_it_is_withdrawn() {
    let station = Station::open().await;
    let given = station
        .ask(give(&station, PROVINCE, &program()))
        .await
        .expect(201);
    let (id, secret) = (&given.json["id"], &given.json["secret"]);
    let presented = format!("{}.{}", id.as_str().unwrap(), secret.as_str().unwrap());
    let table = station.stage.table();
    let opened = checked(&table, &presented).await.unwrap().unwrap();
    assert_eq!(opened.name, "市民随手拍");

    let seen = station.read(PROVINCE, &path(&given)).await.expect(200);
    let withdrawal = station.withdrawal(SECOND, &path(&given), seen.header("etag"));
    station.ask(withdrawal).await.expect(204);
    let refused = checked(&table, &presented).await.unwrap().unwrap_err();
    assert!(
        matches!(refused, ApiKeyRefusal::Withdrawn(_)),
        "{refused:?}"
    );
    let after = station.read(PROVINCE, &path(&given)).await.expect(200);
    let again = station.withdrawal(PROVINCE, &path(&given), after.header("etag"));
    station
        .ask(again)
        .await
        .expect_problem(409, "already_withdrawn");
}

#[tokio::test]
async fn five_wrong_secrets_lock_a_key_and_what_is_none_is_told_no_better() {
    let station = Station::open().await;
    let given = station
        .ask(give(&station, PROVINCE, &program()))
        .await
        .expect(201);
    let id = given.json["id"].as_str().unwrap();
    let good = format!("{id}.{}", given.json["secret"].as_str().unwrap());
    let wrong = format!("{id}.{}", "A".repeat(43));
    let table = station.stage.table();
    let not_recognised = ApiKeyRefusal::Secret(Refusal::NotRecognised);
    let nobodys = format!("KEY-000000000000.{}", "A".repeat(43));
    for presented in ["", "rubbish", id, &nobodys] {
        assert_eq!(
            checked(&table, presented).await.unwrap(),
            Err(not_recognised)
        );
    }
    for _ in 0..5 {
        assert_eq!(checked(&table, &wrong).await.unwrap(), Err(not_recognised));
    }
    let locked = checked(&table, &good).await.unwrap().unwrap_err();
    let ApiKeyRefusal::Secret(Refusal::Locked { for_seconds }) = locked else {
        panic!("{locked:?}");
    };
    assert!((1..=900).contains(&for_seconds), "{for_seconds}");
}

#[tokio::test]
async fn a_good_key_costs_one_read_and_no_write() {
    let station = Station::open().await;
    let given = station
        .ask(give(&station, PROVINCE, &program()))
        .await
        .expect(201);
    let [id, secret] = ["id", "secret"].map(|name| given.json[name].as_str().unwrap());
    let table = station.stage.table();
    let before = (
        station.stage.everything().await,
        station.stage.aws.calls().so_far(),
    );
    checked(&table, &format!("{id}.{secret}"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(station.stage.aws.calls().so_far() - before.1, dynamodb(1));
    assert_eq!(station.stage.everything().await, before.0);
}

#[tokio::test]
async fn keys_are_the_provinces_to_give() {
    let station = Station::open().await;
    let given = station
        .ask(give(&station, PROVINCE, &program()))
        .await
        .expect(201);
    for officer in [DISTRICT, CITY] {
        let asked = station.ask(give(&station, officer, &program())).await;
        asked.expect_problem(403, "post_missing");
        let list = station.read(officer, "/v1/api-keys").await;
        list.expect_problem(403, "post_missing");
        let withdrawal = station.withdrawal(officer, &path(&given), "\"1\"");
        station
            .ask(withdrawal)
            .await
            .expect_problem(404, "not_found");
    }
    let asked = station.ask(give(&station, INTAKE, &program())).await;
    asked.expect_problem(403, "post_missing");
    let list = station.read(SECOND, "/v1/api-keys").await.expect(200);
    assert_eq!(list.json["items"][0]["id"], given.json["id"]);
    assert_eq!(list.json["next_cursor"], Value::Null);
}

#[tokio::test]
async fn the_secret_of_a_key_is_shown_once_and_not_kept() {
    let station = Station::open().await;
    let request = station
        .officer(PROVINCE)
        .post("/v1/api-keys", &program())
        .key("one");
    let given = station.ask(request.clone()).await.expect(201);
    let secret = given.json["secret"].as_str().unwrap();
    let repeated = station.ask(request).await.expect(201);
    assert_eq!(repeated.json["id"], given.json["id"]);
    assert_eq!(repeated.json["secret"], Value::Null);
    let read = station.read(PROVINCE, &path(&given)).await.expect(200);
    assert!(!read.text.contains(secret));
    assert!(!station.keeps(secret).await);
}

#[tokio::test]
async fn a_program_is_named_with_where_its_organisation_is_reached() {
    let station = Station::open().await;
    for contact in ["https://example.org", "city-app@example.org"] {
        let body = json!({"name": "城市热线", "contact": contact});
        station
            .ask(give(&station, PROVINCE, &body))
            .await
            .expect(201);
    }
    let faulty = json!({"name": "", "contact": "13800000001"});
    let answer = station.ask(give(&station, PROVINCE, &faulty)).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(
        answer.errors(),
        [("/name", "wrong_length"), ("/contact", "wrong_format")]
    );
    for contact in [
        "http://example.org",
        "https://",
        "@example.org",
        "a b@example.org",
        "a@b",
    ] {
        let body = json!({"name": "城市热线", "contact": contact});
        let answer = station.ask(give(&station, PROVINCE, &body)).await;
        let answer = answer.expect_problem(422, "invalid_value");
        assert_eq!(answer.errors(), [("/contact", "wrong_format")], "{contact}");
    }
}
