//! `GET /v1/api-keys`: the keys that the caller's unit gave.

use axum::Json;
use axum::extract::State;
use domain::policy::Authority;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::{self, PageBody, PageQuery};
use web::query::Query;
use web::{Caller, Code, Problem};

use super::ApiKeyBody;
use crate::act::permit_unit;
use crate::app::App;

/// List the keys of programs
///
/// Those that the caller's unit gave, withdrawn ones too.
#[utoipa::path(
    get,
    path = "/v1/api-keys",
    tag = "account",
    params(ReadHeaders, PageQuery),
    responses((status = 200, body = PageBody<ApiKeyBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn list_api_keys(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<PageQuery>,
) -> Result<Json<PageBody<ApiKeyBody>>, Problem> {
    let limit = query.limit()?;
    let asked = app.accounts.standing(&caller.principal, None).await?;
    let Authority::Officer(officer) = caller.authority(asked.authority.as_ref())? else {
        return Err(Problem::new(Code::WrongSide));
    };
    let unit = &officer.unit;
    permit_unit(&caller, &asked, unit)?;

    let name = format!("api keys {unit}");
    let start = paging::start(&app.vault, &name, query.cursor.as_deref()).await?;
    let (given, next) = app.accounts.api_keys_of(unit, limit, start).await?;
    let next_cursor = paging::next(&app.vault, &name, next, asked.now).await?;
    let items = given.iter();
    Ok(Json(PageBody {
        items: items
            .map(|record| ApiKeyBody::from(&record.body.key))
            .collect(),
        next_cursor,
    }))
}
