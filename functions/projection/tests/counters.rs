//! Each event is counted once, however often and in whatever order it comes.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use domain::application::{Actor, Event, Limits, Outcome};
use domain::chain::Digest;
use domain::figures::{Count, Month, Tally};
use domain::ids::OfficerId;
use domain::officer::Post;
use domain::unit::UnitId;
use platform::figures::{Figures, Load, Waiting};
use projection::Projection;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use support::filing::{Filing, NUMBER, form, item};
use support::{Emulated, Reply};

const SAMPLE: &str = include_str!("../../../events/projection-event.json");

fn projection(stage: &Emulated) -> Projection {
    Projection::new(Arc::clone(&stage.aws), &stage.config)
}

fn sample() -> SqsEvent {
    serde_json::from_str(SAMPLE).unwrap()
}

fn word(number: &str, seq: u64) -> String {
    let id = format!("0198a0f2-0000-7000-8000-{seq:012}");
    json!({"id": id, "topic": "happened", "application": number, "seq": seq}).to_string()
}

fn batch(bodies: &[String]) -> SqsEvent {
    let records: Vec<Value> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| json!({"messageId": index.to_string(), "body": body}))
        .collect();
    serde_json::from_value(json!({"Records": records})).unwrap()
}

async fn failures(projection: &Projection, event: SqsEvent) -> Vec<String> {
    let answer = projection.handle(event).await;
    let failures = answer.batch_item_failures.into_iter();
    failures.map(|failure| failure.item_identifier).collect()
}

fn unit() -> UnitId {
    "psb-140105".parse().unwrap()
}

fn officer(name: &str) -> OfficerId {
    OfficerId::try_from(name.to_owned()).unwrap()
}

fn acting(name: &str) -> Actor {
    Actor::Officer {
        officer: officer(name),
        badge: "010501".to_owned(),
        unit: unit(),
    }
}

fn text() -> Digest {
    Digest::of(b"sealed")
}

async fn load(stage: &Emulated) -> Load {
    Figures::new(stage.table()).load(&unit()).await.unwrap()
}

async fn tally(stage: &Emulated) -> Tally {
    let now = stage.table().now().await.unwrap();
    let months = [Month::of(now.date())];
    let figures = Figures::new(stage.table());
    figures
        .of_item(&unit(), &item().code, &months)
        .await
        .unwrap()
}

/// The way of a hotel from its submission to `outcome`, nine events; given up after `steps`.
async fn goes_its_way(filing: &Filing<'_>, steps: usize, outcome: Outcome) -> u64 {
    let claimed = |post| Event::Claimed { post };
    let accepted = || Event::Accepted {
        limits: Limits::default(),
        deemed: false,
        deferral: None,
    };
    let decided = match outcome {
        Outcome::Grant => Event::Granted {
            reasons: None,
            valid_until: None,
            check_by: None,
            deliver_by: None,
            refused_rows: None,
            remedies: Vec::new(),
        },
        Outcome::Refuse => Event::Refused {
            reasons: text(),
            remedies: Vec::new(),
        },
    };
    let recommended = Event::Recommended {
        outcome,
        opinion: text(),
        refused_rows: None,
        passed_on_to: None,
    };
    let way = [
        ("intake", claimed(Post::Intake)),
        ("intake", accepted()),
        ("reviewer", claimed(Post::Reviewer)),
        ("reviewer", Event::Released),
        ("reviewer", claimed(Post::Reviewer)),
        ("reviewer", recommended),
        ("decider", claimed(Post::Decider)),
        ("decider", decided),
    ];
    for (who, event) in way.into_iter().take(steps) {
        filing.happens(&acting(who), vec![event]).await;
    }
    filing.case().await.state.unwrap().version
}

#[tokio::test]
async fn a_submission_is_counted_and_waits_for_the_intake() {
    let stage = Emulated::new().await;
    Filing::submitted(&stage).await;
    assert!(failures(&projection(&stage), sample()).await.is_empty());
    assert_eq!(tally(&stage).await.of(Count::Submitted), 1);
    let load = load(&stage).await;
    let waiting = Waiting {
        claimed: 0,
        unclaimed: 1,
    };
    assert_eq!(
        load.posts.into_iter().collect::<Vec<_>>(),
        [(Post::Intake, waiting)]
    );
    assert!(load.officers.is_empty());
}

#[tokio::test]
async fn random_cases_delivered_in_any_order_and_several_times_end_in_the_same_counters() {
    for seed in 0..4 {
        let mut random = StdRng::seed_from_u64(seed);
        let stage = Emulated::new().await;
        let mut words = Vec::new();
        let (mut granted, mut refused) = (0, 0);
        let (mut posts, mut hands) = (Load::default().posts, Load::default().officers);
        for case in 0..4_u32 {
            let number = format!("AP-20261123-7K3M9QX2RD4{case}");
            let filing = Filing::open_numbered(&stage, &number, &form()).await;
            filing.announce_all().await;
            filing.submit().await;
            let steps = random.random_range(0..=8);
            let outcome = if random.random() {
                Outcome::Grant
            } else {
                Outcome::Refuse
            };
            let last = goes_its_way(&filing, steps, outcome).await;
            words.extend((1..=last).map(|seq| word(&number, seq)));
            let state = filing.case().await.state.unwrap().body;
            match state.next_post() {
                None if outcome == Outcome::Grant => granted += 1,
                None => refused += 1,
                Some(post) => {
                    let waiting: &mut Waiting = posts.entry(post).or_default();
                    match state.claim {
                        None => waiting.unclaimed += 1,
                        Some(claim) => {
                            waiting.claimed += 1;
                            *hands
                                .entry(claim.officer)
                                .or_default()
                                .entry(post)
                                .or_default() += 1;
                        }
                    }
                }
            }
        }
        let mut deliveries = [words.clone(), words.clone(), words].concat();
        deliveries.shuffle(&mut random);
        let projection = projection(&stage);
        for some in deliveries.chunks(10) {
            assert!(failures(&projection, batch(some)).await.is_empty());
        }

        let tally = tally(&stage).await;
        assert_eq!(tally.of(Count::Submitted), 4, "seed {seed}");
        assert_eq!(tally.of(Count::Granted), granted, "seed {seed}");
        assert_eq!(tally.of(Count::Refused), refused, "seed {seed}");
        assert_eq!(
            tally.of(Count::PromisedMet),
            granted + refused,
            "seed {seed}"
        );
        assert_eq!(tally.of(Count::Days(0)), granted + refused, "seed {seed}");
        let mut load = load(&stage).await;
        load.posts
            .retain(|_, waiting| *waiting != Waiting::default());
        assert_eq!((load.posts, load.officers), (posts, hands), "seed {seed}");
    }
}

#[tokio::test]
async fn two_functions_that_count_the_same_event_at_once_count_it_once() {
    let stage = Emulated::new().await;
    Filing::submitted(&stage).await;
    let (faster, slower) = (projection(&stage), projection(&stage));
    stage.faults.before("TransactWriteItems", async move {
        assert!(faster.handle(sample()).await.batch_item_failures.is_empty());
    });
    assert!(failures(&slower, sample()).await.is_empty());
    assert!(stage.faults.all_happened());
    assert_eq!(tally(&stage).await.of(Count::Submitted), 1);
}

#[tokio::test]
async fn a_poison_message_fails_alone() {
    let stage = Emulated::new().await;
    Filing::submitted(&stage).await;
    let event = batch(&[
        "not JSON".to_owned(),
        word(NUMBER, 2),
        word(NUMBER, 0),
        word(NUMBER, u64::MAX),
        word(NUMBER, 1),
        json!({"id": "0198a0f2-0000-7000-8000-0000000000e2", "topic": "document_settled", "application": NUMBER}).to_string(),
    ]);
    assert_eq!(
        failures(&projection(&stage), event).await,
        ["0", "1", "2", "3"]
    );
    assert_eq!(tally(&stage).await.of(Count::Submitted), 1);
}

#[tokio::test]
async fn a_table_that_takes_nothing_leaves_the_message_for_later() {
    let stage = Emulated::new().await;
    Filing::submitted(&stage).await;
    let projection = projection(&stage);
    stage
        .faults
        .answer("TransactWriteItems", 3, |_| Some(Reply::unavailable()));
    assert_eq!(failures(&projection, sample()).await.len(), 1);
    assert!(stage.faults.all_happened());
    assert_eq!(tally(&stage).await.of(Count::Submitted), 0);
    assert!(failures(&projection, sample()).await.is_empty());
    assert_eq!(tally(&stage).await.of(Count::Submitted), 1);
}

#[tokio::test]
async fn an_event_costs_one_read_and_one_write_and_its_repeat_one_read() {
    let stage = Emulated::new().await;
    Filing::submitted(&stage).await;
    let projection = projection(&stage);
    for expected in [2, 1] {
        let before = stage.aws.calls().so_far();
        assert!(failures(&projection, sample()).await.is_empty());
        let calls = stage.aws.calls().so_far() - before;
        assert_eq!((calls.dynamodb, calls.kms), (expected, 0));
    }
}
