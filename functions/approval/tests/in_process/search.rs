//! Officers find the cases of their unit that name a person, and every search is recorded.

use domain::application::Actor;
use platform::audit::{self, AuditEntry, AuditedAction};
use serde_json::{Value, json};
use support::Reply;
use support::filing::NUMBER;

use crate::office::{Answer, Office, SEARCHES};

/// What the form of the fixtures says of persons, as somebody might type it.
const TYPED: [(&str, &str); 4] = [
    ("resident_id", "140105198001010003"),
    ("resident_id", "14012219010203002x"),
    ("mobile", "+86 138 0000 0000"),
    ("mobile", "１９９００００００００"),
];

async fn search(office: &Office, officer: &str, body: &Value) -> Answer {
    office
        .ask(office.officer(officer).post(SEARCHES, body))
        .await
}

fn numbers(answer: &Answer) -> Vec<&str> {
    let items = answer.json["items"].as_array().unwrap().iter();
    items.map(|item| item["number"].as_str().unwrap()).collect()
}

async fn recorded(office: &Office) -> Vec<AuditEntry> {
    let table = office.stage.table();
    let unit = serde_json::from_value(json!("psb-140105")).unwrap();
    let today = table.now().await.unwrap().date();
    let found = audit::of_month(&table, &unit, today, 100, None).await;
    found.unwrap().0
}

#[tokio::test]
async fn a_case_is_found_by_every_number_in_its_form_however_it_is_typed() {
    let office = Office::open().await;
    let _filing = office.application().await;
    for (kind, typed) in TYPED {
        let answer = search(&office, "intake", &json!({kind: typed}))
            .await
            .expect(200);
        assert_eq!(numbers(&answer), [NUMBER], "{typed}");
        assert_eq!(answer.json["more"], false);
        assert_eq!(answer.json["items"][0].get("form"), None);
    }
}

#[tokio::test]
async fn a_draft_and_somebody_elses_number_are_not_found() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    for body in [
        json!({"mobile": "13800000000"}),
        json!({"mobile": "13700000000"}),
    ] {
        let answer = search(&office, "intake", &body).await.expect(200);
        assert!(numbers(&answer).is_empty(), "{body}");
    }
}

#[tokio::test]
async fn officers_find_what_their_own_unit_has_and_only_with_a_post_that_handles_cases() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let body = json!({"mobile": "13800000000"});
    for officer in ["intake", "reviewer", "decider", "head", "supervisor"] {
        let answer = search(&office, officer, &body).await.expect(200);
        assert_eq!(numbers(&answer), [NUMBER], "{officer}");
    }
    let elsewhere = search(&office, "neighbour", &body).await.expect(200);
    assert!(numbers(&elsewhere).is_empty());
    search(&office, "traffic", &body)
        .await
        .expect_problem(403, "post_missing");
    search(&office, "nobody", &body)
        .await
        .expect_problem(403, "post_missing");
    let agent = office.agent().post(SEARCHES, &body);
    office.ask(agent).await.expect_problem(403, "wrong_side");
}

#[tokio::test]
async fn every_fault_of_a_search_is_told_at_once() {
    let office = Office::open().await;
    let wrong = json!({"resident_id": "140122190102030021", "mobile": "0351-1234567"});
    let answer = search(&office, "intake", &wrong).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(
        answer.errors(),
        [
            ("", "exactly_one"),
            ("/resident_id", "resident_id_check_character"),
            ("/mobile", "mobile_number_landline"),
        ]
    );
    for none in [json!({}), json!({"mobile": null})] {
        let answer = search(&office, "intake", &none).await;
        let answer = answer.expect_problem(422, "invalid_value");
        assert_eq!(answer.errors(), [("", "exactly_one")]);
    }
    let malformed = json!({"resident_id": 14, "mobile": ["13800000000"], "name": "王小明"});
    let answer = search(&office, "intake", &malformed).await;
    let answer = answer.expect_problem(400, "malformed_request");
    let pointers: Vec<&str> = answer.errors().into_iter().map(|(at, _)| at).collect();
    assert_eq!(pointers, ["/mobile", "/name", "/resident_id"]);
    assert!(recorded(&office).await.is_empty());
}

#[tokio::test]
async fn every_search_is_recorded_with_who_made_it_and_without_the_number() {
    let office = Office::open().await;
    let _filing = office.application().await;
    for body in [
        json!({"mobile": "13800000000"}),
        json!({"mobile": "13700000000"}),
        json!({"mobile": "138 0000 0000"}),
        json!({"resident_id": "14012219010203002X"}),
    ] {
        search(&office, "intake", &body).await.expect(200);
    }
    let entries = recorded(&office).await;
    let told: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| {
            (
                entry.details["kind"].as_str(),
                entry.details["found"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("mobile", "1"),
            ("mobile", "0"),
            ("mobile", "1"),
            ("resident_id", "1")
        ]
    );
    let digests: Vec<&str> = entries
        .iter()
        .map(|entry| entry.details["hash_digest"].as_str())
        .collect();
    assert_eq!(
        digests[0], digests[2],
        "two searches for one number are told to be that"
    );
    assert_ne!(digests[0], digests[1]);
    for entry in &entries {
        assert!(
            matches!(&entry.actor, Actor::Officer { officer, .. } if officer.as_str() == "intake")
        );
        assert_eq!(
            (entry.action, entry.resource.as_str()),
            (AuditedAction::SearchByPerson, SEARCHES)
        );
    }
    assert!(entries.is_sorted_by_key(|entry| entry.at));
    let table = format!("{:?}", office.stage.everything().await);
    for number in ["13800000000", "13700000000", "14012219010203002X"] {
        assert!(!table.contains(number), "{number} lies in the clear");
    }
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_told() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.warm_up().await;
    office
        .stage
        .faults
        .answer("TransactWriteItems", 9, |_| Some(Reply::unavailable()));
    let answer = search(&office, "intake", &json!({"mobile": "13800000000"})).await;
    let answer = answer.expect_problem(503, "temporarily_unavailable");
    assert!(!answer.text.contains(NUMBER));
}
