//! What is a person's own: their mandates, and the invitations that wait for them.

use domain::enterprise::Enterprise;
use domain::ids::PersonId;
use domain::mandate::{Invitation, Mandate};
use futures_util::future::try_join_all;

use super::Accounts;
use crate::error::PlatformError;
use crate::table::{Key, PageRequest, Table, item, keys};

/// The most items of one kind that a person is shown.
const MOST: i32 = 100;

/// A person's mandates and invitations, with the enterprises they are for.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// The mandates, ended ones too.
    pub mandates: Vec<Mandate>,
    /// The invitations that were not answered.
    pub invitations: Vec<Invitation>,
    /// The enterprises.
    pub enterprises: Vec<Enterprise>,
}

impl Accounts {
    /// What is the own of `person`, who may be invited by any of `invitees`: one query for each, at
    /// once, and one read of what they find.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn own(&self, person: &PersonId, invitees: &[String]) -> Result<Own, PlatformError> {
        let mandates = std::iter::once((keys::subject(person), "ENT#"));
        let invitations = invitees
            .iter()
            .map(|hash| (keys::invitee(hash), keys::INVITATIONS));
        let queries = mandates
            .chain(invitations)
            .map(|(subject, sort)| found(&self.table, subject, sort));
        let items: Vec<Key> = try_join_all(queries).await?.into_iter().flatten().collect();
        let enterprises = items.iter().map(|key| Key {
            pk: key.pk.clone(),
            sk: "PROFILE".to_owned(),
        });
        let mut all: Vec<Key> = items.iter().cloned().chain(enterprises).collect();
        all.sort_unstable();
        all.dedup();
        if all.is_empty() {
            return Ok(Own::default());
        }

        let snapshot = self.table.read(all.iter().cloned()).await?;
        let mut own = Own::default();
        for key in &all {
            if key.sk == "PROFILE" {
                own.enterprises
                    .extend(snapshot.read::<Enterprise>(key)?.map(|record| record.body));
            } else if key.sk.starts_with(keys::MANDATES) {
                own.mandates
                    .extend(snapshot.read::<Mandate>(key)?.map(|record| record.body));
            } else {
                own.invitations
                    .extend(snapshot.read::<Invitation>(key)?.map(|record| record.body));
            }
        }
        Ok(own)
    }
}

async fn found(table: &Table, subject: String, sort: &str) -> Result<Vec<Key>, PlatformError> {
    let page = table
        .query(PageRequest {
            index: Some("by_subject"),
            partition_name: "subject",
            partition: subject,
            sort_name: "subject_sort",
            begins_with: Some(sort.to_owned()),
            limit: MOST,
            ..PageRequest::default()
        })
        .await?;
    let key = |found: &crate::table::Attributes| {
        let part = |name| item::text(found, name).unwrap_or_default().to_owned();
        Key {
            pk: part("pk"),
            sk: part("sk"),
        }
    };
    Ok(page.items.iter().map(key).collect())
}
