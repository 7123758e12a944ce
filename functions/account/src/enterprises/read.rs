//! `GET /v1/enterprises/{uscc}`: an enterprise.

use axum::extract::State;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Problem, Reply};

use super::EnterpriseBody;
use crate::act::permit_enterprise;
use crate::app::App;

/// Read an enterprise
///
/// For its own people, and for officers in whose region it is registered.
#[utoipa::path(
    get,
    path = "/v1/enterprises/{uscc}",
    tag = "account",
    params(("uscc" = String, Path, description = "Its unified social credit code"), ReadHeaders),
    responses((status = 200, body = EnterpriseBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn read_enterprise(
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
    EnterpriseBody::reply(&file.household, file.asked.now)
}
