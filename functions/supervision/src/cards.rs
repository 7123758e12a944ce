//! `GET /v1/cards`: warnings about limits, the gravest first.

use axum::Json;
use axum::extract::State;
use domain::card::{CardRule, Colour};
use domain::instant::Instant;
use domain::item::ItemCode;
use domain::unit::UnitId;
use domain::words::Words;
use jiff::civil::Date;
use platform::cards::{self, StoredCard};
use platform::table::{Attributes, item, keys};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::documentation::{AnyProblem, CallerProblem};
use web::paging::{self, PageBody};
use web::query::Query;
use web::{Caller, Problem};

use crate::app::App;
use crate::asked::asked;

/// How many lists one answer may look into, where many units have no card.
const MOST_LISTS: usize = 24;

/// Which cards to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardsQuery {
    /// The unit; the caller's own without it.
    #[param(value_type = Option<String>, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    unit: Option<UnitId>,
    /// Also the cards of the units below it.
    #[serde(default)]
    below: bool,
    /// Only those of this colour.
    #[param(inline)]
    colour: Option<Colour>,
    /// Only those of this item.
    #[param(value_type = Option<String>, example = "PSB-APR-004")]
    item: Option<ItemCode>,
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A card. It names the application and nobody in it.
#[derive(Serialize, ToSchema)]
#[schema(as = Card)]
pub(crate) struct CardBody {
    /// The number of the application.
    #[schema(example = "AP-20261123-7K3M9QX2RD4F")]
    application: String,
    /// The service item.
    #[schema(example = "PSB-APR-004")]
    item: String,
    /// The unit that handles the application.
    #[schema(example = "psb-140105")]
    unit: String,
    /// The rule that raised it.
    rule: CardRule,
    /// How grave it is.
    colour: Colour,
    /// The last day of what is due; null where nothing is.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// When it was raised in its colour.
    #[schema(value_type = String, format = DateTime)]
    raised_at: Instant,
    /// What it says.
    reason: Words,
    /// Where the limit or the rule comes from.
    source: Words,
}

impl From<StoredCard> for CardBody {
    fn from(stored: StoredCard) -> Self {
        let card = stored.raised.card;
        Self {
            application: stored.application.to_string(),
            item: stored.item.code.to_string(),
            unit: stored.unit.to_string(),
            rule: card.rule,
            colour: card.colour,
            due: card.due,
            raised_at: stored.raised.raised_at,
            reason: card.reason,
            source: card.source,
        }
    }
}

/// List cards
///
/// For heads and supervisors of the unit or of one above it. Unit by unit, in each the gravest first and
/// of one colour the oldest first. A page can hold fewer than asked for, also none, and yet have a next.
#[utoipa::path(
    get,
    path = "/v1/cards",
    tag = "supervision",
    params(CardsQuery),
    responses((status = 200, body = PageBody<CardBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn cards(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<CardsQuery>,
) -> Result<Json<PageBody<CardBody>>, Problem> {
    let limit = paging::limit(query.limit)?;
    let asked = asked(&app, &caller, query.unit).await?;
    let lists = lists(&asked.unit, query.below, query.colour);
    let name = format!(
        "cards {} {} {} {:?} {:?}",
        caller.id(),
        asked.unit,
        query.below,
        query.colour,
        query.item
    );
    let mut start = paging::start(&app.vault, &name, query.cursor.as_deref()).await?;
    let mut waiting = lists_from(&lists, start.as_ref()).iter().peekable();
    let mut items: Vec<CardBody> = Vec::new();
    let mut next = None;
    let mut looked_into = 0;
    while let Some((unit, colour)) = waiting.next() {
        let left = limit - i32::try_from(items.len()).unwrap_or(limit);
        let position = start.take().filter(|position| position.contains_key("pk"));
        let table = app.cases.table();
        let (found, rest) = cards::of_unit(table, unit, *colour, left, position).await?;
        let wanted = found
            .into_iter()
            .filter(|card| query.item.is_none_or(|item| card.item.code == item));
        items.extend(wanted.map(CardBody::from));
        looked_into += 1;
        let full = items.len() >= usize::try_from(limit).unwrap_or(0);
        if rest.is_some() {
            next = rest;
            break;
        }
        if full || looked_into >= MOST_LISTS {
            next = waiting
                .peek()
                .map(|(unit, colour)| cards::beginning(unit, *colour));
            break;
        }
    }
    let next_cursor = paging::next(&app.vault, &name, next, asked.now).await?;
    Ok(Json(PageBody { items, next_cursor }))
}

/// The lists to look into, in their order.
fn lists(unit: &UnitId, below: bool, colour: Option<Colour>) -> Vec<(UnitId, Colour)> {
    let region = unit.region();
    let is_below = |other: &UnitId| {
        let regions = region.zip(other.region());
        other != unit && regions.is_some_and(|(own, other)| own.contains(other))
    };
    let all = catalogue::units().iter().map(|unit| &unit.id);
    let below = all.filter(|other| below && is_below(other));
    std::iter::once(unit)
        .chain(below)
        .flat_map(|unit| Colour::GRAVEST_FIRST.map(|colour| (unit.clone(), colour)))
        .filter(|(_, one)| colour.is_none_or(|wanted| *one == wanted))
        .collect()
}

/// The lists from where the page before ended.
fn lists_from<'l>(
    lists: &'l [(UnitId, Colour)],
    start: Option<&Attributes>,
) -> &'l [(UnitId, Colour)] {
    let text = |name| start.and_then(|position| item::text(position, name));
    let (Some(work), Some(sort)) = (text("work"), text("work_sort")) else {
        return lists;
    };
    let reached = lists.iter().position(|(unit, colour)| {
        let colour = sort.split('#').next() == Some(colour.as_str());
        colour && work == keys::cards(unit)
    });
    lists.get(reached.unwrap_or(0)..).unwrap_or_default()
}
