//! `PATCH /v1/applications/{id}`: a draft is changed.

use axum::extract::State;
use domain::draft::Draft;
use domain::policy::Authority;
use domain::unit::RegionCode;
use http::StatusCode;
use platform::cases::{DraftChange, Wanted};
use platform::table::CommitError;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::command::Change;
use web::documentation::{AnyProblem, CallerProblem, ChangeHeaders, CommandProblem};
use web::json::MAX_BODY_BYTES;
use web::path::Path;
use web::{Code, Problem, Reply};

use crate::act::{draft_of, permit};
use crate::app::App;
use crate::drafts::open_draft::{check_object, item_applied_for, region};
use crate::view::ApplicationBody;

/// What is to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeDraftRequest {
    /// Where the matter lies (GB/T 2260).
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{6}$", example = "140105")]
    region: Option<RegionCode>,
    /// Changes of the form as a merge patch (RFC 7396): members given replace, null removes.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    form: Option<Value>,
}

/// Change a draft
///
/// Members of the form that are not given stay as they are.
#[utoipa::path(
    patch,
    path = "/v1/applications/{id}",
    tag = "approval",
    params(("id" = String, Path, description = "The draft's number"), ChangeHeaders),
    request_body = ChangeDraftRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn change_draft(
    State(app): State<App>,
    Path(id): Path<String>,
    change: Change<ChangeDraftRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    let caller = &change.caller;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    let authority = caller.authority(case.authority.as_ref())?;
    permit(caller, &case)?;
    let draft = draft_of(&case)?;
    change.require_version(draft.version)?;

    let item = item_applied_for(draft.body.item, case.now.date())?;
    let Authority::Mandate(mandate) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };
    let after = Draft {
        region: match change.body.region {
            Some(asked) => region(Some(asked), mandate)?,
            None => draft.body.region,
        },
        changed_at: case.now,
        ..draft.body.clone()
    };
    let key = app.cases.data_key(&case).await?;
    let mut form = app.cases.open_form(&case).await?;
    if let Some(patch) = &change.body.form {
        check_object(patch)?;
        json_patch::merge(&mut form, patch);
        if form.to_string().len() > MAX_BODY_BYTES {
            return Err(Problem::new(Code::BodyTooLarge));
        }
    }
    let draft_change = DraftChange {
        before: draft,
        after: &after,
        form_version: case.form.as_ref().map_or(0, |form| form.version),
        form: case.seal_form(&key, &form)?,
    };
    app.cases
        .change_draft(draft_change)
        .await
        .map_err(|error| match error {
            CommitError::Guards(_) => Problem::new(Code::StaleVersion),
            other => other.into(),
        })?;
    let version = draft.version + 1;
    Ok(Reply::new(StatusCode::OK, &ApplicationBody::draft(&after, item))?.with_version(version))
}
