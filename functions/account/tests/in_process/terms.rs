//! From when and until when a mandate holds, and how long an invitation does.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::json;

use crate::world::World;

const DAY: i64 = 24 * 60 * 60;

fn today() -> Date {
    platform::clock::real_now().date()
}

fn id(answer: &support::door::Answer) -> String {
    answer.json["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_invitation_that_nobody_accepts_within_fourteen_days_has_expired() {
    let world = World::registered().await;
    let invitation = world.invites("legal", "anna", "handler").await;
    assert_eq!(world.state_of(&invitation).await, "invited");
    world.stage.move_clock(14 * DAY + 60).await;
    assert_eq!(world.state_of(&invitation).await, "expired");
    world
        .accepts("anna", &invitation)
        .await
        .expect_problem(409, "invitation_expired");
    assert!(!world.may_read("anna").await);
    // One may be invited again.
    let again = world.invites("legal", "anna", "handler").await;
    world.accepts("anna", &again).await.expect(200);
}

#[tokio::test]
async fn an_invitation_is_no_use_after_the_last_day_of_what_it_gives() {
    let world = World::registered().await;
    let terms = json!({"role": "handler", "to": today()});
    let invited = world.invites_for("legal", "anna", terms).await.expect(201);
    world.stage.move_clock(DAY).await;
    world
        .accepts("anna", &id(&invited))
        .await
        .expect_problem(409, "invitation_expired");
}

#[tokio::test]
async fn a_mandate_holds_from_its_first_day_through_its_last() {
    let world = World::registered().await;
    let (first, last) = (today() + 1.day(), today() + 2.days());
    let terms = json!({"role": "handler", "from": first, "to": last});
    let invited = world.invites_for("legal", "anna", terms).await.expect(201);
    let mandate = id(&invited);
    world.accepts("anna", &mandate).await.expect(200);
    for (days, state) in [(0, "coming"), (1, "holding"), (2, "holding"), (3, "ended")] {
        world.stage.move_clock(days * DAY).await;
        assert_eq!(world.state_of(&mandate).await, state, "{days}");
        assert_eq!(world.may_read("anna").await, state == "holding", "{days}");
    }
}

#[tokio::test]
async fn nobody_gives_what_they_do_not_hold() {
    let world = World::registered().await;
    let last = today() + 30.days();
    let only_hotels = json!({"role": "administrator", "items": ["PSB-APR-004"], "to": last});
    let invited = world.invites_for("legal", "anna", only_hotels).await;
    world
        .accepts("anna", &id(&invited.expect(201)))
        .await
        .expect(200);
    for beyond in [
        json!({"role": "handler", "to": last}),
        json!({"role": "handler", "items": ["PSB-APR-001"], "to": last}),
        json!({"role": "handler", "items": ["PSB-APR-004"]}),
        json!({"role": "handler", "items": ["PSB-APR-004"], "to": last + 1.day()}),
    ] {
        world
            .invites_for("anna", "boris", beyond)
            .await
            .expect_problem(403, "beyond_own_mandate");
    }
    let within = json!({"role": "handler", "items": ["PSB-APR-004"], "to": last});
    world.invites_for("anna", "boris", within).await.expect(201);
}
