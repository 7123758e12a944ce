//! The function with everybody whom the tests need, on a stage of its own.

use std::ops::Deref;
use std::sync::Arc;

use approval::{App, routes};
use domain::identifiers::MobileNumber;
use domain::ids::ApplicationNo;
use domain::mandate::Role;
use domain::officer::Post;
use domain::search::SearchTerm;
use platform::authority::{mandate_item, officer_item};
use platform::cases::Wanted;
use serde_json::{Value, json};
use support::Emulated;
pub(crate) use support::door::{
    AUDIENCE, Answer, Ask, Asker, Door, OFFICERS, PERSONS, appointed, claims, mandate, new_key,
};
use support::filing::{Filing, NUMBER};
use web::routes::Served;

/// The hotel, whose application `support::filing` files.
pub(crate) const HOTEL: &str = "91140100XXX1000286";
/// Another enterprise.
pub(crate) const CARRIER: &str = "91140300XXX1000521";
/// The agent who files for the hotel.
pub(crate) const AGENT: &str = "agent-1";
/// Where officers search.
pub(crate) const SEARCHES: &str = "/v1/application-searches";

/// The function on a stage of its own, with mandates, officers and the keys of both issuers.
#[derive(Clone)]
pub(crate) struct Office {
    door: Door,
}

impl Deref for Office {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.door
    }
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// The function on a stage whose functions find also `settings` in their environment.
    pub(crate) async fn open_with(settings: &[(&str, &str)]) -> Self {
        let serve = |stage: &Emulated| {
            let app = App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
            routes(Served::default()).into_router(app)
        };
        let door = Door::open(settings, serve).await;
        let stage = &door.stage;
        for (person, enterprise, role) in [
            (AGENT, HOTEL, Role::Handler),
            ("viewer", HOTEL, Role::Viewer),
            ("driver", CARRIER, Role::Handler),
        ] {
            let mandate = mandate_item(&mandate(person, enterprise, role), 1).unwrap();
            stage.put_item(mandate).await;
        }
        for (officer, region, post) in [
            ("intake", "140105", Post::Intake),
            ("reviewer", "140105", Post::Reviewer),
            ("decider", "140105", Post::Decider),
            ("neighbour", "140106", Post::Intake),
            ("head", "140105", Post::Head),
            ("supervisor", "140105", Post::Supervisor),
            ("traffic", "140105", Post::Traffic),
        ] {
            let officer = officer_item(&appointed(officer, region, post), 1).unwrap();
            stage.put_item(officer).await;
        }
        // As on every stage that has seen a submission.
        let vault = stage.cases();
        vault.vault().search_hash(&mobile()).await.unwrap();
        Self { door }
    }

    /// The hotel's draft with its form and all its papers announced.
    pub(crate) async fn draft(&self) -> Filing<'_> {
        let filing = Filing::open(&self.stage).await;
        filing.announce_all().await;
        filing
    }

    /// The hotel's application, submitted, its papers examined and clean.
    pub(crate) async fn application(&self) -> Filing<'_> {
        let filing = Filing::open(&self.stage).await;
        let documents = filing.announce_all().await;
        filing.submit().await;
        for document in documents {
            filing.settle(&document, &[]).await;
        }
        filing
    }

    /// Has every environment-wide thing read that only a first request reads: keys of both issuers,
    /// the branch keys of the filing and of what is new, and the search key.
    pub(crate) async fn warm_up(&self) {
        self.ask(self.agent().get(&path(""))).await.expect(200);
        let draft = json!({"item": "PSB-APR-004", "region": "140105"});
        self.ask(self.agent().post("/v1/applications", &draft).once())
            .await
            .expect(201);
        let search = json!({"mobile": "13900000000"});
        self.ask(self.officer("intake").post(SEARCHES, &search))
            .await
            .expect(200);
    }

    /// The agent, acting for the hotel.
    pub(crate) fn agent(&self) -> Asker {
        self.person(AGENT, HOTEL)
    }

    /// The officer claims the application.
    pub(crate) async fn claim(&self, officer: &str) {
        self.ask(self.command(officer, "claim", &json!({})).await)
            .await
            .expect(200);
    }

    /// The officer's command on the application as it is now.
    pub(crate) async fn command(&self, officer: &str, command: &str, body: &Value) -> Ask {
        let asker = self.officer(officer);
        let seen = self.ask(asker.get(&path(""))).await.expect(200);
        asker
            .post(&path(&format!("/{command}")), body)
            .if_match(seen.header("etag"))
            .once()
    }

    /// How many events the application has, and at which version its state is.
    pub(crate) async fn history(&self) -> (usize, u64) {
        let number = ApplicationNo::try_from(NUMBER.to_owned()).unwrap();
        let cases = self.stage.cases();
        let case = cases.load(&number, Wanted::default()).await.unwrap();
        let key = cases.data_key(&case).await.unwrap();
        let events = cases.events(&number, Some(&key)).await.unwrap();
        (events.len(), case.state.map_or(0, |state| state.version))
    }
}

/// The path of the application, with `rest` behind it.
pub(crate) fn path(rest: &str) -> String {
    format!("/v1/applications/{NUMBER}{rest}")
}

fn mobile() -> SearchTerm {
    SearchTerm::Mobile(MobileNumber::parse("13900000000").unwrap())
}
