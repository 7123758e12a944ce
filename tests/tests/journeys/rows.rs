//! Residence permits for the employees of an enterprise: one application, an answer for each of them.

use journeys::Api;
use serde_json::{Value, json};

use crate::reviewed::{form, submitted};

const RESIDENCE_PERMITS: &str = "PSB-PRO-002";
const REASON: &str = "该员工在本地居住未满半年。";

#[tokio::test]
async fn of_the_employees_of_one_application_each_has_an_answer() {
    let api = Api::from_env().unwrap();
    let mut asked = form(RESIDENCE_PERMITS);
    // Which batch it is tells it from those of other runs.
    asked["batch"] = format!("批次{}", uuid::Uuid::new_v4().simple()).into();
    let case = submitted(&api, RESIDENCE_PERMITS, &asked).await;
    let refused = json!([{"row": 2, "reasons": REASON}]);
    let recommend =
        json!({"outcome": "grant", "opinion": "除第 2 人外均符合条件。", "refused_rows": refused});
    let decide = json!({"outcome": "grant", "refused_rows": refused});
    for (post, command, body, after) in [
        ("intake", "accept", json!({}), "accepted"),
        ("reviewer", "recommend", recommend, "awaiting_decision"),
        ("decider", "decide", decide, "granted"),
    ] {
        case.step(post, command, body, after).await.unwrap();
    }

    let rows = case.read("/rows").await.unwrap();
    let employees = asked["employees"].as_array().unwrap();
    let items = rows["items"].as_array().unwrap();
    assert_eq!(items.len(), employees.len());
    for (item, employee) in items.iter().zip(employees) {
        let second = item["row"] == 2;
        let answer = if second { "refuse" } else { "grant" };
        assert_eq!(item["answer"], answer);
        assert_eq!(&item["content"], employee, "who filed it sees all of it");
        let reasons = if second { json!(REASON) } else { Value::Null };
        assert_eq!(item["reasons"], reasons);
    }
    // The chain holds with what is sealed beside it.
    let history = case.history().await.unwrap();
    assert_eq!(history.last().map(String::as_str), Some("granted"));
}
