//! Items that an earlier version stored are read as what they are now.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use platform::table::{Attributes, Key, item};
use serde_json::json;

use crate::world::{RESTAURANT, World, enterprise};

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn old(pk: &str, sk: &str, kind: &str, body: &serde_json::Value) -> Attributes {
    HashMap::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text(sk)),
        ("type".to_owned(), text(kind)),
        ("schema".to_owned(), AttributeValue::N("1".to_owned())),
        ("version".to_owned(), AttributeValue::N("3".to_owned())),
        (
            "body".to_owned(),
            serde_dynamo::to_attribute_value(body).unwrap(),
        ),
    ])
}

/// A mandate as the first schema had it, without a name.
fn old_mandate(person: &str) -> Attributes {
    let body = json!({
        "person": person, "enterprise": RESTAURANT, "role": "handler", "items": "all",
        "from": "2020-01-01", "to": null, "withdrawn_at": null,
    });
    let partition = format!("ENT#{RESTAURANT}");
    old(&partition, &format!("MANDATE#{person}"), "mandate", &body)
}

#[tokio::test]
async fn a_mandate_without_a_name_has_the_same_one_at_every_read_and_ends_by_it() {
    let world = World::registered().await;
    world.stage.put_item(old_mandate("anna")).await;
    assert!(world.may_read("anna").await);
    let list = world
        .person("legal", RESTAURANT)
        .get(&enterprise("/mandates"));
    let name = async || {
        let list = world.ask(list.clone()).await.expect(200);
        let items = list.json["items"].as_array().unwrap();
        let anna = items.iter().find(|item| item["person"] == "anna");
        anna.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let id = name().await;
    assert_eq!(name().await, id);
    world.withdraws("legal", &id).await.expect(204);
    assert!(!world.may_read("anna").await);
    let person = domain::ids::PersonId::try_from("anna".to_owned()).unwrap();
    let uscc = domain::identifiers::Uscc::parse(RESTAURANT).unwrap();
    let stored = world.stage.item(&Key::mandate(&uscc, &person)).await;
    let stored = stored.unwrap();
    assert_eq!(item::number(&stored, "schema"), Some(2));
    assert_eq!(
        item::text(stored["body"].as_m().unwrap(), "id"),
        Some(id.as_str())
    );
}

#[tokio::test]
async fn an_answered_invitation_loses_the_hash_that_was_kept_with_it() {
    let world = World::registered().await;
    let id = format!("M-{RESTAURANT}-000000000000");
    let body = json!({
        "id": id, "invitee": "ab".repeat(32), "role": "handler", "items": "all",
        "from": "2020-01-01", "to": null, "invited_by": "legal",
        "invited_at": "2026-01-01T00:00:00+08:00", "expires_at": "2026-01-15T00:00:00+08:00",
        "answered": {"as": "withdrawn", "at": "2026-01-02T00:00:00+08:00"},
    });
    let partition = format!("ENT#{RESTAURANT}");
    let item = old(&partition, &format!("INVITE#{id}"), "invitation", &body);
    world.stage.put_item(item).await;
    let uscc = domain::identifiers::Uscc::parse(RESTAURANT).unwrap();
    let accounts = platform::accounts::Accounts::new(world.stage.table());
    let household = accounts
        .enterprise(&uscc, None, None)
        .await
        .unwrap()
        .household;
    assert_eq!(household.invitations.len(), 1);
    assert_eq!(household.invitations[0].invitee, None);
}

#[tokio::test]
async fn what_a_later_version_stored_is_not_guessed_at() {
    let world = World::registered().await;
    for schema in ["0", "3", "one"] {
        let mut later = old_mandate("anna");
        let schema = match schema {
            "one" => text("1"),
            number => AttributeValue::N(number.to_owned()),
        };
        later.insert("schema".to_owned(), schema);
        world.stage.put_item(later).await;
        let read = world.person("anna", RESTAURANT).get(&enterprise(""));
        world.ask(read).await.expect_problem(500, "internal_error");
    }
}
