//! `POST /v1/applications/{id}/undertaking`: the applicant undertakes something (承诺).

use axum::extract::State;
use domain::application;
use domain::ids::MaterialCode;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Command, Problem, Reply};

use super::deferral::{DeferralRequest, lapse_of};
use crate::act::{Intent, Side, act_with};
use crate::app::App;
use crate::view::ApplicationBody;

/// What is undertaken.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum UndertakingRequest {
    /// To bring papers later (容缺承诺).
    Deferral {
        /// Which.
        #[schema(value_type = Vec<String>, max_items = 100, example = json!(["MAT-FIRE"]))]
        materials: Vec<MaterialCode>,
        /// The last day to bring them.
        #[schema(value_type = String, format = Date, example = "2026-11-27")]
        cure_by: Date,
    },
    /// To meet the conditions that the item's guide states (告知承诺): granted at once, checked afterwards.
    Conditions {},
}

/// Sign an undertaking (承诺)
///
/// Either to bring papers later that the item marks deferrable, on which the unit may accept without them;
/// or, where the item allows it, to meet its conditions, on which it is granted at once. Who lets the
/// first lapse must bring all papers for the next twelve months; what is granted on an untrue one is
/// revoked.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/undertaking",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    request_body = UndertakingRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn undertake(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<UndertakingRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    let caller = command.caller.clone();
    let wanted = lapse_of(&caller);
    act_with(
        &app,
        Side::Applicant,
        number,
        command,
        wanted,
        async |_, case, _, body| {
            Ok(Intent::plain(match body {
                UndertakingRequest::Deferral { materials, cure_by } => {
                    let request = DeferralRequest {
                        materials: materials.clone(),
                        cure_by: *cure_by,
                    };
                    application::Command::Undertake(request.undertake(case)?)
                }
                UndertakingRequest::Conditions {} => application::Command::UndertakeConditions,
            }))
        },
    )
    .await
}
