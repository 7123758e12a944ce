//! The registers of other authorities. When one is silent, work waits or a person looks: nobody is
//! refused for it.

mod enterprise;
mod vehicle;

pub use enterprise::{EnterpriseRegister, HttpRegister};
pub use vehicle::{HttpVehicleRegister, VehicleRegister};

use std::time::Duration;

use reqwest::{Client, RequestBuilder, StatusCode, Url};

use crate::config::Config;
use crate::outside::{self, LazyClient};

/// How long a register may take.
const TIME_LIMIT: Duration = Duration::from_secs(3);
/// How long its answer may be, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// A register over HTTP.
#[derive(Debug)]
struct Remote {
    base: String,
    plain_http: bool,
    client: LazyClient,
}

impl Remote {
    /// The register at `base`, which on the stages of stand-ins may be asked over plain HTTP.
    fn new(base: &str, config: &Config) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            plain_http: config.stage.may_be_simulated(),
            client: LazyClient::new(TIME_LIMIT),
        }
    }

    /// What it answers to the request that `ask` makes to `path`; what went wrong, in words that name
    /// nobody, where it does not answer.
    async fn ask(
        &self,
        path: &str,
        ask: impl FnOnce(&Client, Url) -> RequestBuilder + Send,
    ) -> Result<(StatusCode, Vec<u8>), String> {
        let address = outside::address(&format!("{}{path}", self.base), self.plain_http)
            .ok_or("its address is none that may be asked")?;
        let client = self.client.get().map_err(|error| error.to_string())?;
        let answer = ask(client, address)
            .send()
            .await
            .map_err(|error| error.without_url().to_string())?;
        let status = answer.status();
        let body = outside::body(answer, LONGEST_ANSWER)
            .await
            .map_err(|error| error.without_url().to_string())?
            .ok_or("its answer is too long")?;
        Ok((status, body))
    }
}
