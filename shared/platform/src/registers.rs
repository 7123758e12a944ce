//! The registers of other authorities. When one is silent, work waits: nobody is refused for it.

use std::time::Duration;

use domain::enterprise::{Entry, EntryState, Registry};
use domain::identifiers::Uscc;
use domain::ids::PersonId;
use domain::unit::RegionCode;
use reqwest::StatusCode;
use serde::Deserialize;

use crate::config::Config;
use crate::error::PlatformError;
use crate::outside::{self, LazyClient};

/// How long the register may take.
const TIME_LIMIT: Duration = Duration::from_secs(3);
/// How long its answer may be, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

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
    client: LazyClient,
}

#[derive(Deserialize)]
struct Answer {
    uscc: Uscc,
    name: Name,
    legal_representative: PersonId,
    region: RegionCode,
    state: EntryState,
}

#[derive(Deserialize)]
struct NotThere {
    code: String,
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
            client: LazyClient::new(TIME_LIMIT),
        })
    }

    async fn ask(&self, uscc: &Uscc) -> Result<Registry, String> {
        let text = format!("{}/enterprises/{}", self.base, uscc.as_str());
        let address = outside::address(&text, self.plain_http)
            .ok_or("its address is none that may be asked")?;
        let client = self.client.get().map_err(|error| error.to_string())?;
        let answer = client
            .get(address)
            .send()
            .await
            .map_err(|error| error.without_url().to_string())?;
        let status = answer.status();
        let body = outside::body(answer, LONGEST_ANSWER)
            .await
            .map_err(|error| error.without_url().to_string())?
            .ok_or("its answer is too long")?;
        if status == StatusCode::NOT_FOUND {
            // The register says so by a code; whatever else answers on its way does not.
            return match serde_json::from_slice(&body) {
                Ok(NotThere { code }) if code == "not_found" => Ok(Registry::KnowsNothing),
                _ => Err("status 404, not from the register".to_owned()),
            };
        }
        if !status.is_success() {
            return Err(format!("status {status}"));
        }
        let answer: Answer = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
        if answer.uscc != *uscc {
            return Err("it answered about another enterprise".to_owned());
        }
        Ok(Registry::Knows(Entry {
            name: answer.name.zh,
            region: answer.region,
            legal_representative: answer.legal_representative,
            state: answer.state,
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
