//! Forms that break their schema.

use domain::identifiers::{ResidentId, Uscc};
use journeys::Call;
use journeys::filing::Filing;
use journeys::papers::form;
use serde_json::{Value, json};

use crate::people::{agent, assert_problem, draft, whole_draft};

/// The submission of a draft with `form` and all its papers announced.
async fn submission_of(form: Value) -> Call {
    let filing = Filing::open(&agent().await, &form).await.unwrap();
    for paper in journeys::papers::complete() {
        filing.announce(&paper).await.unwrap();
    }
    filing.submit("submission")
}

async fn faults(form: Value) -> Vec<(String, String)> {
    let answer = submission_of(form)
        .await
        .send()
        .await
        .unwrap()
        .expect(422)
        .unwrap();
    assert_eq!(answer.code(), "form_invalid");
    let errors = answer.json()["errors"].as_array().unwrap().iter();
    errors
        .map(|error| {
            (
                error["pointer"].as_str().unwrap().to_owned(),
                error["code"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

#[tokio::test]
async fn every_fault_of_a_form_and_every_missing_paper_is_told_at_once() {
    let mut form = form();
    form["hotel_name"] = "汾".into();
    form["rooms"] = "80".into();
    form["beds"] = 0.into();
    form["premises"]["floors"] = 1.5.into();
    form["premises"]["parking/spaces"] = 20.into();
    form["opening_date"] = "2027-02-30".into();
    form["security_officer"]["resident_id"] = "140122190102030020".into();
    form["handling_agent"]["mobile"] = "03510000000".into();
    form.as_object_mut().unwrap().remove("legal_representative");
    let filing = Filing::open(&agent().await, &form).await.unwrap();
    filing
        .announce(&journeys::papers::fire_safety_opinion())
        .await
        .unwrap();
    assert_problem!(&filing.submit("submission"), 422, "form_invalid");
}

#[tokio::test]
async fn an_empty_form() {
    let missing = faults(json!({})).await;
    assert!(missing.len() > 8, "{missing:?}");
    assert!(
        missing
            .iter()
            .all(|(pointer, code)| pointer.starts_with("/form/") && code == "missing"),
        "{missing:?}"
    );
}

#[tokio::test]
async fn a_missing_material_at_submission() {
    let filing = draft().await;
    for paper in [
        journeys::papers::business_licence(),
        journeys::papers::lease(),
    ] {
        filing.announce(&paper).await.unwrap();
    }
    assert_problem!(&filing.submit("submission"), 422, "papers_incomplete");
}

#[tokio::test]
async fn resident_identity_numbers_with_every_fault_there_is() {
    let examples: Value = serde_json::from_str(include_str!(
        "../../../shared/domain/tests/fixtures/identifiers_examples.json"
    ))
    .unwrap();
    let invalid = examples["ric"]["invalid"].as_array().unwrap();
    assert!(invalid.len() > 5);
    let today = jiff::civil::date(2026, 11, 23);
    for example in invalid {
        let number = example["value"].as_str().unwrap();
        // What is only written otherwise is put right, not refused.
        let Err(fault) = ResidentId::parse(number, today) else {
            continue;
        };
        let mut form = form();
        form["legal_representative"]["resident_id"] = number.into();
        let told = faults(form).await;
        let pointer = "/form/legal_representative/resident_id".to_owned();
        assert_eq!(told, [(pointer, fault.code().to_owned())], "{number}");
    }
}

#[tokio::test]
async fn a_credit_code_with_a_wrong_check_character() {
    let agent = crate::people::person("agent-a", "91140100XXX1000287").await;
    assert_problem!(&agent.get("/v1/applications"), 400, "acting_for_invalid");
}

#[tokio::test]
async fn credit_codes_with_every_fault_there_is() {
    let examples: Value = serde_json::from_str(include_str!(
        "../../../shared/domain/tests/fixtures/identifiers_examples.json"
    ))
    .unwrap();
    let invalid = examples["uscc"]["invalid"].as_array().unwrap();
    assert!(invalid.len() > 5);
    for example in invalid {
        let code = example["value"].as_str().unwrap();
        let agent = crate::people::person("agent-a", code).await;
        let answer = agent.get("/v1/applications").send().await.unwrap();
        match Uscc::parse(code) {
            Err(fault) => {
                let answer = answer.expect(400).unwrap();
                assert_eq!(answer.code(), "acting_for_invalid", "{code}");
                assert_eq!(answer.json()["errors"][0]["code"], fault.code(), "{code}");
            }
            // A valid code of an enterprise the agent has no mandate for.
            Ok(_) => assert_eq!(answer.expect(403).unwrap().code(), "no_mandate", "{code}"),
        }
    }
}

#[tokio::test]
async fn nobody_is_named_to_act_for() {
    let agent = api_agent_without_enterprise().await;
    assert_problem!(&agent.get("/v1/applications"), 400, "acting_for_invalid");
}

async fn api_agent_without_enterprise() -> journeys::Caller {
    crate::people::api().login("agent-a").await.unwrap()
}

#[tokio::test]
async fn a_draft_takes_any_form_and_is_mended_until_it_fits() {
    let filing = whole_draft().await;
    let read = filing
        .agent
        .get(&filing.path(""))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let bad = filing
        .agent
        .patch(&filing.path(""), &json!({"form": {"rooms": "many"}}));
    let bad = bad
        .if_match(&read.etag().unwrap())
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    filing
        .submit("too-early")
        .send()
        .await
        .unwrap()
        .expect(422)
        .unwrap();

    let good = filing
        .agent
        .patch(&filing.path(""), &json!({"form": {"rooms": 80}}));
    assert_problem!(
        &good.clone().if_match(&read.etag().unwrap()),
        412,
        "stale_version"
    );
    assert_problem!(&good, 428, "precondition_required");
    good.if_match(&bad.etag().unwrap())
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    filing
        .submit("now")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
}
