//! `GET /v1/notices/{number}?code=`: whether a notice is genuine, for whoever holds it (文书查验).

use axum::Json;
use axum::extract::State;
use domain::application::{Application, Outcome};
use domain::instant::Instant;
use domain::notice::{Notice, NoticeKind, NoticeNo, VerificationCode};
use domain::unit::UnitId;
use domain::words::Words;
use platform::table::Key;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::documentation::AnyProblem;
use web::path::Path;
use web::query::Query;
use web::{Code, Problem};

use crate::app::App;

/// The code printed on the notice.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeQuery {
    /// The verification code (验真码).
    #[param(example = "7K3M9QX2RD4F")]
    code: String,
}

/// What a genuine notice is.
#[derive(Serialize, ToSchema)]
#[schema(as = CheckedNotice)]
pub(crate) struct CheckedBody {
    /// Its number.
    number: String,
    /// Which paper it is.
    kind: NoticeKind,
    /// Its title, in Chinese as the paper itself.
    title: String,
    /// The unified social credit code of whom it is for.
    enterprise: String,
    /// The item it is about.
    item: Words,
    /// The unit that issued it.
    #[schema(value_type = String)]
    unit: UnitId,
    /// The unit's name, in Chinese; illustrative.
    unit_name_zh: Option<String>,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    issued_at: Instant,
    /// How it decides, where it is a decision.
    outcome: Option<Outcome>,
    /// Whether what it grants stands today; null where it grants nothing.
    in_force: Option<bool>,
}

/// Check a notice (文书查验)
///
/// Number and code together tell that it is genuine, and whether what it grants still stands. A wrong
/// code is answered as if there were no such notice.
#[utoipa::path(
    get,
    path = "/v1/notices/{number}",
    tag = "inquiry",
    params(("number" = String, Path, description = "The notice's number (文号)"), NoticeQuery),
    responses((status = 200, body = CheckedBody), AnyProblem)
)]
pub(crate) async fn check_notice(
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> Result<Json<CheckedBody>, Problem> {
    let unknown = || {
        Problem::new(Code::NotFound).with_detail(Words::new(
            "没有查到该文书，请核对文号和验真码。",
            "There is no such notice: check the number and the code.",
        ))
    };
    let number = NoticeNo::try_from(number).map_err(|_| unknown())?;
    let code = VerificationCode::try_from(query.code).map_err(|_| unknown())?;
    let (key, state) = (Key::notice(&number), Key::state(number.application()));
    let snapshot = app.table().read([key.clone(), state.clone()]).await?;
    let notice = snapshot.read::<Notice>(&key)?.map(|found| found.body);
    let case = snapshot
        .read::<Application>(&state)?
        .map(|found| found.body);
    let (Some(notice), Some(case)) = (notice, case) else {
        return Err(unknown());
    };
    if !notice.code.matches(&code) {
        return Err(unknown());
    }
    let today = app.table().clock().now(&snapshot).date();
    let item = catalogue::item_version(&case.item.code, case.item.version)
        .ok_or_else(|| Problem::new(Code::Unavailable))?;
    let outcome = notice.kind.outcome();
    let within_term = case.valid_until.is_none_or(|end| today <= end);
    let unit = catalogue::units().get(&notice.unit);
    Ok(Json(CheckedBody {
        number: notice.number.to_string(),
        kind: notice.kind,
        title: notice.title,
        enterprise: notice.enterprise.as_str().to_owned(),
        item: item.name.clone(),
        unit_name_zh: unit.map(|unit| unit.name_zh.clone()),
        unit: notice.unit,
        issued_at: notice.issued_at,
        in_force: (outcome == Some(Outcome::Grant))
            .then(|| case.stage.is_in_force() && within_term),
        outcome,
    }))
}
