//! `GET /v1/workbench/counts`: how much waits for the officer's posts.

use axum::Json;
use axum::extract::State;
use domain::officer::{Officer, Post};
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem};
use web::{Caller, Problem};

use crate::app::App;
use crate::asked::asked;

/// How much waits for a post of the unit.
#[derive(Serialize, ToSchema)]
#[schema(as = WorkbenchCount)]
pub(crate) struct CountBody {
    /// The post that acts next.
    post: Post,
    /// How many applications wait for it.
    waiting: u64,
    /// How many of them nobody has in hand.
    unclaimed: u64,
    /// How many of them the caller has in hand.
    in_my_hands: u64,
    /// How many of them are due today. With `overdue`, at most 100 are counted, those due first.
    due_today: usize,
    /// How many of them were due before today.
    overdue: usize,
}

/// How much waits for the officer's posts.
#[derive(Serialize, ToSchema)]
#[schema(as = WorkbenchCounts)]
pub(crate) struct CountsBody {
    /// By post, in the order of the procedure.
    posts: Vec<CountBody>,
}

/// See how much work the unit has
///
/// For the officer's own posts among intake, reviewer and decider; for all three where they hold none of
/// them. What has just happened can take some seconds to be counted.
#[utoipa::path(
    get,
    path = "/v1/workbench/counts",
    tag = "supervision",
    responses((status = 200, body = CountsBody), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn counts(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<CountsBody>, Problem> {
    let asked = asked(&app, &caller, None).await?;
    let (officer, today) = (&asked.officer, asked.now.date());
    let posts = posts(officer);
    let load = app
        .figures
        .load_of(&asked.unit, &posts, &officer.id)
        .await?;
    let hands = load.officers.get(&officer.id);
    let mut counted = Vec::with_capacity(posts.len());
    for post in posts {
        let waiting = load.posts.get(&post).copied().unwrap_or_default();
        let due = app.cases.due_work(&asked.unit, post, today).await?;
        counted.push(CountBody {
            post,
            waiting: waiting.claimed + waiting.unclaimed,
            unclaimed: waiting.unclaimed,
            in_my_hands: hands
                .and_then(|hands| hands.get(&post))
                .copied()
                .unwrap_or(0),
            due_today: due.today,
            overdue: due.overdue,
        });
    }
    Ok(Json(CountsBody { posts: counted }))
}

/// The posts whose work the officer sees: as on the workbench itself.
fn posts(officer: &Officer) -> Vec<Post> {
    let acting = [Post::Intake, Post::Reviewer, Post::Decider];
    let held = acting.into_iter().filter(|post| officer.holds(*post));
    let own: Vec<Post> = held.collect();
    if own.is_empty() { acting.to_vec() } else { own }
}
