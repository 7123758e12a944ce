//! `POST /v1/applications/{id}/recommend`: the reviewer's opinion (审查意见).

use axum::extract::State;
use domain::application::{self, Outcome, Recommend};
use domain::unit::UnitId;
use platform::cases::Case;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerHeaders};
use web::path::Path;
use web::{Command, Problem, Reply, texts};

use crate::act::{Intent, Side, act, item_of, seal};
use crate::app::App;
use crate::deciding::refused_rows::{self, RefusedRowRequest};
use crate::view::ApplicationBody;

/// What the reviewer recommends, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecommendRequest {
    /// The outcome recommended.
    outcome: Outcome,
    /// The opinion, at most 2,000 characters.
    #[schema(example = "材料齐全，符合法定条件，建议准予许可。")]
    opinion: String,
    /// The rows of the form that the reviewer would refuse while all others are granted, each with its reasons.
    #[serde(default)]
    refused_rows: Vec<RefusedRowRequest>,
}

/// Recommend an outcome (审查)
///
/// Somebody else decides: an officer of the unit that the item names for the decision, to which the case is
/// passed on where that is another (报送).
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/recommend",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), OfficerHeaders),
    request_body = RecommendRequest,
    responses((status = 200, body = ApplicationBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn recommend(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<RecommendRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    act(
        &app,
        Side::Officer,
        number,
        command,
        async |app, case, _, body| {
            let opinion = texts::required(Some(&body.opinion), "/opinion");
            let refused = refused_rows::check(case, body.outcome, &body.refused_rows);
            let (opinion, refused) = texts::both(opinion, refused)?;
            let text = seal(app, case, &opinion).await?;
            let (refused_rows, rows) = refused_rows::seal(app, case, refused.as_deref())
                .await?
                .unzip();
            let recommend = Recommend {
                outcome: body.outcome,
                opinion: text.sealed.digest(),
                refused_rows,
                decided_by: deciding_unit(case)?,
            };
            let command = application::Command::Recommend(recommend);
            Ok(Intent {
                rows,
                ..Intent::with_text(command, text)
            })
        },
    )
    .await
}

/// The unit that decides on the case: of an item that one level reviews and another decides, another.
fn deciding_unit(case: &Case) -> Result<Option<UnitId>, Problem> {
    let Some(state) = &case.state else {
        return Ok(None);
    };
    let item = item_of(&state.body)?;
    if item.deciding_level == item.accepting_level {
        return Ok(Some(state.body.unit.clone()));
    }
    let today = case.now.date();
    let unit = catalogue::units().competent(item.deciding_level, &state.body.region, today);
    Ok(unit.map(|unit| unit.id.clone()))
}
