//! `GET /v1/applications/{id}`: an application or draft, whole.

use axum::extract::State;
use domain::ids::PersonId;
use domain::item::ServiceItem;
use domain::policy;
use http::StatusCode;
use platform::authority::Principal;
use platform::cases::{Case, Wanted};
use serde_json::Value;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Problem, Reply};

use crate::act::{draft_of, item_of, papers, permit};
use crate::app::App;
use crate::drafts::open_draft::item_applied_for;
use crate::masking;
use crate::view::{ApplicationBody, WithheldBody};

/// Read an application or draft
#[utoipa::path(
    get,
    path = "/v1/applications/{id}",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ReadHeaders),
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn read(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    let seen = see(&caller, &case)?;

    let form = match withheld(&case) {
        Some(reason) => Err(reason),
        None => Ok(form(&app, &caller, &case, &seen).await?),
    };
    let version = seen.version;
    Ok(Reply::new(StatusCode::OK, &seen.body(&case, form))?.with_version(version))
}

/// The form of `case`, masked for everybody but who filed it.
pub(crate) async fn form(
    app: &App,
    caller: &Caller,
    case: &Case,
    seen: &Seen,
) -> Result<Value, Problem> {
    let mut form = app.cases.open_form(case).await?;
    if !seen.filed_by(caller) {
        let personal = catalogue::personal_members(&seen.item.code, seen.item.version);
        masking::mask(&mut form, personal);
    }
    Ok(form)
}

/// Why the caller is not shown what is personal in `case`; none where they are.
pub(crate) fn withheld(case: &Case) -> Option<WithheldBody> {
    if case.is_erased() {
        return Some(WithheldBody::Erased);
    }
    let duty = || {
        let (authority, state) = (case.authority.as_ref().ok()?, case.state.as_ref()?);
        Some(policy::has_duty_to_see(authority, state.body.stage))
    };
    let restricted = case.restriction.is_some() && !duty().unwrap_or(false);
    restricted.then_some(WithheldBody::Restricted)
}

/// A case that the caller may see.
pub(crate) struct Seen {
    /// The item in the version it is handled under.
    pub(crate) item: &'static ServiceItem,
    version: u64,
    filer: PersonId,
    body: ApplicationBody,
}

impl Seen {
    fn filed_by(&self, caller: &Caller) -> bool {
        matches!(&caller.principal, Principal::Agent { person, .. } if *person == self.filer)
    }

    fn body(self, case: &Case, form: Result<Value, WithheldBody>) -> ApplicationBody {
        let body = self.body.with_materials(self.item, &papers(case));
        match form {
            Ok(form) => body.with_form(form),
            Err(reason) => body.without_form(reason),
        }
    }
}

/// The case, if the caller may see it.
///
/// # Errors
/// 403 without any authority, 404 where there is no case or it is not theirs.
pub(crate) fn see(caller: &Caller, case: &Case) -> Result<Seen, Problem> {
    permit(caller, case)?;
    if let Some(state) = &case.state {
        let item = item_of(&state.body)?;
        let body = ApplicationBody::application(&state.body, item);
        return Ok(Seen {
            item,
            version: state.version,
            filer: state.body.filed_by.clone(),
            body: match caller.principal {
                Principal::Officer(_) => body,
                Principal::Agent { .. } | Principal::Person { .. } => body.for_applicant(),
            },
        });
    }
    let draft = draft_of(case)?;
    let item = item_applied_for(draft.body.item, case.now.date())?;
    Ok(Seen {
        item,
        version: draft.version,
        filer: draft.body.opened_by.clone(),
        body: ApplicationBody::draft(&draft.body, item),
    })
}
