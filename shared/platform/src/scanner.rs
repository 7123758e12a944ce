//! The malware scanner (恶意代码检测). While it is silent papers wait: none is called clean unscanned.
//!
//! # Contract
//!
//! `POST {base}/scan` with `Content-Type: application/octet-stream`; the body is the file, up to 20 MiB,
//! and nothing says whose it is or what it is called. The scanner answers within 8 seconds with 200 and
//! `{"sha256": "…", "verdict": "clean"}`, or `"infected"`: the digest, in lower-case hexadecimal, of what
//! it scanned, so that an answer about something else is none. It may say more, which is not read. Any
//! other answer is no verdict. It must not keep the file.

use std::time::Duration;

use bytes::Bytes;
use domain::chain::Digest;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;

use crate::config::Config;
use crate::error::PlatformError;
use crate::outside::{self, LazyClient};

/// How long the scanner may take for a file, and for it to get there.
pub const TIME_LIMIT: Duration = Duration::from_secs(8);
/// How long its answer may be, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// What the scanner says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It found nothing.
    Clean,
    /// It found malware.
    Infected,
}

/// A malware scanner.
pub trait MalwareScanner {
    /// What it says of the file `bytes` with the digest `sha256`; none where it is silent.
    fn scan(&self, bytes: Bytes, sha256: Digest) -> impl Future<Output = Option<Verdict>> + Send;
}

/// The scanner over HTTP.
#[derive(Debug)]
pub struct HttpScanner {
    base: String,
    plain_http: bool,
    client: LazyClient,
}

#[derive(Deserialize)]
struct Answer {
    sha256: Digest,
    verdict: Verdict,
}

impl HttpScanner {
    /// The scanner that `config` names.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without `MALWARE_SCANNER_URL`.
    pub fn new(config: &Config) -> Result<Self, PlatformError> {
        let url = config.malware_scanner_url.as_ref();
        let base = Config::require(url, "MALWARE_SCANNER_URL")?;
        Ok(Self {
            base: base.trim_end_matches('/').to_owned(),
            plain_http: config.stage.may_be_simulated(),
            client: LazyClient::new(TIME_LIMIT),
        })
    }

    /// The same, which may take `limit` for a file.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        let client = LazyClient::new(limit);
        Self { client, ..self }
    }

    async fn ask(&self, bytes: Bytes, sha256: Digest) -> Result<Verdict, String> {
        let text = format!("{}/scan", self.base);
        let address = outside::address(&text, self.plain_http)
            .ok_or("its address is none that may be asked")?;
        let client = self.client.get().map_err(|error| error.to_string())?;
        let answer = client
            .post(address)
            .header(CONTENT_TYPE, "application/octet-stream")
            .body(bytes)
            .send()
            .await
            .map_err(|error| error.without_url().to_string())?;
        let status = answer.status();
        if status != reqwest::StatusCode::OK {
            return Err(format!("status {status}"));
        }
        let body = outside::body(answer, LONGEST_ANSWER)
            .await
            .map_err(|error| error.without_url().to_string())?
            .ok_or("its answer is too long")?;
        let answer: Answer =
            serde_json::from_slice(&body).map_err(|_| "its answer is not of its protocol")?;
        if answer.sha256 != sha256 {
            return Err("it answered about another file".to_owned());
        }
        Ok(answer.verdict)
    }
}

impl MalwareScanner for HttpScanner {
    async fn scan(&self, bytes: Bytes, sha256: Digest) -> Option<Verdict> {
        match self.ask(bytes, sha256).await {
            Ok(verdict) => Some(verdict),
            Err(fault) => {
                tracing::warn!(fault, "the malware scanner gave no verdict");
                None
            }
        }
    }
}
