use std::io::{Cursor, Write as _};
use std::time::Duration;

use axum::body::Body;
use domain::chain::Digest;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use support::scanner::{eicar, infected_table};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::{Answer, World};

const BEHAVIOUR: &str = "/sandbox/scanner/behaviour";

async fn scan(world: &World, file: &[u8]) -> Answer {
    let request =
        Request::post("/sandbox/scanner/scan").header("content-type", "application/octet-stream");
    world
        .send(request.body(Body::from(file.to_vec())).unwrap())
        .await
}

async fn behave(world: &World, behaviour: &str, file: Option<&[u8]>) {
    let mut body = json!({"behaviour": behaviour});
    if let Some(file) = file {
        body["sha256"] = json!(Digest::of(file));
    }
    assert_eq!(world.post(BEHAVIOUR, &body).await.status, StatusCode::OK);
}

/// A workbook as far as a scanner cares: the test file is written out in none of its bytes.
fn infected_workbook() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("xl/workbook.xml", "<workbook/>".to_owned()),
        (
            "xl/sharedStrings.xml",
            format!("<sst><si><t>{}</t></si></sst>", eicar().repeat(9)),
        ),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn the_test_file_is_found_anywhere_in_a_file_and_in_the_members_of_an_archive() {
    let world = World::new().await;
    let document = [b"%PDF-1.7\n% ".as_slice(), eicar().as_bytes(), b"\n%%EOF"].concat();
    let half = &eicar()[..34];
    for (what, file, verdict) in [
        ("the test file", eicar().into_bytes(), "infected"),
        ("a table", infected_table(), "infected"),
        ("a document", document, "infected"),
        ("a workbook", infected_workbook(), "infected"),
        ("half of it", half.as_bytes().to_vec(), "clean"),
        ("nothing", vec![], "clean"),
    ] {
        let answer = scan(&world, &file).await;
        let expected = json!({"sha256": Digest::of(&file), "verdict": verdict});
        assert_eq!(answer.json(), expected, "{what}");
    }
}

#[tokio::test]
async fn the_largest_file_is_scanned_and_a_larger_one_refused() {
    let world = World::new().await;
    let mut file = vec![b' '; 20 * 1024 * 1024 - eicar().len()];
    file.extend_from_slice(eicar().as_bytes());
    assert_eq!(scan(&world, &file).await.json()["verdict"], "infected");
    file.push(b' ');
    assert_eq!(
        scan(&world, &file).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn the_scanner_behaves_as_it_is_told_of_one_file_or_of_all() {
    let world = World::new().await;
    behave(&world, "down", Some(b"one")).await;
    assert_eq!(
        scan(&world, b"one").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(scan(&world, b"other").await.json()["verdict"], "clean");

    // What is said of one holds against what is said of all.
    behave(&world, "good", Some(b"one")).await;
    behave(&world, "bad", None).await;
    assert_eq!(scan(&world, b"one").await.json()["verdict"], "clean");
    let bad = scan(&world, b"other").await;
    assert_eq!(bad.status, StatusCode::OK);
    assert!(
        bad.json().get("verdict").is_none(),
        "not of its protocol: {}",
        bad.body
    );

    let odd = json!({"behaviour": "odd", "for": 1});
    assert_eq!(faults(&world, &odd).await, ["/behaviour", "/for"]);
    let no_digest = json!({"behaviour": "down", "sha256": "ABC"});
    assert_eq!(faults(&world, &no_digest).await, ["/sha256"]);
    assert_eq!(scan(&world, b"one").await.json()["verdict"], "clean");
}

/// Where the faults are for which the scanner does not take `behaviour`.
async fn faults(world: &World, behaviour: &Value) -> Vec<String> {
    let faults = world.post(BEHAVIOUR, behaviour).await.faults();
    faults.into_iter().map(|(pointer, _)| pointer).collect()
}

#[tokio::test]
async fn a_slow_scanner_does_not_answer_while_anybody_waits() {
    let world = World::new().await;
    behave(&world, "slow", Some(b"one")).await;
    let answers = scan(&world, b"other").await;
    assert_eq!(answers.json()["verdict"], "clean");
    let waiting = Duration::from_millis(500);
    let answer = tokio::time::timeout(waiting, scan(&world, b"one")).await;
    assert!(answer.is_err(), "{answer:?}");
}
