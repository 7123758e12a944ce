//! `GET /v1/reports/promise`: what was promised, and what was kept.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::figures::{Count, Month, Tally};
use domain::item::{ItemCode, Limit};
use domain::unit::UnitId;
use domain::words::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::documentation::{AnyProblem, CallerProblem};
use web::query::Query;
use web::{Caller, Code, InputError, Problem};

use crate::app::App;
use crate::asked::asked;

/// The most months of one report.
const MOST_MONTHS: usize = 12;

/// Which report.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PromiseQuery {
    /// The unit; the caller's own without it.
    #[param(value_type = Option<String>, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    unit: Option<UnitId>,
    /// Only this item.
    #[param(value_type = Option<String>, example = "PSB-APR-004")]
    item: Option<ItemCode>,
    /// The first month, in China; the present one without it.
    #[param(value_type = Option<String>, pattern = "^[0-9]{4}-[0-9]{2}$", example = "2026-11")]
    from: Option<Month>,
    /// The last month, at most the twelfth; the first one without it.
    #[param(value_type = Option<String>, pattern = "^[0-9]{4}-[0-9]{2}$", example = "2026-11")]
    to: Option<Month>,
}

/// A limit, and where it comes from.
#[derive(Serialize, ToSchema)]
#[schema(as = ReportedLimit)]
pub(crate) struct LimitBody {
    /// How many days.
    number: u16,
    /// Which days count: `working_day` or `calendar_day`.
    unit: &'static str,
    /// What starts it: `receipt` or `acceptance`.
    start: &'static str,
    /// Where it comes from.
    source: Words,
    /// Whether the law itself sets it.
    by_law: bool,
}

impl From<Limit> for LimitBody {
    fn from(limit: Limit) -> Self {
        use domain::item::{LimitStart, LimitUnit};
        Self {
            number: limit.number,
            unit: match limit.unit {
                LimitUnit::WorkingDay => "working_day",
                LimitUnit::CalendarDay => "calendar_day",
            },
            start: match limit.start {
                LimitStart::Receipt => "receipt",
                LimitStart::Acceptance => "acceptance",
            },
            source: limit.source.name(),
            by_law: limit.source.is_law(),
        }
    }
}

/// What was promised for an item, and what was kept.
#[derive(Serialize, ToSchema)]
#[schema(as = PromiseLine)]
pub(crate) struct LineBody {
    /// The item.
    #[schema(example = "PSB-APR-004")]
    item: String,
    /// Its name.
    name: Words,
    /// The limit promised, as on the last day of the period.
    promised: LimitBody,
    /// The limit in law, or the one that stands for it, as on the last day of the period; null without.
    statutory: Option<LimitBody>,
    /// Applications handed in.
    submitted: u64,
    /// Applications accepted by an officer or the platform.
    accepted: u64,
    /// Applications that count as accepted because no word came within five working days.
    deemed_accepted: u64,
    /// Applications not accepted.
    not_accepted: u64,
    /// Notices that asked the applicant for something.
    corrections: u64,
    /// Decisions in favour.
    granted: u64,
    /// Decisions against.
    refused: u64,
    /// Applications withdrawn.
    withdrawn: u64,
    /// Procedures ended by the authority.
    terminated: u64,
    /// Applications not mended in time.
    lapsed: u64,
    /// The working days within which half of the decisions were made, from the start of the promised
    /// limit, pauses taken out; by nearest rank, exact below 365, which stands for as many and more.
    /// Null without decisions.
    median_working_days: Option<u16>,
    /// The same for nine of ten.
    p90_working_days: Option<u16>,
    /// Correction notices per decided application, to four decimals; null without decisions.
    corrections_per_case: Option<f64>,
    /// The share of decisions within the promised limit, 0 to 1, to four decimals; null without any.
    on_time_promised: Option<f64>,
    /// The share of decisions within the limit in law or the one that stands for it; null without any.
    on_time_statutory: Option<f64>,
}

impl LineBody {
    /// The line of an item; none where it is not in force on `last_day`.
    fn new(code: ItemCode, tally: &Tally, last_day: Date) -> Option<Self> {
        let item = catalogue::item(&code, last_day)?;
        let of = |count| tally.of(count);
        Some(Self {
            item: code.to_string(),
            name: item.name.clone(),
            promised: item.promised_limit.into(),
            statutory: item.statutory_limit.map(LimitBody::from),
            submitted: of(Count::Submitted),
            accepted: of(Count::Accepted),
            deemed_accepted: of(Count::DeemedAccepted),
            not_accepted: of(Count::NotAccepted),
            corrections: of(Count::Corrections),
            granted: of(Count::Granted),
            refused: of(Count::Refused),
            withdrawn: of(Count::Withdrawn),
            terminated: of(Count::Terminated),
            lapsed: of(Count::Lapsed),
            median_working_days: tally.days_within_which(50),
            p90_working_days: tally.days_within_which(90),
            corrections_per_case: tally.corrections_per_case(),
            on_time_promised: tally.share(Count::PromisedMet, Count::PromisedMissed),
            on_time_statutory: tally.share(Count::StatutoryMet, Count::StatutoryMissed),
        })
    }
}

/// What a unit promised in a period, and what it kept.
#[derive(Serialize, ToSchema)]
#[schema(as = PromiseReport)]
pub(crate) struct PromiseBody {
    /// The unit.
    #[schema(example = "psb-140105")]
    unit: String,
    /// The first month.
    #[schema(example = "2026-11")]
    from: String,
    /// The last month.
    #[schema(example = "2026-11")]
    to: String,
    /// By item; those of which something was counted.
    items: Vec<LineBody>,
}

/// Report what was promised and kept
///
/// For heads and supervisors of the unit or of one above it. What happened is counted in the month in
/// which it happened, in China; decisions, with how long they took, in the month of the decision. What
/// has just happened can take some seconds to be counted.
#[utoipa::path(
    get,
    path = "/v1/reports/promise",
    tag = "supervision",
    params(PromiseQuery),
    responses((status = 200, body = PromiseBody), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn promise(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<PromiseQuery>,
) -> Result<Json<PromiseBody>, Problem> {
    let asked = asked(&app, &caller, query.unit).await?;
    let from = query.from.unwrap_or_else(|| Month::of(asked.now.date()));
    let to = query.to.unwrap_or(from);
    let months = from.through(to, MOST_MONTHS + 1);
    if months.is_empty() || months.len() > MOST_MONTHS {
        return Err(wrong_period());
    }

    let tallies = match query.item {
        Some(item) => {
            let tally = app.figures.of_item(&asked.unit, &item, &months).await?;
            BTreeMap::from([(item, tally)])
        }
        None => app.figures.of_unit(&asked.unit, &months).await?,
    };
    let last_day = to.last_day();
    let counted = tallies.iter().filter(|(_, tally)| !tally.is_empty());
    Ok(Json(PromiseBody {
        unit: asked.unit.to_string(),
        from: from.to_string(),
        to: to.to_string(),
        items: counted
            .filter_map(|(code, tally)| LineBody::new(*code, tally, last_day))
            .collect(),
    }))
}

fn wrong_period() -> Problem {
    let words = Words::new(
        "统计期间应为 1 至 12 个月，且截止月不早于起始月",
        "A report covers 1 to 12 months, the last not before the first",
    );
    let error = InputError::new("to", "out_of_range", words);
    Problem::new(Code::InvalidParameter).with_errors(vec![error])
}
