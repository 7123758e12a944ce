//! The first two administrators of the province are founded once.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use domain::history::{Recorded, replay};
use domain::ids::OfficerId;
use domain::officer::{Officer, OfficerEvent, Post};
use platform::accounts::Accounts;
use platform::authority::officer_item;
use platform::clock::real_now;
use platform::table::Key;
use serde_json::{Value, json};
use support::Emulated;
use support::door::appointed;
use timers::{Timers, TimersError};

const SAMPLE: &str = include_str!("../../../events/timers-found-officers.json");

fn timers(stage: &Emulated) -> Timers {
    Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap()
}

async fn found(stage: &Emulated, payload: Value) -> Result<Value, TimersError> {
    let answer = timers(stage).handle(payload, real_now()).await?;
    Ok(serde_json::to_value(answer).unwrap())
}

fn sample() -> Value {
    serde_json::from_str(SAMPLE).unwrap()
}

async fn officers(stage: &Emulated) -> Vec<Officer> {
    let accounts = Accounts::new(stage.table());
    let unit = "psb-140000".parse().unwrap();
    let found = accounts.of_unit::<Officer>(&unit, 10, None).await;
    let (found, _) = found.unwrap();
    found.into_iter().map(|record| record.body).collect()
}

#[tokio::test]
async fn two_administrators_are_founded_by_a_history_that_replays() {
    let stage = Emulated::new().await;
    let answer = found(&stage, sample()).await.unwrap();
    assert_eq!(answer["task"], "found_officers");
    assert_eq!(answer["officers"], json!(["first-140000", "second-140000"]));
    let officers = officers(&stage).await;
    assert_eq!(officers.len(), 2);
    for officer in officers {
        assert!(officer.administers_the_province(), "{officer:?}");
        let key = Key::officer_event(&officer.id, 1);
        let found = stage.table().read([key.clone()]).await.unwrap();
        let event = found.read::<Recorded<OfficerId, OfficerEvent>>(&key);
        let history = [event.unwrap().unwrap().body];
        assert_eq!(replay(&history), Ok(officer));
    }
}

#[tokio::test]
async fn they_are_founded_once_even_by_two_at_the_same_moment() {
    let stage = Emulated::new().await;
    let other = json!({"task": "found_officers", "officers": [
        {"id": "third-140000", "badge": "000003"}, {"id": "fourth-140000", "badge": "000004"},
    ]});
    let (one, two) = tokio::join!(found(&stage, sample()), found(&stage, other.clone()));
    assert_eq!([&one, &two].iter().filter(|it| it.is_ok()).count(), 1);
    for payload in [sample(), other] {
        let again = found(&stage, payload).await.unwrap_err();
        assert_eq!(again.kind(), "officers_known", "{again}");
    }
    assert_eq!(officers(&stage).await.len(), 2);
}

#[tokio::test]
async fn nobody_is_founded_where_the_province_has_an_officer_of_any_post() {
    let stage = Emulated::new().await;
    let liaison = appointed("liaison", "140000", Post::Liaison);
    stage.put_item(officer_item(&liaison, 1).unwrap()).await;
    let refused = found(&stage, sample()).await.unwrap_err();
    assert_eq!(refused.kind(), "officers_known");
    assert_eq!(officers(&stage).await.len(), 1);
}

#[tokio::test]
async fn a_payload_that_names_no_two_officers_founds_nobody() {
    let stage = Emulated::new().await;
    let one = json!({"id": "first", "badge": "000001"});
    for (officers, kind) in [
        (json!([]), "not_founded"),
        (json!([one]), "not_founded"),
        (json!([one, one]), "not_founded"),
        (
            json!([one, {"id": "second", "badge": "000001"}]),
            "not_founded",
        ),
        (json!([one, {"id": "second", "badge": "警"}]), "not_founded"),
        (json!([one, {"id": "second"}]), "unknown_task"),
        (
            json!([one, {"id": "a b", "badge": "000002"}]),
            "unknown_task",
        ),
    ] {
        let payload = json!({"task": "found_officers", "officers": officers});
        let refused = found(&stage, payload).await.unwrap_err();
        assert_eq!(refused.kind(), kind, "{officers}");
    }
    assert!(officers(&stage).await.is_empty());
}
