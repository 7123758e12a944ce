//! `/sandbox/clock`: business time on stages that let it be moved.

use axum::body::Body;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::instant::Instant;
use domain::words::Words;
use http::{Request, StatusCode};
use platform::clock::ClockOffset;
use platform::table::{Guard, Key, Part, Transaction, item};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use web::{Code, Problem, Reply};

use crate::Sandbox;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Setting {
    /// What business time is to be, with an offset.
    #[schema(value_type = String, format = DateTime)]
    now: Instant,
}

/// `GET`: what time it is.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Result<impl IntoResponse, Problem> {
    let key = movable(&sandbox)?;
    let snapshot = sandbox.table.read([]).await?;
    let offset = snapshot.read::<ClockOffset>(key)?;
    told(&sandbox, offset.map_or(0, |record| record.body.seconds))
}

/// `POST {"now": …}`: has business time go on from that moment.
pub(crate) async fn set(
    State(sandbox): State<Sandbox>,
    request: Request<Body>,
) -> Result<impl IntoResponse, Problem> {
    let key = movable(&sandbox)?;
    let wanted: Setting = web::json::parse_described(&web::json::bytes(request).await?)?;
    let seconds = wanted.now.seconds_since((sandbox.now)());
    let stored = item::write(key, 1, &ClockOffset { seconds })?;
    let write = Transaction::new().put(&sandbox.table, Part::State, stored, Guard::None);
    sandbox.table.commit(write).await?;
    told(&sandbox, seconds)
}

/// `DELETE`: has business time be real time again.
pub(crate) async fn reset(State(sandbox): State<Sandbox>) -> Result<impl IntoResponse, Problem> {
    let key = movable(&sandbox)?;
    let write = Transaction::new().delete(&sandbox.table, Part::State, key, Guard::None);
    sandbox.table.commit(write).await?;
    told(&sandbox, 0)
}

fn movable(sandbox: &Sandbox) -> Result<&Key, Problem> {
    sandbox.settings.clock_item.as_ref().ok_or_else(|| {
        Problem::new(Code::NotFound).with_detail(Words::new(
            "本环境未设置 CLOCK_ITEM，业务时间不可调整。",
            "Business time cannot be moved here: CLOCK_ITEM is not set on this stage.",
        ))
    })
}

fn told(sandbox: &Sandbox, offset_seconds: i64) -> Result<Reply, Problem> {
    let real_now = (sandbox.now)();
    let body = json!({
        "now": real_now.plus_seconds(offset_seconds),
        "real_now": real_now,
        "offset_seconds": offset_seconds,
    });
    Reply::new(StatusCode::OK, &body)
}
