//! Enterprises forget a person who is erased; their histories stay whole.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use domain::application::Actor;
use domain::enterprise::{Enterprise, EnterpriseEvent, Granted, Household};
use domain::history::{Occasion, Recorded, record, replay};
use domain::identifiers::{MobileNumber, Uscc};
use domain::ids::{EventId, PersonId};
use domain::instant::Instant;
use domain::mandate::{Coverage, MandateId, Role};
use domain::search::SearchTerm;
use platform::accounts::Accounts;
use platform::clock::real_now;
use platform::table::Key;
use platform::vault::Vault;
use serde_json::{Value, json};
use support::Emulated;
use timers::Timers;

const SAMPLE: &str = include_str!("../../../events/timers-erase-person.json");
const RESTAURANT: &str = "91140105XXX100095C";
const HOTEL: &str = "91140100XXX1000286";
const HOSPITAL: &str = "12140105XXX1001087";
/// Whom the sample names, and their number.
const ERASED: &str = "agent-1";
const MOBILE: &str = "13800000001";

fn person(name: &str) -> PersonId {
    PersonId::try_from(name.to_owned()).unwrap()
}

fn uscc(text: &str) -> Uscc {
    Uscc::parse(text).unwrap()
}

fn id(enterprise: &str, number: u64) -> MandateId {
    MandateId::new(uscc(enterprise), number)
}

fn granted(enterprise: &str, number: u64, holder: &str) -> Granted {
    Granted {
        id: id(enterprise, number),
        person: person(holder),
        role: Role::Handler,
        items: Coverage::All,
        from: jiff::civil::date(2020, 1, 1),
        to: None,
    }
}

fn invited(enterprise: &str, number: u64) -> EnterpriseEvent {
    let Granted {
        id,
        role,
        items,
        from,
        to,
        ..
    } = granted(enterprise, number, ERASED);
    EnterpriseEvent::Invited {
        id,
        role,
        items,
        from,
        to,
    }
}

fn confirmed(enterprise: &str, by: &str) -> EnterpriseEvent {
    EnterpriseEvent::Confirmed {
        name: "太原汾畔餐饮有限公司".to_owned(),
        region: "140105".parse().unwrap(),
        legal_representative: person(by),
        mandate: id(enterprise, 0),
    }
}

/// A stage with what happens to enterprises there.
struct World {
    stage: Emulated,
    accounts: Accounts,
    hash: String,
}

impl World {
    async fn open() -> Self {
        let stage = Emulated::new().await;
        let vault = Vault::new(Arc::clone(&stage.aws), stage.table(), &stage.config).unwrap();
        let term = SearchTerm::Mobile(MobileNumber::parse(MOBILE).unwrap());
        let hash = vault.search_hash(&term).await.unwrap().to_string();
        let accounts = Accounts::new(stage.table());
        Self {
            stage,
            accounts,
            hash,
        }
    }

    async fn happens(&self, enterprise: &str, by: &str, events: Vec<EnterpriseEvent>) {
        let uscc = uscc(enterprise);
        let file = self.accounts.enterprise(&uscc, None, None).await.unwrap();
        let actor = Actor::Agent {
            person: person(by),
            role: Role::LegalRepresentative,
            device: None,
        };
        let occasion = Occasion {
            aggregate: &uscc,
            at: real_now(),
            actor: &actor,
        };
        let before = file.household.enterprise.as_ref();
        let ids = || EventId(uuid::Uuid::now_v7());
        let step = record(before, &occasion, events, ids).unwrap();
        let household = file.household.clone();
        let after = household.after(&step.history, step.state, Some(&self.hash));
        let commit = self
            .accounts
            .commit_enterprise(&file, &after, &step.history, None);
        commit.await.unwrap();
    }

    /// The enterprise is `by`'s.
    async fn founded(&self, enterprise: &str, by: &str) {
        let registered = EnterpriseEvent::Registered { person: person(by) };
        let events = vec![registered, confirmed(enterprise, by)];
        self.happens(enterprise, by, events).await;
    }

    async fn household(&self, enterprise: &str) -> Household {
        let uscc = uscc(enterprise);
        let file = self.accounts.enterprise(&uscc, None, None).await;
        file.unwrap().household
    }

    /// The enterprise as its history makes it.
    async fn replayed(&self, enterprise: &str) -> Enterprise {
        let uscc = uscc(enterprise);
        let state = self.household(enterprise).await.enterprise.unwrap();
        let keys: Vec<Key> = (1..=state.version)
            .map(|seq| Key::enterprise_event(&uscc, seq))
            .collect();
        let found = self.stage.table().read(keys.clone()).await.unwrap();
        let event = |key| found.read::<Recorded<Uscc, EnterpriseEvent>>(key);
        let history: Vec<_> = keys
            .iter()
            .map(|key| event(key).unwrap().unwrap().body)
            .collect();
        replay(&history).unwrap()
    }

    async fn erase(&self, payload: &str, now: Instant) -> Value {
        let config = self.stage.config.clone();
        let timers = Timers::new(Arc::clone(&self.stage.aws), config).unwrap();
        let payload = serde_json::from_str(payload).unwrap();
        let answer = timers.handle(payload, now).await.unwrap();
        serde_json::to_value(answer).unwrap()
    }

    /// Whether an item outside of histories names the person or their number.
    async fn names_them(&self) -> bool {
        let everything = self.stage.everything().await;
        everything.iter().any(|item| {
            let text = format!("{item:?}");
            let history = item["pk"].as_s().unwrap().starts_with("HISTORY#");
            !history && (text.contains(ERASED) || text.contains(&self.hash))
        })
    }
}

#[tokio::test]
async fn mandates_claims_and_invitations_are_forgotten_and_histories_stay_whole() {
    let world = World::open().await;
    world.founded(RESTAURANT, "legal").await;
    let accepted = |mandate| EnterpriseEvent::Accepted { mandate };
    let held = vec![
        invited(RESTAURANT, 1),
        accepted(granted(RESTAURANT, 1, ERASED)),
    ];
    world.happens(RESTAURANT, "legal", held).await;
    let others = vec![accepted(granted(RESTAURANT, 2, "boris"))];
    world.happens(RESTAURANT, "legal", others).await;
    world.founded(HOTEL, "legal").await;
    world.happens(HOTEL, "legal", vec![invited(HOTEL, 3)]).await;
    for claimant in [ERASED, "boris"] {
        let registered = EnterpriseEvent::Registered {
            person: person(claimant),
        };
        world.happens(HOSPITAL, claimant, vec![registered]).await;
    }
    assert!(world.names_them().await);

    let answer = world.erase(SAMPLE, real_now()).await;
    assert_eq!(
        (&answer["enterprises"], &answer["represented"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(answer["more"], false);
    assert!(!answer.to_string().contains(ERASED));
    assert!(!world.names_them().await);

    let restaurant = world.household(RESTAURANT).await;
    let holders: Vec<_> = restaurant
        .mandates
        .iter()
        .map(|it| it.person.as_str())
        .collect();
    assert_eq!(holders, ["legal", "boris"]);
    assert_eq!(world.household(HOTEL).await.invitations, []);
    let hospital = world.household(HOSPITAL).await;
    let claims: Vec<_> = hospital
        .claims
        .iter()
        .map(|it| it.person.as_str())
        .collect();
    assert_eq!(claims, ["boris"]);
    for enterprise in [RESTAURANT, HOTEL, HOSPITAL] {
        let state = world.household(enterprise).await.enterprise;
        assert_eq!(Some(world.replayed(enterprise).await), state);
    }
    // Nothing is left to do.
    let again = world.erase(SAMPLE, real_now()).await;
    assert_eq!(again["enterprises"], 0);
}

#[tokio::test]
async fn whom_the_register_names_stays_and_so_do_the_invitations_of_others() {
    let world = World::open().await;
    world.founded(RESTAURANT, ERASED).await;
    world
        .happens(RESTAURANT, ERASED, vec![invited(RESTAURANT, 1)])
        .await;
    // Without their numbers the invitation may be anybody's.
    let answer = world
        .erase(
            r#"{"task": "erase_person", "person": "agent-1"}"#,
            real_now(),
        )
        .await;
    assert_eq!(
        (&answer["enterprises"], &answer["represented"]),
        (&json!(1), &json!(1)),
        "the confirmed claim is not needed any more, the mandate is"
    );
    let household = world.household(RESTAURANT).await;
    assert_eq!(household.mandates.len(), 1);
    assert_eq!(household.invitations.len(), 1);
    assert!(household.invitations[0].answered.is_none());
    assert!(household.claims.is_empty());
}

#[tokio::test]
async fn a_number_that_is_none_is_refused_before_anything_is_erased_and_not_repeated() {
    let world = World::open().await;
    let config = world.stage.config.clone();
    let timers = Timers::new(Arc::clone(&world.stage.aws), config).unwrap();
    for (member, value) in [("mobile", "1380000"), ("resident_id", "14012219010203002")] {
        let payload = json!({"task": "erase_person", "person": ERASED, member: value});
        let refused = timers.handle(payload, real_now()).await.unwrap_err();
        assert_eq!(refused.kind(), "no_number");
        assert!(!refused.to_string().contains(value), "{refused}");
    }
}
