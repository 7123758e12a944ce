//! Time acts by itself: nobody answers a hotel's application, and what the law ties to the days that
//! pass happens on the running stack.
//!
//! Moves the stack's clock, so that it needs a stack of its own: `make test` runs it last on one, and
//! no other run includes it. One story after the other (a test group of `.config/nextest.toml`), each from
//! the day the one before it has reached.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

use std::time::Instant as Elapsed;

use aws_config::BehaviorVersion;
use aws_sdk_lambda::primitives::Blob;
use domain::card::{CardRule, Colour};
use domain::ids::ApplicationNo;
use jiff::ToSpan as _;
use jiff::civil::Date;
use journeys::filing::{Filing, HOTEL, ITEM};
use journeys::papers::Paper;
use journeys::waiting::{AT_MOST, until};
use journeys::{Answer, Api, papers, table};
use platform::cases::Cases;
use serde_json::{Value, json};

/// A stack whose clock these tests move, forwards only: the walk of the deadlines does not go back.
struct Stack {
    api: Api,
    lambda: aws_sdk_lambda::Client,
}

/// A case on it.
struct Case<'s> {
    stack: &'s Stack,
    filing: Filing,
}

impl Stack {
    async fn new() -> Self {
        let sdk = aws_config::defaults(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .load()
            .await;
        Self {
            api: Api::from_env().unwrap(),
            lambda: aws_sdk_lambda::Client::new(&sdk),
        }
    }

    /// An application for `item` with `form` and `papers`, submitted with `body`.
    async fn submitted(
        &self,
        item: &str,
        form: &Value,
        papers: &[Paper],
        body: &Value,
    ) -> Case<'_> {
        let agent = self.api.login("agent-a").await.unwrap().acting_for(HOTEL);
        let filing = Filing::open_item(&agent, item, form).await.unwrap();
        for paper in papers {
            filing.hand_in(paper).await.unwrap();
        }
        filing.examined().await.unwrap();
        let case = Case {
            stack: self,
            filing,
        };
        case.agent("submit", body).await;
        case
    }

    /// An application for a hotel licence with all its papers, which nobody has answered.
    async fn hotel(&self) -> Case<'_> {
        let papers = papers::complete();
        self.submitted(ITEM, &papers::form(), &papers, &json!({}))
            .await
    }

    /// Lets business time go on from `time` of `date`.
    async fn at(&self, date: Date, time: &str) {
        let now = json!({"now": format!("{date}T{time}+08:00")});
        let moved = self.api.anybody().post("/sandbox/clock", &now);
        moved.send().await.unwrap().expect(200).unwrap();
    }

    /// The date in China, in business time.
    async fn today(&self) -> Date {
        let read = self.api.anybody().get("/sandbox/clock").send().await;
        let clock = read.unwrap().expect(200).unwrap();
        let now: String = clock.json()["now"]
            .as_str()
            .unwrap()
            .chars()
            .take(10)
            .collect();
        now.parse().unwrap()
    }

    /// Has the deadlines walked, as the schedule does every minute.
    async fn walk(&self) {
        let invoke = self.lambda.invoke();
        let function = std::env::var("FUNCTION_TIMERS").expect("`make test` sets it");
        let task = include_bytes!("../../events/timers-walk-deadlines.json");
        let walked = invoke.function_name(function).payload(Blob::new(*task));
        let answer = walked.send().await.unwrap();
        assert_eq!(answer.function_error, None);
    }
}

impl Case<'_> {
    async fn read(&self) -> Value {
        let read = self.filing.agent.get(&self.filing.path("")).send().await;
        read.unwrap().expect(200).unwrap().json().clone()
    }

    /// The open cards of the case.
    async fn cards(&self) -> Vec<(CardRule, Colour)> {
        let table = table::reachable().unwrap().expect("the stack's table");
        let number = ApplicationNo::try_from(self.filing.number.clone()).unwrap();
        let cards = Cases::sealed(table).cards_of(&number).await.unwrap();
        let cards = cards.iter().map(|record| &record.body.raised);
        cards
            .filter(|card| card.is_open() && card.card.rule != CardRule::Provisional)
            .map(|card| (card.card.rule, card.card.colour))
            .collect()
    }

    /// What the agent does, which succeeds.
    async fn agent(&self, command: &str, body: &Value) -> Answer {
        let path = self.filing.path(&format!("/{command}"));
        let call = self.filing.agent.post(&path, body).once();
        call.send().await.unwrap().expect(200).unwrap()
    }

    /// What `officer` does, having read the case, which succeeds.
    async fn officer(&self, officer: &str, command: &str, body: &Value) {
        let caller = self.stack.api.login(officer).await.unwrap();
        let read = caller.get(&self.filing.path("")).send().await.unwrap();
        let path = self.filing.path(&format!("/{command}"));
        let call = caller.post(&path, body).once();
        let call = call.if_match(&read.expect(200).unwrap().etag().unwrap());
        call.send().await.unwrap().expect(200).unwrap();
    }

    /// Accepted, reviewed and granted by the officers of `unit`.
    async fn is_granted(&self, unit: &str) {
        for (post, command, body) in [
            ("intake", "claim", json!({})),
            ("intake", "accept", json!({})),
            ("reviewer", "claim", json!({})),
            (
                "reviewer",
                "recommend",
                json!({"outcome": "grant", "opinion": "符合条件"}),
            ),
            ("decider", "claim", json!({})),
            ("decider", "decide", json!({"outcome": "grant"})),
        ] {
            self.officer(&format!("{post}-{unit}"), command, &body)
                .await;
        }
    }

    /// The date at `pointer` of the case.
    async fn date(&self, pointer: &str) -> Date {
        let case = self.read().await;
        let date = case.pointer(pointer).and_then(Value::as_str);
        date.expect(pointer).parse().unwrap()
    }

    /// Has the deadlines walked, and waits until what that set off makes `done` hold.
    async fn comes(&self, what: &str, done: impl Fn(&Value) -> bool) {
        self.stack.walk().await;
        self.comes_by_schedule(what, done).await;
    }

    /// Waits until the platform has done by itself what makes `done` hold: nobody has the deadlines walked.
    async fn comes_by_schedule(&self, what: &str, done: impl Fn(&Value) -> bool) {
        let case = self.filing.agent.get(&self.filing.path(""));
        until(what, &case, |answer| done(answer.json()))
            .await
            .unwrap();
    }

    /// Has the deadlines walked, and waits until exactly these cards are open, besides those that say that
    /// the table of a year has not come.
    async fn stands(&self, expected: &[(CardRule, Colour)]) {
        self.stack.walk().await;
        let started = Elapsed::now();
        loop {
            let cards = self.cards().await;
            if cards == expected {
                return;
            }
            assert!(started.elapsed() < AT_MOST, "{cards:?}, not {expected:?}");
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    }
}

/// An application that nobody answers counts as accepted, and its limits raise cards.
#[tokio::test]
async fn an_application_nobody_answers_counts_as_accepted() {
    let stack = Stack::new().await;
    let case = stack.hotel().await;
    let answer_by = case.date("/limits/acceptance/date").await;

    stack.at(answer_by, "12:00:00").await;
    case.stands(&[(CardRule::Acceptance, Colour::Blue)]).await;
    assert_eq!(case.read().await["state"], "submitted", "a day is left");

    let day_after = answer_by.checked_add(1.day()).unwrap();
    stack.at(day_after, "00:00:00").await;
    case.comes_by_schedule("acceptance by silence", |case| case["state"] == "accepted")
        .await;
    let events = case.filing.agent.get(&case.filing.path("/events"));
    let events = events.send().await.unwrap().expect(200).unwrap();
    let last = &events.json()["items"].as_array().unwrap().last().unwrap()["record"];
    assert_eq!(last["event"]["type"], "accepted", "{last}");
    assert_eq!(last["event"]["deemed"], true, "{last}");
    assert_eq!(last["actor"]["kind"], "system", "{last}");

    let overdue = case
        .date("/limits/statutory/date")
        .await
        .checked_add(1.day())
        .unwrap();
    stack.at(overdue, "01:30:00").await;
    case.stands(&[
        (CardRule::Acceptance, Colour::Yellow),
        (CardRule::Promised, Colour::Yellow),
        (CardRule::Statutory, Colour::Red),
    ])
    .await;

    case.agent("withdraw", &json!({})).await;
    case.stands(&[]).await;
}

/// A correction notice that nobody answers ends the application as withdrawn.
#[tokio::test]
async fn a_correction_nobody_makes_ends_the_application() {
    let stack = Stack::new().await;
    let case = stack.hotel().await;
    case.officer("intake-140105", "claim", &json!({})).await;
    let notice = json!({
        "demands": [{"kind": "material", "material": "MAT-FIRE"}],
        "explanation": "消防安全检查意见已过期。",
    });
    case.officer("intake-140105", "require-correction", &notice)
        .await;
    let answer_by = case.date("/procedure/correction/answer_by").await;
    let day_after = answer_by.checked_add(1.day()).unwrap();
    stack.at(day_after, "00:00:00").await;
    case.comes("the lapse of the notice", |case| case["state"] == "lapsed")
        .await;
}

/// Papers that were to follow and do not end the procedure, and their enterprise brings all papers for a
/// year.
#[tokio::test]
async fn papers_that_never_follow_end_the_procedure() {
    let stack = Stack::new().await;
    let papers: Vec<Paper> = papers::complete()
        .into_iter()
        .filter(|paper| paper.material != "MAT-FIRE")
        .collect();
    let today = stack.today().await;
    let cure_by = today.checked_add(2.days()).unwrap();
    let deferral = json!({"deferral": {"materials": ["MAT-FIRE"], "cure_by": cure_by}});
    let case = stack
        .submitted(ITEM, &papers::form(), &papers, &deferral)
        .await;
    case.officer("intake-140105", "claim", &json!({})).await;
    case.officer("intake-140105", "accept-with-deferral", &json!({}))
        .await;
    stack
        .at(cure_by.checked_add(1.day()).unwrap(), "00:00:00")
        .await;
    case.comes("the end for want of papers", |case| {
        case["state"] == "terminated"
    })
    .await;

    let agent = stack.api.login("agent-a").await.unwrap().acting_for(HOTEL);
    let next = Filing::open(&agent, &papers::form()).await.unwrap();
    for paper in &papers {
        next.hand_in(paper).await.unwrap();
    }
    next.examined().await.unwrap();
    let cure_by = cure_by.checked_add(5.days()).unwrap();
    let deferral = json!({"deferral": {"materials": ["MAT-FIRE"], "cure_by": cure_by}});
    let again = agent.post(&next.path("/submit"), &deferral).once();
    let refused = again.send().await.unwrap().expect(409).unwrap();
    assert_eq!(refused.code(), "lapsed_before");
}

/// A grant that does not reach its holder raises a card, until it does.
#[tokio::test]
async fn a_grant_nobody_delivers_raises_a_card() {
    let stack = Stack::new().await;
    let case = stack.hotel().await;
    case.is_granted("140105").await;
    let deliver_by = case.date("/procedure/deliver_by").await;
    let day_after = deliver_by.checked_add(1.day()).unwrap();
    stack.at(day_after, "01:30:00").await;
    case.stands(&[(CardRule::Delivery, Colour::Yellow)]).await;
    case.officer("intake-140105", "deliver", &json!({"mode": "pickup"}))
        .await;
    case.stands(&[]).await;
}

/// A renewal that nobody decides is granted by silence.
#[tokio::test]
async fn renewal_nobody_answers_is_granted() {
    let stack = Stack::new().await;
    let form = include_str!("../../shared/catalogue/fixtures/PSB-APR-057.valid.json");
    let form: Value = serde_json::from_str(form).unwrap();
    let item = include_str!("../../shared/catalogue/items/PSB-APR-057.v1.json");
    let item: Value = serde_json::from_str(item).unwrap();
    let materials = item["materials"].as_array().unwrap().iter();
    let required =
        materials.filter(|material| material["required"] == true && material["format"] != "form");
    let papers: Vec<Paper> = required
        .map(|material| {
            let code = material["code"].as_str().unwrap().to_owned();
            let like = if material["format"] == "spreadsheet" {
                papers::roster()
            } else {
                papers::business_licence()
            };
            like.standing_for(code)
        })
        .collect();
    let case = stack
        .submitted("PSB-APR-057", &form, &papers, &json!({}))
        .await;
    case.is_granted("140100").await;
    let end = case.date("/procedure/valid_until").await;
    case.agent("renew", &json!({"reasons": "经营条件未变化。"}))
        .await;
    stack
        .at(end.checked_add(1.day()).unwrap(), "00:00:00")
        .await;
    let renewed = end.checked_add(12.months()).unwrap().to_string();
    case.comes("renewal by silence", |case| {
        case["procedure"]["valid_until"] == renewed
    })
    .await;
}

/// A hearing: offered, asked for, held on its day in an outsider's chair, and the decision rests on it.
#[tokio::test]
async fn a_hearing_is_held_and_the_time_for_it_is_taken_out() {
    let stack = Stack::new().await;
    let case = stack.hotel().await;
    let (intake, reviewer) = ("intake-140105", "reviewer-140105");
    case.officer(intake, "claim", &json!({})).await;
    case.officer(intake, "accept", &json!({})).await;
    case.officer(reviewer, "claim", &json!({})).await;
    let promised = case.date("/limits/promised/date").await;
    let told = json!({"explanation": "拟作出的决定涉及你单位重大利益。"});
    case.officer(reviewer, "offer-hearing", &told).await;
    case.agent("request-hearing", &json!({})).await;
    let held_on = stack.today().await.checked_add(8.days()).unwrap();
    let announced = json!({
        "at": format!("{held_on}T09:00:00+08:00"),
        "chair": "supervisor-140105",
        "order": "二楼听证室；先由审查人员陈述。",
    });
    case.officer(reviewer, "schedule-hearing", &announced).await;
    assert_eq!(case.read().await["state"], "special_procedure");

    stack.at(held_on, "11:00:00").await;
    let minutes = json!({"minutes": "申请人陈述并提交了消防整改材料。"});
    case.officer(reviewer, "record-hearing", &minutes).await;
    let heard = case.read().await;
    assert_eq!(heard["procedure"]["hearing"]["step"], "held", "{heard}");
    assert_eq!(heard["state"], "under_review");
    let later = case.date("/limits/promised/date").await;
    assert!(later > promised, "{later} after {promised}");

    let opinion = json!({"outcome": "grant", "opinion": "符合条件"});
    case.officer(reviewer, "recommend", &opinion).await;
    case.officer("decider-140105", "claim", &json!({})).await;
    case.officer("decider-140105", "decide", &json!({"outcome": "grant"}))
        .await;
    let notices = case.filing.agent.get(&case.filing.path("/notices"));
    let notices = notices.send().await.unwrap().expect(200).unwrap();
    let all = notices.json()["items"].as_array().unwrap().clone();
    let grant = all.iter().find(|notice| notice["kind"] == "grant").unwrap();
    let number = grant["number"].as_str().unwrap();
    let path = case.filing.path(&format!("/notices/{number}"));
    let notice = case.filing.agent.get(&path).send().await.unwrap();
    let said = notice.expect(200).unwrap().json()["paragraphs"].to_string();
    assert!(said.contains("根据听证笔录作出"), "{said}");
}
