//! Time acts by itself: nobody answers a hotel's application, and what the law ties to the days that
//! pass happens on the running stack.
//!
//! Moves the stack's clock, so that it needs a stack of its own: `make test` runs it last on one, and
//! no other run includes it.

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
use journeys::filing::{Filing, HOTEL};
use journeys::waiting::{AT_MOST, until};
use journeys::{Answer, Api, papers, table};
use platform::cases::Cases;
use serde_json::{Value, json};

/// A stack whose clock this test moves.
struct Stack {
    api: Api,
    lambda: aws_sdk_lambda::Client,
    filing: Filing,
}

impl Stack {
    /// A stack with an application of which all papers are clean, and which nobody has answered.
    async fn with_a_submission() -> Self {
        let api = Api::from_env().unwrap();
        let agent = api.login("agent-a").await.unwrap().acting_for(HOTEL);
        let filing = Filing::open(&agent, &papers::form()).await.unwrap();
        for paper in papers::complete() {
            filing.hand_in(&paper).await.unwrap();
        }
        filing.examined().await.unwrap();
        let submitted = filing.submit("submit").send().await.unwrap();
        submitted.expect(200).unwrap();
        let sdk = aws_config::defaults(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .load()
            .await;
        let lambda = aws_sdk_lambda::Client::new(&sdk);
        Self {
            api,
            lambda,
            filing,
        }
    }

    /// Lets business time go on from `time` of `date`.
    async fn at(&self, date: Date, time: &str) {
        let now = json!({"now": format!("{date}T{time}+08:00")});
        let moved = self.api.anybody().post("/sandbox/clock", &now);
        moved.send().await.unwrap().expect(200).unwrap();
    }

    async fn read(&self) -> Value {
        let read = self.filing.agent.get(&self.filing.path("")).send().await;
        read.unwrap().expect(200).unwrap().json().clone()
    }

    async fn limit(&self, name: &str) -> Date {
        let date = self.read().await["limits"][name]["date"].clone();
        date.as_str().unwrap().parse().unwrap()
    }

    /// The open cards of the case.
    async fn cards(&self) -> Vec<(CardRule, Colour)> {
        let table = table::reachable().unwrap().expect("the stack's table");
        let number = ApplicationNo::try_from(self.filing.number.clone()).unwrap();
        let cards = Cases::sealed(table).cards_of(&number).await.unwrap();
        let cards = cards.iter().map(|record| &record.body.raised);
        cards
            .filter(|card| card.is_open())
            .map(|card| (card.card.rule, card.card.colour))
            .collect()
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

    /// Has the deadlines walked, and waits until exactly these cards are open.
    async fn stands(&self, expected: &[(CardRule, Colour)]) {
        self.walk().await;
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

#[tokio::test]
async fn an_application_that_nobody_answers_is_accepted_and_its_limits_raise_cards() {
    let stack = Stack::with_a_submission().await;
    let answer_by = stack.limit("acceptance").await;

    stack.at(answer_by, "12:00:00").await;
    stack.stands(&[(CardRule::Acceptance, Colour::Blue)]).await;
    assert_eq!(stack.read().await["state"], "submitted", "a day is left");

    let day_after = answer_by.checked_add(1.day()).unwrap();
    stack.at(day_after, "00:00:00").await;
    // The schedule alone brings it.
    let accepted = |answer: &Answer| answer.json()["state"] == "accepted";
    let case = stack.filing.agent.get(&stack.filing.path(""));
    until("acceptance by silence", &case, accepted)
        .await
        .unwrap();
    let events = stack.filing.agent.get(&stack.filing.path("/events"));
    let events = events.send().await.unwrap().expect(200).unwrap();
    let last = &events.json()["items"].as_array().unwrap().last().unwrap()["record"];
    assert_eq!(last["event"]["type"], "accepted", "{last}");
    assert_eq!(last["event"]["deemed"], true, "{last}");
    assert_eq!(last["actor"]["kind"], "system", "{last}");

    let overdue = stack.limit("statutory").await.checked_add(1.day()).unwrap();
    stack.at(overdue, "01:30:00").await;
    stack
        .stands(&[
            (CardRule::Acceptance, Colour::Yellow),
            (CardRule::Promised, Colour::Yellow),
            (CardRule::Statutory, Colour::Red),
        ])
        .await;

    let withdrawn = stack
        .filing
        .agent
        .post(&stack.filing.path("/withdraw"), &json!({}));
    withdrawn.once().send().await.unwrap().expect(200).unwrap();
    stack.stands(&[]).await;
    let back = stack.api.anybody().delete("/sandbox/clock");
    back.send().await.unwrap().expect(200).unwrap();
}
