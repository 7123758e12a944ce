//! What each request costs: round trips to AWS, counted as they leave the process, items and capacity units.
//!
//! `cargo nextest run -p approval -E 'test(budgets)' --no-capture` prints the units of every command.

#![allow(clippy::print_stderr, reason = "the figures are there to be read")]

use std::sync::{Arc, Mutex};

use platform::telemetry::Calls;
use serde_json::{Value, json};

use crate::office::{AGENT, Ask, Office, SEARCHES, path};
use crate::procedure::story::{
    BUSINESS_FILING, HOTEL_LICENCE, INTERNET_CAFE, ROADWORKS, SCHOOL_BUS, SHOOTING_RANGE, Story,
    grant, refuse,
};

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

/// Counts what the commands on a case cost, and how many items each transaction writes.
struct Bill<'s> {
    story: &'s Story,
    written: Arc<Mutex<Traffic>>,
}

impl<'s> Bill<'s> {
    /// Of what is warm and costs nothing any more but the command itself.
    async fn of(story: &'s Story) -> Self {
        story.warm_up().await;
        let written = Arc::new(Mutex::new(Traffic::default()));
        let faults = &story.office.stage.faults;
        // Only looks: nothing is answered in the place of DynamoDB.
        let seen = Arc::clone(&written);
        faults.answer("TransactWriteItems", 1, move |request| {
            let writes = request["TransactItems"].as_array().unwrap();
            let mut seen = seen.lock().unwrap();
            seen.items_written = writes.len();
            seen.write_units = writes.iter().map(write_units).sum();
            None
        });
        let seen = Arc::clone(&written);
        faults.answer("BatchGetItem", 1, move |request| {
            let tables = request["RequestItems"].as_object().unwrap().values();
            let keys = tables.map(|table| table["Keys"].as_array().unwrap().len());
            seen.lock().unwrap().items_read = keys.sum();
            None
        });
        Self { story, written }
    }

    /// Carries out the commands (who, command, body, items written) one after the other: each is one read
    /// and one transaction, of so many items.
    async fn pays(&self, rows: Vec<(&str, &str, Value, usize)>) {
        for (who, command, body, items) in rows {
            let ask = if who == "agent" {
                self.story.by_agent(command, &body)
            } else {
                self.story.by_officer(who, command, &body).await
            };
            *self.written.lock().unwrap() = Traffic::default();
            let (answer, calls) = self.story.office.cost(ask).await;
            assert_eq!(answer.status, 200, "{who} {command}: {}", answer.text);
            assert_eq!(calls, dynamodb(2), "{who} {command}");
            let traffic = std::mem::take(&mut *self.written.lock().unwrap());
            assert_eq!(traffic.items_written, items, "{who} {command}");
            eprintln!("{who} {command}: {traffic:?}");
            let (read, units) = (traffic.items_read, traffic.write_units);
            assert!(read <= MOST_ITEMS_READ, "{who} {command}: {traffic:?}");
            assert!(
                units <= UNITS_OF_AN_ITEM * items,
                "{who} {command}: {traffic:?}"
            );
        }
    }
}

/// What a command asks of the table.
#[derive(Debug, Default)]
struct Traffic {
    /// Items read by their keys, a capacity unit for each 4 KiB of them.
    items_read: usize,
    items_written: usize,
    /// Capacity units for writing: in a transaction two for each started KiB of an item.
    write_units: usize,
}

/// The most items a command reads.
const MOST_ITEMS_READ: usize = 12;
/// The write units that the items of a command take on the average, at the most: not over 2 KiB each.
const UNITS_OF_AN_ITEM: usize = 4;

/// What the write takes, by the names and values that the request has; a check takes what a write does.
fn write_units(write: &Value) -> usize {
    let item = &write["Put"]["Item"];
    2 * size(item).div_ceil(1024).max(1)
}

/// The bytes of `value` as DynamoDB counts them: of names and texts, and not of what is around them.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| if name.len() > 1 { name.len() } else { 0 } + size(value))
            .sum(),
        Value::Array(parts) => parts.iter().map(size).sum(),
        Value::String(text) => text.len(),
        Value::Bool(_) | Value::Null | Value::Number(_) => 1,
    }
}

fn said(member: &str) -> Value {
    json!({member: "依法办理。"})
}

#[tokio::test]
async fn on_the_way_to_acceptance_a_command_costs_one_read_and_one_transaction() {
    let story = Story::draft_without(HOTEL_LICENCE, &["MAT-FIRE"]).await;
    let bill = Bill::of(&story).await;
    let deferral = json!({"materials": ["MAT-FIRE"], "cure_by": "2026-03-06"});
    let undertaking =
        json!({"kind": "deferral", "materials": ["MAT-FIRE"], "cure_by": "2026-03-05"});
    let demands = json!([{"kind": "field", "pointer": "/rooms"}]);
    let form = story.seen().await["form"].clone();
    bill.pays(vec![
        ("agent", "submit", json!({"deferral": deferral}), 18),
        ("agent", "undertaking", undertaking, 3),
        ("intake", "claim", json!({}), 3),
        (
            "intake",
            "require-correction",
            json!({"demands": demands, "explanation": "请核对。"}),
            5,
        ),
        ("agent", "supplement", json!({"form": form}), 6),
        ("intake", "claim", json!({}), 3),
        ("intake", "release", json!({}), 3),
        (
            "head",
            "reassign",
            json!({"to": "intake", "reasons": "休假。"}),
            4,
        ),
        ("intake", "accept-with-deferral", json!({}), 5),
    ])
    .await;
    story.bring("MAT-FIRE").await;
    bill.pays(vec![("agent", "supplement", json!({}), 4)]).await;

    let withdrawn = Story::submitted(HOTEL_LICENCE).await;
    Bill::of(&withdrawn)
        .await
        .pays(vec![
            ("intake", "claim", json!({}), 3),
            ("intake", "accept", json!({}), 5),
            ("agent", "withdraw", json!({"reason": "不再经营。"}), 5),
        ])
        .await;

    let other = Story::submitted(HOTEL_LICENCE).await;
    let other_bill = Bill::of(&other).await;
    let not_ours = json!({"ground": "no_power", "reasons": "应向其他机关申请。"});
    other_bill
        .pays(vec![
            ("intake", "claim", json!({}), 3),
            ("intake", "not-accept", not_ours, 5),
        ])
        .await;
}

#[tokio::test]
async fn in_the_review_a_command_costs_one_read_and_one_transaction() {
    let story = Story::accepted(ROADWORKS).await;
    let bill = Bill::of(&story).await;
    let start =
        json!({"ground": "expert_review", "expected_end": "2026-03-20", "explanation": "评审。"});
    let end = json!({"ground": "expert_review", "result": "评审通过。"});
    bill.pays(vec![
        ("reviewer", "claim", json!({}), 3),
        ("reviewer", "start-special-procedure", start, 5),
        ("reviewer", "end-special-procedure", end, 5),
        ("reviewer", "suspend", said("basis"), 5),
        ("reviewer", "resume", said("reasons"), 5),
        (
            "reviewer",
            "request-extension",
            json!({"days": 5, "reasons": "复杂。"}),
            4,
        ),
        ("head", "approve-extension", said("reasons"), 5),
        (
            "reviewer",
            "inspect",
            json!({"with": "reviewer-2", "findings": "一致。"}),
            4,
        ),
        ("reviewer", "recommend", grant("opinion"), 4),
        ("decider", "claim", json!({}), 3),
        ("decider", "return", said("reasons"), 4),
        ("reviewer", "claim", json!({}), 3),
        ("reviewer", "terminate", said("reasons"), 5),
    ])
    .await;
}

#[tokio::test]
async fn of_a_hearing_a_command_costs_one_read_and_one_transaction() {
    let story = Story::under_review(SHOOTING_RANGE).await;
    let bill = Bill::of(&story).await;
    let schedule =
        json!({"at": "2026-03-16T09:00:00+08:00", "chair": "supervisor", "order": "公开。"});
    bill.pays(vec![
        ("reviewer", "offer-hearing", said("explanation"), 5),
        ("agent", "request-hearing", json!({}), 3),
        ("reviewer", "schedule-hearing", schedule, 5),
    ])
    .await;
    story.at("2026-03-16T11:00:00+08:00").await;
    bill.pays(vec![("reviewer", "record-hearing", said("minutes"), 5)])
        .await;
}

#[tokio::test]
async fn a_decision_and_what_comes_after_it_cost_one_read_and_one_transaction_each() {
    let bus = Story::awaiting_decision(SCHOOL_BUS).await;
    let bus_bill = Bill::of(&bus).await;
    let booked = json!({"at": "2026-03-03T09:00:00+08:00"});
    bus_bill
        .pays(vec![
            ("agent", "attendance", booked, 3),
            ("intake", "attend", json!({}), 3),
            ("decider", "decide", refuse("reasons"), 5),
        ])
        .await;

    // What the enterprise holds is written with the grant, and with all that changes it.
    let filing = Story::awaiting_decision(BUSINESS_FILING).await;
    let filing_bill = Bill::of(&filing).await;
    // The grant leaves three papers to be used again.
    filing_bill
        .pays(vec![
            ("decider", "decide", grant("reasons"), 10),
            ("intake", "deliver", json!({"mode": "electronic"}), 3),
            ("agent", "renew", said("reasons"), 4),
            ("decider", "claim", json!({}), 3),
            ("decider", "decide", grant("reasons"), 6),
            ("agent", "amend", said("reasons"), 4),
            ("decider", "claim", json!({}), 3),
            ("decider", "decide", refuse("reasons"), 5),
            ("agent", "cancel", said("reasons"), 6),
        ])
        .await;

    for command in ["rescind", "revoke", "cancel"] {
        let licence = Story::granted(HOTEL_LICENCE).await;
        let licence_bill = Bill::of(&licence).await;
        licence_bill
            .pays(vec![("head", command, said("reasons"), 6)])
            .await;
    }
}

#[tokio::test]
async fn an_undertaking_costs_one_read_and_one_transaction_each_time() {
    let cafe = Story::submitted(INTERNET_CAFE).await;
    let bill = Bill::of(&cafe).await;
    let conditions = json!({"kind": "conditions"});
    bill.pays(vec![("agent", "undertaking", conditions, 3)])
        .await;
    cafe.step("intake", "accept", json!({})).await;
    cafe.step("reviewer", "recommend", grant("opinion")).await;
    cafe.step("decider", "decide", grant("reasons")).await;
    let checked = json!({"holds": true, "findings": "一致。"});
    bill.pays(vec![("reviewer", "check-undertaking", checked, 4)])
        .await;
}

#[tokio::test]
async fn an_officer_who_acts_for_an_enterprise_in_private_life_costs_one_read_more() {
    use domain::officer::Post;

    let story = Story::submitted(HOTEL_LICENCE).await;
    story.warm_up().await;
    let driver = || "driver".to_owned().try_into().unwrap();
    for (name, post) in [("intake", Post::Intake), ("reviewer-2", Post::Reviewer)] {
        story
            .appoint(name, &[post], |officer| officer.own_person = Some(driver()))
            .await;
    }
    let again = json!({"to": "reviewer-2", "reasons": "休假。"});
    let look = json!({"with": "reviewer-2", "findings": "一致。"});
    for (officer, command, body, reads) in [
        ("intake", "claim", json!({}), 2),
        ("intake", "accept", json!({}), 2),
        ("head", "reassign", again, 2),
        ("reviewer-2", "release", json!({}), 1),
        ("reviewer", "claim", json!({}), 1),
        ("reviewer", "inspect", look, 2),
    ] {
        let ask = story.by_officer(officer, command, &body).await;
        costs(&story.office, ask, 200, dynamodb(reads + 1)).await;
    }
    // Who is refused for it has cost no transaction.
    let agent = || AGENT.to_owned().try_into().unwrap();
    let at_home = Story::submitted(HOTEL_LICENCE).await;
    at_home.warm_up().await;
    at_home
        .appoint("intake", &[Post::Intake], |officer| {
            officer.own_person = Some(agent());
        })
        .await;
    let ask = at_home.by_officer("intake", "claim", &json!({})).await;
    costs(&at_home.office, ask, 403, dynamodb(2)).await;
}

#[tokio::test]
async fn the_clock_and_a_notice_cost_one_read_and_the_list_of_notices_two() {
    let story = Story::accepted(HOTEL_LICENCE).await;
    story.warm_up().await;
    let agent = story.office.agent();
    costs(
        &story.office,
        agent.get(&story.path("/clock")),
        200,
        dynamodb(1),
    )
    .await;
    let list = agent.get(&story.path("/notices"));
    costs(&story.office, list.clone(), 200, dynamodb(2)).await;
    let list = story.office.ask(list).await.json;
    let number = list["items"][0]["number"].as_str().unwrap();
    let notice = agent.get(&story.path(&format!("/notices/{number}")));
    costs(&story.office, notice, 200, dynamodb(1)).await;
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
