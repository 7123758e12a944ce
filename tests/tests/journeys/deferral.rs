//! Tolerant acceptance (容缺受理): accepted without a paper, granted only once it is there.

use jiff::ToSpan as _;
use jiff::civil::Date;
use journeys::{Api, Procedure, papers};
use serde_json::{Value, json};

/// Three days after the day on which the case began: ahead, and well before seven working days are over.
fn three_days_later(case: &Value) -> Date {
    let began: Date = case["since"].as_str().unwrap()[..10].parse().unwrap();
    began + 3.days()
}

#[tokio::test]
async fn a_hotel_brings_a_paper_later_and_gets_its_licence_when_it_is_there() {
    let api = Api::from_env().unwrap();
    let hotel = Procedure::open(&api, "PSB-APR-004", &papers::form())
        .await
        .unwrap();
    let (late, at_once): (Vec<_>, Vec<_>) = papers::complete()
        .into_iter()
        .partition(|paper| paper.material == "MAT-FIRE");
    for paper in &at_once {
        hotel.filing.hand_in(paper).await.unwrap();
    }
    hotel.filing.examined().await.unwrap();

    // Without it nothing is submitted, but on an undertaking.
    let refused = hotel.asks("submit", json!({})).await.unwrap();
    assert_eq!((refused.status, refused.code()), (422, "papers_incomplete"));
    let cure_by = three_days_later(&hotel.read("").await.unwrap());
    let undertaking = json!({"materials": ["MAT-FIRE"], "cure_by": cure_by});
    let body = json!({"deferral": undertaking});
    hotel.agent("submit", body, "submitted").await.unwrap();
    let accepted = hotel
        .step("intake", "accept-with-deferral", json!({}), "accepted")
        .await
        .unwrap();
    let deferral = &accepted.json()["procedure"]["deferral"];
    assert_eq!(deferral["materials"], json!(["MAT-FIRE"]));
    assert_eq!(
        (&deferral["accepted"], &deferral["cured_at"]),
        (&json!(true), &Value::Null)
    );

    // The review goes on; the grant waits.
    let opinion = json!({"outcome": "grant", "opinion": "其余条件均已具备。"});
    hotel
        .step("reviewer", "recommend", opinion, "awaiting_decision")
        .await
        .unwrap();
    hotel
        .tries("decider", "claim", json!({}))
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let grant = json!({"outcome": "grant", "reasons": "符合法定条件。"});
    let waits = hotel
        .tries("decider", "decide", grant.clone())
        .await
        .unwrap();
    assert_eq!((waits.status, waits.code()), (409, "papers_to_follow"));
    assert_eq!(waits.json()["errors"][0]["pointer"], "/materials/MAT-FIRE");

    // Announced is not enough: it must have been examined.
    let announced = hotel.filing.announce(&late[0]).await.unwrap();
    let early = hotel.asks("supplement", json!({})).await.unwrap();
    assert_eq!((early.status, early.code()), (422, "papers_incomplete"));
    let upload = hotel.filing.upload(&announced, &late[0]).unwrap();
    upload.send().await.unwrap().expect(200).unwrap();
    hotel.filing.examined().await.unwrap();
    let cured = hotel
        .agent("supplement", json!({}), "awaiting_decision")
        .await
        .unwrap();
    assert!(cured.json()["procedure"]["deferral"]["cured_at"].is_string());

    hotel
        .act("decider", "decide", grant, "granted")
        .await
        .unwrap();
    let electronic = json!({"mode": "electronic"});
    hotel
        .act("intake", "deliver", electronic, "delivered")
        .await
        .unwrap();
    assert_eq!(
        hotel.history().await.unwrap(),
        [
            "submitted",
            "claimed",
            "accepted",
            "claimed",
            "recommended",
            "claimed",
            "cured",
            "granted",
            "delivered",
        ]
    );
}

#[tokio::test]
async fn a_grant_can_be_checked_by_its_code_until_it_is_revoked() {
    let api = Api::from_env().unwrap();
    let works = Procedure::open(&api, "PSB-APR-042", &papers::form_of_roadworks())
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
    let opinion = json!({"outcome": "grant", "opinion": "交通组织方案可行。"});
    works
        .step("reviewer", "recommend", opinion, "awaiting_decision")
        .await
        .unwrap();
    let grant = json!({"outcome": "grant", "reasons": "符合法定条件。"});
    works
        .step("decider", "decide", grant, "granted")
        .await
        .unwrap();

    let notices = works.notices().await.unwrap();
    let decision = notices.last().unwrap();
    assert_eq!(decision["kind"], "grant");
    let checked = works.checked(decision).await.unwrap();
    assert_eq!(
        (
            &checked["number"],
            &checked["outcome"],
            &checked["in_force"]
        ),
        (&decision["number"], &json!("grant"), &json!(true))
    );
    // An acceptance grants nothing.
    let acceptance = works.checked(&notices[0]).await.unwrap();
    assert_eq!(
        (&acceptance["outcome"], &acceptance["in_force"]),
        (&Value::Null, &Value::Null)
    );
    for code in [
        "000000000000",
        "",
        notices[0]["verification_code"].as_str().unwrap(),
    ] {
        let wrong = works.check(decision, code).await.unwrap();
        assert_eq!((wrong.status, wrong.code()), (404, "not_found"), "{code}");
    }

    let reasons = json!({"reasons": "申请材料系伪造（行政许可法第六十九条）。"});
    works
        .act("head", "revoke", reasons, "revoked")
        .await
        .unwrap();
    let checked = works.checked(decision).await.unwrap();
    assert_eq!(
        (&checked["outcome"], &checked["in_force"]),
        (&json!("grant"), &json!(false))
    );
    let notices = works.notices().await.unwrap();
    let revocation = notices.last().unwrap();
    assert_eq!(revocation["remedies"].as_array().unwrap().len(), 2);
    works.checked(revocation).await.unwrap();
    assert_eq!(works.history().await.unwrap().last().unwrap(), "revoked");
}
