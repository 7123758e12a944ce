use domain::enterprise::{Entry, EntryState, Registry};
use domain::identifiers::Uscc;
use domain::ids::PersonId;
use domain::unit::RegionCode;
use reqwest::StatusCode;
use serde::Deserialize;

use super::Remote;
use crate::config::Config;
use crate::error::PlatformError;

/// The enterprise register (企业登记信息).
pub trait EnterpriseRegister {
    /// What it says of the enterprise `uscc`.
    fn entry(&self, uscc: &Uscc) -> impl Future<Output = Registry> + Send;
}

/// The register over HTTP: `GET {base}/enterprises/{uscc}`.
#[derive(Debug)]
pub struct HttpRegister(Remote);

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
        Ok(Self(Remote::new(base, config)))
    }

    async fn ask(&self, uscc: &Uscc) -> Result<Registry, String> {
        let path = format!("/enterprises/{}", uscc.as_str());
        let (status, body) = self.0.ask(&path, reqwest::Client::get).await?;
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
