//! Idempotency keys: which are keys, and what they hold.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::chain::Digest;
use platform::table::Key;
use serde_json::{Value, json};

use crate::office::{AGENT, Answer, Ask, CARRIER, HOTEL, Office, path};

fn draft() -> Value {
    json!({"item": "PSB-APR-004", "region": "140105"})
}

fn open(office: &Office, key: &str) -> Ask {
    office.agent().post("/v1/applications", &draft()).key(key)
}

fn number(answer: &Answer) -> String {
    answer.json["number"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_key_is_1_to_255_visible_ascii_characters() {
    let office = Office::open().await;
    for taken in ["k", &"k".repeat(255), "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"] {
        office.ask(open(&office, taken)).await.expect(201);
    }
    for refused in [" ", "two words", &"k".repeat(256), "密钥", "caf\u{e9}"] {
        let answer = office
            .ask(open(&office, refused))
            .await
            .expect_problem(400, "invalid_parameter");
        assert_eq!(
            answer.errors(),
            [("Idempotency-Key", "invalid_idempotency_key")]
        );
    }
    office
        .ask(open(&office, ""))
        .await
        .expect_problem(400, "idempotency_key_missing");
    let without = office.agent().post("/v1/applications", &draft());
    office
        .ask(without)
        .await
        .expect_problem(400, "idempotency_key_missing");
}

#[tokio::test]
async fn a_repeat_gets_the_same_answer_with_all_that_belongs_to_it() {
    let office = Office::open().await;
    let first = office.ask(open(&office, "key")).await.expect(201);
    let again = office.ask(open(&office, "key")).await.expect(201);
    assert_eq!(again.text, first.text);
    for name in ["etag", "location", "content-type"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
        assert!(!first.header(name).is_empty(), "{name}");
    }
    assert_eq!(
        (
            first.header("idempotency-replayed"),
            again.header("idempotency-replayed")
        ),
        ("", "true")
    );
}

#[tokio::test]
async fn the_same_key_for_another_body_or_another_path_is_refused_and_nothing_happens() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    let first = office.ask(open(&office, "key")).await.expect(201);
    let other_body = json!({"item": "PSB-APR-004", "region": "140106"});
    let other_body = office
        .agent()
        .post("/v1/applications", &other_body)
        .key("key");
    let other_path = office.agent().post(&path("/submit"), &draft()).key("key");
    office
        .ask(other_body)
        .await
        .expect_problem(422, "idempotency_key_reused");
    // The body of another path is read first: nothing has to be said to submit.
    office.ask(other_path).await.expect(400);
    let other_path = office.agent().post(&path("/submit"), &json!({})).key("key");
    office
        .ask(other_path)
        .await
        .expect_problem(422, "idempotency_key_reused");

    let list = office
        .ask(office.agent().get("/v1/applications"))
        .await
        .expect(200);
    let states: Vec<&str> = list.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["draft", "draft"]);
    assert!(list.text.contains(&number(&first)));
}

#[tokio::test]
async fn a_key_belongs_to_its_caller_and_the_enterprise_they_act_for() {
    let office = Office::open().await;
    let first = office.ask(open(&office, "key")).await.expect(201);
    let driver = office.person("driver", CARRIER);
    let region = json!({"item": "PSB-APR-004", "region": "140105"});
    let others = office
        .ask(driver.post("/v1/applications", &region).key("key"))
        .await
        .expect(201);
    assert_ne!(number(&first), number(&others));
}

#[tokio::test]
async fn a_remembered_answer_is_not_given_to_who_has_lost_the_mandate() {
    let office = Office::open().await;
    office.ask(open(&office, "key")).await.expect(201);
    let mandate = Key::mandate(
        &domain::identifiers::Uscc::parse(HOTEL).unwrap(),
        &AGENT.to_owned().try_into().unwrap(),
    );
    let delete = office
        .stage
        .dynamodb
        .delete_item()
        .table_name(&office.stage.config.table);
    let delete = delete
        .key("pk", AttributeValue::S(mandate.pk))
        .key("sk", AttributeValue::S(mandate.sk));
    delete.send().await.unwrap();
    office
        .ask(open(&office, "key"))
        .await
        .expect_problem(403, "no_mandate");
}

#[tokio::test]
async fn after_24_hours_a_key_is_free_again_even_where_its_record_still_lies_there() {
    let office = Office::open().await;
    let first = office.ask(open(&office, "key")).await.expect(201);
    let digest = Digest::of(format!("person {AGENT} {HOTEL}\nkey").as_bytes());
    let mut record = office.stage.item(&Key::idempotency(&digest)).await.unwrap();
    let expires_at: i64 = record["expires_at"].as_n().unwrap().parse().unwrap();
    let now = platform::clock::real_now().unix_seconds();
    assert!(
        (24 * 3600 - 60..=24 * 3600).contains(&(expires_at - now)),
        "{}",
        expires_at - now
    );

    let yesterday = platform::clock::real_now().plus_seconds(-1);
    record.insert(
        "expires_at".to_owned(),
        AttributeValue::N(yesterday.unix_seconds().to_string()),
    );
    let AttributeValue::M(body) = record.get_mut("body").unwrap() else {
        panic!("a record without a body");
    };
    body.insert(
        "expires_at".to_owned(),
        AttributeValue::S(yesterday.to_string()),
    );
    office.stage.put_item(record).await;
    let later = office.ask(open(&office, "key")).await.expect(201);
    assert_ne!(number(&first), number(&later));
}

#[tokio::test]
async fn a_repeated_announcement_gets_the_same_document_and_a_fresh_link() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    let body = json!({
        "material": "MAT-FIRE", "size": 9, "sha256": "1".repeat(64), "media_type": "application/pdf",
    });
    let announce = office.agent().post(&path("/documents"), &body).key("key");
    let first = office.ask(announce.clone()).await.expect(201);
    let again = office.ask(announce).await.expect(201);
    assert_eq!(first.json["document"], again.json["document"]);
    assert!(
        again.json["upload"]["url"]
            .as_str()
            .unwrap()
            .contains("X-Amz-Signature")
    );
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let office = Office::open().await;
    let filing = support::filing::Filing::open(&office.stage).await;
    let submit = office.agent().post(&path("/submit"), &json!({})).key("key");
    office
        .ask(submit.clone())
        .await
        .expect_problem(422, "papers_incomplete");
    filing.announce_all().await;
    office.ask(submit).await.expect(200);
}
