//! Registrations go on by themselves once the enterprise register answers.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use domain::application::Actor;
use domain::enterprise::{EnterpriseEvent, Household, Standing};
use domain::history::{Occasion, record};
use domain::identifiers::Uscc;
use domain::ids::{EventId, PersonId};
use domain::instant::Instant;
use domain::mandate::Role;
use platform::accounts::Accounts;
use serde_json::{Value, json};
use support::{Emulated, Site};
use timers::Timers;

const SAMPLE: &str = include_str!("../../../events/timers-confirm-registrations.json");
const RESTAURANT: &str = "91140105XXX100095C";

fn now() -> Instant {
    Instant::try_from("2026-11-23T19:05:00+08:00".to_owned()).unwrap()
}

fn person(name: &str) -> PersonId {
    PersonId::try_from(name.to_owned()).unwrap()
}

/// A stage where `claimants` wait for the register, which is at the site.
async fn waiting(claimants: &[&str]) -> (Emulated, Site, Timers) {
    let site = Site::new().await;
    let stage = Emulated::with(&[("ENTERPRISE_REGISTER_URL", &site.url())]).await;
    claim(&stage, RESTAURANT, claimants, now()).await;
    let timers = Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap();
    (stage, site, timers)
}

/// Has each of `claimants` say at `at` that they are the legal representative of `uscc`.
async fn claim(stage: &Emulated, uscc: &str, claimants: &[&str], at: Instant) {
    let uscc = Uscc::parse(uscc).unwrap();
    let accounts = Accounts::new(stage.table());
    for claimant in claimants {
        let actor = Actor::Person {
            person: person(claimant),
            device: None,
        };
        let occasion = Occasion {
            aggregate: &uscc,
            at,
            actor: &actor,
        };
        let registered = EnterpriseEvent::Registered {
            person: person(claimant),
        };
        let file = accounts.enterprise(&uscc, None, None).await.unwrap();
        let before = file.household.enterprise.as_ref();
        let ids = || EventId(uuid::Uuid::now_v7());
        let step = record(before, &occasion, vec![registered], ids).unwrap();
        let after: Household =
            file.household
                .clone()
                .after(&step.history, step.state.clone(), None);
        accounts
            .commit_enterprise(&file, &after, &step.history, None)
            .await
            .unwrap();
    }
}

async fn confirm(timers: &Timers) -> Value {
    let sample = serde_json::from_str(SAMPLE).unwrap();
    let answer = timers.handle(sample, now()).await.unwrap();
    serde_json::to_value(answer).unwrap()
}

fn names(site: &Site, legal_representative: &str) {
    let entry = json!({
        "uscc": RESTAURANT, "name": {"zh": "太原汾畔餐饮有限公司", "en": "Taiyuan Fenpan Catering"},
        "legal_representative": legal_representative, "region": "140105", "state": "active",
    });
    site.show(&format!("/enterprises/{RESTAURANT}"), entry.to_string());
}

async fn restaurant(stage: &Emulated) -> Household {
    let uscc = Uscc::parse(RESTAURANT).unwrap();
    let accounts = Accounts::new(stage.table());
    accounts
        .enterprise(&uscc, None, None)
        .await
        .unwrap()
        .household
}

#[tokio::test]
async fn whom_the_register_names_is_confirmed_and_others_are_turned_away() {
    let (stage, site, timers) = waiting(&["anna", "boris"]).await;
    names(&site, "boris");
    let answer = confirm(&timers).await;
    assert_eq!(
        (&answer["answered"], &answer["waiting"]),
        (&json!(1), &json!(0))
    );
    let household = restaurant(&stage).await;
    let enterprise = household.enterprise.unwrap();
    assert_eq!(enterprise.standing, Standing::Active);
    assert_eq!(enterprise.legal_representative, Some(person("boris")));
    let [mandate] = household.mandates.as_slice() else {
        unreachable!("{:?}", household.mandates);
    };
    assert_eq!(
        (&mandate.person, mandate.role),
        (&person("boris"), Role::LegalRepresentative)
    );
    // There is nothing left to do.
    let answer = confirm(&timers).await;
    assert_eq!(
        (&answer["answered"], &answer["waiting"]),
        (&json!(0), &json!(0))
    );
}

#[tokio::test]
async fn while_the_register_is_silent_everybody_goes_on_waiting() {
    let (stage, site, timers) = waiting(&["anna"]).await;
    site.show(&format!("/enterprises/{RESTAURANT}"), "<html>");
    let answer = confirm(&timers).await;
    assert_eq!(
        (&answer["answered"], &answer["waiting"]),
        (&json!(0), &json!(1))
    );
    let enterprise = restaurant(&stage).await.enterprise.unwrap();
    assert_eq!(enterprise.standing, Standing::Pending);
}

#[tokio::test]
async fn where_the_register_knows_nobody_the_claim_is_over() {
    let (stage, site, timers) = waiting(&["anna"]).await;
    let path = format!("/enterprises/{RESTAURANT}");
    // A gateway that knows no such path is not the register.
    site.show_with_status(&path, 404, "<html>not found</html>");
    assert_eq!(confirm(&timers).await["waiting"], 1);
    site.show_with_status(&path, 404, r#"{"code": "not_found"}"#);
    let answer = confirm(&timers).await;
    assert_eq!(answer["answered"], 1);
    let household = restaurant(&stage).await;
    let enterprise = household.enterprise.unwrap();
    assert_eq!(enterprise.standing, Standing::Pending);
    assert!(enterprise.claimants.is_empty() && household.mandates.is_empty());
    assert_eq!(confirm(&timers).await["answered"], 0);
}

#[tokio::test]
async fn registrations_that_the_register_cannot_answer_keep_nobody_else_waiting() {
    let (stage, site, timers) = waiting(&[]).await;
    for odd in [
        "91140100XXX1000286",
        "91140300XXX1000521",
        "91140400XXX1000601",
    ] {
        claim(&stage, odd, &["carla"], now()).await;
        site.show(&format!("/enterprises/{odd}"), "<html>");
    }
    let later = now().plus_seconds(60);
    claim(&stage, RESTAURANT, &["anna"], later).await;
    names(&site, "anna");
    assert_eq!(confirm(&timers).await["waiting"], 3, "all three are odd");
    assert_eq!(confirm(&timers).await["answered"], 1);
    let enterprise = restaurant(&stage).await.enterprise.unwrap();
    assert_eq!(enterprise.standing, Standing::Active);
}
