//! What the handlers work with.

use std::sync::Arc;

use axum::extract::FromRef;
use platform::aws::Aws;
use platform::cases::Cases;
use platform::config::Config;
use platform::documents::Documents;
use platform::error::PlatformError;
use platform::key_sets::KeySets;
use platform::table::Table;
use platform::vault::Vault;
use web::token::TokenVerifier;

/// The state of the function, built once per environment.
#[derive(Clone, Debug)]
pub struct App {
    /// Applications and drafts.
    pub(crate) cases: Cases,
    /// Their documents.
    pub(crate) documents: Arc<Documents>,
    verifier: Arc<TokenVerifier>,
}

impl App {
    /// The state for `config`.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] naming what is missing.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Result<Self, PlatformError> {
        let table = Table::new(Arc::clone(&aws), config);
        let vault = Arc::new(Vault::new(Arc::clone(&aws), table.clone(), config)?);
        let verifier = TokenVerifier::new(config.issuers.clone(), KeySets::new(table.clone()));
        Ok(Self {
            cases: Cases::new(table, vault),
            documents: Arc::new(Documents::new(aws, config)?),
            verifier: Arc::new(verifier),
        })
    }
}

impl FromRef<App> for Arc<TokenVerifier> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.verifier)
    }
}
