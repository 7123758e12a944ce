//! An enterprise is registered by who the register names, and nobody is refused because it is down.

use serde_json::{Value, json};
use support::door::PERSONS;

use crate::world::{HOSPITAL, RESTAURANT, World, enterprise, proved};

#[tokio::test]
async fn the_legal_representative_registers_an_enterprise_and_may_act_at_once() {
    let world = World::open().await;
    world.register.names("legal");
    let answer = world.registers("legal").await.expect(201);
    assert_eq!(answer.json["standing"], "active");
    assert_eq!(answer.json["kind"], "enterprise");
    assert_eq!(answer.json["legal_representative"], "legal");
    assert_eq!(answer.header("location"), enterprise(""));
    assert!(world.may_read("legal").await);

    let me = world.ask(world.me("legal").get("/v1/me")).await.expect(200);
    assert_eq!(me.json["mandates"][0]["role"], "legal_representative");
    assert_eq!(me.json["mandates"][0]["state"], "holding");
    assert_eq!(me.json["enterprises"][0]["uscc"], RESTAURANT);
    assert_eq!(me.json["real_name_level"], 2);
}

#[tokio::test]
async fn a_hospital_is_a_public_institution() {
    let world = World::open().await;
    world.register.names("legal");
    let body = json!({"uscc": HOSPITAL});
    let register = world.me("legal").post("/v1/enterprises", &body).once();
    let answer = world.ask(register).await.expect(201);
    assert_eq!(answer.json["kind"], "public_institution");
}

#[tokio::test]
async fn whoever_the_register_does_not_name_is_refused_with_the_reason() {
    let world = World::open().await;
    world.register.names("legal");
    world
        .registers("anna")
        .await
        .expect_problem(403, "not_the_legal_representative");
    world.register.says("legal", "licence_revoked");
    world
        .registers("legal")
        .await
        .expect_problem(422, "no_longer_in_being");
    world.register.answers(404, json!({"code": "not_found"}));
    world
        .registers("legal")
        .await
        .expect_problem(422, "not_in_register");
    assert_eq!(nothing_is_stored(&world).await, Value::Null);
}

#[tokio::test]
async fn a_real_name_level_below_two_is_not_enough_and_the_register_is_not_asked() {
    let world = World::open().await;
    let body = json!({"uscc": RESTAURANT});
    let unproved = world.myself(&proved("legal", 1));
    let register = unproved.post("/v1/enterprises", &body).once();
    world
        .ask(register)
        .await
        .expect_problem(403, "real_name_level_too_low");
}

#[tokio::test]
async fn a_silent_register_leaves_the_registration_waiting_and_refuses_nobody() {
    let world = World::open().await;
    for silent in [
        (503, json!({})),
        (200, json!({"code": 0, "data": [null]})),
        (200, json!("<html>")),
    ] {
        world.register.answers(silent.0, silent.1);
        let answer = world.registers("legal").await.expect(202);
        assert_eq!(answer.json["standing"], "pending");
        assert_eq!(answer.json["legal_representative"], Value::Null);
    }
    // Who waits sees it, and nothing of who else does.
    let me = world.ask(world.me("legal").get("/v1/me")).await.expect(200);
    assert_eq!(me.json["claims"][0]["enterprise"], RESTAURANT);
    assert_eq!(me.json["claims"][0]["state"], "waiting");
    // Somebody else who says so, too, locks nobody out.
    world.registers("anna").await.expect(202);
    assert!(!world.may_read("legal").await);

    world.register.names("legal");
    world
        .registers("anna")
        .await
        .expect_problem(403, "not_the_legal_representative");
    let answer = world.registers("legal").await.expect(201);
    assert_eq!(answer.json["standing"], "active");
    assert!(world.may_read("legal").await);
    assert!(!world.may_read("anna").await);
}

#[tokio::test]
async fn an_enterprise_is_registered_once_and_a_repeat_gets_the_same_answer() {
    let world = World::open().await;
    world.register.names("legal");
    let body = json!({"uscc": RESTAURANT});
    let register = world.me("legal").post("/v1/enterprises", &body);
    let first = world.ask(register.clone().key("once")).await.expect(201);
    let repeat = world.ask(register.clone().key("once")).await.expect(201);
    assert_eq!(first.json, repeat.json);
    assert_eq!(repeat.header("idempotency-replayed"), "true");
    let again = world.ask(register.once()).await;
    let again = again.expect_problem(409, "already_registered");
    let detail = again.json["detail"].as_str().unwrap();
    assert!(detail.starts_with("您已是该企业的法定代表人"), "{detail}");
    let other = world.registers("heir").await;
    let other = other.expect_problem(409, "already_registered");
    assert_ne!(other.json["detail"], detail);
}

#[tokio::test]
async fn what_is_no_credit_code_is_told_as_such() {
    let world = World::open().await;
    let body = json!({"uscc": "91140105XXX100095D"});
    let register = world.me("legal").post("/v1/enterprises", &body).once();
    let answer = world
        .ask(register)
        .await
        .expect_problem(422, "invalid_value");
    assert_eq!(answer.errors()[0].0, "/uscc");
}

#[tokio::test]
async fn who_acts_for_an_enterprise_registers_as_themself() {
    let world = World::open().await;
    world.register.names("legal");
    let body = json!({"uscc": RESTAURANT});
    let acting = world.myself(&proved("legal", 2));
    let acting = acting.with("x-acting-for", HOSPITAL);
    let register = acting.post("/v1/enterprises", &body).once();
    world.ask(register).await.expect(201);
    let officer = world.officer("intake").post("/v1/enterprises", &body);
    world
        .ask(officer.once())
        .await
        .expect_problem(403, "wrong_side");
    assert_eq!(proved("legal", 2)["iss"], PERSONS);
}

#[tokio::test]
async fn whoever_waits_is_told_where_to_look_and_sees_their_own_claim_only() {
    let world = World::open().await;
    let waiting = world.registers("legal").await.expect(202);
    world.registers("anna").await.expect(202);
    let place = waiting.header("location");
    assert_eq!(place, enterprise("/claim"));
    let seen = world.ask(world.me("legal").get(place)).await.expect(200);
    assert_eq!(seen.json["state"], "waiting");
    assert_eq!(seen.json["answered_at"], Value::Null);
    assert!(seen.json["next_step"]["zh"].is_string());
    assert!(!seen.text.contains("anna"), "{}", seen.text);
    // It is nobody else's, whatever they registered or are.
    world
        .ask(world.me("boris").get(place))
        .await
        .expect_problem(404, "not_found");
    world
        .ask(world.officer("supervisor").get(place))
        .await
        .expect_problem(403, "wrong_side");
    let costs = world.cost(world.me("legal").get(place)).await.1;
    assert_eq!(costs.dynamodb, 1);

    world.register.names("legal");
    world.registers("legal").await.expect(201);
    let confirmed = world.ask(world.me("legal").get(place)).await.expect(200);
    assert_eq!(confirmed.json["state"], "confirmed");
    let me = world.ask(world.me("legal").get("/v1/me")).await.expect(200);
    assert_eq!(me.json["claims"], json!([]));
    // The other one is turned away, with the reason and what to do next.
    let me = world.ask(world.me("anna").get("/v1/me")).await.expect(200);
    let turned = &me.json["claims"][0];
    assert_eq!(turned["state"], "turned_away");
    assert_eq!(turned["reason"], "not_the_legal_representative");
    assert_eq!(
        turned["words"]["en"],
        "You are not the legal representative on record"
    );
    assert!(
        turned["next_step"]["en"]
            .as_str()
            .unwrap()
            .contains("have the register changed")
    );
    assert_eq!(me.json["enterprises"], json!([]));
}

#[tokio::test]
async fn an_answered_claim_goes_by_itself_after_ninety_days() {
    let world = World::open().await;
    world.registers("legal").await.expect(202);
    let person = domain::ids::PersonId::try_from("legal".to_owned()).unwrap();
    let key = platform::table::Key::claim(&domain_uscc(), &person);
    let claim = world.stage.item(&key).await.unwrap();
    assert!(!claim.contains_key("expires_at"));
    world.register.names("legal");
    world.registers("legal").await.expect(201);
    let claim = world.stage.item(&key).await.unwrap();
    let goes = platform::table::item::number(&claim, "expires_at").unwrap();
    let now = u64::try_from(platform::clock::real_now().unix_seconds()).unwrap();
    let days = (goes - now) / (24 * 60 * 60);
    assert!((89..=90).contains(&days), "{days}");
}

/// What a stranger is shown of the restaurant.
async fn nothing_is_stored(world: &World) -> Value {
    let uscc = domain_uscc();
    let accounts = platform::accounts::Accounts::new(world.stage.table());
    let file = accounts.enterprise(&uscc, None, None).await.unwrap();
    json!(file.household.enterprise)
}

fn domain_uscc() -> domain::identifiers::Uscc {
    domain::identifiers::Uscc::parse(RESTAURANT).unwrap()
}

#[tokio::test]
async fn who_waits_for_the_register_is_told_why_no_mandate_holds_yet() {
    let world = World::open().await;
    world.registers("legal").await.expect(202);
    let detail = async |name: &str| {
        let read = world.person(name, RESTAURANT).get(&enterprise(""));
        let answer = world.ask(read).await.expect_problem(403, "no_mandate");
        answer.json["detail"].as_str().unwrap().to_owned()
    };
    let told = detail("legal").await;
    assert!(told.contains("您登记该企业的申请尚待登记库核验"), "{told}");
    assert_ne!(detail("anna").await, told);
}

#[tokio::test]
async fn a_path_names_an_enterprise_in_its_normal_form_only() {
    let world = World::registered().await;
    for spelt in [
        "91140105XXX100095C%20",
        "91140105-XXX100095C",
        "91140105xxx100095c",
    ] {
        let path = format!("/v1/enterprises/{spelt}");
        let read = world.person("legal", RESTAURANT).get(&path);
        world.ask(read).await.expect_problem(404, "not_found");
    }
}
