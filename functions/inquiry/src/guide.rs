//! `GET /v1/items/{code}`: the guide of an item (办事指南).

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::item::ServiceItem;
use domain::unit::RegionCode;
use domain::words::Words;
use http::header::CACHE_CONTROL;
use serde::{Deserialize, Serialize};
use utoipa::openapi::Ref;
use utoipa::{IntoParams, ToSchema};
use web::Problem;
use web::documentation::AnyProblem;
use web::path::Path;
use web::query::Query;

use crate::app::{App, item_code, no_such_item};
use crate::hall::{ContactBody, contacts};

/// Where the matter lies.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuideQuery {
    /// A region code (GB/T 2260), for which the guide names the units.
    #[param(value_type = Option<String>, example = "140105")]
    region: Option<RegionCode>,
}

/// The guide of an item.
#[derive(Serialize, ToSchema)]
#[schema(as = Guide)]
pub(crate) struct GuideBody {
    /// The item as the catalogue has it. `illustrative` lists the members that are made up to be
    /// plausible, not read in a source.
    #[schema(schema_with = service_item)]
    item: &'static ServiceItem,
    /// The words of its decisions.
    words: DecisionWords,
    /// Where its limits come from.
    limit_sources: LimitSources,
    /// The unit that accepts in the region asked for.
    accepting_unit: Option<GuideUnit>,
    /// The unit that decides there.
    deciding_unit: Option<GuideUnit>,
    /// Whom to call: the national lines.
    contact: Vec<ContactBody>,
    /// Where the form is; null where the item cannot be applied for online yet.
    form: Option<String>,
}

/// The schema of the catalogue's own files, which the interface description holds as a component.
fn service_item() -> Ref {
    Ref::from_schema_name("ServiceItem")
}

/// The words of an item's decisions.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionWords {
    /// For example 准予许可.
    granted: Words,
    /// For example 不予许可.
    refused: Words,
}

/// Where an item's limits come from.
#[derive(Serialize, ToSchema)]
pub(crate) struct LimitSources {
    /// Of the promised limit.
    promised: Words,
    /// Of the limit in law; 无法定时限（平台默认） where there is none.
    statutory: Option<Words>,
}

/// A unit in a guide.
#[derive(Serialize, ToSchema)]
pub(crate) struct GuideUnit {
    /// The identifier.
    #[schema(example = "psb-140105")]
    id: String,
    /// The name, in Chinese.
    name_zh: String,
    /// Whether the name only follows the usual pattern.
    illustrative: bool,
}

/// Read the guide of an item
#[utoipa::path(
    get,
    path = "/v1/items/{code}",
    tag = "inquiry",
    params(
        ("code" = String, Path, description = "The item's code", example = "PSB-APR-004"),
        GuideQuery
    ),
    responses(
        (status = 200, body = GuideBody),
        (status = 404, content_type = "application/problem+json", body = web::problem::ProblemBody),
        AnyProblem
    )
)]
pub(crate) async fn guide(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(query): Query<GuideQuery>,
) -> Result<impl IntoResponse, Problem> {
    let today = app.today().await?;
    let item = catalogue::item(&item_code(&code)?, today).ok_or_else(no_such_item)?;
    let unit = |level| {
        let region = query.region?;
        catalogue::units()
            .competent(level, &region, today)
            .map(|unit| GuideUnit {
                id: unit.id.to_string(),
                name_zh: unit.name_zh.clone(),
                illustrative: unit.illustrative,
            })
    };
    let has_form = catalogue::form_schema(&item.code, item.version).is_some();
    let body = GuideBody {
        item,
        words: DecisionWords {
            granted: item.matter_type.granted(),
            refused: item.matter_type.refused(),
        },
        limit_sources: LimitSources {
            promised: item.promised_limit.source.name(),
            statutory: item.statutory_limit.map(|limit| limit.source.name()),
        },
        accepting_unit: unit(item.accepting_level),
        deciding_unit: unit(item.deciding_level),
        contact: contacts(),
        form: has_form.then(|| format!("/v1/items/{}/form", item.code)),
    };
    Ok(([(CACHE_CONTROL, "public, max-age=300")], Json(body)))
}
