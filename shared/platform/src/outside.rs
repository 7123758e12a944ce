//! Systems outside the platform, spoken to over HTTP with the public roots and a time limit.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

/// A client could not be built.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client could not be built: {0}")]
pub struct NoClient(String);

/// A client that trusts the public roots, gives each answer `limit`, and goes where it is told and
/// nowhere else: neither to where it is sent on, nor by way of a proxy that the environment names.
///
/// # Errors
/// [`NoClient`].
pub fn client(limit: Duration) -> Result<Client, NoClient> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| NoClient(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(limit)
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .map_err(|error| NoClient(error.to_string()))
}

/// A [`client`] that is built when it is first needed. One that could not be built is tried again.
#[derive(Debug)]
pub struct LazyClient {
    limit: Duration,
    built: OnceLock<Client>,
}

impl LazyClient {
    /// The client that will give each answer `limit`.
    pub fn new(limit: Duration) -> Self {
        Self {
            limit,
            built: OnceLock::new(),
        }
    }

    /// The client.
    ///
    /// # Errors
    /// [`NoClient`].
    pub fn get(&self) -> Result<&Client, NoClient> {
        if let Some(client) = self.built.get() {
            return Ok(client);
        }
        let built = client(self.limit)?;
        Ok(self.built.get_or_init(|| built))
    }
}

/// The address that `text` is, if it may be asked: https, or `plain_http` to stand-ins.
pub fn address(text: &str, plain_http: bool) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(|url| url.scheme() == "https" || (plain_http && url.scheme() == "http"))
}

/// The body of `answer`; none where it is longer than `longest` bytes.
///
/// # Errors
/// What the connection reports.
pub async fn body(mut answer: Response, longest: usize) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > longest {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}
