//! `GET /v1/enterprises/{uscc}/mandates`: who may act for an enterprise, and who is invited to.

use axum::extract::State;
use http::StatusCode;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::PageBody;
use web::path::Path;
use web::{Caller, Code, Problem, Reply};

use super::MandateBody;
use crate::act::permit_enterprise;
use crate::app::App;

/// List an enterprise's mandates
///
/// All of them on one page, those that ended too, with the invitations that were not accepted. The
/// `ETag` is that of the enterprise.
#[utoipa::path(
    get,
    path = "/v1/enterprises/{uscc}/mandates",
    tag = "account",
    params(("uscc" = String, Path, description = "Its unified social credit code"), ReadHeaders),
    responses((status = 200, body = PageBody<MandateBody>), AnyProblem, CallerProblem),
    security(("person" = []))
)]
pub(crate) async fn list_mandates(
    State(app): State<App>,
    Path(uscc): Path<String>,
    caller: Caller,
) -> Result<Reply, Problem> {
    let uscc = web::path::uscc(&uscc)?;
    let file = app
        .accounts
        .enterprise(&uscc, &caller.principal, None)
        .await?;
    permit_enterprise(&caller, &file)?;
    let enterprise = file.household.enterprise.as_ref();
    let enterprise = enterprise.ok_or_else(|| Problem::new(Code::NotFound))?;
    let now = file.asked.now;
    let given = file.household.mandates.iter();
    let given = given.map(|mandate| MandateBody::given(mandate, now));
    let offered = file.household.invitations.iter();
    let offered = offered.filter_map(|invitation| MandateBody::offered(invitation, now));
    let page = PageBody {
        items: given.chain(offered).collect(),
        next_cursor: None,
    };
    Ok(Reply::new(StatusCode::OK, &page)?.with_version(enterprise.version))
}
