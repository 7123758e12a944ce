//! The province keeps two administrators, who can replace each other.

use domain::officer::Post;
use platform::accounts::Accounts;
use platform::authority::officer_item;
use serde_json::json;
use support::door::appointed;

use crate::posts::{changes, dismisses};
use crate::world::World;

/// The province as it was founded by `first` and `second`, and by `third` beside them.
async fn founded(world: &World) {
    use domain::application::Actor;
    use domain::history::Occasion;
    use domain::ids::EventId;
    use domain::officer::{Found, Founder, follow};

    let founder = |id: &str, badge: &str| Founder {
        id: id.to_owned().try_into().unwrap(),
        badge: badge.to_owned(),
    };
    let founders = [
        founder("first", "000001"),
        founder("second-of-all", "000002"),
    ];
    let unit = catalogue::units().get(&"psb-140000".parse().unwrap());
    let found = Found {
        unit: unit.unwrap(),
        officers: &founders,
    };
    let actor = Actor::System {
        task: "found_officers".to_owned(),
    };
    let steps = found.decide().unwrap().into_iter().map(|(officer, event)| {
        let occasion = Occasion {
            aggregate: &officer,
            at: platform::clock::real_now(),
            actor: &actor,
        };
        let ids = || EventId(uuid::Uuid::now_v7());
        follow(None, &occasion, vec![event], ids).unwrap()
    });
    let accounts = Accounts::new(world.stage.table());
    accounts.found(&steps.collect::<Vec<_>>()).await.unwrap();
}

#[tokio::test]
async fn neither_a_dismissal_nor_a_change_leaves_the_province_with_less_than_two() {
    let world = World::open().await;
    founded(&world).await;
    let refused = "too_few_administrators";
    dismisses(&world, "first", "second-of-all")
        .await
        .expect_problem(409, refused);
    let other_post = json!({"posts": ["liaison"]});
    changes(&world, "first", "second-of-all", &other_post)
        .await
        .expect_problem(409, refused);
    // What leaves the post where it is, is no concern of the rule.
    let more = json!({"posts": ["administrator", "liaison"]});
    changes(&world, "first", "second-of-all", &more)
        .await
        .expect(200);

    let third = json!({
        "id": "third", "badge": "000003", "unit": "psb-140000", "posts": ["administrator"],
    });
    let appoint = world.officer("first").post("/v1/officers", &third).once();
    let proposed = world.ask(appoint).await.expect(201);
    // A proposal administers nothing yet.
    dismisses(&world, "first", "second-of-all")
        .await
        .expect_problem(409, refused);
    let approve = world
        .officer("second-of-all")
        .post("/v1/officers/third/approve", &json!({}));
    let approve = approve.once().if_match(proposed.header("etag"));
    world.ask(approve).await.expect(200);
    dismisses(&world, "first", "second-of-all")
        .await
        .expect(204);
    dismisses(&world, "first", "third")
        .await
        .expect_problem(409, refused);
}

#[tokio::test]
async fn of_two_who_dismiss_at_once_one_is_too_late() {
    let world = World::open().await;
    founded(&world).await;
    let third = json!({
        "id": "third", "badge": "000003", "unit": "psb-140000", "posts": ["administrator"],
    });
    let appoint = world.officer("first").post("/v1/officers", &third).once();
    let proposed = world.ask(appoint).await.expect(201);
    let approve = world
        .officer("second-of-all")
        .post("/v1/officers/third/approve", &json!({}));
    let approve = approve.once().if_match(proposed.header("etag"));
    world.ask(approve).await.expect(200);

    let seen = world.ask(world.officer("first").get("/v1/officers/third"));
    let etag = seen.await.header("etag").to_owned();
    let asker = world.officer("first");
    let dismiss = |path: &str, etag: &str| {
        let ask = asker.ask(axum::http::Method::DELETE, path);
        ask.if_match(etag)
    };
    let second = world.ask(asker.get("/v1/officers/second-of-all")).await;
    let other = dismiss("/v1/officers/second-of-all", second.header("etag"));
    let door = world.clone();
    world.stage.faults.before("TransactWriteItems", async move {
        door.ask(other).await.expect(204);
    });
    world
        .ask(dismiss("/v1/officers/third", &etag))
        .await
        .expect_problem(412, "stale_version");
    assert!(world.stage.faults.all_happened());
    world
        .ask(dismiss("/v1/officers/third", &etag))
        .await
        .expect_problem(409, "too_few_administrators");
}

#[tokio::test]
async fn where_nobody_is_known_to_administer_the_province_nobody_is_dismissed_from_it() {
    let world = World::open().await;
    for name in ["one", "other"] {
        let mut officer = appointed(name, "140000", Post::Administrator);
        officer.level = domain::unit::Level::Province;
        let item = officer_item(&officer, 1).unwrap();
        world.stage.put_item(item).await;
    }
    dismisses(&world, "one", "other")
        .await
        .expect_problem(409, "too_few_administrators");
}
