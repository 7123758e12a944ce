//! What the handlers work with.

use std::sync::Arc;

use axum::extract::FromRef;
use platform::aws::Aws;
use platform::cases::{Cases, NoVault};
use platform::config::Config;
use platform::error::PlatformError;
use platform::figures::Figures;
use platform::key_sets::KeySets;
use platform::table::Table;
use platform::vault::Vault;
use web::token::TokenVerifier;

/// The state of the function, built once per environment.
#[derive(Clone, Debug)]
pub struct App {
    /// Cases, whose forms stay sealed here.
    pub(crate) cases: Cases<NoVault>,
    /// Counters.
    pub(crate) figures: Figures,
    /// Signs cursors.
    pub(crate) vault: Arc<Vault>,
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
            cases: Cases::sealed(table.clone()),
            figures: Figures::new(table),
            vault,
            verifier: Arc::new(verifier),
        })
    }
}

impl FromRef<App> for Arc<TokenVerifier> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.verifier)
    }
}
