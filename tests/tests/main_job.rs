//! The main job of the platform, from the catalogue to the decision, on a deployed stack.

use journeys::{Api, main_job};

#[tokio::test]
async fn main_job_a_hotel_gets_its_licence() {
    let done = main_job::tell(&Api::from_env().unwrap()).await.unwrap();

    let decision = done.application.decision.unwrap();
    assert_eq!(decision.outcome, "grant");
    let steps: Vec<(&str, &str)> = done.events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let (event, actor) = (&item["record"]["event"], &item["record"]["actor"]);
            let who = actor.get("person").or(actor.get("officer")).unwrap();
            (event["type"].as_str().unwrap(), who.as_str().unwrap())
        })
        .collect();
    assert_eq!(
        steps,
        [
            ("submitted", "agent-a"),
            ("claimed", "intake-140105"),
            ("accepted", "intake-140105"),
            ("claimed", "reviewer-140105"),
            ("recommended", "reviewer-140105"),
            ("claimed", "decider-140105"),
            ("granted", "decider-140105"),
        ]
    );
}
