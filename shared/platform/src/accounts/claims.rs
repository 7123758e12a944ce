//! Claims to be the legal representative of an enterprise.

use domain::enterprise::Claim;
use domain::identifiers::Uscc;

use super::{Accounts, Asked};
use crate::authority::Principal;
use crate::error::PlatformError;
use crate::table::Key;

/// A claim as one read found it.
#[derive(Clone, Debug)]
pub struct ClaimFile {
    /// What the request is judged by.
    pub asked: Asked,
    /// The claim of who asks, if they made one.
    pub claim: Option<Claim>,
}

impl Accounts {
    /// Reads the claim that `principal` made to the enterprise `uscc`, in one round trip.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn claim(
        &self,
        uscc: &Uscc,
        principal: &Principal,
    ) -> Result<ClaimFile, PlatformError> {
        let key = match principal {
            Principal::Person { person, .. } | Principal::Agent { person, .. } => {
                Some(Key::claim(uscc, person))
            }
            Principal::Officer(_) => None,
        };
        let judging = Self::judging(Some(principal), None).into_iter();
        let snapshot = self.table.read(judging.chain(key.clone())).await?;
        let claim = match &key {
            Some(key) => snapshot.read::<Claim>(key)?,
            None => None,
        };
        Ok(ClaimFile {
            asked: self.asked(&snapshot, Some(principal), None).await?,
            claim: claim.map(|record| record.body),
        })
    }
}
