//! At the counter: a person files, logged in beside the unit's device.

use journeys::filing::HOTEL;
use journeys::{Api, Procedure, papers};
use serde_json::json;

#[tokio::test]
async fn a_person_at_the_counter_files_the_same_case_through_another_channel() {
    let api = Api::from_env().unwrap();
    let administrator = api.login("administrator-140105").await.unwrap();
    let device =
        json!({"unit": "psb-140105", "kind": "counter", "place": "小店分局一楼大厅3号窗口"});
    let registered = administrator.post("/v1/devices", &device).once();
    let registered = registered.send().await.unwrap().expect(201).unwrap();
    let member = |name: &str| registered.json()[name].as_str().unwrap().to_owned();
    let credential = format!("Device {}.{}", member("id"), member("secret"));

    // A device is nobody: without a person beside it, it files nothing.
    let alone = api.anybody().with("x-device-authorization", &credential);
    let body = json!({"item": "PSB-APR-042", "region": "140105"});
    let alone = alone
        .post("/v1/applications", &body)
        .once()
        .send()
        .await
        .unwrap();
    assert_eq!((alone.status, alone.code()), (401, "person_missing"));

    let agent = api.login("agent-a").await.unwrap().acting_for(HOTEL);
    let at_the_counter = agent.clone().with("x-device-authorization", &credential);
    let form = papers::form_of_roadworks();
    let works = Procedure::opened_by(&api, &at_the_counter, "PSB-APR-042", &form)
        .await
        .unwrap();
    for paper in papers::of_roadworks() {
        works.filing.hand_in(&paper).await.unwrap();
    }
    works.filing.examined().await.unwrap();
    let submitted = works.agent("submit", json!({}), "submitted").await.unwrap();
    assert_eq!(submitted.json()["channel"], "counter");
    works
        .step("intake", "accept", json!({}), "accepted")
        .await
        .unwrap();

    // At home it is the same case, and the counter is not needed to go on with it.
    let path = works.filing.path("");
    let at_home = agent.get(&path).send().await.unwrap().expect(200).unwrap();
    assert_eq!(at_home.json()["channel"], "counter");
    let withdraw = agent
        .post(&works.filing.path("/withdraw"), &json!({}))
        .once();
    withdraw.send().await.unwrap().expect(200).unwrap();
    assert_eq!(
        works.history().await.unwrap(),
        ["submitted", "claimed", "accepted", "withdrawn"]
    );

    // Out of service, it serves nobody.
    let path = format!("/v1/devices/{}", member("id"));
    let seen = administrator
        .get(&path)
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let withdrawn = administrator
        .delete(&path)
        .if_match(&seen.etag().unwrap())
        .once();
    let withdrawn = withdrawn.send().await.unwrap();
    assert!(
        (200..300).contains(&withdrawn.status),
        "{}",
        withdrawn.text()
    );
    let refused = at_the_counter
        .get(&works.filing.path(""))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (refused.status, refused.code()),
        (403, "device_out_of_service")
    );
}
