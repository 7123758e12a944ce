//! `GET /v1/items`: the catalogue.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use catalogue::ItemSummary;
use domain::item::{
    Category, Confidence, Handler, HandlingType, ItemCode, Kind, Limit, MatterType, OnlineLevel,
    Section,
};
use domain::words::Words;
use http::header::CACHE_CONTROL;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::documentation::AnyProblem;
use web::paging::PageBody;
use web::query::Query;
use web::{Code, Problem};

use crate::app::App;

/// Which items to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemsQuery {
    /// Only of this section of the platform.
    #[param(inline, example = "online_service_hall")]
    section: Option<Section>,
    /// Only of this police line.
    #[param(inline, example = "public_order")]
    category: Option<Category>,
    /// Only what this function handles.
    #[param(inline, example = "approval")]
    handled_by: Option<Handler>,
    /// Only what can be done online in full, or in part.
    #[param(inline, example = "full")]
    online_level: Option<OnlineLevel>,
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// An item in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = ItemSummary)]
pub(crate) struct ItemSummaryBody {
    /// The code.
    #[schema(value_type = String, example = "PSB-APR-004")]
    code: ItemCode,
    /// The version in force.
    version: u32,
    /// The name.
    name: Words,
    /// Administrative approval or proactive service.
    #[schema(value_type = String, example = "approval")]
    kind: Kind,
    /// What the law calls the act.
    #[schema(value_type = String, example = "licence")]
    matter_type: MatterType,
    /// The section of the platform.
    #[schema(value_type = String, example = "online_service_hall")]
    section: Section,
    /// The police line.
    #[schema(value_type = String, example = "public_order")]
    category: Category,
    /// The function that handles its cases.
    #[schema(value_type = String, example = "approval")]
    handled_by: Handler,
    /// Whether everything can be done online.
    #[schema(value_type = String, example = "full")]
    online_level: OnlineLevel,
    /// On the spot, or within the promised limit.
    #[schema(value_type = String, example = "commitment")]
    handling_type: HandlingType,
    /// The limit the authority promises; illustrative.
    #[schema(value_type = Object)]
    promised_limit: Limit,
    /// The usual fee in fen.
    #[schema(value_type = i64)]
    fee: domain::item::Fen,
    /// Whether it can be applied for online now.
    has_form: bool,
    /// How certain it is that the platform has this item: `illustrative` ones are made up to be
    /// plausible.
    #[schema(value_type = String, example = "national_list")]
    confidence: Confidence,
}

impl From<&ItemSummary> for ItemSummaryBody {
    fn from(item: &ItemSummary) -> Self {
        Self {
            code: item.code,
            version: item.version,
            name: Words::new(item.name_zh, item.name_en),
            kind: item.kind,
            matter_type: item.matter_type,
            section: item.section,
            category: item.category,
            handled_by: item.handled_by,
            online_level: item.online_level,
            handling_type: item.handling_type,
            promised_limit: item.promised_limit,
            fee: item.fee,
            has_form: item.has_form,
            confidence: item.confidence,
        }
    }
}

/// List the service items in force
#[utoipa::path(
    get,
    path = "/v1/items",
    tag = "inquiry",
    params(ItemsQuery),
    responses((status = 200, body = PageBody<ItemSummaryBody>), AnyProblem)
)]
pub(crate) async fn items(
    State(app): State<App>,
    Query(query): Query<ItemsQuery>,
) -> Result<impl IntoResponse, Problem> {
    let limit = usize::try_from(web::paging::limit(query.limit)?).unwrap_or(0);
    // The catalogue is public and the same for everybody: a cursor is the code a page ended with, and
    // one made up points nowhere it should not.
    let after: Option<ItemCode> = match &query.cursor {
        Some(cursor) => Some(
            cursor
                .parse()
                .map_err(|_| Problem::new(Code::InvalidCursor))?,
        ),
        None => None,
    };
    let mut found = catalogue::summaries_in_force(app.today().await?)
        .filter(|item| query.section.is_none_or(|section| item.section == section))
        .filter(|item| {
            query
                .category
                .is_none_or(|category| item.category == category)
        })
        .filter(|item| {
            query
                .handled_by
                .is_none_or(|handler| item.handled_by == handler)
        })
        .filter(|item| {
            query
                .online_level
                .is_none_or(|level| item.online_level == level)
        })
        .filter(|item| after.is_none_or(|after| item.code > after))
        .peekable();
    let items: Vec<ItemSummaryBody> = found
        .by_ref()
        .take(limit)
        .map(ItemSummaryBody::from)
        .collect();
    let next_cursor = found
        .peek()
        .and_then(|_| items.last())
        .map(|last| last.code.to_string());
    Ok((
        [(CACHE_CONTROL, "public, max-age=300")],
        Json(PageBody { items, next_cursor }),
    ))
}
