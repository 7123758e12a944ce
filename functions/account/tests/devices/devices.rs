//! A unit's kiosks and counters.

use platform::table::Key;
use serde_json::{Value, json};
use support::door::{Ask, Door, PERSONS, claims};

use crate::station::{CITY, DISTRICT, INTAKE, NEIGHBOUR, PROVINCE, Station, dynamodb};

fn kiosk() -> Value {
    json!({"unit": "psb-140105", "kind": "kiosk", "place": " 小店分局一楼大厅 "})
}

fn register(station: &Door, officer: &str, body: &Value) -> Ask {
    station.officer(officer).post("/v1/devices", body).once()
}

fn path(id: &Value) -> String {
    format!("/v1/devices/{}", id.as_str().unwrap())
}

#[tokio::test]
async fn a_secret_is_shown_to_who_registers_the_device_and_to_nobody_again() {
    let station = Station::open().await;
    let request = station
        .officer(DISTRICT)
        .post("/v1/devices", &kiosk())
        .key("one");
    let registered = station.ask(request.clone()).await.expect(201);
    let id = &registered.json["id"];
    let secret = registered.json["secret"].as_str().unwrap();
    assert_eq!(secret.len(), 43);
    assert_eq!(registered.header("location"), path(id));
    assert_eq!(registered.json["place"], "小店分局一楼大厅");

    let repeated = station.ask(request).await.expect(201);
    assert_eq!(repeated.header("idempotency-replayed"), "true");
    let mut without_secret = registered.json.clone();
    without_secret["secret"] = Value::Null;
    assert_eq!(repeated.json, without_secret);

    let read = station.read(DISTRICT, &path(id)).await.expect(200);
    let list = station.read(DISTRICT, "/v1/devices").await.expect(200);
    assert_eq!(list.json["items"], json!([read.json]));
    for answer in [&repeated, &read, &list] {
        assert!(!answer.text.contains(secret));
    }
    assert!(!station.keeps(secret).await);
    assert!(station.keeps(id.as_str().unwrap()).await);
}

#[tokio::test]
async fn each_device_has_a_number_and_a_secret_of_its_own_and_the_number_says_its_kind() {
    let station = Station::open().await;
    let counter = json!({"unit": "psb-140105", "kind": "counter", "place": "1 号窗口"});
    let mut secrets = Vec::new();
    for (body, prefix) in [(kiosk(), "KSK-"), (kiosk(), "KSK-"), (counter, "CTR-")] {
        let answer = station
            .ask(register(&station, DISTRICT, &body))
            .await
            .expect(201);
        assert!(answer.json["id"].as_str().unwrap().starts_with(prefix));
        assert_eq!(answer.json["kind"], body["kind"]);
        secrets.push(answer.json["secret"].to_string());
    }
    secrets.sort_unstable();
    secrets.dedup();
    assert_eq!(secrets.len(), 3);
}

#[tokio::test]
async fn administrators_of_the_unit_and_of_those_above_it_have_its_devices_and_nobody_else() {
    let station = Station::open().await;
    for officer in [DISTRICT, CITY, PROVINCE] {
        let device = station
            .ask(register(&station, officer, &kiosk()))
            .await
            .expect(201);
        let device = path(&device.json["id"]);
        station.read(DISTRICT, &device).await.expect(200);
        let list = "/v1/devices?unit=psb-140105";
        station.read(officer, list).await.expect(200);
        for (other, status, code) in [
            (NEIGHBOUR, 404, "not_found"),
            (INTAKE, 403, "post_missing"),
            ("nobody", 403, "post_missing"),
        ] {
            station
                .read(other, &device)
                .await
                .expect_problem(status, code);
            station.read(other, list).await.expect_problem(status, code);
            let asked = station.ask(register(&station, other, &kiosk())).await;
            asked.expect_problem(status, code);
            let withdrawal = station.withdrawal(other, &device, "\"1\"");
            station.ask(withdrawal).await.expect_problem(status, code);
        }
    }
    // A person is told so at once, whether they name an enterprise or not.
    for person in [
        station.person("agent", "91140105XXX100095C"),
        station.myself(&claims(PERSONS, "agent")),
    ] {
        let asked = person.post("/v1/devices", &kiosk()).once();
        let answer = station.ask(asked).await;
        answer.expect_problem(403, "wrong_side");
    }
    let asked = station.ask(register(&station, NEIGHBOUR, &kiosk())).await;
    assert_eq!(asked.errors(), [("/unit", "out_of_reach")]);
    let intake = station.read(INTAKE, "/v1/devices").await;
    let who_may = "请由具有管理岗位的人员办理。";
    assert_eq!(intake.json["detail"], who_may);
}

#[tokio::test]
async fn a_list_is_that_of_one_unit_a_page_at_a_time() {
    let station = Station::open().await;
    let neighbours = json!({"unit": "psb-140106", "kind": "kiosk", "place": "迎泽分局"});
    station
        .ask(register(&station, CITY, &neighbours))
        .await
        .expect(201);
    let mut registered = Vec::new();
    for _ in 0..3 {
        let answer = station
            .ask(register(&station, DISTRICT, &kiosk()))
            .await
            .expect(201);
        registered.push(answer.json["id"].clone());
    }
    let mut listed = Vec::new();
    let mut rest = String::new();
    for expected in [2, 1] {
        let page = format!("/v1/devices?unit=psb-140105&limit=2{rest}");
        let page = station.read(CITY, &page).await.expect(200);
        let items = page.json["items"].as_array().unwrap();
        assert_eq!(items.len(), expected);
        listed.extend(items.iter().map(|item| item["id"].clone()));
        rest = format!(
            "&cursor={}",
            page.json["next_cursor"].as_str().unwrap_or("none")
        );
    }
    registered.sort_unstable_by_key(Value::to_string);
    assert_eq!(listed, registered);
    let elsewhere = format!("/v1/devices?unit=psb-140106{rest}");
    station
        .read(CITY, &elsewhere)
        .await
        .expect_problem(400, "invalid_cursor");
}

#[tokio::test]
async fn every_fault_of_a_device_is_told_at_once() {
    let station = Station::open().await;
    let unfit = json!({"unit": "psb-140199", "kind": "kiosk", "place": "  "});
    let answer = station.ask(register(&station, CITY, &unfit)).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(
        answer.errors(),
        [("/unit", "unknown_unit"), ("/place", "wrong_length")]
    );
    let long = json!({"unit": "psb-140105", "kind": "kiosk", "place": "长".repeat(101)});
    let answer = station.ask(register(&station, DISTRICT, &long)).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(answer.errors(), [("/place", "wrong_length")]);
    let malformed = json!({"unit": "140105", "kind": "robot", "secret": "mine"});
    let answer = station.ask(register(&station, DISTRICT, &malformed)).await;
    let answer = answer.expect_problem(400, "malformed_request");
    let mut pointers: Vec<_> = answer
        .errors()
        .iter()
        .map(|(pointer, _)| *pointer)
        .collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/kind", "/place", "/secret", "/unit"]);
}

#[tokio::test]
async fn a_device_is_withdrawn_once_by_who_has_read_it() {
    let station = Station::open().await;
    let device = station
        .ask(register(&station, DISTRICT, &kiosk()))
        .await
        .expect(201);
    let device = path(&device.json["id"]);
    let seen = station.read(DISTRICT, &device).await.expect(200);
    assert_eq!(seen.json["withdrawn_at"], Value::Null);
    let blind = station
        .officer(DISTRICT)
        .ask(axum::http::Method::DELETE, &device);
    station
        .ask(blind)
        .await
        .expect_problem(428, "precondition_required");
    let stale = station.withdrawal(DISTRICT, &device, "\"7\"");
    station
        .ask(stale)
        .await
        .expect_problem(412, "stale_version");

    let withdrawal = station.withdrawal(DISTRICT, &device, seen.header("etag"));
    station.ask(withdrawal).await.expect(204);
    let after = station.read(DISTRICT, &device).await.expect(200);
    assert!(after.json["withdrawn_at"].is_string());
    let again = station.withdrawal(DISTRICT, &device, after.header("etag"));
    station
        .ask(again)
        .await
        .expect_problem(409, "already_withdrawn");
}

#[tokio::test]
async fn what_was_withdrawn_keeps_only_the_digest_that_it_had() {
    let station = Station::open().await;
    let device = station
        .ask(register(&station, DISTRICT, &kiosk()))
        .await
        .expect(201);
    let id = device.json["id"].as_str().unwrap().to_owned();
    let key = Key::device(&id.parse().unwrap());
    let digest = |item: &platform::table::Attributes| {
        let body = item["body"].as_m().unwrap();
        body["secret"].as_s().unwrap().clone()
    };
    let before = digest(&station.stage.item(&key).await.unwrap());
    let withdrawal = station.withdrawal(DISTRICT, &format!("/v1/devices/{id}"), "\"1\"");
    station.ask(withdrawal).await.expect(204);
    assert_eq!(digest(&station.stage.item(&key).await.unwrap()), before);
    assert_eq!(before.len(), 64);
}

#[tokio::test]
async fn what_is_no_device_is_not_found() {
    let station = Station::open().await;
    for id in ["KSK-7K3M9QX2RD4F", "KEY-7K3M9QX2RD4F", "none", "KSK-"] {
        let device = format!("/v1/devices/{id}");
        station
            .read(DISTRICT, &device)
            .await
            .expect_problem(404, "not_found");
        let withdrawal = station.withdrawal(DISTRICT, &device, "\"1\"");
        station
            .ask(withdrawal)
            .await
            .expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_device_costs_one_read_and_one_transaction() {
    let station = Station::open().await;
    station.warm_up().await;
    let request = station
        .officer(DISTRICT)
        .post("/v1/devices", &kiosk())
        .key("one");
    let (registered, calls) = station.cost(request.clone()).await;
    assert_eq!((registered.status, calls), (201, dynamodb(2)));
    let (repeated, calls) = station.cost(request).await;
    assert_eq!((repeated.status, calls), (201, dynamodb(1)));
    let device = path(&registered.json["id"]);
    let (read, calls) = station.cost(station.officer(DISTRICT).get(&device)).await;
    assert_eq!((read.status, calls), (200, dynamodb(1)));
    let list = station.officer(DISTRICT).get("/v1/devices");
    let (listed, calls) = station.cost(list).await;
    assert_eq!((listed.status, calls), (200, dynamodb(2)));
    let withdrawal = station.withdrawal(DISTRICT, &device, read.header("etag"));
    let (withdrawn, calls) = station.cost(withdrawal).await;
    assert_eq!((withdrawn.status, calls), (204, dynamodb(2)));
}
