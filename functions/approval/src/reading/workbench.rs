//! `GET /v1/workbench`: the unit's work, most urgent first.

use axum::Json;
use axum::extract::State;
use domain::application::{Application, Stage};
use domain::card;
use domain::instant::Instant;
use domain::officer::{Officer, Post};
use domain::policy::{Authority, Resource};
use domain::words::Words;
use jiff::civil::Date;
use platform::cases::{WorkFilter, beginning_of_work};
use platform::table::{Attributes, Hands, item, keys};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::paging::{self, PageBody};
use web::query::Query;
use web::{Caller, Code, InputError, Problem};

use crate::act::item_of;
use crate::app::App;
use crate::view::{ApplicationBody, StandingCardBody};

/// Which work to show.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkbenchQuery {
    /// Only applications that wait at this state; what the officer's posts act on without it.
    #[param(inline)]
    state: Option<Stage>,
    /// Only what is due before this date.
    #[param(value_type = Option<String>, format = Date)]
    due_before: Option<Date>,
    /// Only what the officer has in hand.
    #[serde(default)]
    mine: bool,
    /// Only what somebody has in hand, or nobody.
    #[param(inline)]
    claimed: Option<bool>,
    /// Only those whose handler has asked the head for more time, or has not.
    #[param(inline)]
    extension_asked: Option<bool>,
    /// How many at the most, 1 to 100; 20 without it.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A case on the workbench.
#[derive(Serialize, ToSchema)]
#[schema(as = Work)]
pub(crate) struct WorkBody {
    #[serde(flatten)]
    case: ApplicationBody,
    /// The supervision cards that stand in it now.
    cards: Vec<StandingCardBody>,
}

/// See the unit's work
///
/// By post, and in each by due date, with the cards that stand in each case.
#[utoipa::path(
    get,
    path = "/v1/workbench",
    tag = "approval",
    params(ReadHeaders, WorkbenchQuery),
    responses((status = 200, body = PageBody<WorkBody>), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn workbench(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<WorkbenchQuery>,
) -> Result<Json<PageBody<WorkBody>>, Problem> {
    let limit = paging::limit(query.limit)?;
    let standing = app.cases.standing(&caller.principal, None).await?;
    let authority = caller.authority(standing.authority.as_ref())?;
    caller.permit(authority, &Resource::NOTHING, standing.now)?;
    let Authority::Officer(officer) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };

    let posts = posts(officer, query.state)?;
    let vault = app.cases.vault();
    let list = format!(
        "workbench {} {posts:?} {:?} {} {:?} {:?}",
        caller.id(),
        query.due_before,
        query.mine,
        query.claimed,
        query.extension_asked
    );
    let hands = match (query.mine, query.claimed) {
        (true, _) => Some(Hands::Of(officer.id.clone())),
        (false, Some(true)) => Some(Hands::Any),
        (false, Some(false)) => Some(Hands::None),
        (false, None) => None,
    };
    let mut start = paging::start(vault, &list, query.cursor.as_deref()).await?;
    let mut items: Vec<WorkBody> = Vec::new();
    let mut next = None;
    let mut waiting = posts_from(officer, &posts, start.as_ref())
        .into_iter()
        .peekable();
    while let Some(post) = waiting.next() {
        let filter = WorkFilter {
            unit: officer.unit.clone(),
            post,
            due_before: query.due_before,
            hands: hands.clone(),
        };
        let left = limit - i32::try_from(items.len()).unwrap_or(limit);
        let position = start.take().filter(|position| position.contains_key("pk"));
        let (found, rest) = app.cases.work(&filter, left, position).await?;
        for state in found {
            let of_state = query.state.is_none_or(|wanted| state.body.stage == wanted);
            let asked = state.body.extension_asked.is_some();
            let of_extension = query.extension_asked.is_none_or(|wanted| wanted == asked);
            if of_state && of_extension && officer.serves(state.body.region) {
                items.push(work(&state.body, standing.now)?);
            }
        }
        if rest.is_some() {
            next = rest;
            break;
        }
        if items.len() >= usize::try_from(limit).unwrap_or(0) {
            next = waiting
                .peek()
                .map(|post| beginning_of_work(&officer.unit, *post));
            break;
        }
    }
    let next_cursor = paging::next(vault, &list, next, standing.now).await?;
    Ok(Json(PageBody { items, next_cursor }))
}

/// `state` as it is on the workbench at `now`.
fn work(state: &Application, now: Instant) -> Result<WorkBody, Problem> {
    let item = item_of(state)?;
    let cards = card::cards(state, item, catalogue::calendar(), now);
    Ok(WorkBody {
        case: ApplicationBody::application(state, item),
        cards: cards.into_iter().map(StandingCardBody::from).collect(),
    })
}

/// The posts whose work is asked for.
fn posts(officer: &Officer, state: Option<Stage>) -> Result<Vec<Post>, Problem> {
    if let Some(stage) = state {
        return waits_at(stage).ok_or_else(|| {
            let words = Words::new(
                "工作台只有待办的办件：submitted、correction_required、accepted、under_review、special_procedure、suspended、awaiting_decision、granted、delivered",
                "The workbench holds what waits: submitted, correction_required, accepted, under_review, special_procedure, suspended, awaiting_decision, granted, delivered",
            );
            let error = InputError::new("state", "not_on_the_workbench", words);
            Problem::new(Code::InvalidParameter).with_errors(vec![error])
        });
    }
    let acting = [Post::Intake, Post::Reviewer, Post::Decider];
    let own: Vec<Post> = acting
        .into_iter()
        .filter(|post| officer.holds(*post))
        .collect();
    // A head or supervisor acts on nothing here, and watches everything.
    Ok(if own.is_empty() { acting.to_vec() } else { own })
}

/// For which posts a case at `stage` can wait: what was granted is delivered, checked, renewed or changed.
fn waits_at(stage: Stage) -> Option<Vec<Post>> {
    match stage {
        // A notice that is still to be handed over.
        Stage::CorrectionRequired => Some(vec![Post::Intake]),
        Stage::Granted => Some(vec![Post::Intake, Post::Decider]),
        Stage::SpecialProcedure | Stage::Suspended | Stage::Delivered => {
            Some(vec![Post::Reviewer, Post::Decider])
        }
        _ => stage.next_post().map(|post| vec![post]),
    }
}

/// The posts still to be listed from where the page before ended.
fn posts_from(officer: &Officer, posts: &[Post], start: Option<&Attributes>) -> Vec<Post> {
    let reached = start.and_then(|position| item::text(position, "work"));
    let ended =
        |post: &Post| reached.is_some_and(|reached| reached != keys::work(&officer.unit, *post));
    posts.iter().copied().skip_while(ended).collect()
}
