//! A branch key is replaced before its quarter ends, as when it may have become known.

use serde::Serialize;

use crate::{Answer, Timers, TimersError};

/// What a rotation did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// The name of the new key, which wraps what is new within ten minutes.
    pub branch: String,
}

impl Timers {
    pub(crate) async fn rotate_branch_key(&self) -> Result<Answer, TimersError> {
        let now = self.table.now().await?;
        let branch = self.vault.rotate_branch(now).await?.to_string();
        Ok(Answer::RotateBranchKey(Rotated { branch }))
    }
}
