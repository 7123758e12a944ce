//! What an agent may is judged by their mandate as it was read with the enterprise, however many have one.

use domain::ids::PersonId;
use domain::mandate::Role;
use platform::authority::mandate_item;
use serde_json::json;
use support::door::mandate;

use crate::world::{RESTAURANT, World, enterprise};

#[tokio::test]
async fn whoever_is_dismissed_between_two_reads_does_nothing_any_more() {
    let world = World::registered().await;
    let anna = world.appoints("legal", "anna", "administrator").await;
    world.appoints("legal", "boris", "administrator").await;
    let body = json!({"mobile": "13800000004", "role": "viewer"});
    let invite = || {
        let person = world.person("anna", RESTAURANT);
        person.post(&enterprise("/mandates"), &body).once()
    };
    // The mandate ends after the first of the two reads and before the one of the enterprise.
    let list = world
        .person("legal", RESTAURANT)
        .get(&enterprise("/mandates"));
    let seen = world.ask(list).await.expect(200);
    let withdraw = world
        .person("legal", RESTAURANT)
        .ask(
            axum::http::Method::DELETE,
            &enterprise(&format!("/mandates/{anna}")),
        )
        .if_match(seen.header("etag"));
    let door = world.clone();
    world.stage.faults.before("Query", async move {
        door.ask(withdraw).await.expect(204);
    });
    world.ask(invite()).await.expect_problem(403, "no_mandate");
    assert!(world.stage.faults.all_happened());
}

#[tokio::test]
async fn whoever_is_dismissed_before_the_commit_is_too_late() {
    let world = World::registered().await;
    let anna = world.appoints("legal", "anna", "administrator").await;
    world.appoints("legal", "boris", "administrator").await;
    let list = world
        .person("legal", RESTAURANT)
        .get(&enterprise("/mandates"));
    let seen = world.ask(list).await.expect(200);
    let withdraw = world
        .person("legal", RESTAURANT)
        .ask(
            axum::http::Method::DELETE,
            &enterprise(&format!("/mandates/{anna}")),
        )
        .if_match(seen.header("etag"));
    let door = world.clone();
    world.stage.faults.before("TransactWriteItems", async move {
        door.ask(withdraw).await.expect(204);
    });
    let body = json!({"mobile": "13800000004", "role": "viewer"});
    let person = world.person("anna", RESTAURANT);
    world
        .ask(person.post(&enterprise("/mandates"), &body).once())
        .await
        .expect_problem(403, "no_mandate");
    assert!(world.stage.faults.all_happened());
}

#[tokio::test]
async fn who_is_overtaken_by_another_change_is_served_all_the_same() {
    let world = World::registered().await;
    world.appoints("legal", "anna", "administrator").await;
    let invite = |by: &str, mobile: &str| {
        let body = json!({"mobile": mobile, "role": "viewer"});
        world
            .person(by, RESTAURANT)
            .post(&enterprise("/mandates"), &body)
            .once()
    };
    let other = invite("legal", "13800000003");
    let door = world.clone();
    world.stage.faults.before("TransactWriteItems", async move {
        door.ask(other).await.expect(201);
    });
    world.ask(invite("anna", "13800000004")).await.expect(201);
    assert!(world.stage.faults.all_happened());
    let list = world
        .person("legal", RESTAURANT)
        .get(&enterprise("/mandates"));
    let list = world.ask(list).await.expect(200);
    let items = list.json["items"].as_array().unwrap();
    let invited = items.iter().filter(|item| item["state"] == "invited");
    assert_eq!(invited.count(), 2);
}

#[tokio::test]
async fn a_household_of_more_than_one_page_is_read_whole() {
    let world = World::registered().await;
    let ended = 230;
    for number in 0..ended {
        let mut former = mandate(&format!("former-{number:03}"), RESTAURANT, Role::Handler);
        former.id = domain::mandate::MandateId::new(former.enterprise.clone(), number);
        former.withdrawn_at = Some(platform::clock::real_now().plus_seconds(-60));
        let item = mandate_item(&former, 1).unwrap();
        world.stage.put_item(item).await;
    }
    let id = world.appoints("legal", "anna", "administrator").await;
    let list = world
        .person("anna", RESTAURANT)
        .get(&enterprise("/mandates"));
    let list = world.ask(list).await.expect(200);
    let items = list.json["items"].as_array().unwrap();
    let of = |state: &str| items.iter().filter(|item| item["state"] == state).count();
    assert_eq!(
        (of("holding"), of("ended")),
        (2, usize::try_from(ended).unwrap())
    );
    let mut ids: Vec<&str> = items
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), items.len());
    // Whoever comes last in the order of keys is found like the first.
    let person = PersonId::try_from("anna".to_owned()).unwrap();
    assert!(person.as_str() < "former-000" && ids.contains(&id.as_str()));
}
