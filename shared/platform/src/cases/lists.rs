//! Lists of cases: an enterprise's, and a unit's work.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::Application;
use domain::draft::Draft;
use domain::identifiers::Uscc;
use domain::officer::Post;
use domain::unit::UnitId;

use super::Cases;
use crate::error::PlatformError;
use crate::table::{Attributes, Hands, Page, PageRequest, Record, Stored as _, item, keys};

/// How many pages of an index one answer may take to fill, where a filter leaves some out.
const PAGES: usize = 5;

/// One line of a list: a case that may still be a draft.
#[derive(Clone, Debug)]
pub enum CaseSummary {
    /// Not yet submitted.
    Draft(Record<Draft>),
    /// Submitted.
    Application(Box<Record<Application>>),
}

/// Which of a unit's work to list.
#[derive(Clone, Debug)]
pub struct WorkFilter {
    /// The unit.
    pub unit: UnitId,
    /// The post that acts next.
    pub post: Post,
    /// Only what is due before this date.
    pub due_before: Option<jiff::civil::Date>,
    /// Only what is in these hands.
    pub hands: Option<Hands>,
}

impl<V> Cases<V> {
    /// The cases of `enterprise`, newest first.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn of_enterprise(
        &self,
        enterprise: &Uscc,
        limit: i32,
        start: Option<Attributes>,
    ) -> Result<(Vec<CaseSummary>, Option<Attributes>), PlatformError> {
        let page = self
            .table
            .query(PageRequest {
                index: Some("by_owner"),
                partition_name: "owner",
                partition: keys::owner(enterprise),
                sort_name: "owner_sort",
                descending: true,
                limit,
                start,
                ..PageRequest::default()
            })
            .await?;
        let summaries = page.items.iter().map(|found| {
            if item::text(found, "type") == Some(Draft::TYPE) {
                item::read(found).map(CaseSummary::Draft)
            } else {
                item::read(found).map(|state| CaseSummary::Application(Box::new(state)))
            }
        });
        Ok((summaries.collect::<Result<_, _>>()?, page.next))
    }

    /// A unit's work for one post, most urgent first.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn work(
        &self,
        filter: &WorkFilter,
        limit: i32,
        start: Option<Attributes>,
    ) -> Result<(Vec<Record<Application>>, Option<Attributes>), PlatformError> {
        let mut found: Vec<Record<Application>> = Vec::new();
        let mut start = start;
        for _ in 0..PAGES {
            let left = limit - i32::try_from(found.len()).unwrap_or(limit);
            let Page { items, next } = self
                .table
                .query(PageRequest {
                    index: Some("by_work"),
                    partition_name: "work",
                    partition: keys::work(&filter.unit, filter.post),
                    sort_name: "work_sort",
                    before: filter.due_before.map(|date| date.to_string()),
                    hands: filter.hands.clone(),
                    limit: left,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            for stored in &items {
                found.push(item::read(stored)?);
            }
            start = next;
            if start.is_none() || found.len() >= usize::try_from(limit).unwrap_or(0) {
                break;
            }
        }
        Ok((found, start))
    }
}

/// The position before the first case that waits for `post` in `unit`, from which a page can go on.
pub fn beginning_of_work(unit: &UnitId, post: Post) -> Attributes {
    [("work".to_owned(), AttributeValue::S(keys::work(unit, post)))].into()
}
