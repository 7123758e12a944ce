//! Who was granted something uploads none of it again for the next.

use bytes::Bytes;
use domain::chain::Digest;
use journeys::filing::{CARRIER, Filing};
use journeys::waiting::until;
use journeys::{Answer, Api, Procedure, papers};
use serde_json::{Value, json};

/// The licence whose papers are used again, as the hotel applies for it.
const LICENCE: &str = "PSB-APR-004";

fn material<'a>(application: &'a Value, code: &str) -> &'a Value {
    let mut materials = application["materials"].as_array().unwrap().iter();
    materials.find(|one| one["code"] == code).unwrap()
}

/// The hotel's licence, granted with every paper uploaded.
async fn granted(api: &Api) -> Procedure {
    let case = Procedure::open(api, LICENCE, &papers::form())
        .await
        .unwrap();
    for paper in papers::complete() {
        case.filing.hand_in(&paper).await.unwrap();
    }
    case.filing.examined().await.unwrap();
    case.agent("submit", json!({}), "submitted").await.unwrap();
    let opinion = json!({"outcome": "grant", "opinion": "建议准予许可。"});
    let decision = json!({"outcome": "grant", "reasons": "符合法定条件。"});
    for (officer, command, body, state) in [
        ("intake", "accept", json!({}), "accepted"),
        ("reviewer", "recommend", opinion, "awaiting_decision"),
        ("decider", "decide", decision, "granted"),
    ] {
        case.step(officer, command, body, state).await.unwrap();
    }
    case
}

/// Uses again all that is offered, and tells for which materials.
async fn takes_what_is_offered(case: &Procedure) -> Vec<String> {
    let offered = case.read("/reusable").await.unwrap();
    let mut reused = Vec::new();
    for one in offered["materials"].as_array().unwrap() {
        let code = one["material"].as_str().unwrap();
        let offer = &one["offers"][0];
        let body = json!({
            "material": code, "application": offer["application"], "document": offer["document"],
        });
        let taken = case.asks("reuse", body).await.unwrap().expect(201).unwrap();
        assert_eq!(taken.json()["document"]["state"], "clean", "{code}");
        reused.push(code.to_owned());
    }
    reused
}

/// What the link to `document` leads to.
async fn read(case: &Procedure, document: &str) -> Bytes {
    let answer = case.filing.settled(document).await.unwrap();
    let url = answer.json()["download"]["url"].as_str().unwrap();
    let read = case.filing.agent.api().anybody().get(url);
    read.send().await.unwrap().expect(200).unwrap().body
}

#[tokio::test]
async fn the_second_application_uploads_nothing_that_was_accepted_with_the_first() {
    let api = Api::from_env().unwrap();
    granted(&api).await;

    let second = Procedure::open(&api, LICENCE, &papers::form())
        .await
        .unwrap();
    let reused = takes_what_is_offered(&second).await;
    let offered = ["MAT-BIZ", "MAT-LEGAL-ID", "MAT-PREMISES", "MAT-FIRE"];
    assert_eq!(reused, offered);
    // The rest is of no kind that others ask for, or for one matter only.
    for paper in papers::complete() {
        if !offered.contains(&paper.material.as_ref()) {
            second.filing.hand_in(&paper).await.unwrap();
        }
    }
    second.filing.examined().await.unwrap();
    second
        .agent("submit", json!({}), "submitted")
        .await
        .unwrap();
    assert_eq!(second.history().await.unwrap(), ["submitted"]);

    // The review finds the papers that nobody uploaded clean, and the officer sees where they are from.
    let officer = second.officer("intake").await.unwrap();
    let report = officer.get(&second.filing.path("/report"));
    let report = until("the review", &report, |answer: &Answer| {
        answer.status == 200
    });
    let report = report.await.unwrap();
    for code in offered {
        let checks = report.json()["checks"].as_array().unwrap().iter();
        let mut of_paper =
            checks.filter(|check| check["subject"] == code && check["kind"] == "document");
        assert_eq!(of_paper.next().unwrap()["outcome"], "passed", "{code}");
    }
    let seen = officer.get(&second.filing.path("")).send().await.unwrap();
    let seen = seen.expect(200).unwrap();
    for code in offered {
        let from = &material(seen.json(), code)["document"]["reused_from"];
        assert_eq!(from["item"], LICENCE, "{code}");
        assert!(from["application"].is_string() && from["usable_until"].is_string());
    }
    let licence = &material(seen.json(), "MAT-BIZ")["document"]["id"];
    let copy = read(&second, licence.as_str().unwrap()).await;
    assert_eq!(copy, papers::business_licence().bytes);
    // Of a picture that was written anew, the copy is what was kept, and tells so.
    let picture = &material(seen.json(), "MAT-LEGAL-ID")["document"]["id"];
    let picture = picture.as_str().unwrap();
    let known = second.filing.settled(picture).await.unwrap();
    let kept = &known.json()["kept"];
    let copy = read(&second, picture).await;
    assert_eq!(kept["size"], copy.len());
    assert_eq!(kept["sha256"], Digest::of(&copy).to_string());
}

#[tokio::test]
async fn another_enterprise_is_offered_nothing_and_told_no_more_if_it_asks() {
    let api = Api::from_env().unwrap();
    let hotel = granted(&api).await;
    let carrier = api.login("agent-b").await.unwrap().acting_for(CARRIER);
    let draft = Filing::open_item(&carrier, LICENCE, &papers::form())
        .await
        .unwrap();
    let listed = carrier.get(&draft.path("/reusable")).send().await.unwrap();
    let listed = listed.expect(200).unwrap().text();
    assert!(!listed.contains(&hotel.filing.number), "{listed}");

    let theirs = hotel.read("").await.unwrap();
    let body = json!({
        "material": "MAT-BIZ",
        "application": hotel.filing.number,
        "document": material(&theirs, "MAT-BIZ")["document"]["id"],
    });
    let refused = carrier.post(&draft.path("/reuse"), &body).once();
    let refused = refused.send().await.unwrap();
    assert_eq!((refused.status, refused.code()), (422, "reuse_refused"));
    assert_eq!(refused.json()["errors"][0]["code"], "unknown_source");
}
