//! What each request costs: round trips to AWS, counted as they leave the process.

use platform::telemetry::Calls;
use serde_json::json;

use crate::office::{Ask, Office, SEARCHES, path};

fn dynamodb(calls: u64) -> Calls {
    Calls {
        dynamodb: calls,
        ..Calls::default()
    }
}

async fn costs(office: &Office, ask: Ask, status: u16, expected: Calls) {
    let told = format!("{ask:?}");
    let (answer, calls) = office.cost(ask).await;
    assert_eq!(answer.status, status, "{told}: {}", answer.text);
    assert_eq!(calls, expected, "{told}");
}

#[tokio::test]
async fn a_first_request_reads_the_issuers_keys_and_opens_the_branch_key_once() {
    let office = Office::open().await;
    let filing = office.draft().await;
    let first = office.cost(office.agent().get(&path(""))).await;
    first.0.expect(200);
    let keys_and_branch = Calls {
        dynamodb: 3,
        kms: 1,
        ..Calls::default()
    };
    assert_eq!(first.1, keys_and_branch);
    costs(&office, office.agent().get(&path("")), 200, dynamodb(1)).await;
    drop(filing);
}

#[tokio::test]
async fn what_an_applicant_asks_for_costs_one_read_and_what_they_change_one_transaction_more() {
    let office = Office::open().await;
    let filing = office.draft().await;
    office.warm_up().await;
    let agent = office.agent();

    let draft = json!({"item": "PSB-APR-004", "region": "140105"});
    costs(
        &office,
        agent.post("/v1/applications", &draft).once(),
        201,
        dynamodb(2),
    )
    .await;
    costs(&office, agent.get("/v1/applications"), 200, dynamodb(2)).await;
    costs(&office, agent.get(&path("")), 200, dynamodb(1)).await;
    let etag = office
        .ask(agent.get(&path("")))
        .await
        .header("etag")
        .to_owned();
    let change = agent
        .patch(&path(""), &json!({"form": {"rooms": 81}}))
        .if_match(&etag);
    costs(&office, change, 200, dynamodb(2)).await;
    let announcement = json!({
        "material": "MAT-FIRE", "size": 4, "sha256": "0".repeat(64), "media_type": "application/pdf",
    });
    let announce = agent.post(&path("/documents"), &announcement).once();
    costs(&office, announce, 201, dynamodb(2)).await;
    let document = filing
        .case()
        .await
        .manifest
        .unwrap()
        .body
        .papers
        .values()
        .next()
        .unwrap()
        .document;
    let document = path(&format!("/documents/{document}"));
    costs(&office, agent.get(&document), 200, dynamodb(1)).await;

    let submit = agent.post(&path("/submit"), &json!({})).key("one");
    costs(&office, submit.clone(), 200, dynamodb(2)).await;
    costs(&office, submit, 200, dynamodb(1)).await;
    costs(&office, agent.get(&path("/events")), 200, dynamodb(2)).await;
    costs(
        &office,
        agent.post(&path("/withdraw"), &json!({})).once(),
        200,
        dynamodb(2),
    )
    .await;
}

#[tokio::test]
async fn every_officers_command_costs_one_read_and_one_transaction() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.warm_up().await;

    let opinion = json!({"outcome": "grant", "opinion": "符合法定条件。"});
    let decision = json!({"outcome": "grant", "reasons": "符合法定条件。"});
    for (officer, command, body) in [
        ("intake", "claim", json!({})),
        ("intake", "release", json!({})),
        ("intake", "claim", json!({})),
        ("intake", "accept", json!({})),
        ("reviewer", "claim", json!({})),
        ("reviewer", "recommend", opinion),
        ("decider", "claim", json!({})),
        ("decider", "decide", decision),
    ] {
        let ask = office.command(officer, command, &body).await;
        costs(&office, ask, 200, dynamodb(2)).await;
    }
    costs(
        &office,
        office.officer("intake").get("/v1/workbench"),
        200,
        dynamodb(2),
    )
    .await;
    costs(
        &office,
        office.officer("intake").get(&path("/events")),
        200,
        dynamodb(2),
    )
    .await;
    costs(
        &office,
        office.officer("intake").get(&path("/report")),
        404,
        dynamodb(1),
    )
    .await;
}

#[tokio::test]
async fn a_search_costs_a_look_at_the_officer_and_at_the_hash_the_cases_and_the_record_of_it() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.warm_up().await;
    let intake = office.officer("intake");
    let found = json!({"mobile": "13800000000"});
    costs(&office, intake.post(SEARCHES, &found), 200, dynamodb(4)).await;
    let nobody = json!({"mobile": "13700000000"});
    costs(&office, intake.post(SEARCHES, &nobody), 200, dynamodb(3)).await;
}

#[tokio::test]
async fn who_is_not_let_in_costs_nothing() {
    let office = Office::open().await;
    office
        .ask(office.agent().get("/v1/applications"))
        .await
        .expect(200);
    let nobody = crate::office::Asker::default();
    costs(&office, nobody.get(&path("")), 401, dynamodb(0)).await;
    costs(&office, nobody.get("/v1/health/approval"), 200, dynamodb(0)).await;
    costs(
        &office,
        office.agent().get("/v1/applications/none"),
        404,
        dynamodb(0),
    )
    .await;
    let unkeyed = office.agent().post(&path("/submit"), &json!({}));
    costs(&office, unkeyed, 400, dynamodb(0)).await;
}
