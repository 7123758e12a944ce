//! Reports and counts say what the counters hold, to whom they are for, at a cost that does not grow with
//! the cases.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::card::{Card, CardRule, Colour, RaisedCard};
use domain::figures::{Changes, Count, Counter, Month};
use domain::ids::{ApplicationNo, OfficerId};
use domain::officer::Post;
use domain::unit::{Level, UnitId};
use domain::words::Words;
use platform::authority::officer_item;
use platform::cards::{StoredCard, card_item};
use platform::figures::Figures;
use serde_json::Value;
use support::door::{Answer, Asker, Door, appointed};
use support::filing::{Filing, item};
use web::routes::Served;

const UNIT: &str = "psb-140105";

async fn door() -> Door {
    let door = Door::open(&[], |stage| {
        let app = supervision::App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
        supervision::routes(Served::default()).into_router(app)
    })
    .await;
    for (name, region, post) in [
        ("supervisor", "140105", Post::Supervisor),
        ("head", "140105", Post::Head),
        ("intake", "140105", Post::Intake),
        ("elsewhere", "140106", Post::Supervisor),
        ("city", "140100", Post::Supervisor),
        ("province", "140000", Post::Supervisor),
    ] {
        let mut officer = appointed(name, region, post);
        officer.level = match name {
            "city" => Level::City,
            "province" => Level::Province,
            _ => Level::County,
        };
        let item = officer_item(&officer, 1).unwrap();
        door.stage.put_item(item).await;
    }
    door
}

async fn get(door: &Door, who: &str, path: &str) -> Answer {
    let asker: Asker = door.officer(who);
    door.ask(asker.get(path)).await
}

fn unit() -> UnitId {
    UNIT.parse().unwrap()
}

fn number(case: u8) -> ApplicationNo {
    ApplicationNo::try_from(format!("AP-20261123-7K3M9QX2RD4{case}")).unwrap()
}

/// Counts what `counts` say of the hotel licence in `month`.
async fn count(door: &Door, case: u8, month: &str, counts: &[(Count, i64)]) {
    let month: Month = month.parse().unwrap();
    let counter = |count: &Count| Counter::Cases {
        unit: unit(),
        month,
        item: item().code,
        count: *count,
    };
    let changes: Changes = counts
        .iter()
        .map(|(count, number)| (counter(count), *number))
        .collect();
    let figures = Figures::new(door.stage.table());
    figures.count(&number(case), 1, &changes).await.unwrap();
}

#[tokio::test]
async fn the_report_tells_limits_with_their_source_and_how_they_were_kept() {
    let door = door().await;
    let november = [
        (Count::Submitted, 6),
        (Count::Accepted, 5),
        (Count::Granted, 3),
        (Count::Refused, 1),
        (Count::PromisedMet, 3),
        (Count::PromisedMissed, 1),
        (Count::StatutoryMet, 4),
        (Count::CorrectionsOfDecided, 2),
        (Count::Days(3), 2),
        (Count::Days(5), 2),
    ];
    count(&door, 0, "2026-11", &november).await;
    let december = [
        (Count::Granted, 1),
        (Count::Days(40), 1),
        (Count::PromisedMissed, 1),
    ];
    count(&door, 1, "2026-12", &december).await;

    let path = "/v1/reports/promise?from=2026-11&to=2026-12";
    let report = get(&door, "supervisor", path).await.expect(200).json;
    assert_eq!(report["unit"], UNIT);
    assert_eq!(report["items"].as_array().unwrap().len(), 1);
    let line = &report["items"][0];
    assert_eq!(line["item"], item().code.to_string());
    assert_eq!(line["promised"]["number"], item().promised_limit.number);
    assert!(
        line["promised"]["source"]["zh"]
            .as_str()
            .unwrap()
            .contains("承诺")
    );
    assert!(line["statutory"]["source"]["en"].is_string());
    assert_eq!(line["submitted"], 6);
    assert_eq!(line["granted"], 4);
    assert_eq!(line["median_working_days"], 5);
    assert_eq!(line["p90_working_days"], 40);
    assert_eq!(line["corrections_per_case"], 0.4);
    assert_eq!(line["on_time_promised"], 0.6);
    assert_eq!(line["on_time_statutory"], 1.0);

    let path = "/v1/reports/promise?from=2026-12&item=PSB-APR-004";
    let report = get(&door, "head", path).await.expect(200).json;
    assert_eq!(report["items"][0]["submitted"], 0);
    assert_eq!(report["items"][0]["on_time_statutory"], Value::Null);
}

#[tokio::test]
async fn a_report_has_one_to_twelve_months_that_are_months() {
    let door = door().await;
    for period in ["from=2026-12&to=2026-11", "from=2025-11&to=2026-11"] {
        let path = format!("/v1/reports/promise?{period}");
        let answer = get(&door, "supervisor", &path).await;
        answer.expect_problem(400, "invalid_parameter");
    }
    for period in ["from=2026-13", "from=november", "to=2026"] {
        let path = format!("/v1/reports/promise?{period}");
        let answer = get(&door, "supervisor", &path).await;
        answer.expect_problem(400, "invalid_parameter");
    }
    let path = "/v1/reports/promise?from=2025-12&to=2026-11";
    get(&door, "supervisor", path).await.expect(200);
}

#[tokio::test]
async fn reports_are_for_heads_and_supervisors_of_the_unit_and_those_above() {
    let door = door().await;
    for path in ["/v1/cards", "/v1/reports/promise", "/v1/reports/workload"] {
        let path = format!("{path}?unit={UNIT}");
        for who in ["supervisor", "head", "city", "province"] {
            get(&door, who, &path).await.expect(200);
        }
        let answer = get(&door, "intake", &path).await;
        answer.expect_problem(403, "post_missing");
        let answer = get(&door, "elsewhere", &path).await;
        answer.expect_problem(404, "not_found");
    }
}

/// A case of the unit that waits for the intake, in the hands of `officer` if there is one.
fn waits(officer: Option<&str>) -> Changes {
    let post = Post::Intake;
    let waiting = Counter::Waiting {
        unit: unit(),
        post,
        claimed: officer.is_some(),
    };
    let in_hand = officer.map(|name| Counter::InHand {
        unit: unit(),
        officer: OfficerId::try_from(name.to_owned()).unwrap(),
        post,
    });
    std::iter::once(waiting)
        .chain(in_hand)
        .map(|counter| (counter, 1))
        .collect::<BTreeMap<_, _>>()
}

#[tokio::test]
async fn the_workload_tells_what_waits_and_in_whose_hands_it_is() {
    let door = door().await;
    let figures = Figures::new(door.stage.table());
    for (case, officer) in [(0, None), (1, Some("intake")), (2, Some("intake"))] {
        let changes = waits(officer);
        figures.count(&number(case), 1, &changes).await.unwrap();
    }
    let answer = get(&door, "supervisor", "/v1/reports/workload").await;
    let report = answer.expect(200).json;
    let post = &report["posts"][0];
    assert_eq!(post["post"], "intake");
    assert_eq!(
        (&post["waiting"], &post["claimed"], &post["unclaimed"]),
        (&3.into(), &2.into(), &1.into())
    );
    let officer = &report["officers"][0];
    assert_eq!(
        (&officer["officer"], &officer["applications"]),
        (&"intake".into(), &2.into())
    );

    let answer = get(&door, "intake", "/v1/workbench/counts").await;
    let counts = answer.expect(200).json;
    assert_eq!(counts["posts"].as_array().unwrap().len(), 1);
    let post = &counts["posts"][0];
    assert_eq!(
        (&post["waiting"], &post["unclaimed"], &post["in_my_hands"]),
        (&3.into(), &1.into(), &2.into())
    );
}

#[tokio::test]
async fn the_counts_tell_what_is_due() {
    let door = door().await;
    let filing = Filing::submitted(&door.stage).await;
    let due_on = |counts: &Value| {
        let post = &counts["posts"][0];
        (post["due_today"].clone(), post["overdue"].clone())
    };
    let answer = get(&door, "intake", "/v1/workbench/counts").await;
    assert_eq!(due_on(&answer.expect(200).json), (0.into(), 0.into()));
    // As if its answer had been due long ago.
    let mut stored = door
        .stage
        .item(&platform::table::Key::state(&filing.number))
        .await
        .unwrap();
    let sort = aws_sdk_dynamodb::types::AttributeValue::S("2020-01-02#x".to_owned());
    stored.insert("work_sort".to_owned(), sort);
    door.stage.put_item(stored).await;
    let answer = get(&door, "intake", "/v1/workbench/counts").await;
    assert_eq!(due_on(&answer.expect(200).json), (0.into(), 1.into()));
}

fn card(case: u8, unit: &str, colour: Colour, day: u8) -> StoredCard {
    let at = format!("2026-11-{day:02}T00:10:00+08:00");
    let raised_at = domain::instant::Instant::try_from(at).unwrap();
    StoredCard {
        application: number(case),
        item: domain::application::ItemVersion {
            code: item().code,
            version: item().version,
        },
        unit: unit.parse().unwrap(),
        raised: RaisedCard {
            card: Card {
                rule: CardRule::Promised,
                colour,
                since: raised_at,
                due: Some("2026-11-20".parse().unwrap()),
                reason: Words::new("承诺时限已过", "The promised limit is over"),
                source: Words::new("办理机关承诺", "Promised by the authority"),
            },
            raised_at,
            resolved_at: None,
            earlier: Vec::new(),
        },
    }
}

async fn raise(door: &Door, card: &StoredCard) {
    door.stage.put_item(card_item(card, 1).unwrap()).await;
}

fn numbers(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|card| card["application"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn cards_come_gravest_and_oldest_first_and_can_be_narrowed() {
    let door = door().await;
    for (case, colour, day) in [
        (0, Colour::Blue, 21),
        (1, Colour::Yellow, 22),
        (2, Colour::Red, 23),
        (3, Colour::Red, 21),
    ] {
        raise(&door, &card(case, UNIT, colour, day)).await;
    }
    raise(&door, &card(4, "psb-140106", Colour::Red, 21)).await;
    let all = get(&door, "supervisor", "/v1/cards").await.expect(200).json;
    let expected = [3, 2, 1, 0].map(|case| number(case).to_string());
    assert_eq!(numbers(&all), expected);
    assert_eq!(all["items"][0]["rule"], "promised");
    assert_eq!(all["items"][0]["due"], "2026-11-20");

    let red = get(&door, "supervisor", "/v1/cards?colour=red").await;
    assert_eq!(numbers(&red.expect(200).json), expected[..2]);
    let other = get(&door, "supervisor", "/v1/cards?item=PSB-APR-001").await;
    assert!(numbers(&other.expect(200).json).is_empty());
    let wrong = get(&door, "supervisor", "/v1/cards?colour=green").await;
    wrong.expect_problem(400, "invalid_parameter");
}

#[tokio::test]
async fn a_city_pages_through_the_cards_of_its_units() {
    let door = door().await;
    for (case, unit) in [(0, "psb-140105"), (1, "psb-140106"), (2, "psb-140100")] {
        raise(&door, &card(case, unit, Colour::Yellow, 21)).await;
    }
    raise(&door, &card(3, "psb-140200", Colour::Red, 21)).await;
    let (mut found, mut path) = (Vec::new(), "/v1/cards?below=true&limit=1".to_owned());
    let mut pages = 0;
    loop {
        let page = get(&door, "city", &path).await.expect(200).json;
        found.extend(numbers(&page));
        pages += 1;
        assert!(pages < 20);
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/v1/cards?below=true&limit=1&cursor={cursor}");
        // A cursor is for who got it, and for that list.
        let answer = get(&door, "province", &path).await;
        answer.expect_problem(400, "invalid_cursor");
    }
    found.sort_unstable();
    assert_eq!(found, [0, 1, 2].map(|case| number(case).to_string()));
}

#[tokio::test]
async fn what_an_answer_costs_does_not_grow_with_the_cases() {
    let door = door().await;
    get(&door, "supervisor", "/v1/reports/workload")
        .await
        .expect(200);
    for (who, path, reads) in [
        ("supervisor", "/v1/reports/workload", 2),
        ("supervisor", "/v1/reports/promise", 2),
        (
            "supervisor",
            "/v1/reports/promise?from=2026-01&to=2026-12",
            13,
        ),
        (
            "supervisor",
            "/v1/reports/promise?from=2026-01&to=2026-12&item=PSB-APR-004",
            2,
        ),
        ("supervisor", "/v1/cards", 4),
        ("intake", "/v1/workbench/counts", 3),
    ] {
        let asker = door.officer(who);
        let (answer, calls) = door.cost(asker.get(path)).await;
        answer.expect(200);
        assert_eq!((calls.dynamodb, calls.kms), (reads, 0), "{path}");
    }
}
