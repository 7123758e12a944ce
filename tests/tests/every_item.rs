//! Every item that `approval` handles, from its guide to the grant and to the refusal.
//!
//! Nothing here names an item: forms, papers, units and steps come from the catalogue, so that a new item
//! joins by itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is not as it should be, and tells what every item took"
)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use catalogue::summaries_in_force;
use domain::item::{AttendedStep, AutoReview, Handler, ItemCode, MatterType, ServiceItem};
use domain::words::Words;
use futures_util::{StreamExt as _, stream};
use jiff::civil::Date;
use journeys::call::{Answer, Call};
use journeys::filing::{Filing, HOTEL, REGION};
use journeys::narrator::Narrator;
use journeys::papers;
use journeys::waiting::until;
use journeys::{Api, Caller};
use serde_json::{Value, json};
use uuid::Uuid;

/// How many items are on their way at once.
const AT_ONCE: usize = 6;
/// How many items `approval` handles, at the least.
const ITEMS: usize = 73;

/// Counts what is asked of the API.
#[derive(Default)]
struct Counter {
    steps: AtomicUsize,
    calls: AtomicUsize,
}

impl Narrator for Counter {
    fn step(&self, _: Words) {
        self.steps.fetch_add(1, Ordering::Relaxed);
    }
    fn exchanged(&self, _: &Call, _: &Answer) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
    fn waited(&self, _: &str, tries: usize, _: Duration) {
        self.calls.fetch_add(tries - 1, Ordering::Relaxed);
    }
    fn fact(&self, _: Words) {}
}

/// What an item took.
struct Took {
    item: ItemCode,
    steps: usize,
    calls: usize,
    time: Duration,
}

/// An application for an item, and who acts on it.
struct Case {
    api: Api,
    counter: Arc<Counter>,
    item: &'static ServiceItem,
    filing: Filing,
    /// The region code of the unit that handles it, by which its officers are named.
    place: String,
}

impl Case {
    /// Read in the guide, filled in, and submitted with every required paper.
    async fn submitted(item: &'static ServiceItem, form: &Value) -> Self {
        let counter = Arc::new(Counter::default());
        let api = Api::from_env().unwrap().told_to(counter.clone());
        let guide = format!("/v1/items/{}", item.code);
        let guide = api.anybody().get(&guide).send().await.unwrap();
        assert_eq!(
            guide.expect(200).unwrap().json()["item"]["code"],
            item.code.to_string()
        );

        let agent = api.login("agent-a").await.unwrap().acting_for(HOTEL);
        let filing = Filing::open_item(&agent, &item.code.to_string(), form).await;
        let filing = filing.unwrap_or_else(|failure| panic!("{}: {failure}", item.code));
        let mut case = Self {
            api,
            counter,
            item,
            filing,
            place: String::new(),
        };
        case.took("open");
        for paper in papers::asked_for_by(item) {
            case.filing.hand_in(&paper).await.unwrap();
            case.took("paper");
        }
        case.filing.examined().await.unwrap();
        let submitted = case.agent("submit", json!({})).await;
        case.place = place_of(&submitted);
        case
    }

    fn took(&self, step: &str) {
        self.api.narrator().step(Words::new(step, step));
    }

    async fn agent(&self, command: &str, body: Value) -> Value {
        let path = self.filing.path(&format!("/{command}"));
        let answer = self.filing.agent.post(&path, &body).once().send().await;
        self.took(command);
        self.succeeded(command, &answer.unwrap())
    }

    /// The officer of the unit in `post` takes a step on the case as they read it.
    async fn officer(&mut self, post: &str, command: &str, body: Value) -> Value {
        let name = format!("{post}-{}", self.place);
        let officer: Caller = self.api.login(&name).await.unwrap();
        let seen = officer.get(&self.filing.path("")).send().await.unwrap();
        let seen = seen
            .expect(200)
            .unwrap_or_else(|failure| panic!("{}: {failure}", self.item.code));
        let path = self.filing.path(&format!("/{command}"));
        let call = officer.post(&path, &body).once();
        let answer = call.if_match(&seen.etag().unwrap()).send().await.unwrap();
        self.took(command);
        let after = self.succeeded(command, &answer);
        self.place = place_of(&after);
        after
    }

    fn succeeded(&self, command: &str, answer: &Answer) -> Value {
        let (item, text) = (&self.item.code, answer.text());
        assert_eq!(answer.status, 200, "{item}: {command}: {text}");
        answer.json().clone()
    }

    /// Accepted, reviewed and decided.
    async fn decided(&mut self, outcome: &str) -> Value {
        self.officer("intake", "claim", json!({})).await;
        self.officer("intake", "accept", json!({})).await;
        if self.waits_before(AttendedStep::Decision) {
            self.officer("intake", "attend", json!({})).await;
        }
        self.officer("reviewer", "claim", json!({})).await;
        let opinion = json!({"outcome": outcome, "opinion": "已按规定审查。"});
        self.officer("reviewer", "recommend", opinion).await;
        self.officer("decider", "claim", json!({})).await;
        let decision = json!({"outcome": outcome, "reasons": "依法作出决定。"});
        self.officer("decider", "decide", decision).await
    }

    /// Whether the machine granted it, once the background review has found that nothing speaks against
    /// it; else it is for officers.
    async fn granted_instantly(&self) -> bool {
        if self.item.auto_review != AutoReview::Instant {
            return false;
        }
        let officer = self.api.login(&format!("intake-{}", self.place)).await;
        let report = officer.unwrap().get(&self.filing.path("/report"));
        let report = until("the review's report", &report, |answer| {
            answer.status == 200
        })
        .await;
        if report.unwrap().json()["outcome"] != "passed" {
            return false;
        }
        let case = self.filing.agent.get(&self.filing.path(""));
        let granted = until("the instant grant", &case, |it| {
            it.json()["state"] == "granted"
        })
        .await;
        granted.unwrap();
        self.took("instant");
        true
    }

    fn waits_before(&self, step: AttendedStep) -> bool {
        let attendance = self.item.attendance.as_ref();
        attendance.is_some_and(|attendance| attendance.before == step)
    }

    /// The last notice, as the applicant reads it.
    async fn last_notice(&self) -> Value {
        let list = self
            .filing
            .agent
            .get(&self.filing.path("/notices"))
            .send()
            .await;
        let list = list.unwrap().expect(200).unwrap();
        list.json()["items"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone()
    }

    fn result(self, started: Instant) -> Took {
        Took {
            item: self.item.code,
            steps: self.counter.steps.load(Ordering::Relaxed),
            calls: self.counter.calls.load(Ordering::Relaxed),
            time: started.elapsed(),
        }
    }
}

/// The region code of the unit that handles a case now.
fn place_of(case: &Value) -> String {
    let unit = case["unit"]["id"].as_str().expect("a unit");
    unit.trim_start_matches("psb-").to_owned()
}

/// A form that is filled in rightly, for a matter where the sandbox has officers.
fn form(item: &ServiceItem) -> Value {
    let mut form: Value = serde_json::from_str(&fixture(item, "valid")).unwrap();
    let member = catalogue::region_member(&item.code, item.version);
    if let Some(region) = member.and_then(|pointer| form.pointer_mut(pointer)) {
        *region = REGION.into();
    }
    let schema = catalogue::form_schema(&item.code, item.version).expect("a form");
    tell_apart(&serde_json::from_str(schema).unwrap(), &mut form);
    form
}

/// Gives `form` a subject of its own where that may be any text, so that the ways of an item do not count as
/// applications for the same.
fn tell_apart(schema: &Value, form: &mut Value) {
    let bound = ["format", "pattern", "enum"];
    if schema["x-subject"] == true && bound.iter().all(|keyword| schema.get(keyword).is_none()) {
        *form = format!("{:012x}", Uuid::new_v4().as_u128() >> 80).into();
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(filled_in) = form.get_mut(name) {
            tell_apart(member, filled_in);
        }
    }
}

/// A form that is for a person to decide: of an instant item, that of the first story of a rule that is not
/// met by what a form may say.
fn form_for_a_person(item: &ServiceItem) -> Value {
    let form = form(item);
    if item.auto_review != AutoReview::Instant {
        return form;
    }
    let stories: Value = serde_json::from_str(&fixture(item, "rules")).unwrap();
    let today = jiff::Zoned::now().date();
    let as_told = |story: &Value| {
        let mut form = form.clone();
        for (pointer, value) in story["replace"].as_object()? {
            *form.pointer_mut(pointer)? = value.clone();
        }
        let fits = catalogue::check_form(&item.code, item.version, &form, today).is_ok();
        fits.then_some(form)
    };
    let stories = stories["stories"].as_array().unwrap().iter();
    let mut wrong = stories.filter(|story| {
        let fails = story["fails"].as_array().is_some_and(|it| !it.is_empty());
        fails && story.get("facts").is_none() && story.get("remove").is_none()
    });
    let wrong = wrong.find_map(as_told);
    wrong.unwrap_or_else(|| panic!("{}: no story of a wrong form", item.code))
}

fn fixture(item: &ServiceItem, kind: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalogue/fixtures");
    let file = folder.join(format!("{}.{kind}.json", item.code));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn items() -> Vec<&'static ServiceItem> {
    let today: Date = jiff::Zoned::now().date();
    let handled = summaries_in_force(today).filter(|item| item.handled_by == Handler::Approval);
    let items: Vec<_> = handled
        .map(|item| catalogue::item(&item.code, today).expect("an item in force"))
        .collect();
    assert!(items.len() >= ITEMS, "{} items", items.len());
    items
}

/// Takes every item along `way`, and tells what each took. One that fails keeps no other from its way.
async fn every<F>(title: &str, way: impl Fn(&'static ServiceItem) -> F)
where
    F: Future<Output = Took> + Send + 'static,
{
    let ways = items().into_iter().map(|item| {
        let way = way(item);
        async { tokio::spawn(way).await }
    });
    let ended: Vec<_> = stream::iter(ways).buffered(AT_ONCE).collect().await;
    let all = ended.len();
    let took: Vec<Took> = ended.into_iter().filter_map(Result::ok).collect();
    let arrived = took.len();
    println!(
        "{title}\n{:14}{:>7}{:>13}{:>9}",
        "item", "steps", "round trips", "seconds"
    );
    for Took {
        item,
        steps,
        calls,
        time,
    } in took
    {
        let item = item.to_string();
        println!("{item:14}{steps:>7}{calls:>13}{:>9.2}", time.as_secs_f64());
    }
    assert_eq!(arrived, all, "of all items so many arrived");
}

#[tokio::test]
async fn every_item_is_granted() {
    every("from the guide to the grant", async |item| {
        let started = Instant::now();
        let mut case = Case::submitted(item, &form(item)).await;
        if !case.granted_instantly().await {
            let granted = case.decided("grant").await;
            assert_eq!(granted["state"], "granted", "{}", item.code);
        }
        let word = match item.matter_type {
            MatterType::Licence => "准予许可",
            MatterType::Filing => "予以备案",
            MatterType::Registration | MatterType::ServiceRegistration => "准予登记",
            MatterType::Pass => "核发",
            MatterType::PublicService => "办结",
        };
        let title = case.last_notice().await["title"].clone();
        assert!(
            title.as_str().unwrap().contains(word),
            "{}: {title}",
            item.code
        );
        if case.waits_before(AttendedStep::Delivery) {
            case.officer("intake", "attend", json!({})).await;
        }
        let mode = serde_json::to_value(item.result.delivery_modes.first()).unwrap();
        let delivered = case
            .officer("intake", "deliver", json!({"mode": mode}))
            .await;
        assert_eq!(delivered["state"], "delivered", "{}", item.code);
        case.result(started)
    })
    .await;
}

#[tokio::test]
async fn every_item_is_refused_in_the_words_of_its_matter() {
    every("from the guide to the refusal", async |item| {
        let started = Instant::now();
        let mut case = Case::submitted(item, &form_for_a_person(item)).await;
        let refused = case.decided("refuse").await;
        assert_eq!(refused["state"], "refused", "{}", item.code);
        let word = match item.matter_type {
            MatterType::Licence => "不予许可",
            MatterType::Filing => "不予备案",
            MatterType::Registration | MatterType::ServiceRegistration => "不予登记",
            MatterType::Pass => "不予核发",
            MatterType::PublicService => "不予办理",
        };
        let title = case.last_notice().await["title"].clone();
        assert!(
            title.as_str().unwrap().contains(word),
            "{}: {title}",
            item.code
        );
        case.result(started)
    })
    .await;
}
