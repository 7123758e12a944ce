//! The registers of other authorities. When one is silent, work waits: nobody is refused for it.

use std::sync::OnceLock;
use std::time::Duration;

use domain::enterprise::{Entry, Registry};
use domain::identifiers::Uscc;
use domain::ids::PersonId;
use domain::unit::RegionCode;
use reqwest::{Client, StatusCode};
use serde::Deserialize;

use crate::config::Config;
use crate::error::PlatformError;
use crate::outside;

/// How long the register may take.
const TIME_LIMIT: Duration = Duration::from_secs(3);

/// The enterprise register (企业登记信息).
pub trait EnterpriseRegister {
    /// What it says of the enterprise `uscc`.
    fn entry(&self, uscc: &Uscc) -> impl Future<Output = Registry> + Send;
}

/// The register over HTTP: `GET {base}/enterprises/{uscc}`.
#[derive(Debug)]
pub struct HttpRegister {
    base: String,
    plain_http: bool,
    client: OnceLock<Option<Client>>,
}

#[derive(Deserialize)]
struct Answer {
    uscc: Uscc,
    name: Name,
    legal_representative: PersonId,
    region: RegionCode,
    state: String,
}

#[derive(Deserialize)]
struct Name {
    zh: String,
}

impl HttpRegister {
    /// The register that `config` names.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without `ENTERPRISE_REGISTER_URL`.
    pub fn new(config: &Config) -> Result<Self, PlatformError> {
        let url = config.enterprise_register_url.as_ref();
        let base = Config::require(url, "ENTERPRISE_REGISTER_URL")?;
        Ok(Self {
            base: base.trim_end_matches('/').to_owned(),
            plain_http: config.stage.may_be_simulated(),
            client: OnceLock::new(),
        })
    }

    async fn ask(&self, uscc: &Uscc) -> Result<Registry, String> {
        let text = format!("{}/enterprises/{}", self.base, uscc.as_str());
        let address = outside::address(&text, self.plain_http)
            .ok_or("its address is none that may be asked")?;
        let client = self
            .client
            .get_or_init(|| outside::client(TIME_LIMIT).ok())
            .as_ref()
            .ok_or("no client")?;
        let answer = client
            .get(address)
            .send()
            .await
            .map_err(|error| error.without_url().to_string())?;
        match answer.status() {
            StatusCode::NOT_FOUND => return Ok(Registry::KnowsNothing),
            status if !status.is_success() => return Err(format!("status {status}")),
            _ => {}
        }
        let answer: Answer = answer
            .json()
            .await
            .map_err(|error| error.without_url().to_string())?;
        if answer.uscc != *uscc {
            return Err("it answered about another enterprise".to_owned());
        }
        Ok(Registry::Knows(Entry {
            name: answer.name.zh,
            region: answer.region,
            legal_representative: answer.legal_representative,
            in_being: answer.state == "active",
        }))
    }
}

impl EnterpriseRegister for HttpRegister {
    async fn entry(&self, uscc: &Uscc) -> Registry {
        self.ask(uscc).await.unwrap_or_else(|fault| {
            tracing::warn!(fault, "the enterprise register gave no answer");
            Registry::Silent
        })
    }
}
