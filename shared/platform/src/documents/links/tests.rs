//! The links are what the S3 client presigns, to the letter.

use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use domain::chain::Digest;
use domain::ids::{ApplicationNo, PersonId};
use domain::manifest::PaperState;
use domain::media::MediaType;

use super::*;
use crate::aws::Aws;
use crate::config::Config;

const NOW: u64 = 1_795_420_800;

fn documents(region: &str, endpoint: Option<&str>, session: Option<&str>) -> Documents {
    let config = Config::read(|name| match name {
        "STAGE" => Some("test".to_owned()),
        "TABLE" => Some("table".to_owned()),
        "DOCUMENTS_BUCKET" => Some("stage-documents-123456789012".to_owned()),
        _ => None,
    })
    .unwrap();
    let credentials = Credentials::new(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        session.map(str::to_owned),
        None,
        "test",
    );
    let aws = Aws::new(
        &config,
        endpoint.map(str::to_owned),
        region.to_owned(),
        SharedCredentialsProvider::new(credentials),
    )
    .unwrap();
    Documents::new(Arc::new(aws), &config).unwrap()
}

fn document() -> Document {
    Document {
        id: "0198a0f2-0000-7000-8000-000000000001".parse().unwrap(),
        application: ApplicationNo::try_from("AP-20261123-7K3M9QX2RD4F".to_owned()).unwrap(),
        material: serde_json::from_str("\"PSB-APR-004-M01\"").unwrap(),
        media_type: MediaType::Xlsx,
        size: 48_213,
        sha256: Digest::of(b"a workbook"),
        announced_by: PersonId::try_from("agent-1".to_owned()).unwrap(),
        announced_at: Instant::from_unix_seconds(1_795_420_800),
        state: PaperState::Awaiting,
        examined_at: None,
        reasons: Vec::new(),
        reused: None,
        kept: None,
    }
}

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
}

fn presigning(lifetime: Duration) -> PresigningConfig {
    PresigningConfig::builder()
        .start_time(now())
        .expires_in(lifetime)
        .build()
        .unwrap()
}

/// The parts of a link in an order that does not matter: S3 sorts them before it checks.
fn parts(url: &str) -> (String, Vec<(String, String)>) {
    let url = Url::parse(url).unwrap();
    let mut query: Vec<_> = url.query_pairs().into_owned().collect();
    query.sort();
    (url.origin().ascii_serialization() + url.path(), query)
}

fn assert_same(link: &Link, theirs: &PresignedRequest) {
    assert_eq!(link.method, theirs.method());
    assert_eq!(parts(&link.url), parts(theirs.uri()));
    let mut ours = link.headers.clone();
    ours.sort();
    let mut headers: Vec<_> = theirs
        .headers()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    headers.sort();
    assert_eq!(ours, headers);
}

#[tokio::test]
async fn links_are_what_the_s3_client_presigns() {
    let document = document();
    for (region, endpoint, session) in [
        ("us-east-1", None, None),
        ("us-east-1", None, Some("IQoJb3JpZ2luX2VjE//+=session")),
        ("cn-north-1", None, Some("session")),
        ("us-east-1", Some("http://127.0.0.1:4566"), Some("session")),
    ] {
        let documents = documents(region, endpoint, session);
        let put = documents
            .aws
            .s3()
            .put_object()
            .bucket(&documents.bucket)
            .key(quarantine_key(&document.application, document.id))
            .content_length(i64::try_from(document.size).unwrap())
            .content_type(document.media_type.as_str())
            .checksum_sha256(STANDARD.encode(document.sha256.as_bytes()))
            .presigned(presigning(UPLOAD_LINK))
            .await
            .unwrap();
        let link = documents.upload_link_from(&document, now()).await.unwrap();
        assert_same(&link, &put);

        let get = documents
            .aws
            .s3()
            .get_object()
            .bucket(&documents.bucket)
            .key(clean_key(&document.application, document.id))
            .response_content_disposition("attachment")
            .response_content_type(document.media_type.as_str())
            .presigned(presigning(READ_LINK))
            .await
            .unwrap();
        let link = documents.read_link_from(&document, now()).await.unwrap();
        assert_same(&link, &get);
    }
}
