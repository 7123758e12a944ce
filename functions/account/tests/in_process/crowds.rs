//! Where there are as many people as there can be.

use domain::identifiers::Uscc;
use domain::mandate::{MandateId, Role};
use platform::accounts::Accounts;
use platform::authority::mandate_item;
use serde_json::json;
use support::door::mandate;

use crate::world::{RESTAURANT, World, enterprise, proved};

/// So many mandates and invitations an enterprise can have.
const MOST_PEOPLE: u64 = 80;
/// So many persons can wait for the register.
const MOST_CLAIMANTS: usize = 40;

/// A restaurant with as many people as it can have.
async fn full() -> World {
    let world = World::registered().await;
    for number in 1..MOST_PEOPLE {
        let mut colleague = mandate(&format!("colleague-{number}"), RESTAURANT, Role::Handler);
        colleague.id = MandateId::new(colleague.enterprise.clone(), number);
        let item = mandate_item(&colleague, 1).unwrap();
        world.stage.put_item(item).await;
    }
    world
}

#[tokio::test]
async fn nobody_more_is_invited_than_an_enterprise_can_have() {
    let world = full().await;
    let body = json!({"mobile": "13800000004", "role": "viewer"});
    let legal = world.person("legal", RESTAURANT);
    let invite = legal.post(&enterprise("/mandates"), &body);
    world
        .ask(invite.once())
        .await
        .expect_problem(409, "too_many_people");
}

#[tokio::test]
async fn a_full_enterprise_is_suspended_at_once_with_everybody() {
    let world = full().await;
    let supervisor = world.officer("supervisor");
    let seen = world.ask(supervisor.get(&enterprise(""))).await.expect(200);
    let body = json!({"reason": "涉嫌提供虚假材料，正在核查。"});
    let suspend = supervisor.post(&enterprise("/suspend"), &body).once();
    let suspend = suspend.if_match(seen.header("etag"));
    let (answer, calls) = world.cost(suspend).await;
    answer.expect(200);
    assert_eq!(calls.dynamodb, 3, "two pages, one transaction");
    let uscc = Uscc::parse(RESTAURANT).unwrap();
    let accounts = Accounts::new(world.stage.table());
    let household = accounts
        .enterprise(&uscc, None, None)
        .await
        .unwrap()
        .household;
    let mandates = household.mandates.iter();
    let suspended = mandates.filter(|mandate| mandate.suspended_at.is_some());
    assert_eq!(suspended.count(), usize::try_from(MOST_PEOPLE).unwrap());
}

#[tokio::test]
async fn so_many_wait_for_the_register_and_the_next_is_told_so() {
    let world = World::open().await;
    for number in 0..MOST_CLAIMANTS {
        world
            .registers(&format!("claimant-{number}"))
            .await
            .expect(202);
    }
    world
        .registers("one-more")
        .await
        .expect_problem(409, "too_many_claimants");
    // Who waits already goes on waiting.
    world.registers("claimant-0").await.expect(202);
    // Once the register answers, whom it names gets in.
    world.register.names("one-more");
    world.registers("one-more").await.expect(201);
}

#[tokio::test]
async fn who_has_more_mandates_than_are_shown_is_told_so() {
    let world = World::open().await;
    let me = || world.myself(&proved("anna", 2)).get("/v1/me");
    let mut given = 0;
    for enterprise in enterprises().take(101) {
        let own = mandate("anna", enterprise.as_str(), Role::Handler);
        world.stage.put_item(mandate_item(&own, 1).unwrap()).await;
        given += 1;
        if given == 100 {
            assert_eq!(world.ask(me()).await.expect(200).json["more"], false);
        }
    }
    let shown = world.ask(me()).await.expect(200).json;
    assert_eq!(shown["more"], true);
    assert_eq!(shown["mandates"].as_array().unwrap().len(), 100);
}

/// Enterprises of the district.
fn enterprises() -> impl Iterator<Item = Uscc> {
    let ends = || "0123456789ABCDEFGHJKLMNPQRTUWXY".chars();
    (0..10_000).filter_map(move |number| {
        let mut codes = ends().flat_map(|first| ends().map(move |last| (first, last)));
        codes.find_map(|(first, last)| {
            Uscc::parse(&format!("91140105XXX1{number:04}{first}{last}")).ok()
        })
    })
}

#[tokio::test]
async fn whose_mandate_has_ended_or_not_begun_is_not_shown_as_administering() {
    let world = World::registered().await;
    let now = platform::clock::real_now();
    for (number, name) in (1..).zip(["present", "former", "future", "left"]) {
        let mut administrator = mandate(name, RESTAURANT, Role::Administrator);
        administrator.id = MandateId::new(administrator.enterprise.clone(), number);
        let day = now.date();
        match name {
            "former" => administrator.to = Some(day.yesterday().unwrap()),
            "future" => administrator.from = day.tomorrow().unwrap(),
            "left" => administrator.withdrawn_at = Some(now.plus_seconds(-60)),
            _ => {}
        }
        let item = mandate_item(&administrator, 1).unwrap();
        world.stage.put_item(item).await;
    }
    let read = world.person("legal", RESTAURANT).get(&enterprise(""));
    let shown = world.ask(read).await.expect(200).json;
    assert_eq!(shown["administrators"], json!(["present"]));
}
