//! An issuer as OpenID Connect Discovery 1.0 shows it.

use std::time::Duration;

use platform::outside::{self, LazyClient, NoClient};
use platform::table::CommitError;
use reqwest::Url;
use serde::Deserialize;

/// How long an issuer may take for each of its two answers.
const TIME_LIMIT: Duration = Duration::from_secs(3);
/// How long each of them may be, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Why an issuer's keys could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssuerFault {
    /// The issuer, or its key set, is at no address that may be asked.
    #[error("{0} is no address that may be asked: it must be https")]
    Address(String),
    /// It did not answer in time, or not as HTTP asks.
    #[error("no answer from {address}: {detail}")]
    NoAnswer {
        /// Where it was asked.
        address: Url,
        /// What went wrong.
        detail: String,
    },
    /// The answer is too long.
    #[error("the answer from {0} is longer than {LONGEST_ANSWER} bytes")]
    TooLong(Url),
    /// The discovery document is none.
    #[error("the discovery document cannot be read: {0}")]
    NoDiscovery(serde_json::Error),
    /// The discovery document is another issuer's.
    #[error("the discovery document is that of {0}")]
    OtherIssuer(String),
    /// The key set is none.
    #[error("the key set cannot be read")]
    NoKeySet,
    /// No key of the set can be used.
    #[error("the key set has no key for RS256 or ES256 signatures")]
    NoUsableKey,
    /// The client could not be built.
    #[error(transparent)]
    Client(#[from] NoClient),
    /// The set could not be stored.
    #[error(transparent)]
    NotStored(#[from] CommitError),
}

/// The client that asks issuers.
#[derive(Debug)]
pub(crate) struct Issuers {
    client: LazyClient,
    plain_http: bool,
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

impl Issuers {
    /// Who asks them; `plain_http` lets it speak to stand-ins.
    pub(crate) fn new(plain_http: bool) -> Self {
        Self {
            client: LazyClient::new(TIME_LIMIT),
            plain_http,
        }
    }

    /// The key document of `issuer`, found by its discovery document.
    pub(crate) async fn key_document(&self, issuer: &str) -> Result<Vec<u8>, IssuerFault> {
        let base = issuer.trim_end_matches('/');
        let discovery = self.address(&format!("{base}/.well-known/openid-configuration"))?;
        let document = self.get(discovery).await?;
        let document: Discovery =
            serde_json::from_slice(&document).map_err(IssuerFault::NoDiscovery)?;
        if document.issuer != issuer {
            return Err(IssuerFault::OtherIssuer(document.issuer));
        }
        self.get(self.address(&document.jwks_uri)?).await
    }

    fn address(&self, text: &str) -> Result<Url, IssuerFault> {
        outside::address(text, self.plain_http).ok_or_else(|| IssuerFault::Address(text.to_owned()))
    }

    async fn get(&self, address: Url) -> Result<Vec<u8>, IssuerFault> {
        let no_answer = |error: reqwest::Error| IssuerFault::NoAnswer {
            address: address.clone(),
            detail: causes(&error.without_url()),
        };
        let client = self.client.get()?;
        let answer = client
            .get(address.clone())
            .send()
            .await
            .map_err(no_answer)?;
        if !answer.status().is_success() {
            let detail = format!("status {}", answer.status());
            return Err(IssuerFault::NoAnswer { address, detail });
        }
        let body = outside::body(answer, LONGEST_ANSWER)
            .await
            .map_err(no_answer)?;
        body.ok_or_else(|| IssuerFault::TooLong(address.clone()))
    }
}

/// `error` with what led to it, which its own text leaves out.
fn causes(error: &dyn std::error::Error) -> String {
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
