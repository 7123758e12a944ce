//! What is a person's own: their mandates, their claims, and the invitations that wait for them.

use std::collections::BTreeSet;

use domain::enterprise::{Claim, Enterprise};
use domain::ids::PersonId;
use domain::mandate::{Invitation, Mandate};
use futures_util::future::try_join_all;
use serde::de::DeserializeOwned;

use super::Accounts;
use crate::error::PlatformError;
use crate::table::{Attributes, Key, PageRequest, Snapshot, Stored, Table, item, keys};

/// The most mandates and claims, and the most invitations to one of their identifiers, that a person is
/// shown.
const MOST: i32 = 100;

/// A person's mandates, claims and invitations, with the enterprises they are for.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// The mandates, ended ones too.
    pub mandates: Vec<Mandate>,
    /// The claims to be a legal representative, answered ones too.
    pub claims: Vec<Claim>,
    /// The invitations that were not answered.
    pub invitations: Vec<Invitation>,
    /// The enterprises.
    pub enterprises: Vec<Enterprise>,
    /// Whether there is more than is shown.
    pub more: bool,
}

impl Accounts {
    /// What is the own of `person`, who may be invited by any of `invitees`: one query for each, at
    /// once, and one read of what they find.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn own(&self, person: &PersonId, invitees: &[String]) -> Result<Own, PlatformError> {
        let theirs = std::iter::once((keys::subject(person), keys::ENTERPRISES));
        let invitations = invitees
            .iter()
            .map(|hash| (keys::invitee(hash), keys::INVITATIONS));
        let queries = theirs
            .chain(invitations)
            .map(|(subject, sort)| found(&self.table, subject, sort));
        let pages = try_join_all(queries).await?;
        let more = pages.iter().any(|page| page.more);
        let items: BTreeSet<Key> = pages.into_iter().flat_map(|page| page.keys).collect();
        if items.is_empty() {
            return Ok(Own::default());
        }
        let enterprises: BTreeSet<Key> = items
            .iter()
            .filter_map(|key| keys::enterprise_of(&key.pk))
            .map(|uscc| Key::enterprise(&uscc))
            .collect();

        let all = items.iter().chain(&enterprises).cloned();
        let snapshot = self.table.read(all).await?;
        let of = |prefix: &'static str| items.iter().filter(move |key| key.sk.starts_with(prefix));
        Ok(Own {
            mandates: bodies(&snapshot, of(keys::MANDATES))?,
            claims: bodies(&snapshot, of(keys::CLAIMS))?,
            invitations: bodies(&snapshot, of(keys::INVITATIONS))?,
            enterprises: bodies(&snapshot, enterprises.iter())?,
            more,
        })
    }
}

/// What lies at `keys`.
fn bodies<'a, T: Stored + DeserializeOwned>(
    snapshot: &Snapshot,
    keys: impl Iterator<Item = &'a Key>,
) -> Result<Vec<T>, PlatformError> {
    let mut bodies = Vec::new();
    for key in keys {
        bodies.extend(snapshot.read::<T>(key)?.map(|record| record.body));
    }
    Ok(bodies)
}

/// Where items of a person lie.
struct Found {
    keys: Vec<Key>,
    more: bool,
}

async fn found(table: &Table, subject: String, sort: &str) -> Result<Found, PlatformError> {
    let page = table
        .query(PageRequest {
            index: Some("by_subject"),
            partition_name: "subject",
            partition: subject,
            sort_name: "subject_sort",
            begins_with: Some(sort.to_owned()),
            limit: MOST + 1,
            ..PageRequest::default()
        })
        .await?;
    let key = |found: &Attributes| {
        let part = |name| item::text(found, name).unwrap_or_default().to_owned();
        Key {
            pk: part("pk"),
            sk: part("sk"),
        }
    };
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    Ok(Found {
        keys: page.items.iter().take(most).map(key).collect(),
        more: page.items.len() > most,
    })
}
