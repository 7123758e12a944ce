//! `GET /v1/applications/{id}/rows`: the answer to each row of an application for many.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use catalogue::rows_in;
use domain::application::{Application, Outcome};
use domain::words::Words;
use platform::authority::Principal;
use platform::cases::{Case, Wanted};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use super::read::{form, see, withheld};
use crate::app::App;
use crate::view::WithheldBody;

/// The rows of an application with the answer to each.
#[derive(Serialize, ToSchema)]
#[schema(as = RowAnswers)]
pub(crate) struct RowsBody {
    /// In the order of the form; empty where the application is for one person or thing.
    items: Vec<RowBody>,
    /// Why what the rows say is null; left out where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<WithheldBody>,
}

/// A row with its answer.
#[derive(Serialize, ToSchema)]
#[schema(as = RowAnswer)]
pub(crate) struct RowBody {
    /// Its number, the first being 1.
    row: u16,
    /// What it says. Personal members are masked for everybody but the person who filed it.
    #[schema(value_type = Object)]
    content: Value,
    /// What the review recommends for it; for the applicant, null until it is decided.
    recommendation: Option<Outcome>,
    /// The answer; null until it is decided.
    answer: Option<Outcome>,
    /// The answer in the words of the matter type, for example 准予许可; null until it is decided.
    words: Option<Words>,
    /// Why it is refused while others are granted or, for officers and before the decision, would be; null where
    /// nothing is said of this row alone: the reasons of a refusal as a whole stand in its notice.
    reasons: Option<String>,
}

/// Read the answer to each row
///
/// Of an application for many persons or things at once, as certificates in bulk.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/rows",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), ReadHeaders),
    responses((status = 200, body = RowsBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn rows(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<RowsBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    let seen = see(&caller, &case)?;
    let Some(state) = &case.state else {
        return Err(Problem::new(Code::NotSubmitted));
    };
    let officer = matches!(caller.principal, Principal::Officer(_));
    let answers = Answers::of(&state.body, officer);

    let withheld = withheld(&case);
    let (contents, reasons) = if withheld.is_some() {
        let rows = usize::from(state.body.rows.unwrap_or_default());
        (vec![Value::Null; rows], BTreeMap::new())
    } else {
        let form = form(&app, &caller, &case, &seen).await?;
        let rows = rows_in(&seen.item.code, seen.item.version, &form);
        let reasons = answers.reasons(&app, &case).await?;
        (rows.cloned().unwrap_or_default(), reasons)
    };
    let matter = seen.item.matter_type;
    let numbered = (1..=u16::MAX).zip(contents);
    let items = numbered.map(|(row, content)| RowBody {
        row,
        content,
        recommendation: answers.recommended(row),
        answer: answers.decided(row),
        words: answers.decided(row).map(|answer| match answer {
            Outcome::Grant => matter.granted(),
            Outcome::Refuse => matter.refused(),
        }),
        reasons: reasons.get(&row).cloned(),
    });
    Ok(Json(RowsBody {
        items: items.collect(),
        withheld,
    }))
}

/// What is recommended and decided for the rows of an application, as far as the viewer may know it.
struct Answers<'a> {
    state: &'a Application,
    recommendation: Option<Outcome>,
    decision: Option<Outcome>,
}

impl<'a> Answers<'a> {
    fn of(state: &'a Application, officer: bool) -> Self {
        let decided = state.course.decided_at.is_some();
        Self {
            state,
            recommendation: state.recommendation.filter(|_| officer || decided),
            decision: decided.then_some(if state.course.refused {
                Outcome::Refuse
            } else {
                Outcome::Grant
            }),
        }
    }

    fn recommended(&self, row: u16) -> Option<Outcome> {
        let against = self.state.rows_against.as_ref();
        let refused = against.is_some_and(|against| against.numbers.contains(&row));
        self.recommendation
            .map(|outcome| if refused { Outcome::Refuse } else { outcome })
    }

    fn decided(&self, row: u16) -> Option<Outcome> {
        let against = self.state.rows_refused.as_ref();
        let refused = against.is_some_and(|against| against.numbers.contains(&row));
        self.decision
            .map(|outcome| if refused { Outcome::Refuse } else { outcome })
    }

    /// Why rows are refused, by number: by the decision, or before it by the recommendation.
    async fn reasons(&self, app: &App, case: &Case) -> Result<BTreeMap<u16, String>, Problem> {
        let said_by = match (self.decision, self.recommendation) {
            (Some(_), _) => self.state.rows_refused.as_ref(),
            (None, Some(_)) => self.state.rows_against.as_ref(),
            (None, None) => None,
        };
        let Some(said_by) = said_by else {
            return Ok(BTreeMap::new());
        };
        let reasons = app.cases.refused_rows(case, said_by.seq).await?;
        let reasons = reasons.into_iter();
        Ok(reasons.map(|said| (said.row, said.reasons)).collect())
    }
}
