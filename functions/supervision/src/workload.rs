//! `GET /v1/reports/workload`: what waits in a unit, and in whose hands it is.

use axum::Json;
use axum::extract::State;
use domain::officer::Post;
use domain::unit::UnitId;
use platform::figures::Load;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::documentation::{AnyProblem, CallerProblem};
use web::query::Query;
use web::{Caller, Problem};

use crate::app::App;
use crate::asked::asked;

/// Whose workload.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkloadQuery {
    /// The unit; the caller's own without it.
    #[param(value_type = Option<String>, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    unit: Option<UnitId>,
}

/// What waits for a post.
#[derive(Serialize, ToSchema)]
#[schema(as = PostLoad)]
pub(crate) struct PostBody {
    /// The post that acts next.
    post: Post,
    /// How many applications wait for it.
    waiting: u64,
    /// How many of them an officer has in hand.
    claimed: u64,
    /// How many of them nobody has in hand.
    unclaimed: u64,
}

/// What an officer has in hand for a post.
#[derive(Serialize, ToSchema)]
#[schema(as = InHand)]
pub(crate) struct InHandBody {
    /// The post that acts next.
    post: Post,
    /// How many applications.
    applications: u64,
}

/// What an officer has in hand.
#[derive(Serialize, ToSchema)]
#[schema(as = OfficerLoad)]
pub(crate) struct OfficerBody {
    /// The identifier by which the identity provider of the police names the officer.
    #[schema(example = "intake-140105")]
    officer: String,
    /// How many applications in all.
    applications: u64,
    /// By post.
    posts: Vec<InHandBody>,
}

/// What waits in a unit, and in whose hands it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Workload)]
pub(crate) struct WorkloadBody {
    /// The unit.
    #[schema(example = "psb-140105")]
    unit: String,
    /// By post; those for which something ever waited.
    posts: Vec<PostBody>,
    /// By officer; those who have something in hand.
    officers: Vec<OfficerBody>,
}

impl WorkloadBody {
    fn new(unit: &UnitId, load: Load) -> Self {
        let posts = load.posts.into_iter().map(|(post, waiting)| PostBody {
            post,
            waiting: waiting.claimed + waiting.unclaimed,
            claimed: waiting.claimed,
            unclaimed: waiting.unclaimed,
        });
        let officers = load
            .officers
            .into_iter()
            .map(|(officer, hands)| OfficerBody {
                officer: officer.to_string(),
                applications: hands.values().sum(),
                posts: hands
                    .into_iter()
                    .map(|(post, applications)| InHandBody { post, applications })
                    .collect(),
            });
        Self {
            unit: unit.to_string(),
            posts: posts.collect(),
            officers: officers.collect(),
        }
    }
}

/// Report the workload of a unit
///
/// For heads and supervisors of the unit or of one above it. What has just happened can take some seconds
/// to be counted.
#[utoipa::path(
    get,
    path = "/v1/reports/workload",
    tag = "supervision",
    params(WorkloadQuery),
    responses((status = 200, body = WorkloadBody), AnyProblem, CallerProblem),
    security(("officer" = []))
)]
pub(crate) async fn workload(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<WorkloadQuery>,
) -> Result<Json<WorkloadBody>, Problem> {
    let asked = asked(&app, &caller, query.unit).await?;
    let load = app.figures.load(&asked.unit).await?;
    Ok(Json(WorkloadBody::new(&asked.unit, load)))
}
