//! Authorisation codes: 256 random bits that stand for a login, for a minute and once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::instant::Instant;
use platform::table::{CommitError, Guard, Key, Part, Stored, Transaction, item};
use serde::{Deserialize, Serialize};
use web::Problem;

use super::Provider;
use crate::Sandbox;

/// Seconds for which a code holds.
pub(super) const CODE_LIFETIME_SECONDS: i64 = 60;

/// A login that its client has not yet fetched the tokens of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Login {
    /// With which provider.
    pub(super) provider: Provider,
    /// Who logged in.
    pub(super) account: String,
    /// For which client.
    pub(super) client_id: String,
    /// Where the code was sent.
    pub(super) redirect_uri: String,
    /// The SHA-256 digest, in base 64, of the secret that only the client knows.
    pub(super) code_challenge: String,
    /// What the client wants to find in the ID token.
    pub(super) nonce: String,
    /// When.
    pub(super) at: Instant,
}

impl Stored for Login {
    const TYPE: &'static str = "sandbox_login";
    const SCHEMA: u32 = 1;
}

impl Login {
    /// Keeps the login and returns the code for it.
    pub(super) async fn keep(&self, sandbox: &Sandbox) -> Result<String, Problem> {
        let code = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let stored = item::write(&key(&code), 1, self)?;
        let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::Absent);
        sandbox.table.commit(write).await?;
        Ok(code)
    }

    /// The login that `code` stands for, which it does from now on no more; `None` where it does not,
    /// no longer or not for this provider.
    pub(super) async fn take(
        sandbox: &Sandbox,
        provider: Provider,
        code: &str,
    ) -> Result<Option<Self>, Problem> {
        if !is_code(code) {
            return Ok(None);
        }
        let key = key(code);
        let Some(kept) = sandbox
            .table
            .read([key.clone()])
            .await?
            .read::<Self>(&key)?
        else {
            return Ok(None);
        };
        let guard = Guard::Version(kept.version);
        let take = Transaction::new().delete(&sandbox.table, Part::State, &key, guard);
        match sandbox.table.commit(take).await {
            Ok(()) => {}
            // Somebody else took it in between.
            Err(CommitError::Guards(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let login = kept.body;
        let in_time = (sandbox.now)().seconds_since(login.at) < CODE_LIFETIME_SECONDS;
        Ok((in_time && login.provider == provider).then_some(login))
    }
}

fn is_code(text: &str) -> bool {
    URL_SAFE_NO_PAD
        .decode(text)
        .is_ok_and(|bytes| bytes.len() == 32)
}

fn key(code: &str) -> Key {
    Key::stand_in("oidc", &format!("CODE#{code}"))
}
