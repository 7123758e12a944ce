//! People who are known, and have no business here.

use journeys::filing::{CARRIER, HOTEL};
use journeys::{Call, Caller};
use serde_json::json;

use crate::people::{
    agent, assert_problem, draft, officer, other_enterprises_agent, person, submitted,
};

#[tokio::test]
async fn another_enterprises_case_does_not_exist_for_them() {
    let (draft, submitted) = (draft().await, submitted().await);
    let other = other_enterprises_agent().await;
    assert_problem!(&other.get(&submitted.path("")), 404, "not_found");
    for filing in [&draft, &submitted] {
        for call in [
            other.get(&filing.path("")),
            other.get(&filing.path("/events")),
            other
                .patch(&filing.path(""), &json!({"form": {}}))
                .if_match("\"1\""),
            other
                .post(
                    &filing.path("/documents"),
                    &journeys::papers::lease().announcement(),
                )
                .once(),
            other.post(&filing.path("/submit"), &json!({})).once(),
            other.post(&filing.path("/withdraw"), &json!({})).once(),
        ] {
            let answer = call.send().await.unwrap().expect(404).unwrap();
            assert_eq!(answer.code(), "not_found");
        }
    }
    let list = other
        .get("/v1/applications?limit=100")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    assert!(!list.text().contains(&submitted.number) && !list.text().contains(HOTEL));
}

#[tokio::test]
async fn acting_for_an_enterprise_without_its_mandate() {
    let not_theirs = person("agent-a", CARRIER).await;
    assert_problem!(&not_theirs.get("/v1/applications"), 403, "no_mandate");
    let filing = draft().await;
    // Whether the case exists or not, the answer is the same.
    for path in [
        filing.path(""),
        "/v1/applications/AP-20261123-7K3M9QX2RD4F".to_owned(),
    ] {
        let answer = not_theirs
            .get(&path)
            .send()
            .await
            .unwrap()
            .expect(403)
            .unwrap();
        assert_eq!(answer.code(), "no_mandate");
    }
    let newcomer = person("newcomer", HOTEL).await;
    let answer = newcomer
        .get("/v1/applications")
        .send()
        .await
        .unwrap()
        .expect(403)
        .unwrap();
    assert_eq!(answer.code(), "no_mandate");
}

#[tokio::test]
async fn a_mandate_that_has_ended() {
    let former = person("former-agent-a", HOTEL).await;
    let answer = former
        .get("/v1/applications")
        .send()
        .await
        .unwrap()
        .expect(403)
        .unwrap();
    assert_eq!(answer.code(), "no_mandate");
    let open = former
        .post("/v1/applications", &json!({"item": "PSB-APR-004"}))
        .once();
    open.send().await.unwrap().expect(403).unwrap();
}

#[tokio::test]
async fn a_viewer_reads_and_changes_nothing() {
    let filing = draft().await;
    let viewer = person("viewer-a", HOTEL).await;
    viewer
        .get("/v1/applications")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let seen = viewer
        .get(&filing.path(""))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    assert!(
        !seen.text().contains("14012219010203002X"),
        "a viewer sees identity numbers"
    );
    let open = viewer
        .post("/v1/applications", &json!({"item": "PSB-APR-004"}))
        .once();
    assert_problem!(&open, 403, "role_insufficient");
    let attempts: [Call; 4] = [
        viewer
            .patch(&filing.path(""), &json!({"form": {}}))
            .if_match("\"1\""),
        viewer
            .post(
                &filing.path("/documents"),
                &journeys::papers::lease().announcement(),
            )
            .once(),
        viewer.post(&filing.path("/submit"), &json!({})).once(),
        viewer
            .patch(&filing.path(""), &json!({"region": "140106"}))
            .if_match("\"1\""),
    ];
    for call in attempts {
        let answer = call.send().await.unwrap().expect(403).unwrap();
        assert_eq!(answer.code(), "role_insufficient");
    }
    let after = filing
        .agent
        .get(&filing.path(""))
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    assert_eq!(after.etag().unwrap(), "\"1\"");
}

#[tokio::test]
async fn an_agent_for_one_item_only() {
    let limited = person("limited-agent-a", HOTEL).await;
    let open = limited
        .post(
            "/v1/applications",
            &json!({"item": "PSB-APR-004", "region": "140105"}),
        )
        .once();
    assert_problem!(&open, 403, "item_not_covered");
    let filing = draft().await;
    let answer = limited
        .get(&filing.path(""))
        .send()
        .await
        .unwrap()
        .expect(403)
        .unwrap();
    assert_eq!(answer.code(), "item_not_covered");
    let list = limited
        .get("/v1/applications")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    assert_eq!(list.json()["items"], json!([]));
}

async fn officers_calls(officer: &Caller, path: impl Fn(&str) -> String) -> Vec<(u16, String)> {
    let mut answers = Vec::new();
    for call in [
        officer.get(&path("")),
        officer.get(&path("/events")),
        officer.get(&path("/report")),
        officer
            .post(&path("/claim"), &json!({}))
            .once()
            .if_match("\"1\""),
        officer
            .post(&path("/accept"), &json!({}))
            .once()
            .if_match("\"1\""),
        officer
            .post(&path("/release"), &json!({}))
            .once()
            .if_match("\"1\""),
    ] {
        let answer = call.send().await.unwrap();
        answers.push((answer.status, answer.code().to_owned()));
    }
    answers
}

#[tokio::test]
async fn for_an_officer_of_another_unit_the_case_does_not_exist() {
    let filing = submitted().await;
    let neighbour = officer("intake-140106").await;
    let answers = officers_calls(&neighbour, |rest| filing.path(rest)).await;
    assert!(
        answers
            .iter()
            .all(|answer| *answer == (404, "not_found".to_owned())),
        "{answers:?}"
    );
    assert_problem!(&neighbour.get(&filing.path("")), 404, "not_found");
    let list = neighbour
        .get("/v1/workbench?limit=100")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    assert!(!list.text().contains(&filing.number));
}

#[tokio::test]
async fn for_an_officer_who_has_left_nothing_exists_any_more() {
    let filing = submitted().await;
    let former = officer("former-intake-140105").await;
    let answers = officers_calls(&former, |rest| filing.path(rest)).await;
    assert!(
        answers
            .iter()
            .all(|answer| *answer == (404, "not_found".to_owned())),
        "{answers:?}"
    );
    former
        .get("/v1/workbench")
        .send()
        .await
        .unwrap()
        .expect(404)
        .unwrap();
}

#[tokio::test]
async fn a_draft_is_not_for_officers() {
    let filing = draft().await;
    let intake = officer("intake-140105").await;
    let answers = officers_calls(&intake, |rest| filing.path(rest)).await;
    assert!(
        answers
            .iter()
            .all(|answer| *answer == (404, "not_found".to_owned())),
        "{answers:?}"
    );
}

#[tokio::test]
async fn each_side_keeps_to_its_own() {
    let filing = submitted().await;
    let (agent, intake) = (agent().await, officer("intake-140105").await);
    let claim = agent
        .post(&filing.path("/claim"), &json!({}))
        .once()
        .if_match("\"1\"");
    assert_problem!(&claim, 403, "wrong_side");
    for path in ["/accept", "/release"] {
        let call = agent
            .post(&filing.path(path), &json!({}))
            .once()
            .if_match("\"1\"");
        assert_eq!(
            call.send().await.unwrap().expect(403).unwrap().code(),
            "wrong_side"
        );
    }
    assert_eq!(
        agent
            .get("/v1/workbench")
            .send()
            .await
            .unwrap()
            .expect(403)
            .unwrap()
            .code(),
        "wrong_side"
    );
    for path in ["/withdraw", "/submit"] {
        let call = intake.post(&filing.path(path), &json!({})).once();
        assert_eq!(
            call.send().await.unwrap().expect(403).unwrap().code(),
            "wrong_side",
            "{path}"
        );
    }
}
