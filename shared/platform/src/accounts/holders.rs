//! Who acts for an enterprise, and who holds a post in a unit.

use domain::identifiers::Uscc;
use domain::ids::OfficerId;
use domain::mandate::Mandate;
use domain::officer::{Officer, Post};
use domain::unit::UnitId;

use super::Accounts;
use crate::error::PlatformError;
use crate::table::{PageRequest, item, keys};

impl Accounts {
    /// The mandates for `enterprise`, those that ended too.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or a mandate cannot be read.
    pub async fn mandates_of(&self, enterprise: &Uscc) -> Result<Vec<Mandate>, PlatformError> {
        let mut mandates = Vec::new();
        let mut start = None;
        loop {
            let page = self
                .table
                .query(PageRequest {
                    partition_name: "pk",
                    partition: keys::owner(enterprise),
                    sort_name: "sk",
                    begins_with: Some(keys::MANDATES.to_owned()),
                    limit: 100,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            for found in &page.items {
                mandates.push(item::read::<Mandate>(found)?.body);
            }
            start = page.next;
            if start.is_none() {
                return Ok(mandates);
            }
        }
    }

    /// The officers in office who hold `post` in `unit`.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an officer cannot be read.
    pub async fn holders_of(
        &self,
        unit: &UnitId,
        post: Post,
    ) -> Result<Vec<OfficerId>, PlatformError> {
        let mut holders = Vec::new();
        let mut start = None;
        loop {
            let (officers, next) = self.of_unit::<Officer>(unit, 100, start).await?;
            let officers = officers.into_iter().map(|record| record.body);
            let holding = officers.filter(|officer| officer.active && officer.holds(post));
            holders.extend(holding.map(|officer| officer.id));
            start = next;
            if start.is_none() {
                return Ok(holders);
            }
        }
    }
}
