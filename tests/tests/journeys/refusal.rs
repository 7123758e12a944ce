//! A special procedure and an extension on the way to a refusal: the clock stands still, goes on, gets
//! longer, and the applicant is told what can be done against the decision.

use jiff::ToSpan as _;
use jiff::civil::Date;
use journeys::{Api, Procedure, papers};
use serde_json::{Value, json};

use crate::page;

async fn works_under_review(api: &Api) -> Procedure {
    let works = Procedure::open(api, "PSB-APR-042", &papers::form_of_roadworks())
        .await
        .unwrap();
    for paper in papers::of_roadworks() {
        works.filing.hand_in(&paper).await.unwrap();
    }
    works.filing.examined().await.unwrap();
    works.agent("submit", json!({}), "submitted").await.unwrap();
    works
        .step("intake", "accept", json!({}), "accepted")
        .await
        .unwrap();
    works
        .tries("reviewer", "claim", json!({}))
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    works
}

/// The clock of the case as anybody can have it counted who only knows what happened and when.
async fn counted(api: &Api, case: &Value, pauses: Value, extension_days: u32) -> Value {
    let supposed = json!({
        "received_at": case["since"],
        "accepted_at": case["accepted_at"],
        "pauses": pauses,
        "extension_days": extension_days,
    });
    let path = "/v1/items/PSB-APR-042/clock-preview";
    let answer = api.anybody().post(path, &supposed).send().await.unwrap();
    answer.expect(200).unwrap().json().clone()
}

const REASONS: &str = "绕行路线通行能力不足 <b>不予同意</b> & 不符合《道路交通安全法》第三十二条。";

#[tokio::test]
async fn roadworks_are_reviewed_by_experts_given_more_time_and_refused() {
    let api = Api::from_env().unwrap();
    let works = works_under_review(&api).await;
    let case = works.read("").await.unwrap();
    let accepted: Date = case["accepted_at"].as_str().unwrap()[..10].parse().unwrap();
    let before = works.read("/clock").await.unwrap();
    assert_eq!(before["promised"]["state"], "running");

    let expected_end = accepted + 20.days();
    experts_review(&works, expected_end).await;
    more_time(&works).await;
    the_ledger_tells_it(&api, &works, &before).await;
    refuse(&works).await;
    the_notices_tell_it(&works, expected_end).await;
    assert_eq!(
        works.history().await.unwrap(),
        [
            "submitted",
            "claimed",
            "accepted",
            "claimed",
            "special_procedure_started",
            "special_procedure_ended",
            "extension_requested",
            "extended",
            "recommended",
            "claimed",
            "refused",
        ]
    );
}

/// The experts look at it, and the clock stands still meanwhile.
async fn experts_review(works: &Procedure, expected_end: Date) {
    let start = json!({
        "ground": "expert_review",
        "expected_end": expected_end,
        "explanation": "组织专家评审交通组织方案。",
    });
    let paused = works
        .act(
            "reviewer",
            "start-special-procedure",
            start,
            "special_procedure",
        )
        .await
        .unwrap();
    let told = &paused.json()["procedure"]["expected_end"];
    assert_eq!(*told, expected_end.to_string());
    let standing = works.read("/clock").await.unwrap();
    for limit in ["promised", "statutory"] {
        assert_eq!(standing[limit]["state"], "paused", "{limit}");
        let ground = &standing[limit]["pauses"][0]["ground"];
        assert_eq!(*ground, "expert_review", "{limit}");
    }
    let end = json!({"ground": "expert_review", "result": "方案不可行，绕行路线通行能力不足。"});
    works
        .act("reviewer", "end-special-procedure", end, "under_review")
        .await
        .unwrap();
}

/// More time is asked for by the handler and given by the head.
async fn more_time(works: &Procedure) {
    let more = json!({"days": 10, "reasons": "需与道路主管部门会商。"});
    works
        .act("reviewer", "request-extension", more, "under_review")
        .await
        .unwrap();
    let given = json!({"reasons": "案情复杂，延长十个工作日。"});
    works
        .act("head", "approve-extension", given, "under_review")
        .await
        .unwrap();
}

/// The ledger comes to the days that anybody can have counted who knows what happened.
async fn the_ledger_tells_it(api: &Api, works: &Procedure, before: &Value) {
    let clock = works.read("/clock").await.unwrap();
    let pause = &clock["promised"]["pauses"][0];
    let pauses = json!([{"ground": "expert_review", "from": pause["from"], "to": pause["to"]}]);
    let case = works.read("").await.unwrap();
    let theirs = counted(api, &case, pauses, 10).await;
    for limit in ["promised", "statutory"] {
        let (ours, theirs) = (&clock[limit], &theirs[limit]);
        assert_eq!(ours["due"]["date"], theirs["due"]["date"], "{limit}");
        assert_eq!(ours["extension"]["days"], 10, "{limit}");
        assert_eq!(
            case["limits"][limit]["date"], ours["due"]["date"],
            "{limit}"
        );
        let day = |clock: &Value| {
            clock[limit]["due"]["date"]
                .as_str()
                .unwrap()
                .parse::<Date>()
        };
        // Ten working days are two weekends more at least.
        let (now, then) = (day(&clock).unwrap(), day(before).unwrap());
        assert!(now >= then + 14.days(), "{limit}: from {then} to {now}");
    }
    // What stood before stands in the ledger of that moment.
    let as_of = pause["from"].as_str().unwrap().replace('+', "%2B");
    let then = works.read(&format!("/clock?as_of={as_of}")).await.unwrap();
    assert_eq!(then["promised"]["extension"], Value::Null);
    // Who the head is the applicant is not told.
    assert!(!clock.to_string().contains("head-140105"), "{clock}");
}

async fn refuse(works: &Procedure) {
    let opinion = json!({"outcome": "refuse", "opinion": "绕行路线通行能力不足。"});
    works
        .act("reviewer", "recommend", opinion, "awaiting_decision")
        .await
        .unwrap();
    let refuse = json!({"outcome": "refuse", "reasons": REASONS});
    let refused = works.step("decider", "decide", refuse, "refused").await;
    assert_eq!(refused.unwrap().json()["decision"]["outcome"], "refuse");
}

/// Every paper that left is there, can be printed, and the last says what can be done against it.
async fn the_notices_tell_it(works: &Procedure, expected_end: Date) {
    let notices = works.notices().await.unwrap();
    let kinds: Vec<&str> = notices
        .iter()
        .map(|notice| notice["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "acceptance",
            "special_procedure",
            "special_procedure_end",
            "extension",
            "refusal"
        ]
    );
    let started = notices[1]["paragraphs"].to_string();
    assert!(started.contains(&words(expected_end)), "{started}");
    let decision = notices.last().unwrap();
    assert_eq!(decision["text"], REASONS);
    let remedies = decision["remedies"].to_string();
    for told in ["行政复议", "60日", "行政诉讼", "6个月"] {
        assert!(remedies.contains(told), "{told}: {remedies}");
    }
    let checked = works.checked(decision).await.unwrap();
    assert_eq!(checked["outcome"], "refuse");
    assert_eq!(checked["in_force"], Value::Null);

    let mut printed = String::new();
    for notice in &notices {
        let number = notice["number"].as_str().unwrap();
        let path = works.filing.path(&format!("/notices/{number}"));
        let page = works.filing.agent.get(&path).header("accept", "text/html");
        let page = page.send().await.unwrap().expect(200).unwrap();
        assert!(page.header("content-type").starts_with("text/html"));
        page::stands_alone(&page);
        printed = page.text();
        assert!(printed.contains(notice["verification_code"].as_str().unwrap()));
    }
    // The last is the decision; what was written in it is text.
    assert!(
        printed.contains("&lt;b&gt;不予同意&lt;/b&gt; &amp;"),
        "{printed}"
    );
    assert!(!printed.contains("<b>"), "{printed}");
}

fn words(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
