//! The last administrator does not leave a house without a key.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn the_last_administrator_cannot_leave_before_there_is_another() {
    let world = World::registered().await;
    let anna = world.appoints("legal", "anna", "administrator").await;
    let leave = || {
        let path = format!("/v1/mandates/{anna}/leave");
        world.me("anna").post(&path, &json!({})).once()
    };
    world
        .ask(leave())
        .await
        .expect_problem(409, "last_administrator");
    world.appoints("anna", "boris", "administrator").await;
    world.ask(leave()).await.expect(200);
    assert!(!world.may_read("anna").await && world.may_read("boris").await);
}

#[tokio::test]
async fn an_administrator_does_not_dismiss_the_last_one_but_the_legal_representative_does() {
    let world = World::registered().await;
    let anna = world.appoints("legal", "anna", "administrator").await;
    world
        .withdraws("anna", &anna)
        .await
        .expect_problem(409, "last_administrator");
    world.withdraws("legal", &anna).await.expect(204);
}

#[tokio::test]
async fn the_last_administrator_is_not_demoted_by_accepting_less() {
    let world = World::registered().await;
    world.appoints("legal", "anna", "administrator").await;
    let less = world.invites("legal", "anna", "viewer").await;
    world
        .accepts("anna", &less)
        .await
        .expect_problem(409, "last_administrator");
}

#[tokio::test]
async fn nobody_withdraws_or_leaves_the_legal_representatives_mandate() {
    let world = World::registered().await;
    world.appoints("legal", "anna", "administrator").await;
    let me = world.ask(world.me("legal").get("/v1/me")).await.expect(200);
    let id = me.json["mandates"][0]["id"].as_str().unwrap().to_owned();
    world
        .withdraws("anna", &id)
        .await
        .expect_problem(409, "legal_representative_stays");
    let leave = world
        .me("legal")
        .post(&format!("/v1/mandates/{id}/leave"), &json!({}));
    world
        .ask(leave.once())
        .await
        .expect_problem(409, "legal_representative_stays");
}
