//! Links to documents open what they were made for and nothing else. Their signature is computed again as the
//! store does (Signature Version 4, query parameters), from the published rules and not by the SDK.

use std::collections::BTreeMap;

use domain::ids::DocumentId;
use domain::media::MediaType;
use ring::{digest, hmac};
use serde_json::Value;
use support::filing::paper;

use crate::office::{Office, path};

/// The secret of every stage's credentials.
const SECRET: &str = "test";

/// A link as somebody uses it.
#[derive(Clone)]
struct Used {
    method: String,
    host: String,
    path: String,
    query: BTreeMap<String, String>,
    headers: BTreeMap<String, String>,
}

impl Used {
    fn of(link: &Value) -> Self {
        let url = link["url"].as_str().unwrap();
        let (address, query) = url.split_once('?').unwrap();
        let (_, address) = address.split_once("://").unwrap();
        let (host, path) = address.split_once('/').unwrap();
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
        let headers = link["headers"].as_object().unwrap().iter();
        Self {
            method: link["method"].as_str().unwrap().to_owned(),
            host: host.to_owned(),
            path: format!("/{path}"),
            query: pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap().to_owned()))
                .collect(),
        }
    }

    /// Whether the store lets it in, as far as the signature goes.
    fn is_signed(&self) -> bool {
        self.query["X-Amz-Signature"] == self.signature()
    }

    fn signature(&self) -> String {
        let query = self.query.iter();
        let query = query.filter(|(name, _)| *name != "X-Amz-Signature");
        let query: Vec<String> = query
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let signed = self.query["X-Amz-SignedHeaders"].replace("%3B", ";");
        let mut headers = String::new();
        for name in signed.split(';') {
            let own = (name == "host").then_some(&self.host);
            let value = own.unwrap_or_else(|| &self.headers[name]);
            headers.extend([name, ":", value, "\n"]);
        }
        let request = format!(
            "{}\n{}\n{}\n{headers}\n{signed}\nUNSIGNED-PAYLOAD",
            self.method,
            self.path,
            query.join("&"),
        );
        let credential = self.query["X-Amz-Credential"].replace("%2F", "/");
        let (_, scope) = credential.split_once('/').unwrap();
        let to_sign = format!(
            "AWS4-HMAC-SHA256\n{}\n{scope}\n{}",
            self.query["X-Amz-Date"],
            hex::encode(digest::digest(&digest::SHA256, request.as_bytes())),
        );
        let mut key = format!("AWS4{SECRET}").into_bytes();
        for part in scope.split('/') {
            key = sign(&key, part);
        }
        hex::encode(sign(&key, &to_sign))
    }
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

/// The document as its filer reads it.
async fn read(office: &Office, document: DocumentId) -> Value {
    let read = path(&format!("/documents/{document}"));
    office.ask(office.agent().get(&read)).await.expect(200).json
}

/// Every way to use `link` for something else, each with what it tries.
fn tampered(link: &Used) -> Vec<(&'static str, Used)> {
    let with = |change: &dyn Fn(&mut Used)| {
        let mut changed = link.clone();
        change(&mut changed);
        changed
    };
    vec![
        (
            "another document",
            with(&|used| {
                let last = used.path.pop().unwrap();
                used.path.push(if last == '0' { '1' } else { '0' });
            }),
        ),
        (
            "another room",
            with(&|used| {
                used.path = used
                    .path
                    .replace("/clean/", "/quarantine/")
                    .replace("/quarantine/", "/clean/")
                    + "x";
            }),
        ),
        (
            "a longer time",
            with(&|used| {
                used.query
                    .insert("X-Amz-Expires".to_owned(), "604800".to_owned());
            }),
        ),
        (
            "a later day",
            with(&|used| {
                used.query
                    .insert("X-Amz-Date".to_owned(), "20991231T000000Z".to_owned());
            }),
        ),
        (
            "another store",
            with(&|used| used.host = "elsewhere.example".into()),
        ),
        ("another act", with(&|used| used.method = "DELETE".into())),
        (
            "an act besides",
            with(&|used| {
                used.query.insert("acl".to_owned(), String::new());
            }),
        ),
    ]
}

#[tokio::test]
async fn a_link_to_read_opens_one_document_for_its_time() {
    let office = Office::open().await;
    let filing = office.application().await;
    let papers = filing.case().await.manifest.unwrap().body.papers;
    let document = papers.values().next().unwrap().document;
    let link = Used::of(&read(&office, document).await["download"]);
    assert!(link.is_signed(), "as the store computes it");
    assert!(link.path.contains(&document.to_string()));
    for (what, tried) in tampered(&link) {
        assert!(!tried.is_signed(), "{what}");
    }
}

#[tokio::test]
async fn a_link_to_write_takes_the_bytes_that_were_announced_and_no_others() {
    let office = Office::open().await;
    let filing = support::filing::Filing::open(&office.stage).await;
    let bytes = paper("PSB-APR-004/MAT-RULES.pdf");
    let announced = filing.announce("MAT-BIZ", MediaType::Pdf, &bytes).await;
    let link = Used::of(&read(&office, announced.id).await["upload"]);
    assert!(link.is_signed(), "as the store computes it");
    let mut tried = tampered(&link);
    for header in link.headers.keys() {
        let mut changed = link.clone();
        changed.headers.insert(header.clone(), "1".to_owned());
        tried.push(("another header", changed));
    }
    assert!(
        tried.len() > 9,
        "size, kind and digest are signed: {:?}",
        link.headers
    );
    for (what, tried) in tried {
        assert!(!tried.is_signed(), "{what}");
    }
}
