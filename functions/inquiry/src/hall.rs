//! `GET /v1/hall`: the entrance (网上办事大厅): what there is, and whom to call.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::item::{Kind, OnlineLevel};
use domain::words::Words;
use http::header::CACHE_CONTROL;
use serde::Serialize;
use utoipa::ToSchema;
use web::Problem;
use web::documentation::AnyProblem;

use crate::app::App;

/// The entrance.
#[derive(Serialize, ToSchema)]
#[schema(as = Hall)]
pub(crate) struct HallBody {
    /// How many items there are.
    items: usize,
    /// How many of them are administrative approvals.
    approvals: usize,
    /// How many are proactive services.
    proactive_services: usize,
    /// How many can be done online in full.
    fully_online: usize,
    /// The sections of the platform with their items.
    sections: Vec<GroupBody>,
    /// The police lines with their items.
    categories: Vec<GroupBody>,
    /// Whom to call: the national lines.
    contact: Vec<ContactBody>,
}

/// A group of items.
#[derive(Serialize, ToSchema)]
#[schema(as = ItemGroup)]
pub(crate) struct GroupBody {
    /// The group, as `GET /v1/items` filters by it.
    #[schema(example = "public_order")]
    code: String,
    /// Its name.
    name: Words,
    /// How many items it has.
    items: usize,
}

/// A national telephone line.
#[derive(Serialize, ToSchema)]
#[schema(as = ContactLine)]
pub(crate) struct ContactBody {
    /// The number to dial.
    #[schema(example = "12345")]
    number: &'static str,
    /// What it is for.
    name: Words,
    /// Whether it is for danger, not for questions.
    emergency: bool,
}

/// The national lines.
pub(crate) fn contacts() -> Vec<ContactBody> {
    let body = |line: &catalogue::ContactLine| ContactBody {
        number: line.number,
        name: Words::new(line.name_zh, line.name_en),
        emergency: line.emergency,
    };
    catalogue::contact_lines().iter().map(body).collect()
}

/// Enter the hall
#[utoipa::path(
    get,
    path = "/v1/hall",
    tag = "inquiry",
    responses((status = 200, body = HallBody), AnyProblem)
)]
pub(crate) async fn hall(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    let items: Vec<_> = catalogue::summaries_in_force(app.today().await?).collect();
    let mut sections = BTreeMap::new();
    let mut categories = BTreeMap::new();
    for item in &items {
        count(&mut sections, &item.section, item.section.name());
        count(&mut categories, &item.category, item.category.name());
    }
    let body = HallBody {
        items: items.len(),
        approvals: items
            .iter()
            .filter(|item| item.kind == Kind::Approval)
            .count(),
        proactive_services: items
            .iter()
            .filter(|item| item.kind == Kind::Proactive)
            .count(),
        fully_online: items
            .iter()
            .filter(|item| item.online_level == OnlineLevel::Full)
            .count(),
        sections: sections.into_values().collect(),
        categories: categories.into_values().collect(),
        contact: contacts(),
    };
    Ok(([(CACHE_CONTROL, "public, max-age=300")], Json(body)))
}

fn count(groups: &mut BTreeMap<String, GroupBody>, group: &impl Serialize, name: Words) {
    let code = serde_json::to_value(group)
        .ok()
        .and_then(|code| code.as_str().map(str::to_owned))
        .unwrap_or_default();
    groups
        .entry(code.clone())
        .or_insert(GroupBody {
            code,
            name,
            items: 0,
        })
        .items += 1;
}
