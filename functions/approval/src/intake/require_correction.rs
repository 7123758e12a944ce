//! `POST /v1/applications/{id}/require-correction`: tell the applicant what to mend (补正告知).

use axum::extract::State;
use domain::application::{self, Demand, MOST_DEMANDS, Refusal, RequireCorrection};
use domain::item::ServiceItem;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply, texts};

use crate::act::{Intent, Side, act, item_of, seal};
use crate::app::App;
use crate::view::ApplicationBody;

/// What is said with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequireCorrectionRequest {
    /// Everything to be mended, each once.
    #[schema(max_items = 100)]
    demands: Vec<Demand>,
    /// What is wrong and how to mend it, at most 2,000 characters.
    #[schema(example = "消防安全检查意见已过期，请补交有效的意见书。")]
    explanation: String,
}

/// Tell the applicant what to mend (补正告知)
///
/// One notice that lists everything, within five working days (Administrative Licensing Law, art. 32). A
/// further notice may only repeat what the one before asked for. What counts as accepted is asked for
/// papers and not sent back.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/require-correction",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RequireCorrectionRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn require_correction(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RequireCorrectionRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Officer,
        number,
        command,
        async |app, case, _, body| {
            let explanation = texts::required(Some(&body.explanation), "/explanation")?;
            if let Some(state) = &case.state {
                only_what_the_form_has(&body.demands, item_of(&state.body)?)?;
            }
            let text = seal(app, case, &explanation).await?;
            let notice = RequireCorrection {
                demands: body.demands.clone(),
                explanation: text.sealed.digest(),
            };
            let command = application::Command::RequireCorrection(notice);
            Ok(Intent::with_text(command, text))
        },
    )
    .await
}

/// Refuses a notice that asks for a member that the item's form does not have: nobody could mend it.
fn only_what_the_form_has(demands: &[Demand], item: &ServiceItem) -> Result<(), Refusal> {
    let has = |demand: &Demand| match demand {
        Demand::Field { pointer } => catalogue::has_member(&item.code, item.version, pointer),
        Demand::Material { .. } => true,
    };
    // Few enough to be told one by one.
    let few = demands.len() <= MOST_DEMANDS;
    if few && !demands.iter().all(has) {
        let unknown = demands
            .iter()
            .filter(|demand| !demand.is_known_to(item) || !has(demand));
        return Err(Refusal::DemandUnknown(unknown.cloned().collect()));
    }
    Ok(())
}
