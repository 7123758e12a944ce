//! `GET /v1/applications/{id}/form`: the form unmasked, for the officer who has the case in hand.

use axum::Json;
use axum::extract::State;
use platform::audit::AuditedAction;
use platform::cases::Wanted;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use crate::act::{permit, record_look};
use crate::app::App;
use crate::reading::read::withheld;

/// A form as it was filed.
#[derive(Serialize, ToSchema)]
#[schema(as = Form)]
pub(crate) struct FormBody {
    /// The form, nothing of it masked.
    #[schema(value_type = Object)]
    form: Value,
}

/// Read a form unmasked
///
/// Only for the officer who has the case in hand, whose step needs it; each reading is recorded with who
/// read it and when, before it is answered (Personal Information Protection Law, arts. 6 and 51).
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/form",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ReadHeaders),
    responses(
        (status = 200, body = FormBody),
        (status = 409, content_type = "application/problem+json", body = web::problem::ProblemBody, description = "The officer does not have the case in hand"),
        AnyProblem, CallerProblem
    ),
    security(("officer" = []))
)]
pub(crate) async fn read_form(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<FormBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    let actor = permit(&caller, &case)?;
    let state = case
        .state
        .as_ref()
        .ok_or_else(|| Problem::new(Code::NotSubmitted))?;
    let claim = state.body.claim.as_ref();
    if claim.is_none_or(|claim| Some(&claim.officer) != actor.officer()) {
        return Err(Problem::new(Code::NotClaimed));
    }
    if withheld(&case).is_some() {
        return Err(Problem::new(Code::NotFound));
    }

    let form = app.cases.open_form(&case).await?;
    record_look(&app, &case, &actor, AuditedAction::ReadUnmasked, &[]).await?;
    Ok(Json(FormBody { form }))
}
