use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::mandate::Mandate;
use domain::officer::{Officer, Post};
use domain::policy::{Action, Authority, Denial, Resource, permit};
use futures_util::future::join_all;
use http::StatusCode;
use platform::authority::{Principal, officer_item};
use platform::clock::real_now;
use platform::table::Key;
use serde_json::{Value, json};

use crate::world::World;

const HOTEL: &str = "91140100XXX1000286";

async fn seed(world: &World) -> (usize, usize) {
    let body = json!({});
    let answer = world.post("/sandbox/seed", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    counted(&answer.json())
}

/// How many items were written and how many not.
fn counted(seeded: &Value) -> (usize, usize) {
    let count = |of: &str| seeded["written"][of].as_array().unwrap().len();
    let unchanged = seeded["unchanged"].as_u64().unwrap();
    (
        count("mandates") + count("officers"),
        usize::try_from(unchanged).unwrap(),
    )
}

fn agent(person: &str) -> Principal {
    Principal::Agent {
        person: PersonId::try_from(person.to_owned()).unwrap(),
        enterprise: Uscc::parse(HOTEL).unwrap(),
        device: None,
    }
}

/// What `principal` may by what lies in the table.
async fn authority(world: &World, principal: &Principal) -> Option<Authority> {
    let table = world.stage.table();
    let snapshot = table.read(principal.authority_keys()).await.unwrap();
    let found = principal.authority(&table, &snapshot, real_now()).await;
    found.unwrap().ok()
}

/// Whether `principal` may open a draft for the hotel.
async fn may_apply(world: &World, principal: &Principal) -> Option<Result<(), Denial>> {
    let hotel = Uscc::parse(HOTEL).unwrap();
    let resource = Resource {
        enterprise: Some(&hotel),
        ..Resource::NOTHING
    };
    let authority = authority(world, principal).await?;
    Some(permit(&authority, Action::OpenDraft, &resource, real_now()))
}

#[tokio::test]
async fn seeding_again_writes_nothing() {
    let world = World::new().await;
    let (written, unchanged) = seed(&world).await;
    assert!(written > 15, "{written}");
    assert_eq!(unchanged, 0);
    assert_eq!(seed(&world).await, (0, written));
}

#[tokio::test]
async fn seeded_persons_may_do_what_their_roles_say() {
    let world = World::new().await;
    assert_eq!(may_apply(&world, &agent("agent-a")).await, None);
    seed(&world).await;
    let expected = [
        ("legal-a", Some(Ok(()))),
        ("agent-a", Some(Ok(()))),
        ("viewer-a", Some(Err(Denial::RoleInsufficient))),
        ("former-agent-a", Some(Err(Denial::NoMandate))),
        ("agent-b", None),
        ("newcomer", None),
    ];
    for (person, allowed) in expected {
        assert_eq!(may_apply(&world, &agent(person)).await, allowed, "{person}");
    }
    let id = OfficerId::try_from("reviewer-decider-140105".to_owned()).unwrap();
    let principal = Principal::Officer(id);
    let Some(Authority::Officer(officer)) = authority(&world, &principal).await else {
        panic!("an officer is seeded as one");
    };
    assert!(officer.holds(Post::Reviewer) && officer.holds(Post::Decider));
}

#[tokio::test]
async fn what_was_changed_since_is_put_right_and_the_rest_left_alone() {
    let world = World::new().await;
    let (all, _) = seed(&world).await;
    let id = OfficerId::try_from("intake-140105".to_owned()).unwrap();
    let key = Key::officer(&id);
    let table = world.stage.table();
    let seeded = table
        .read([key.clone()])
        .await
        .unwrap()
        .read::<Officer>(&key)
        .unwrap()
        .unwrap();
    let dismissed = Officer {
        active: false,
        own_person: None,
        ..seeded.body.clone()
    };
    world
        .stage
        .put_item(officer_item(&dismissed, 7).unwrap())
        .await;

    assert_eq!(seed(&world).await, (1, all - 1));
    let restored = table
        .read([key.clone()])
        .await
        .unwrap()
        .read::<Officer>(&key)
        .unwrap()
        .unwrap();
    assert_eq!((restored.version, restored.body.version), (8, 2));
    let as_seeded = Officer {
        version: seeded.body.version,
        head: seeded.body.head,
        ..restored.body
    };
    assert_eq!(as_seeded, seeded.body);
}

#[tokio::test]
async fn seeding_twice_at_once_writes_each_item_once() {
    let world = World::new().await;
    let body = json!({});
    let answers = join_all((0..2).map(|_| world.post("/sandbox/seed", &body))).await;
    let written: usize = answers.iter().map(|answer| counted(&answer.json()).0).sum();
    assert_eq!(seed(&world).await, (0, written));
    let person = PersonId::try_from("agent-a".to_owned()).unwrap();
    let key = Key::mandate(&Uscc::parse(HOTEL).unwrap(), &person);
    let snapshot = world.stage.table().read([key.clone()]).await.unwrap();
    assert_eq!(snapshot.read::<Mandate>(&key).unwrap().unwrap().version, 1);
}
