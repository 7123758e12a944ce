//! What the handlers work with.

use std::sync::Arc;

use axum::extract::FromRef;
use platform::accounts::Accounts;
use platform::aws::Aws;
use platform::config::Config;
use platform::error::PlatformError;
use platform::key_sets::KeySets;
use platform::registers::HttpRegister;
use platform::table::Table;
use platform::vault::Vault;
use web::token::TokenVerifier;

/// The state of the function, built once per environment.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) accounts: Accounts,
    /// Hashes identifiers and signs cursors.
    pub(crate) vault: Arc<Vault>,
    /// The enterprise register.
    pub(crate) register: Arc<HttpRegister>,
    verifier: Arc<TokenVerifier>,
}

impl App {
    /// The state for `config`.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] naming what is missing.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Result<Self, PlatformError> {
        let table = Table::new(Arc::clone(&aws), config);
        let vault = Arc::new(Vault::new(aws, table.clone(), config)?);
        let verifier = TokenVerifier::new(config.issuers.clone(), KeySets::new(table.clone()));
        Ok(Self {
            accounts: Accounts::new(table),
            vault,
            register: Arc::new(HttpRegister::new(config)?),
            verifier: Arc::new(verifier),
        })
    }
}

impl FromRef<App> for Arc<TokenVerifier> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.verifier)
    }
}
