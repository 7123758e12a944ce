//! Path segments that are no number of anything.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::json;

use crate::office::{Ask, Office, path};

/// Every byte escaped, so that any byte can be sent.
fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "%{byte:02X}").unwrap();
        text
    })
}

fn asks(office: &Office, segment: &str) -> Vec<Ask> {
    let application = format!("/v1/applications/{segment}");
    let (agent, officer) = (office.agent(), office.officer("intake"));
    vec![
        agent.get(&application),
        agent.get(&format!("{application}/events")),
        agent.get(&path(&format!("/documents/{segment}"))),
        officer.get(&format!("{application}/report")),
        agent.patch(&application, &json!({})).if_match("\"1\""),
        agent
            .post(&format!("{application}/submit"), &json!({}))
            .once(),
        agent
            .post(&format!("{application}/withdraw"), &json!({}))
            .once(),
        officer
            .post(&format!("{application}/claim"), &json!({}))
            .once()
            .if_match("\"1\""),
    ]
}

#[tokio::test]
async fn what_is_no_number_names_nothing() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    for segment in [
        "none".to_owned(),
        "AP-20261123-7K3M9QX2RD4".to_owned(),
        "AP-20261123-7K3M9QX2RD4FF".to_owned(),
        "ap-20261123-7k3m9qx2rd4f".to_owned(),
        "AP-20261123-7K3M9QX2RD4I".to_owned(),
        "AP-20261123-0000000000ZZ".to_owned(),
        "0198a0f2-0000-7000-8000-0000000000ff".to_owned(),
        escaped(b"../../etc/passwd"),
        escaped(b"AP-20261123-7K3M9QX2RD4F#STATE"),
        escaped(b"AP-20261123-7K3M9QX2RD4F\0"),
        escaped(b"\xff\xfe"),
        escaped("办件".as_bytes()),
        escaped(b"' OR 1=1 --"),
        "A".repeat(4000),
    ] {
        for ask in asks(&office, &segment) {
            let told = format!("{ask:?}");
            let answer = office.ask(ask).await;
            assert_eq!(
                (answer.status, answer.json["code"].as_str()),
                (404, Some("not_found")),
                "{told}"
            );
        }
    }
}

#[test]
fn no_bytes_in_a_path_are_answered_with_anything_but_404() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let office = runtime.block_on(Office::open());
    runtime
        .block_on(office.ask(office.agent().get("/v1/applications")))
        .expect(200);
    runtime
        .block_on(office.ask(office.officer("intake").get("/v1/workbench")))
        .expect(200);
    proptest!(ProptestConfig::with_cases(48), |(bytes in prop::collection::vec(any::<u8>(), 1..40))| {
        for ask in asks(&office, &escaped(&bytes)) {
            let answer = runtime.block_on(office.ask(ask));
            prop_assert_eq!((answer.status, answer.json["code"].as_str()), (404, Some("not_found")));
        }
    });
}
