//! People come to the platform and leave it, over HTTP on the stack: an enterprise is registered while
//! the register is down, its people are invited, one goes and the other carries on.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

use journeys::{Api, Caller};
use serde_json::{Value, json};

const RESTAURANT: &str = "91140105XXX100095C";

/// The enterprise register behaves so when it is asked of the restaurant, until told otherwise.
async fn register_is(api: &Api, behaviour: &str) {
    let body = json!({"behaviour": behaviour, "uscc": RESTAURANT});
    let set = api.anybody().post("/sandbox/register/behaviour", &body);
    set.send().await.unwrap().expect(200).unwrap();
}

async fn identity_of(api: &Api, person: &str) -> String {
    let listed = api.anybody().get("/sandbox/persons").send().await.unwrap();
    let persons = listed.json()["persons"].as_array().unwrap();
    let found = persons.iter().find(|known| known["id"] == person).unwrap();
    found["resident_id"].as_str().unwrap().to_owned()
}

async fn invites(by: &Caller, resident_id: &str, role: &str) -> String {
    let body = json!({"resident_id": resident_id, "role": role});
    let path = format!("/v1/enterprises/{RESTAURANT}/mandates");
    let invited = by.post(&path, &body).once().send().await.unwrap();
    let invited = invited.expect(201).unwrap();
    invited.json()["id"].as_str().unwrap().to_owned()
}

async fn draft(agent: &Caller) -> journeys::Answer {
    let body = json!({"item": "PSB-APR-004", "region": "140105"});
    let open = agent.post("/v1/applications", &body).once();
    open.send().await.unwrap()
}

#[tokio::test]
async fn an_enterprise_comes_while_the_register_is_down_and_its_people_come_and_go() {
    let api = Api::from_env().unwrap();
    let legal = api.login("newcomer").await.unwrap();
    let acting = legal.clone().acting_for(RESTAURANT);

    // The register is slow, then down: nobody is refused, the registration waits.
    let registration = json!({"uscc": RESTAURANT});
    for behaviour in ["slow", "down", "bad"] {
        register_is(&api, behaviour).await;
        let register = legal.post("/v1/enterprises", &registration).once();
        let answer = register.send().await.unwrap().expect(202).unwrap();
        assert_eq!(answer.json()["standing"], "pending", "{behaviour}");
    }
    let refused = draft(&acting).await;
    assert_eq!(refused.code(), "no_mandate");

    // It answers again, and the registration goes on.
    register_is(&api, "good").await;
    let register = legal.post("/v1/enterprises", &registration).once();
    let answer = register.send().await.unwrap().expect(201).unwrap();
    assert_eq!(answer.json()["standing"], "active");
    let first = draft(&acting).await.expect(201).unwrap();

    // Two agents are invited and accept.
    let mut agents = Vec::new();
    for person in ["agent-b", "viewer-a"] {
        let number = identity_of(&api, person).await;
        let id = invites(&acting, &number, "handler").await;
        let agent = api.login(person).await.unwrap();
        let accept = agent.post(&format!("/v1/mandates/{id}/accept"), &json!({}));
        accept.once().send().await.unwrap().expect(200).unwrap();
        agents.push((agent.acting_for(RESTAURANT), id));
    }
    let number = first.json()["number"].as_str().unwrap();
    let path = format!("/v1/applications/{number}");
    let (one, left) = &agents[0];
    let (other, _) = &agents[1];
    let opened = one.get(&path).send().await.unwrap().expect(200).unwrap();

    // One leaves; the other goes on at once with what the first had read.
    let leave = one.post(&format!("/v1/mandates/{left}/leave"), &json!({}));
    leave.once().send().await.unwrap().expect(200).unwrap();
    let gone = one.get(&path).send().await.unwrap();
    assert_eq!((gone.status, gone.code()), (403, "no_mandate"));
    let change = other.patch(&path, &json!({"form": {"hotel_name": "云栖"}}));
    let change = change.if_match(&opened.etag().unwrap());
    change.send().await.unwrap().expect(200).unwrap();

    let me = legal
        .get("/v1/me")
        .send()
        .await
        .unwrap()
        .expect(200)
        .unwrap();
    let roles: Vec<&Value> = me.json()["mandates"].as_array().unwrap().iter().collect();
    assert_eq!(roles[0]["role"], "legal_representative");
}
