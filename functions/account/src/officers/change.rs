//! `PATCH /v1/officers/{id}`: an officer's badge, regions or posts are changed.

use axum::extract::State;
use domain::history::Occasion;
use domain::ids::OfficerId;
use domain::officer::{self, Officer, OfficerEvent, OwnPerson, Post};
use domain::unit::RegionCode;
use domain::words::Words;
use http::StatusCode;
use platform::accounts::OfficerFile;
use serde::Deserialize;
use utoipa::ToSchema;
use web::command::Change;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerChangeHeaders};
use web::path::Path;
use web::{Code, InputError, Problem, Reply};

use super::{OfficerBody, badge_fault, jurisdictions_faults, posts_fault};
use crate::act::{committed, follow_officer, permit_officer, refused_officer};
use crate::app::App;

/// What is to change; what is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeRequest {
    /// The number on the badge (警号), 4 to 8 letters or digits.
    #[serde(default)]
    #[schema(example = "010520")]
    badge: Option<String>,
    /// The regions to be responsible for.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, example = json!(["140105"]))]
    jurisdictions: Option<Vec<RegionCode>>,
    /// All posts that are to be held; new ones of administrator and head wait for a second
    /// administrator. Where all of them wait, those held stay until they are changed again:
    /// `posts_once_approved` of the answer shows what will be held.
    #[serde(default)]
    posts: Option<Vec<Post>>,
    /// As whom they act in private life, as the identity provider of persons names them; null clears it.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "agent-a")]
    own_person: OwnPerson,
}

/// Change an officer's posts
///
/// By an administrator of the unit or of one above it, but not the officer themself. The province
/// keeps two administrators.
#[utoipa::path(
    patch,
    path = "/v1/officers/{id}",
    tag = "account",
    params(("id" = String, Path, description = "The officer"), OfficerChangeHeaders),
    request_body = ChangeRequest,
    responses((status = 200, body = OfficerBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn change_officer(
    State(app): State<App>,
    Path(id): Path<String>,
    change: Change<ChangeRequest>,
) -> Result<Reply, Problem> {
    let file = load(&app, &id, &change).await?;
    let (officer, version, actor) = permit_officer(&change.caller, &file)?;
    change.require_version(version)?;

    let wanted = checked(&change.body, officer)?;
    let events = wanted
        .decide(officer, &actor, &file.administrators())
        .map_err(refused_officer)?;
    let after = store(&app, &file, events, &actor).await?;
    Ok(Reply::new(StatusCode::OK, &OfficerBody::from(&after))?.with_version(version + 1))
}

/// The officer `id` as a change finds them.
pub(super) async fn load<T>(
    app: &App,
    id: &str,
    change: &Change<T>,
) -> Result<OfficerFile, Problem> {
    let id = OfficerId::try_from(id.to_owned()).map_err(|_| Problem::new(Code::NotFound))?;
    let principal = &change.caller.principal;
    Ok(app.accounts.officer(&id, principal, None).await?)
}

/// Commits what `events` make of the officer of `file`.
pub(super) async fn store(
    app: &App,
    file: &OfficerFile,
    events: Vec<OfficerEvent>,
    actor: &domain::application::Actor,
) -> Result<Officer, Problem> {
    let record = file
        .officer
        .as_ref()
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let occasion = Occasion {
        aggregate: &record.body.id,
        at: file.asked.now,
        actor,
    };
    let step = follow_officer(Some(&record.body), &occasion, events)?;
    let done = app.accounts.commit_officer(file, &step, None, None).await;
    committed(done)?;
    Ok(step.state)
}

fn checked(body: &ChangeRequest, officer: &Officer) -> Result<officer::Change, Problem> {
    let mut errors = Vec::new();
    let says_something = body.badge.is_some()
        || body.jurisdictions.is_some()
        || body.posts.is_some()
        || body.own_person != OwnPerson::Stays;
    if !says_something {
        errors.push(nothing_to_change());
    }
    errors.extend(body.badge.as_deref().and_then(badge_fault));
    errors.extend(body.posts.as_deref().and_then(posts_fault));
    let jurisdictions = body.jurisdictions.as_deref().unwrap_or_default();
    errors.extend(jurisdictions_faults(jurisdictions, &officer.unit));
    if !errors.is_empty() {
        return Err(Problem::new(Code::InvalidValue).with_errors(errors));
    }
    Ok(officer::Change {
        badge: body.badge.clone(),
        jurisdictions: body.jurisdictions.clone(),
        posts: body.posts.clone(),
        own_person: body.own_person.clone(),
    })
}

fn nothing_to_change() -> InputError {
    let words = Words::new(
        "请填写 badge、jurisdictions、posts、own_person 中至少一项",
        "Give one of badge, jurisdictions, posts and own_person at least",
    );
    InputError::new("", "nothing_to_change", words)
}
