//! `GET /v1/applications/{id}`: an application or draft, whole.

use axum::extract::State;
use domain::ids::PersonId;
use domain::item::ServiceItem;
use domain::policy::Resource;
use http::StatusCode;
use platform::authority::Principal;
use platform::cases::{Case, Wanted};
use serde_json::Value;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem, Reply};

use crate::act::{item_of, papers};
use crate::app::App;
use crate::masking;
use crate::open_draft::item_applied_for;
use crate::view::ApplicationBody;

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

    let mut form = app.cases.open_form(&case).await?;
    if !seen.filed_by(&caller) {
        masking::mask(
            &mut form,
            catalogue::personal_members(&seen.item.code, seen.item.version),
        );
    }
    let version = seen.version;
    Ok(Reply::new(StatusCode::OK, &seen.body(&case, form))?.with_version(version))
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

    fn body(self, case: &Case, form: Value) -> ApplicationBody {
        self.body
            .with_materials(self.item, &papers(case))
            .with_form(form)
    }
}

/// The case, if the caller may see it.
///
/// # Errors
/// 403 without any authority, 404 where there is no case or it is not theirs.
pub(crate) fn see(caller: &Caller, case: &Case) -> Result<Seen, Problem> {
    let authority = caller.authority(case.authority.as_ref())?;
    if let Some(state) = &case.state {
        let application = &state.body;
        let resource = Resource {
            enterprise: Some(&application.enterprise),
            unit: Some(&application.unit),
            item: Some(&application.item.code),
        };
        caller.permit(authority, &resource, case.now)?;
        let item = item_of(application)?;
        return Ok(Seen {
            item,
            version: state.version,
            filer: application.filed_by.clone(),
            body: ApplicationBody::application(application, item),
        });
    }
    let draft = case
        .draft
        .as_ref()
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let resource = Resource {
        enterprise: Some(&draft.body.enterprise),
        unit: None,
        item: Some(&draft.body.item),
    };
    caller.permit(authority, &resource, case.now)?;
    let item = item_applied_for(draft.body.item, case.now.date())?;
    Ok(Seen {
        item,
        version: draft.version,
        filer: draft.body.opened_by.clone(),
        body: ApplicationBody::draft(&draft.body, item),
    })
}
