//! `GET /v1/applications`: the enterprise's applications and drafts.

use axum::Json;
use axum::extract::State;
use domain::policy::{Authority, Resource};
use platform::cases::CaseSummary;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::{self, PageBody, PageQuery};
use web::query::Query;
use web::{Caller, Code, Problem};

use crate::act::item_of;
use crate::app::App;
use crate::view::ApplicationBody;

/// List the enterprise's applications, newest first
#[utoipa::path(
    get,
    path = "/v1/applications",
    tag = "approval",
    params(ReadHeaders, PageQuery),
    responses((status = 200, body = PageBody<ApplicationBody>), AnyProblem, CallerProblem),
    security(("person" = []))
)]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<PageQuery>,
) -> Result<Json<PageBody<ApplicationBody>>, Problem> {
    let standing = app.cases.standing(&caller.principal, None).await?;
    let authority = caller.authority(standing.authority.as_ref())?;
    caller.permit(authority, &Resource::NOTHING, standing.now)?;
    let Authority::Mandate(mandate) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };

    let vault = app.cases.vault();
    let name = format!("applications {}", caller.id());
    let start = paging::start(vault, &name, query.cursor.as_deref()).await?;
    let (cases, next) = app
        .cases
        .of_enterprise(&mandate.enterprise, query.limit()?, start)
        .await?;
    let mut items = Vec::with_capacity(cases.len());
    for case in cases {
        let (code, body) = match &case {
            CaseSummary::Draft(draft) => {
                // What is no longer in force can no longer be applied for, and is left out.
                let Some(item) = catalogue::item(&draft.body.item, standing.now.date()) else {
                    continue;
                };
                (draft.body.item, ApplicationBody::draft(&draft.body, item))
            }
            CaseSummary::Application(state) => {
                let item = item_of(&state.body)?;
                (
                    state.body.item.code,
                    ApplicationBody::application(&state.body, item).for_applicant(),
                )
            }
        };
        if mandate.items.includes(&code) {
            items.push(body);
        }
    }
    let next_cursor = paging::next(vault, &name, next, standing.now).await?;
    Ok(Json(PageBody { items, next_cursor }))
}
