//! The key sets of the trusted issuers are fetched, so that no function that answers people has to.

use domain::instant::Instant;
use futures_util::future::join_all;
use platform::config::Issuer;
use platform::error::PlatformError;
use platform::key_sets::KeySet;
use serde::Serialize;

use crate::issuer::IssuerFault;
use crate::key_document::usable_keys;
use crate::{Answer, Timers, TimersError};

/// An issuer whose key set was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refreshed {
    /// The issuer.
    pub issuer: String,
    /// How many usable keys its set has.
    pub keys: usize,
}

impl Timers {
    /// Fetches all issuers' sets at once. An issuer that fails stops none of the others, and keeps
    /// the set it has.
    pub(crate) async fn refresh_key_sets(&self, now: Instant) -> Result<Answer, TimersError> {
        let trusted = &self.config.issuers;
        if trusted.is_empty() {
            let missing = "TRUSTED_ISSUERS names no issuer".to_owned();
            return Err(PlatformError::Configuration(missing).into());
        }
        let refreshing = trusted.iter().map(|issuer| self.refresh(issuer, now));
        let mut issuers = Vec::with_capacity(trusted.len());
        let mut faults = Vec::new();
        for (issuer, outcome) in trusted.iter().zip(join_all(refreshing).await) {
            let issuer = issuer.issuer.clone();
            match outcome {
                Ok(keys) => issuers.push(Refreshed { issuer, keys }),
                Err(fault) => faults.push(format!("{issuer}: {fault}")),
            }
        }
        if faults.is_empty() {
            Ok(Answer::RefreshKeySets { issuers })
        } else {
            Err(TimersError::KeySetsNotRefreshed(faults.join("; ")))
        }
    }

    async fn refresh(&self, issuer: &Issuer, now: Instant) -> Result<usize, IssuerFault> {
        let keys = usable_keys(&self.issuers.key_document(&issuer.issuer).await?)?;
        let count = keys.keys.len();
        let jwks = serde_json::to_string(&keys).map_err(|_| IssuerFault::NoKeySet)?;
        let set = KeySet {
            issuer: issuer.issuer.clone(),
            fetched_at: now,
            jwks,
        };
        self.key_sets.store(&set).await?;
        Ok(count)
    }
}
