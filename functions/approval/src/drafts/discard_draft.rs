//! `DELETE /v1/applications/{id}`: a draft is discarded.

use axum::extract::State;
use http::StatusCode;
use platform::cases::Wanted;
use platform::table::{CommitError, Part};
use serde::Deserialize;
use utoipa::ToSchema;
use web::command::Change;
use web::documentation::{AnyProblem, CallerProblem, ChangeHeaders, CommandProblem};
use web::path::Path;
use web::{Code, Problem};

use crate::act::{draft_of, permit};
use crate::app::App;

/// Nothing has to be said to discard a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiscardRequest {}

/// Discard a draft
///
/// Its form, its papers and the key they are sealed with are gone at once and for good. What was
/// submitted is withdrawn instead.
#[utoipa::path(
    delete,
    path = "/v1/applications/{id}",
    tag = "approval",
    params(("id" = String, Path, description = "The draft's number"), ChangeHeaders),
    responses((status = 204, description = "The draft is gone"), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn discard_draft(
    State(app): State<App>,
    Path(id): Path<String>,
    change: Change<DiscardRequest>,
) -> Result<StatusCode, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&change.caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    permit(&change.caller, &case)?;
    let draft = draft_of(&case)?;
    change.require_version(draft.version)?;

    app.cases
        .discard_draft(&case)
        .await
        .map_err(|error| match error {
            CommitError::Guards(_) if error.failed(Part::Draft).is_some() => {
                Problem::new(Code::StaleVersion)
            }
            CommitError::Guards(_) => Problem::new(Code::PapersChanged),
            other => other.into(),
        })?;
    Ok(StatusCode::NO_CONTENT)
}
