//! Posts are changed, proposed and taken back; every history replays.

use axum::http::Method;
use domain::history::{Recorded, replay};
use domain::ids::OfficerId;
use domain::officer::{Officer, OfficerEvent};
use platform::table::Key;
use serde_json::{Value, json};
use support::door::Answer;

use crate::officers::{appoints, approves, newcomer};
use crate::world::World;

const NEWCOMER: &str = "/v1/officers/newcomer";

pub(crate) async fn changes(world: &World, by: &str, officer: &str, body: &Value) -> Answer {
    let path = format!("/v1/officers/{officer}");
    let seen = world.ask(world.officer(by).get(&path)).await.expect(200);
    let change = world.officer(by).patch(&path, body);
    world.ask(change.if_match(seen.header("etag"))).await
}

pub(crate) async fn dismisses(world: &World, by: &str, officer: &str) -> Answer {
    let path = format!("/v1/officers/{officer}");
    let seen = world.ask(world.officer(by).get(&path)).await.expect(200);
    let dismiss = world.officer(by).ask(Method::DELETE, &path);
    world.ask(dismiss.if_match(seen.header("etag"))).await
}

/// The officer as they are stored, and as their history makes them.
async fn stored_and_replayed(world: &World, officer: &str) -> (Officer, Officer) {
    let id = OfficerId::try_from(officer.to_owned()).unwrap();
    let table = world.stage.table();
    let key = Key::officer(&id);
    let found = table.read([key.clone()]).await.unwrap();
    let stored = found.read::<Officer>(&key).unwrap().unwrap().body;
    let keys: Vec<Key> = (1..=stored.version)
        .map(|seq| Key::officer_event(&id, seq))
        .collect();
    let found = table.read(keys.clone()).await.unwrap();
    let event = |key| found.read::<Recorded<OfficerId, OfficerEvent>>(key);
    let history: Vec<_> = keys
        .iter()
        .map(|key| event(key).unwrap().unwrap().body)
        .collect();
    (stored, replay(&history).unwrap())
}

#[tokio::test]
async fn a_change_of_nothing_is_refused() {
    let world = World::open().await;
    appoints(&world, "administrator", &newcomer(&json!(["intake"])))
        .await
        .expect(201);
    let answer = changes(&world, "administrator", "newcomer", &json!({})).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(answer.errors(), [("", "nothing_to_change")]);
}

#[tokio::test]
async fn a_mere_proposal_leaves_the_posts_that_are_held() {
    let world = World::open().await;
    appoints(&world, "administrator", &newcomer(&json!(["intake"])))
        .await
        .expect(201);
    let only_head = json!({"posts": ["head"]});
    let answer = changes(&world, "administrator", "newcomer", &only_head).await;
    let answer = answer.expect(200);
    assert_eq!(answer.json["posts"], json!(["intake"]));
    assert_eq!(answer.json["proposed"], json!(["head"]));
    // Who approves sees what that leads to.
    let seen = world.ask(world.officer("second").get(NEWCOMER)).await;
    let shown = seen.expect(200).json["posts_once_approved"].clone();
    assert_eq!(shown, json!(["intake", "head"]));
    let approved = approves(&world, "second").await.expect(200);
    assert_eq!(approved.json["posts"], shown);
    assert_eq!(approved.json["posts_once_approved"], Value::Null);
    // It is held now, so that nobody has to agree again.
    let answer = changes(&world, "administrator", "newcomer", &only_head).await;
    assert_eq!(answer.expect(200).json["posts"], json!(["head"]));
    let (stored, replayed) = stored_and_replayed(&world, "newcomer").await;
    assert_eq!(stored, replayed);
}

#[tokio::test]
async fn what_was_proposed_is_taken_back_by_naming_the_posts_without_it() {
    let world = World::open().await;
    appoints(
        &world,
        "administrator",
        &newcomer(&json!(["intake", "head"])),
    )
    .await
    .expect(201);
    let without = json!({"posts": ["intake"]});
    let answer = changes(&world, "administrator", "newcomer", &without).await;
    let answer = answer.expect(200);
    assert_eq!(answer.json["posts"], json!(["intake"]));
    assert_eq!(answer.json["posts_once_approved"], Value::Null);
    approves(&world, "second")
        .await
        .expect_problem(409, "nothing_proposed");
    let (stored, replayed) = stored_and_replayed(&world, "newcomer").await;
    assert_eq!(stored, replayed);
    assert_eq!(stored.proposed, None);
}

#[tokio::test]
async fn a_list_is_bounded_and_what_it_names_twice_counts_once() {
    let world = World::open().await;
    let mut body = newcomer(&json!(vec!["intake"; 101]));
    body["jurisdictions"] = json!(vec!["140106"; 101]);
    let answer = appoints(&world, "administrator", &body).await;
    let answer = answer.expect_problem(422, "invalid_value");
    assert_eq!(
        answer.errors(),
        [("/posts", "too_many"), ("/jurisdictions", "too_many")]
    );
    let mut body = newcomer(&json!(["intake", "intake"]));
    body["jurisdictions"] = json!(["140105", "140106", "140105", "140107"]);
    let answer = appoints(&world, "administrator", &body).await;
    let answer = answer.expect_problem(422, "invalid_value");
    let outside = "outside_the_unit";
    assert_eq!(
        answer.errors(),
        [("/jurisdictions/1", outside), ("/jurisdictions/3", outside)]
    );
    body["jurisdictions"] = json!(["140105", "140105"]);
    let answer = appoints(&world, "administrator", &body).await.expect(201);
    assert_eq!(answer.json["jurisdictions"], json!(["140105"]));
    assert_eq!(answer.json["posts"], json!(["intake"]));
}

#[tokio::test]
async fn what_somebody_proposed_who_was_dismissed_is_not_approved() {
    let world = World::open().await;
    let posts = json!(["intake", "head"]);
    appoints(&world, "administrator", &newcomer(&posts))
        .await
        .expect(201);
    dismisses(&world, "second", "administrator")
        .await
        .expect(204);
    let seen = world.ask(world.officer("second").get(NEWCOMER)).await;
    let approve = world
        .officer("second")
        .post(&format!("{NEWCOMER}/approve"), &json!({}));
    let approve = approve.once().if_match(seen.header("etag"));
    world
        .ask(approve)
        .await
        .expect_problem(409, "proposer_gone");
    // Somebody else proposes it anew, and it is approved.
    let anew = json!({"posts": ["intake", "head"]});
    let proposed = changes(&world, "city-administrator", "newcomer", &anew).await;
    let approve = world
        .officer("second")
        .post(&format!("{NEWCOMER}/approve"), &json!({}));
    let approve = approve.once().if_match(proposed.expect(200).header("etag"));
    let approved = world.ask(approve).await.expect(200);
    assert_eq!(approved.json["posts"], posts);
}

#[tokio::test]
async fn whoever_was_dismissed_comes_back_to_their_unit_or_by_who_answers_for_both() {
    let world = World::open().await;
    appoints(&world, "administrator", &newcomer(&json!(["intake"])))
        .await
        .expect(201);
    let elsewhere =
        json!({"id": "newcomer", "badge": "010620", "unit": "psb-140106", "posts": ["intake"]});
    let neighbour = "neighbouring-administrator";
    appoints(&world, neighbour, &elsewhere)
        .await
        .expect_problem(409, "already_appointed");
    dismisses(&world, "administrator", "newcomer")
        .await
        .expect(204);
    appoints(&world, neighbour, &elsewhere)
        .await
        .expect_problem(403, "served_elsewhere");
    appoints(&world, "city-administrator", &elsewhere)
        .await
        .expect(201);
    dismisses(&world, neighbour, "newcomer").await.expect(204);
    appoints(&world, "administrator", &newcomer(&json!(["intake"])))
        .await
        .expect_problem(403, "served_elsewhere");
}

#[tokio::test]
async fn an_officer_who_was_stored_without_a_history_gets_one_that_replays() {
    let world = World::open().await;
    let badge = json!({"badge": "010599"});
    changes(&world, "administrator", "intake", &badge)
        .await
        .expect(200);
    dismisses(&world, "administrator", "intake")
        .await
        .expect(204);
    let (stored, replayed) = stored_and_replayed(&world, "intake").await;
    assert_eq!(stored, replayed);
    assert_eq!((stored.version, stored.active), (3, false));
}

#[tokio::test]
async fn who_loses_a_race_is_told_so_as_of_a_stale_version() {
    let world = World::open().await;
    let seen = appoints(&world, "administrator", &newcomer(&json!(["intake"]))).await;
    let etag = seen.expect(201).header("etag").to_owned();
    let change = |badge: &str| {
        let ask = world.officer("administrator");
        let ask = ask.patch(NEWCOMER, &json!({"badge": badge}));
        ask.if_match(&etag)
    };
    let (door, first) = (world.clone(), change("010591"));
    world.stage.faults.before("TransactWriteItems", async move {
        door.ask(first).await.expect(200);
    });
    world
        .ask(change("010592"))
        .await
        .expect_problem(412, "stale_version");
    assert!(world.stage.faults.all_happened());
    world
        .ask(change("010593"))
        .await
        .expect_problem(412, "stale_version");
}

#[tokio::test]
async fn whom_an_officer_acts_as_stays_when_left_out_and_goes_when_null() {
    let world = World::open().await;
    let mut body = newcomer(&json!(["intake"]));
    body["own_person"] = json!("anna");
    appoints(&world, "administrator", &body).await.expect(201);
    for (change, left) in [
        (json!({"badge": "010521"}), json!("anna")),
        (json!({"own_person": null}), Value::Null),
        (json!({"own_person": "boris"}), json!("boris")),
    ] {
        let answer = changes(&world, "administrator", "newcomer", &change).await;
        assert_eq!(answer.expect(200).json["own_person"], left, "{change}");
    }
    let (stored, replayed) = stored_and_replayed(&world, "newcomer").await;
    assert_eq!(stored, replayed);
}
