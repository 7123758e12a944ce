//! Keys come and go: quarters end, keys are rotated, and what they sealed stays readable.

use std::sync::Arc;
use std::time::Duration;

use domain::identifiers::MobileNumber;
use domain::ids::{ApplicationNo, PersonId};
use domain::search::SearchTerm;
use platform::table::{Key, item};
use platform::vault::{BranchName, Vault, WrappedKey};
use serde_json::json;
use support::Emulated;
use support::filing::{NUMBER, form};

use crate::office::{AGENT, Office, path};

const DAY: i64 = 24 * 60 * 60;

/// A vault of another environment, or of one that forgets every key at once.
fn vault(stage: &Emulated) -> Vault {
    Vault::new(Arc::clone(&stage.aws), stage.table(), &stage.config).unwrap()
}

fn forgetful(stage: &Emulated) -> Vault {
    vault(stage).keeping_keys_for(Duration::ZERO)
}

fn number() -> ApplicationNo {
    ApplicationNo::try_from(NUMBER.to_owned()).unwrap()
}

fn person() -> PersonId {
    PersonId::try_from(AGENT.to_owned()).unwrap()
}

/// By which branch key the data key of the case `number` is wrapped.
async fn wrapped_by(stage: &Emulated, number: &str) -> BranchName {
    let number = ApplicationNo::try_from(number.to_owned()).unwrap();
    let key = stage.item(&Key::data_key(&number)).await.unwrap();
    item::read::<WrappedKey>(&key).unwrap().body.branch
}

#[tokio::test]
async fn a_case_sealed_in_one_quarter_is_read_in_the_next_whose_own_cases_have_a_key_of_their_own()
{
    let office = Office::open_with(&[("CLOCK_ITEM", "CLOCK")]).await;
    let _filing = office.draft().await;
    let now = office.stage.table().now().await.unwrap();
    assert_eq!(
        wrapped_by(&office.stage, NUMBER).await,
        BranchName::first_of(now)
    );

    office.stage.move_clock(92 * DAY).await;
    let later = BranchName::first_of(now.plus_seconds(92 * DAY));
    assert_ne!(later, BranchName::first_of(now));
    let old = office.ask(office.agent().get(&path(""))).await.expect(200);
    assert_eq!(old.json["form"], form());
    let draft = json!({"item": "PSB-APR-004", "region": "140105", "form": {"rooms": 7}});
    let draft = office.agent().post("/v1/applications", &draft).once();
    let opened = office.ask(draft).await.expect(201);
    let new = opened.json["number"].as_str().unwrap();
    assert_eq!(wrapped_by(&office.stage, new).await, later);
    let read = office.agent().get(&format!("/v1/applications/{new}"));
    let read = office.ask(read).await.expect(200);
    assert_eq!(read.json["form"], json!({"rooms": 7}));
}

#[tokio::test]
async fn after_a_rotation_what_is_new_has_the_new_key_and_the_old_one_still_opens() {
    let stage = Emulated::new().await;
    let now = stage.table().now().await.unwrap();
    let (here, rotating) = (forgetful(&stage), vault(&stage));
    let (old, by_old) = here.new_data_key(&number(), &person(), now).await.unwrap();
    let mut expected = BranchName::first_of(now);
    assert_eq!(by_old.branch, expected);
    for _ in 0..11 {
        expected = expected.next().unwrap();
        assert_eq!(rotating.rotate_branch(now).await.unwrap(), expected);
        let (_, by_new) = here.new_data_key(&number(), &person(), now).await.unwrap();
        assert_eq!(by_new.branch, expected);
        here.open_data_key(&number(), &by_new).await.unwrap();
    }

    let place_key = Key::form(&number());
    let place = platform::vault::Place {
        key: &place_key,
        field: "form",
        schema: 1,
    };
    let sealed = old.seal(place, b"sealed before").unwrap();
    let again = here.open_data_key(&number(), &by_old).await.unwrap();
    assert_eq!(again.open(place, &sealed).unwrap(), b"sealed before");
}

#[tokio::test]
async fn an_environment_learns_of_a_rotation_when_it_forgets_its_keys() {
    let stage = Emulated::new().await;
    let now = stage.table().now().await.unwrap();
    let (running, started_later) = (vault(&stage), vault(&stage));
    let first = running.current_branch(now).await.unwrap();
    let next = running.rotate_branch(now).await.unwrap();
    let kept = running.current_branch(now).await.unwrap();
    assert_eq!(kept.name(), first.name());
    let read = started_later.current_branch(now).await.unwrap();
    assert_eq!(*read.name(), next);
    let forgotten = running.keeping_keys_for(Duration::ZERO);
    assert_eq!(*forgotten.current_branch(now).await.unwrap().name(), next);
}

#[tokio::test]
async fn a_quarter_without_a_key_gets_its_first_by_a_rotation() {
    let stage = Emulated::new().await;
    let now = stage.table().now().await.unwrap();
    let made = vault(&stage).rotate_branch(now).await.unwrap();
    assert_eq!(made, BranchName::first_of(now));
    let used = vault(&stage).current_branch(now).await.unwrap();
    assert_eq!(*used.name(), made);
}

#[tokio::test]
async fn a_page_begun_before_a_rotation_goes_on_after_it() {
    let office = Office::open().await;
    for _ in 0..3 {
        let draft = json!({"item": "PSB-APR-004", "region": "140105"});
        let draft = office.agent().post("/v1/applications", &draft).once();
        office.ask(draft).await.expect(201);
    }
    let now = office.stage.table().now().await.unwrap();
    vault(&office.stage).rotate_branch(now).await.unwrap();
    let agent = office.agent();
    let first = office
        .ask(agent.get("/v1/applications?limit=2"))
        .await
        .expect(200);
    let cursor = first.json["next_cursor"].as_str().unwrap();
    let next = format!("/v1/applications?limit=2&cursor={cursor}");
    let rest = office.ask(agent.get(&next)).await.expect(200);
    assert_eq!(rest.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn environments_that_make_the_search_key_at_once_hash_alike() {
    let stage = Emulated::new().await;
    let vaults = [vault(&stage), vault(&stage), vault(&stage)];
    let term = SearchTerm::Mobile(MobileNumber::parse("13800000000").unwrap());
    let (one, two, three) = tokio::join!(
        vaults[0].search_hash(&term),
        vaults[1].search_hash(&term),
        vaults[2].search_hash(&term),
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((one, one), (two, three.unwrap()));
    assert_eq!(forgetful(&stage).search_hash(&term).await.unwrap(), one);
}
