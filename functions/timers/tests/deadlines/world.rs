//! A stage whose clock can be moved, with cases at any point of their life.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::timers::{Timers, TimersError};
use domain::application::{
    Actor, Application, Claim, Command, Context, Event, ItemVersion, Limits, Recorded, Submitted,
    decide, record,
};
use domain::chain::Digest;
use domain::ids::{EventId, OfficerId, PersonId};
use domain::instant::Instant;
use domain::item::ServiceItem;
use domain::mandate::Role;
use domain::officer::Post;
use platform::cards::StoredCard;
use platform::cases::{Case, Recording, Submission, Wanted};
use platform::clock::real_now;
use platform::table::{Key, PageRequest, item, keys};
use serde_json::{Value, json};
use support::Emulated;
use support::filing::{Filing, form};
use uuid::Uuid;

pub(crate) const UNIT: &str = "psb-140105";

/// The stage and its timers.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) stage: Emulated,
    pub(crate) timers: Arc<Timers>,
}

pub(crate) fn at(text: &str) -> Instant {
    Instant::try_from(text.to_owned()).unwrap()
}

/// The number of the case that is told of as `tail`, two characters of it.
pub(crate) fn numbered(tail: u16) -> String {
    format!("AP-20261123-7K3M9QX2{tail:04}")
}

pub(crate) fn sealed() -> Digest {
    Digest::of(b"sealed text")
}

pub(crate) fn agent() -> Actor {
    Actor::Agent {
        person: PersonId::try_from("agent-1".to_owned()).unwrap(),
        role: Role::Handler,
        device: None,
    }
}

pub(crate) fn officer(name: &str) -> Actor {
    Actor::Officer {
        officer: OfficerId::try_from(name.to_owned()).unwrap(),
        badge: "014001".to_owned(),
        unit: UNIT.to_owned().try_into().unwrap(),
    }
}

impl World {
    /// Monday, 23 November 2026, ten o'clock in China.
    pub(crate) async fn new() -> Self {
        let stage = Emulated::with(&[("CLOCK_ITEM", "CLOCK")]).await;
        let timers = Timers::new(Arc::clone(&stage.aws), stage.config.clone()).unwrap();
        let world = Self {
            stage,
            timers: Arc::new(timers),
        };
        world.at("2026-11-23T10:00:00+08:00").await;
        world
    }

    /// Lets business time go on from `moment`.
    pub(crate) async fn at(&self, moment: &str) {
        let seconds = at(moment).seconds_since(real_now());
        self.stage.move_clock(seconds).await;
    }

    /// Hands in a hotel's application with all papers.
    pub(crate) async fn submitted(&self, tail: u16) -> Filing<'_> {
        let filing = Filing::open_numbered(&self.stage, &numbered(tail), &form()).await;
        filing.announce_all().await;
        filing.submit().await;
        filing
    }

    /// Hands in an application for `of`, without looking at its papers, of which `events` became what
    /// they say; counted by version `calendar` of the calendar.
    pub(crate) async fn became(
        &self,
        tail: u16,
        of: &ServiceItem,
        calendar: u32,
        limits: Limits,
        events: Vec<Event>,
    ) -> Filing<'_> {
        let filing = Filing::open_numbered(&self.stage, &numbered(tail), &form()).await;
        let case = filing.case().await;
        let draft = &case.draft.as_ref().unwrap().body;
        let submitted = Event::Submitted(Box::new(Submitted {
            item: ItemVersion {
                code: of.code,
                version: of.version,
            },
            enterprise: draft.enterprise.clone(),
            unit: UNIT.to_owned().try_into().unwrap(),
            region: draft.region,
            channel: draft.channel,
            filed_by: draft.opened_by.clone(),
            form: sealed(),
            papers: Vec::new(),
            limits,
            calendar: Some(calendar),
            quantities: None,
            rows: None,
            undertaking: None,
            paper_service: false,
        }));
        let events = std::iter::once(submitted).chain(events).collect();
        let (events, application) = recorded(None, &case, events, &agent());
        let submission = Submission {
            case: &case,
            application: &application,
            events: &events,
            found_by: &[],
        };
        let submitted = self.stage.cases().submit(submission, None).await;
        submitted.unwrap();
        filing
    }

    /// Has `actor` do `command` in a case.
    pub(crate) async fn act(&self, tail: u16, actor: &Actor, command: &Command) {
        let case = self.case(tail).await;
        let state = &case.state.as_ref().unwrap().body;
        let context = Context {
            now: case.now,
            actor,
            item: catalogue::item_version(&state.item.code, state.item.version).unwrap(),
            calendar: catalogue::calendar(),
        };
        let events = decide(state, command, &context).unwrap();
        self.happened(&case, events, actor).await;
    }

    /// Has an officer of `post` take a case in hand.
    pub(crate) async fn claim(&self, tail: u16, name: &str, post: Post) {
        let claim = Claim {
            posts: vec![post],
            conflict: false,
        };
        self.act(tail, &officer(name), &Command::Claim(claim)).await;
    }

    /// Has `events` happen in a case, whatever the rules say.
    pub(crate) async fn happens(&self, tail: u16, events: Vec<Event>) {
        let case = self.case(tail).await;
        self.happened(&case, events, &officer("anybody")).await;
    }

    async fn happened(&self, case: &Case, events: Vec<Event>, actor: &Actor) {
        let state = case.state.as_ref().unwrap();
        let (events, after) = recorded(Some(&state.body), case, events, actor);
        let recording = Recording {
            before: state.version,
            after: &after,
            events: &events,
            texts: Vec::new(),
            rows: None,
            manifest: None,
            form: None,
            notices: Vec::new(),
            served: None,
            kept: Vec::new(),
            drawn: None,
        };
        let done = self.stage.cases().record(recording, None).await;
        done.unwrap();
    }

    pub(crate) async fn case(&self, tail: u16) -> Case {
        let number = numbered(tail).try_into().unwrap();
        let case = self.stage.cases().load(&number, Wanted::default()).await;
        case.unwrap()
    }

    pub(crate) async fn state(&self, tail: u16) -> Application {
        self.case(tail).await.state.unwrap().body
    }

    /// What happened in a case, by the names of the events.
    pub(crate) async fn events(&self, tail: u16) -> Vec<&'static str> {
        let number = numbered(tail).try_into().unwrap();
        let events = self.stage.cases().events(&number, None).await.unwrap();
        events
            .iter()
            .map(|told| told.recorded.event.name())
            .collect()
    }

    pub(crate) async fn recorded(&self, tail: u16) -> Vec<Recorded> {
        let number = numbered(tail).try_into().unwrap();
        let events = self.stage.cases().events(&number, None).await.unwrap();
        events.into_iter().map(|told| told.recorded).collect()
    }

    /// When a case is looked at again, as it lies in the index.
    pub(crate) async fn deadline(&self, tail: u16) -> Option<Instant> {
        let key = Key::state(&numbered(tail).try_into().unwrap());
        let state = self.stage.item(&key).await.unwrap();
        let (moment, _) = item::text(&state, "deadline_sort")?.split_once('#')?;
        Some(at(moment))
    }

    /// The cards ever raised in a case: rule, colour, and whether it stands.
    pub(crate) async fn cards(&self, tail: u16) -> Vec<(&'static str, &'static str, bool)> {
        let number = numbered(tail).try_into().unwrap();
        let cards = self.stage.cases().cards_of(&number).await.unwrap();
        let cards = cards.iter().map(|record| &record.body.raised);
        cards
            .map(|it| (it.card.rule.as_str(), it.card.colour.as_str(), it.is_open()))
            .collect()
    }

    /// The unit's open cards, as a supervisor lists them.
    pub(crate) async fn open_cards(&self) -> Vec<StoredCard> {
        let unit = UNIT.to_owned().try_into().unwrap();
        let table = self.stage.table();
        let page = table.query(PageRequest {
            index: Some("by_work"),
            partition_name: "work",
            partition: keys::cards(&unit),
            sort_name: "work_sort",
            limit: 100,
            ..PageRequest::default()
        });
        let found = page.await.unwrap().items;
        found
            .iter()
            .map(|it| item::read(it).unwrap().body)
            .collect()
    }

    /// Walks the deadlines once.
    pub(crate) async fn walk(&self) -> Result<Value, TimersError> {
        let sample = include_str!("../../../../events/timers-walk-deadlines.json");
        let task = serde_json::from_str(sample).unwrap();
        let answer = self.timers.handle(task, real_now()).await?;
        Ok(serde_json::to_value(answer).unwrap())
    }

    /// Delivers messages in one batch, and answers the numbers of those that failed.
    pub(crate) async fn deliver(&self, bodies: &[String]) -> BTreeSet<usize> {
        let records: Vec<Value> = bodies
            .iter()
            .enumerate()
            .map(|(index, body)| json!({"messageId": index.to_string(), "body": body}))
            .collect();
        self.deliver_event(json!({"Records": records})).await
    }

    pub(crate) async fn deliver_event(&self, event: Value) -> BTreeSet<usize> {
        let answer = self.timers.handle(event, real_now()).await.unwrap();
        let answer = serde_json::to_value(answer).unwrap();
        let failures = answer["batchItemFailures"].as_array().unwrap().clone();
        let number = |failure: &Value| failure["itemIdentifier"].as_str().unwrap().parse();
        failures.iter().map(|it| number(it).unwrap()).collect()
    }

    /// Walks, and looks at what the walk has sent; answers how many cases that were.
    pub(crate) async fn pass(&self) -> usize {
        self.walk().await.unwrap();
        let messages = self.stage.due_messages().await;
        assert_eq!(self.deliver(&messages).await, BTreeSet::new());
        messages.len()
    }
}

fn recorded(
    before: Option<&Application>,
    case: &Case,
    events: Vec<Event>,
    actor: &Actor,
) -> (Vec<Recorded>, Application) {
    let id = || EventId(Uuid::now_v7());
    record(before, &case.number, events, case.now, actor, id).unwrap()
}
