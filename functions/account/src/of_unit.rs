//! Lists of what belongs to a unit, a page at a time.

use axum::Json;
use domain::policy::Authority;
use domain::unit::UnitId;
use platform::accounts::OfUnit;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web::paging::{self, PageBody};
use web::{Caller, Code, Problem};

use crate::act::permit_unit;
use crate::app::App;

/// Whose to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitQuery {
    /// The unit; the caller's own without it.
    #[param(value_type = Option<String>, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    pub(crate) unit: Option<UnitId>,
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub(crate) limit: Option<i32>,
    /// `next_cursor` of the page before.
    pub(crate) cursor: Option<String>,
}

/// The page of `T` that `query` asks for, each as `show` shows it.
///
/// # Errors
/// 403 where the caller is no officer or the post does not include it, 404 where the unit is not
/// theirs, 400 where the page cannot be asked for.
pub(crate) async fn page<T: OfUnit, B: ToSchema>(
    app: &App,
    caller: &Caller,
    query: UnitQuery,
    show: impl Fn(&T) -> B,
) -> Result<Json<PageBody<B>>, Problem> {
    let limit = paging::limit(query.limit)?;
    let asked = app.accounts.standing(&caller.principal, None).await?;
    let Authority::Officer(officer) = caller.authority(asked.authority.as_ref())? else {
        return Err(Problem::new(Code::WrongSide));
    };
    let unit = query.unit.as_ref().unwrap_or(&officer.unit);
    permit_unit(caller, &asked, unit)?;

    let name = format!("{} {unit}", T::TYPE);
    let start = paging::start(&app.vault, &name, query.cursor.as_deref()).await?;
    let (found, next) = app.accounts.of_unit::<T>(unit, limit, start).await?;
    let next_cursor = paging::next(&app.vault, &name, next, asked.now).await?;
    Ok(Json(PageBody {
        items: found.iter().map(|record| show(&record.body)).collect(),
        next_cursor,
    }))
}
