//! Reading along a key, a page at a time.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ids::OfficerId;

use super::Table;
use super::item::Attributes;
use crate::error::PlatformError;

/// Which items of a key to read.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    /// The index; the table itself without one.
    pub index: Option<&'static str>,
    /// The name of the partition attribute.
    pub partition_name: &'static str,
    /// Its value.
    pub partition: String,
    /// The name of the sort attribute.
    pub sort_name: &'static str,
    /// Only sort keys that begin with this.
    pub begins_with: Option<String>,
    /// Only sort keys before this; takes the place of `begins_with`.
    pub before: Option<String>,
    /// Only sort keys from the first of these through the second; takes the place of both.
    pub between: Option<(String, String)>,
    /// Only cases in these hands.
    pub hands: Option<Hands>,
    /// Newest or latest first.
    pub descending: bool,
    /// How many items at the most, 1 to 100; the page ends there or at 1 MB.
    pub limit: i32,
    /// Where the page before ended.
    pub start: Option<Attributes>,
    /// Whether all writes answered before must be seen; not possible on an index.
    pub consistent: bool,
}

/// Whether an officer has a case in hand.
#[derive(Clone, Debug)]
pub enum Hands {
    /// This one has.
    Of(OfficerId),
    /// Somebody has.
    Any,
    /// Nobody has.
    None,
}

impl Hands {
    fn condition(&self) -> &'static str {
        match self {
            Self::Of(_) => "#body.#claim.#officer = :officer",
            Self::Any => "attribute_exists(#body.#claim)",
            Self::None => "attribute_not_exists(#body.#claim)",
        }
    }
}

/// Some of the items, and where the rest begins.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The items.
    pub items: Vec<Attributes>,
    /// Where to go on, if there is more.
    pub next: Option<Attributes>,
}

impl Table {
    /// One page of `request`.
    ///
    /// # Errors
    /// [`PlatformError::Unavailable`] where DynamoDB does not answer.
    pub async fn query(&self, request: PageRequest) -> Result<Page, PlatformError> {
        let mut query = self
            .client()
            .query()
            .table_name(&self.name)
            .set_index_name(request.index.map(str::to_owned))
            .expression_attribute_names("#partition", request.partition_name)
            .expression_attribute_values(":partition", AttributeValue::S(request.partition))
            .scan_index_forward(!request.descending)
            .limit(request.limit)
            .consistent_read(request.consistent)
            .set_exclusive_start_key(request.start);
        if let Some((_, last)) = &request.between {
            query = query.expression_attribute_values(":last", AttributeValue::S(last.clone()));
        }
        let sort_bound = match (request.between, request.before, request.begins_with) {
            (Some((first, _)), _, _) => Some((
                "#partition = :partition AND #sort BETWEEN :sort AND :last",
                first,
            )),
            (None, Some(before), _) => Some(("#partition = :partition AND #sort < :sort", before)),
            (None, None, Some(prefix)) => Some((
                "#partition = :partition AND begins_with(#sort, :sort)",
                prefix,
            )),
            (None, None, None) => None,
        };
        query = match sort_bound {
            Some((condition, bound)) => query
                .key_condition_expression(condition)
                .expression_attribute_names("#sort", request.sort_name)
                .expression_attribute_values(":sort", AttributeValue::S(bound)),
            None => query.key_condition_expression("#partition = :partition"),
        };
        if let Some(hands) = request.hands {
            query = query
                .filter_expression(hands.condition())
                .expression_attribute_names("#body", "body")
                .expression_attribute_names("#claim", "claim");
            if let Hands::Of(officer) = hands {
                query = query
                    .expression_attribute_names("#officer", "officer")
                    .expression_attribute_values(":officer", AttributeValue::S(officer.into()));
            }
        }
        let answer = query
            .send()
            .await
            .map_err(|error| PlatformError::unavailable("DynamoDB", error))?;
        Ok(Page {
            items: answer.items.unwrap_or_default(),
            next: answer.last_evaluated_key.filter(|key| !key.is_empty()),
        })
    }
}
