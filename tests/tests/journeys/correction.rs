//! Correction (补正): the unit names a paper and a member of the form, the applicant mends both.

use journeys::{Api, Procedure, papers};
use serde_json::{Value, json};
use uuid::Uuid;

/// A mobile number that no other case has.
fn a_mobile_number() -> String {
    format!("139{:08}", Uuid::new_v4().as_u128() % 100_000_000)
}

async fn found_by(hotel: &Procedure, mobile: &str) -> bool {
    let intake = hotel.officer("intake").await.unwrap();
    let search = intake.post("/v1/application-searches", &json!({"mobile": mobile}));
    let found = search.send().await.unwrap().expect(200).unwrap();
    let cases = found.json()["items"].as_array().unwrap().iter();
    cases
        .into_iter()
        .any(|case| case["number"] == hotel.filing.number.as_str())
}

#[tokio::test]
async fn a_hotel_mends_its_form_and_brings_a_paper_again() {
    let api = Api::from_env().unwrap();
    let (old, new) = (a_mobile_number(), a_mobile_number());
    let mut form = papers::form();
    form["security_officer"]["mobile"] = json!(old);
    let hotel = Procedure::open(&api, "PSB-APR-004", &form).await.unwrap();
    for paper in papers::complete() {
        hotel.filing.hand_in(&paper).await.unwrap();
    }
    hotel.filing.examined().await.unwrap();
    hotel.agent("submit", json!({}), "submitted").await.unwrap();
    assert!(found_by(&hotel, &old).await && !found_by(&hotel, &new).await);

    let notice = json!({
        "demands": [
            {"kind": "material", "material": "MAT-RULES"},
            {"kind": "field", "pointer": "/security_officer/mobile"},
        ],
        "explanation": "安全管理制度未盖章；治安责任人手机号码无法接通，请核对。",
    });
    let asked = hotel
        .step(
            "intake",
            "require-correction",
            notice.clone(),
            "correction_required",
        )
        .await
        .unwrap();
    assert_eq!(
        asked.json()["procedure"]["correction"]["demands"],
        notice["demands"]
    );
    let notices = hotel.notices().await.unwrap();
    let told = notices.last().unwrap();
    assert_eq!(
        (&told["kind"], &told["text"]),
        (&json!("correction"), &notice["explanation"])
    );
    let said = told["paragraphs"].to_string();
    // In the words of the form, not in those of its schema.
    assert!(
        said.contains("安全管理制度文件") && !said.contains("MAT-RULES"),
        "{said}"
    );

    // Other papers stay as they are.
    let other = hotel.filing.announce(&papers::floor_plan()).await;
    assert!(other.is_err(), "{other:?}");
    let sealed = papers::safety_rules().replaced_by(papers::lease().bytes);
    let announced = hotel.filing.announce(&sealed).await.unwrap();
    let upload = hotel.filing.upload(&announced, &sealed).unwrap();
    upload.send().await.unwrap().expect(200).unwrap();
    hotel.filing.examined().await.unwrap();
    form["security_officer"]["mobile"] = json!(new);
    let received = hotel
        .agent("supplement", json!({"form": form}), "submitted")
        .await
        .unwrap();
    assert!(received.json()["limits"]["acceptance"].is_object());
    assert!(!found_by(&hotel, &old).await && found_by(&hotel, &new).await);
    let mended: Value = hotel.read("").await.unwrap();
    assert_eq!(mended["form"]["security_officer"]["mobile"], new.as_str());

    hotel
        .step("intake", "accept", json!({}), "accepted")
        .await
        .unwrap();
    let opinion = json!({"outcome": "grant", "opinion": "材料已补正。"});
    hotel
        .step("reviewer", "recommend", opinion, "awaiting_decision")
        .await
        .unwrap();
    let grant = json!({"outcome": "grant", "reasons": "符合法定条件。"});
    hotel
        .step("decider", "decide", grant, "granted")
        .await
        .unwrap();
    assert_eq!(
        hotel.history().await.unwrap(),
        [
            "submitted",
            "claimed",
            "correction_required",
            "supplemented",
            "claimed",
            "accepted",
            "claimed",
            "recommended",
            "claimed",
            "granted",
        ]
    );
    let clock = hotel.read("/clock").await.unwrap();
    // What is received is received when it is complete.
    let events = hotel.read("/events").await.unwrap();
    let supplemented = &events["items"][3]["record"]["at"];
    assert_eq!(clock["acceptance"]["started"]["at"], *supplemented);
}
