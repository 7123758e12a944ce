//! Finding cases by a hash: those that name a person, and those about the same matter.

use domain::application::Application;
use domain::ids::{ApplicationNo, PersonId};
use domain::item::ItemCode;
use domain::unit::UnitId;
use serde::{Deserialize, Serialize};

use super::Cases;
use super::stored::Restriction;
use crate::error::PlatformError;
use crate::table::item::insert_text;
use crate::table::{Attributes, Key, PageRequest, Record, Stored, item, keys};
use crate::vault::SearchHash;

/// By how many identifiers a case can be found at the most: what a transaction has room for beside
/// the case and its papers.
pub const MOST_SEARCH_ITEMS: usize = 40;
/// How many cases one search finds at the most. Each is read with the mark of its restriction, in one
/// batch of 100 items.
pub const MOST_FOUND: usize = 40;
/// How many pages of 100 a search looks through, where other units have most of a person's cases.
const PAGES: usize = 5;

/// That a case names somebody, or what it is about, as it lies under the hash of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SearchItem {
    /// The unit it was submitted to.
    unit: UnitId,
    /// What is applied for.
    item: ItemCode,
    /// Who filed it, by whom an erasure finds this item.
    subject: PersonId,
}

impl Stored for SearchItem {
    const TYPE: &'static str = "search";
    const SCHEMA: u32 = 1;
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The cases, newest first by the day on which they were opened.
    pub cases: Vec<Record<Application>>,
    /// Whether there may be older ones that were not looked at.
    pub more: bool,
}

/// The item that lets `application`, filed by `subject`, be found by `hash`.
pub(super) fn search_item(
    hash: &SearchHash,
    application: &Application,
    subject: &PersonId,
) -> Result<Attributes, PlatformError> {
    let key = Key::search(hash, &application.number);
    let body = SearchItem {
        unit: application.unit.clone(),
        item: application.item.code,
        subject: subject.clone(),
    };
    let mut stored = item::write(&key, 1, &body)?;
    insert_text(&mut stored, "subject", keys::subject(subject));
    // Behind the case's data key, which sorts first.
    let sort = format!("{}#{}", key.sk, key.pk);
    insert_text(&mut stored, "subject_sort", sort);
    Ok(stored)
}

impl<V> Cases<V> {
    /// The cases of `unit` that name what `hash` stands for, newest first. Those whose personal data
    /// is restricted are not among them.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn found_by(&self, hash: &SearchHash, unit: &UnitId) -> Result<Found, PlatformError> {
        let (numbers, more) = self
            .numbers_under(hash, |found| found.unit == *unit)
            .await?;
        if numbers.is_empty() {
            let cases = Vec::new();
            return Ok(Found { cases, more });
        }

        let wanted = numbers
            .iter()
            .flat_map(|number| [Key::state(number), Key::restriction(number)]);
        let snapshot = self.table.read(wanted).await?;
        let mut cases = Vec::with_capacity(numbers.len());
        for number in &numbers {
            let restricted = snapshot.read::<Restriction>(&Key::restriction(number))?;
            let state = snapshot.read::<Application>(&Key::state(number))?;
            cases.extend(state.filter(|state| restricted.is_none() && state.body.unit == *unit));
        }
        Ok(Found { cases, more })
    }

    /// The cases about the matter that `hash` stands for, but the case `of` itself, newest first: of every
    /// unit, and as of every submission answered before.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn others_about(
        &self,
        hash: &SearchHash,
        of: &ApplicationNo,
    ) -> Result<Found, PlatformError> {
        let (mut numbers, more) = self.numbers_under(hash, |_| true).await?;
        numbers.retain(|number| number != of);
        if numbers.is_empty() {
            let cases = Vec::new();
            return Ok(Found { cases, more });
        }
        let states = numbers.iter().map(Key::state);
        let snapshot = self.table.read(states).await?;
        let mut cases = Vec::with_capacity(numbers.len());
        for number in &numbers {
            cases.extend(snapshot.read::<Application>(&Key::state(number))?);
        }
        Ok(Found { cases, more })
    }

    /// The numbers of the `wanted` cases under `hash`, newest first, at most [`MOST_FOUND`], and whether
    /// there may be more.
    async fn numbers_under(
        &self,
        hash: &SearchHash,
        wanted: impl Fn(&SearchItem) -> bool,
    ) -> Result<(Vec<ApplicationNo>, bool), PlatformError> {
        let mut numbers = Vec::new();
        let mut start = None;
        for _ in 0..PAGES {
            let page = self
                .table
                .query(PageRequest {
                    partition_name: "pk",
                    partition: keys::search_partition(hash),
                    sort_name: "sk",
                    descending: true,
                    limit: 100,
                    consistent: true,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            for found in &page.items {
                let wanted = wanted(&item::read::<SearchItem>(found)?.body);
                let number = item::text(found, "sk").and_then(keys::case_of);
                numbers.extend(number.filter(|_| wanted));
            }
            start = page.next;
            if start.is_none() || numbers.len() > MOST_FOUND {
                break;
            }
        }
        let more = start.is_some() || numbers.len() > MOST_FOUND;
        numbers.truncate(MOST_FOUND);
        Ok((numbers, more))
    }
}
