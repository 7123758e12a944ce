//! Personal data: sealed wherever it lies, masked for whoever need not read it.

use serde_json::{Value, json};

use crate::office::{AGENT, HOTEL, Office, path};

/// What the form says of persons.
const PERSONAL: [&str; 7] = [
    "张示例",
    "李示例",
    "140105198001010003",
    "14012219010203002X",
    "13800000000",
    "19900000000",
    "太原市小店区示例路1号",
];

async fn everything_in_the_table(office: &Office) -> String {
    format!("{:?}", office.stage.everything().await)
}

#[tokio::test]
async fn nothing_personal_lies_in_the_table_in_the_clear() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let draft = json!({"item": "PSB-APR-004", "region": "140105", "form": support::filing::form()});
    office
        .ask(office.agent().post("/v1/applications", &draft).once())
        .await
        .expect(201);
    office.claim("intake").await;
    let accept = office.command("intake", "accept", &json!({})).await;
    office.ask(accept).await.expect(200);
    office.claim("reviewer").await;
    let opinion = json!({"outcome": "refuse", "opinion": "李示例的资格证明不符。"});
    let recommend = office.command("reviewer", "recommend", &opinion).await;
    office.ask(recommend).await.expect(200);

    let table = everything_in_the_table(&office).await;
    for personal in PERSONAL.into_iter().chain(["李示例的资格证明不符。"]) {
        assert!(!table.contains(personal), "{personal} lies in the clear");
    }
}

#[tokio::test]
async fn the_form_is_whole_for_who_filed_it_and_masked_for_everybody_else() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let own = office.ask(office.agent().get(&path(""))).await.expect(200);
    assert_eq!(own.json["form"], support::filing::form());
    for other in [office.person("viewer", HOTEL), office.officer("intake")] {
        let seen = office.ask(other.get(&path(""))).await.expect(200);
        for personal in ["140105198001010003", "14012219010203002X", "13800000000"] {
            assert!(
                !seen.text.contains(personal),
                "{personal} is shown: {}",
                seen.json["form"]
            );
        }
        assert_eq!(
            seen.json["form"]["hotel_name"],
            own.json["form"]["hotel_name"]
        );
        assert_eq!(seen.json["form"]["rooms"], own.json["form"]["rooms"]);
    }
}

#[tokio::test]
async fn a_reviewers_opinion_is_for_officers_and_reasons_are_for_everybody() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.claim("intake").await;
    let accept = office.command("intake", "accept", &json!({})).await;
    office.ask(accept).await.expect(200);
    office.claim("reviewer").await;
    let opinion = json!({"outcome": "grant", "opinion": "建议准予。"});
    let recommend = office.command("reviewer", "recommend", &opinion).await;
    office.ask(recommend).await.expect(200);
    office.claim("decider").await;
    let early = office
        .ask(office.agent().get(&path("/events")))
        .await
        .expect(200)
        .json;
    let recommended = early["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["record"]["event"]["type"] == "recommended")
        .unwrap();
    assert_eq!(recommended["withheld"], true);
    assert_eq!(
        recommended["record"]["event"],
        json!({"type": "recommended"})
    );
    let decision = json!({"outcome": "refuse", "reasons": "消防检查意见已过期。"});
    let decide = office.command("decider", "decide", &decision).await;
    office.ask(decide).await.expect(200);

    let text_of = |events: &Value, kind: &str| {
        let items = events["items"].as_array().unwrap();
        items
            .iter()
            .find(|item| item["record"]["event"]["type"] == kind)
            .unwrap()["text"]
            .clone()
    };
    let agents = office
        .ask(office.agent().get(&path("/events")))
        .await
        .expect(200)
        .json;
    let officers = office
        .ask(office.officer("intake").get(&path("/events")))
        .await
        .expect(200)
        .json;
    assert_eq!(text_of(&agents, "recommended"), Value::Null);
    assert_eq!(text_of(&officers, "recommended"), "建议准予。");
    assert_eq!(text_of(&agents, "refused"), "消防检查意见已过期。");
    let refused = agents["items"].as_array().unwrap().last().unwrap();
    let remedies: Vec<&str> = refused["record"]["event"]["remedies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|remedy| remedy["kind"].as_str().unwrap())
        .collect();
    assert_eq!(remedies, ["reconsideration", "lawsuit"]);
}

#[tokio::test]
async fn an_idempotency_record_holds_no_form() {
    let office = Office::open().await;
    let draft = json!({"item": "PSB-APR-004", "region": "140105", "form": support::filing::form()});
    let opened = office
        .ask(office.agent().post("/v1/applications", &draft).key("key"))
        .await
        .expect(201);
    assert_eq!(opened.json.get("form"), None);
    let table = everything_in_the_table(&office).await;
    assert!(table.contains(AGENT) && !table.contains("汾河晨光酒店"));
}
