//! People are invited by identity number or phone, accept, leave, and are dismissed.

use platform::table::{Key, item};
use serde_json::{Value, json};

use crate::world::{HOSPITAL, RESTAURANT, World, enterprise, proved};

#[tokio::test]
async fn two_agents_one_leaves_the_other_goes_on_at_once() {
    let world = World::registered().await;
    let anna = world.appoints("legal", "anna", "handler").await;
    world.appoints("legal", "boris", "handler").await;
    assert!(world.may_read("anna").await && world.may_read("boris").await);

    let leave = format!("/v1/mandates/{anna}/leave");
    let left = world.me("anna").post(&leave, &json!({})).once();
    let answer = world.ask(left).await.expect(200);
    assert_eq!(answer.json["state"], "ended");
    assert!(!world.may_read("anna").await);
    assert!(world.may_read("boris").await);
    let again = world.me("anna").post(&leave, &json!({})).once();
    world.ask(again).await.expect_problem(409, "mandate_ended");
}

#[tokio::test]
async fn the_lost_administrator_is_replaced_by_the_legal_representative() {
    let world = World::registered().await;
    let lost = world.appoints("legal", "anna", "administrator").await;
    world.withdraws("legal", &lost).await.expect(204);
    assert!(!world.may_read("anna").await);
    world.appoints("legal", "boris", "administrator").await;
    // The new one administers: they invite somebody themself.
    world.appoints("boris", "clara", "handler").await;
    assert!(world.may_read("clara").await);
}

#[tokio::test]
async fn who_is_invited_by_phone_finds_the_invitation_and_accepts_it() {
    let world = World::registered().await;
    let body = json!({"mobile": "+86 138 0000 0002", "role": "handler", "items": ["PSB-APR-004"]});
    let path = enterprise("/mandates");
    let invite = world.person("legal", RESTAURANT).post(&path, &body).once();
    let invited = world.ask(invite).await.expect(201).json;
    assert_eq!(invited["state"], "invited");
    assert_eq!(invited["person"], Value::Null);

    let me = world.ask(world.me("anna").get("/v1/me")).await.expect(200);
    assert_eq!(me.json["invitations"][0]["id"], invited["id"]);
    let id = invited["id"].as_str().unwrap();
    let accepted = world.accepts("anna", id).await.expect(200).json;
    assert_eq!(accepted["state"], "holding");
    assert_eq!(accepted["person"], "anna");
    assert_eq!(accepted["items"], json!(["PSB-APR-004"]));
    let me = world.ask(world.me("anna").get("/v1/me")).await.expect(200);
    assert_eq!(me.json["invitations"], json!([]));
}

#[tokio::test]
async fn an_invitation_is_nobody_elses() {
    let world = World::registered().await;
    let id = world.invites("legal", "anna", "handler").await;
    world
        .accepts("boris", &id)
        .await
        .expect_problem(404, "not_found");
    let me = world.ask(world.me("boris").get("/v1/me")).await.expect(200);
    assert_eq!(me.json["invitations"], json!([]));
    // A token that proves nothing is nobody's either.
    let mut unproved = proved("anna", 2);
    for claim in ["resident_id", "phone_number"] {
        unproved.as_object_mut().unwrap().remove(claim);
    }
    let accept = format!("/v1/mandates/{id}/accept");
    let unproved = world.myself(&unproved).post(&accept, &json!({})).once();
    world.ask(unproved).await.expect_problem(404, "not_found");
    world.accepts("anna", &id).await.expect(200);
    // Once more, under another key: it is theirs already.
    world.accepts("anna", &id).await.expect(200);
}

#[tokio::test]
async fn an_invitation_that_was_taken_back_cannot_be_accepted() {
    let world = World::registered().await;
    let id = world.invites("legal", "anna", "handler").await;
    world.withdraws("legal", &id).await.expect(204);
    world
        .accepts("anna", &id)
        .await
        .expect_problem(409, "invitation_answered");
    world
        .withdraws("legal", &id)
        .await
        .expect_problem(409, "invitation_answered");
}

#[tokio::test]
async fn only_who_administers_invites_lists_and_withdraws() {
    let world = World::registered().await;
    let anna = world.appoints("legal", "anna", "handler").await;
    let path = enterprise("/mandates");
    let body = json!({"mobile": "13800000003", "role": "viewer"});
    let handler = world.person("anna", RESTAURANT);
    let refused = world.ask(handler.post(&path, &body).once()).await;
    let refused = refused.expect_problem(403, "role_insufficient");
    let who_may = "请由该企业的法定代表人或管理员操作。";
    assert_eq!(refused.json["detail"], who_may);
    world
        .ask(handler.get(&path))
        .await
        .expect_problem(403, "role_insufficient");
    let delete = handler.ask(axum::http::Method::DELETE, &format!("{path}/{anna}"));
    world
        .ask(delete.if_match("\"1\""))
        .await
        .expect_problem(403, "role_insufficient");
    // Another enterprise's administrator sees nothing at all.
    let other = world.person("legal", HOSPITAL);
    world
        .ask(other.get(&path))
        .await
        .expect_problem(403, "no_mandate");
}

#[tokio::test]
async fn every_fault_of_an_invitation_is_told_at_once() {
    let world = World::registered().await;
    let body = json!({
        "resident_id": "140121190001010016", "role": "legal_representative",
        "items": ["PSB-APR-999"], "from": "2026-12-01", "to": "2026-11-30",
    });
    let path = enterprise("/mandates");
    let invite = world.person("legal", RESTAURANT).post(&path, &body).once();
    let answer = world.ask(invite).await.expect_problem(422, "invalid_value");
    let pointers: Vec<_> = answer.errors().into_iter().map(|(at, _)| at).collect();
    assert_eq!(pointers, ["/resident_id", "/role", "/items/0", "/to"]);
    let neither = world
        .person("legal", RESTAURANT)
        .post(&path, &json!({"role": "viewer"}));
    let answer = world
        .ask(neither.once())
        .await
        .expect_problem(422, "invalid_value");
    assert_eq!(answer.errors(), [("", "exactly_one")]);
}

#[tokio::test]
async fn nothing_that_is_stored_or_answered_holds_the_number_of_who_is_invited() {
    let world = World::registered().await;
    let id = world.invites("legal", "anna", "handler").await;
    let uscc = domain::identifiers::Uscc::parse(RESTAURANT).unwrap();
    let accounts = platform::accounts::Accounts::new(world.stage.table());
    let file = accounts.enterprise(&uscc, None, None).await.unwrap();
    let stored = format!("{file:?}");
    assert!(stored.contains(&id));
    assert!(!stored.contains("14012219010203002X"), "{stored}");
}

#[tokio::test]
async fn the_hash_of_who_is_invited_is_gone_once_the_invitation_is_over() {
    let world = World::registered().await;
    let accepted = world.invites("legal", "anna", "handler").await;
    let taken_back = world.invites("legal", "boris", "handler").await;
    let open = world.invites("legal", "clara", "handler").await;
    for (id, over) in [(&accepted, true), (&taken_back, true), (&open, false)] {
        let key = Key::invitation(&id.parse().unwrap());
        let before = world.stage.item(&key).await.unwrap();
        let hash = before["body"].as_m().unwrap()["invitee"].as_s().unwrap();
        let expires_at = item::number(&before, "expires_at").unwrap();
        let now = u64::try_from(platform::clock::real_now().unix_seconds()).unwrap();
        // What nobody answers goes by itself when it has run out.
        let days = (expires_at - now) / (24 * 60 * 60);
        assert!((13..=14).contains(&days), "{days}");
        assert_eq!(hash.len(), 64);
        if *id == accepted {
            world.accepts("anna", id).await.expect(200);
        } else if *id == taken_back {
            world.withdraws("legal", id).await.expect(204);
        }
        let kept = format!("{:?}", world.stage.everything().await).contains(hash.as_str());
        assert_eq!(kept, !over, "{id}");
    }
}

#[tokio::test]
async fn items_are_at_most_a_hundred_and_what_is_named_twice_counts_once() {
    let world = World::registered().await;
    let path = enterprise("/mandates");
    let invite = |body: Value| world.person("legal", RESTAURANT).post(&path, &body).once();
    let many = json!({
        "mobile": "1", "role": "legal_representative", "items": vec!["PSB-APR-999"; 101],
    });
    let answer = world.ask(invite(many)).await;
    let answer = answer.expect_problem(422, "invalid_value");
    let pointers: Vec<_> = answer.errors().into_iter().map(|(at, _)| at).collect();
    assert_eq!(pointers, ["/mobile", "/role", "/items"]);
    let twice = json!({
        "mobile": "13800000002", "role": "viewer",
        "items": ["PSB-APR-004", "PSB-APR-001", "PSB-APR-004"],
    });
    let answer = world.ask(invite(twice)).await.expect(201);
    assert_eq!(answer.json["items"], json!(["PSB-APR-004", "PSB-APR-001"]));
}

#[tokio::test]
async fn somebody_is_invited_once_until_they_answer() {
    let world = World::registered().await;
    let first = world.invites("legal", "anna", "handler").await;
    let body = json!({"resident_id": "14012219010203002X", "role": "viewer"});
    let path = enterprise("/mandates");
    let again = || world.person("legal", RESTAURANT).post(&path, &body).once();
    world
        .ask(again())
        .await
        .expect_problem(409, "already_invited");
    world.accepts("anna", &first).await.expect(200);
    world.ask(again()).await.expect(201);
}

#[tokio::test]
async fn a_number_that_the_provider_has_not_proved_opens_no_invitation() {
    let world = World::registered().await;
    let body = json!({"mobile": "13800000002", "role": "administrator"});
    let path = enterprise("/mandates");
    let invite = world.person("legal", RESTAURANT).post(&path, &body).once();
    let id = world.ask(invite).await.expect(201).json["id"].clone();
    let accept = format!("/v1/mandates/{}/accept", id.as_str().unwrap());
    let mut unverified = proved("boris", 2);
    unverified["phone_number"] = json!("13800000002");
    unverified["phone_number_verified"] = json!(false);
    let mut unproved = proved("anna", 1);
    unproved["phone_number_verified"] = json!(false);
    for claims in [unverified, unproved] {
        let me = world.ask(world.myself(&claims).get("/v1/me")).await;
        assert_eq!(me.expect(200).json["invitations"], json!([]));
        let ask = world.myself(&claims).post(&accept, &json!({})).once();
        world.ask(ask).await.expect_problem(404, "not_found");
    }
}
