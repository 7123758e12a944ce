//! `POST /v1/officers`: an officer is appointed.

use axum::extract::State;
use domain::history::Occasion;
use domain::ids::{OfficerId, PersonId};
use domain::officer::{Appoint, Post};
use domain::unit::{RegionCode, UnitId};
use http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerCreationHeaders};
use web::{Code, Command, Problem, Reply};

use super::{OfficerBody, badge_fault, jurisdictions_faults, posts_fault};
use crate::act::{follow_officer, lost, permit_named_unit, refused_officer, unit_fault};
use crate::app::App;

/// Who is appointed to what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppointRequest {
    /// The identifier by which the identity provider of the police names the officer.
    #[schema(value_type = String, pattern = "^[A-Za-z0-9._-]{1,64}$", example = "intake-3-140105")]
    id: OfficerId,
    /// The number on the badge (警号), 4 to 8 letters or digits.
    #[schema(example = "010520")]
    badge: String,
    /// The unit.
    #[schema(value_type = String, pattern = "^psb-[0-9]{6}$", example = "psb-140105")]
    unit: UnitId,
    /// The regions to be responsible for; that of the unit without it.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["140105"]))]
    jurisdictions: Vec<RegionCode>,
    /// The posts; those of administrator and head wait for a second administrator.
    posts: Vec<Post>,
    /// As whom they act in private life, as the identity provider of persons names them: they handle no
    /// case of an enterprise they act for.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "agent-a")]
    own_person: Option<PersonId>,
}

/// Appoint an officer
///
/// By an administrator of the unit or of one above it, who cannot appoint themself. The posts of
/// administrator and head need four eyes: they are proposed until another administrator approves.
/// Whoever was dismissed comes back to their unit; to another one they are appointed by a unit above
/// both.
#[utoipa::path(
    post,
    path = "/v1/officers",
    tag = "account",
    params(OfficerCreationHeaders),
    request_body = AppointRequest,
    responses((status = 201, body = OfficerBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn appoint_officer(
    State(app): State<App>,
    command: Command<AppointRequest>,
) -> Result<Reply, Problem> {
    let (caller, body) = (&command.caller, &command.body);
    let request = Some(&command.request);
    let file = app
        .accounts
        .officer(&body.id, &caller.principal, request)
        .await?;
    let actor = permit_named_unit(caller, &file.asked, &body.unit)?;
    if let Some(repeat) = command.repeat_of(&file.asked.earlier)? {
        return Ok(repeat);
    }

    let appoint = checked(body, file.asked.now.date())?;
    let before = file.officer.as_ref();
    let before_state = before.map(|record| &record.body);
    let events = appoint
        .decide(before_state, &actor)
        .map_err(refused_officer)?;
    let occasion = Occasion {
        aggregate: &body.id,
        at: file.asked.now,
        actor: &actor,
    };
    let step = follow_officer(before_state, &occasion, events)?;
    let officer = &step.state;

    let version = before.map(|record| record.version);
    let reply = Reply::new(StatusCode::CREATED, &OfficerBody::from(officer))?
        .with_version(version.unwrap_or(0) + 1)
        .with_location(format!("/v1/officers/{}", body.id));
    let answering = Some((&command.request, reply.answer()));
    let committed = app
        .accounts
        .commit_officer(&file, &step, None, answering)
        .await;
    command.settle(committed, reply, lost)
}

fn checked(body: &AppointRequest, today: Date) -> Result<Appoint, Problem> {
    let mut errors = Vec::new();
    errors.extend(badge_fault(&body.badge));
    errors.extend(unit_fault(&body.unit, today));
    errors.extend(posts_fault(&body.posts));
    errors.extend(jurisdictions_faults(&body.jurisdictions, &body.unit));
    match catalogue::units().get(&body.unit) {
        Some(unit) if errors.is_empty() => Ok(Appoint {
            officer: body.id.clone(),
            badge: body.badge.clone(),
            unit: body.unit.clone(),
            level: unit.level,
            jurisdictions: body.jurisdictions.clone(),
            posts: body.posts.clone(),
            own_person: body.own_person.clone(),
        }),
        _ => Err(Problem::new(Code::InvalidValue).with_errors(errors)),
    }
}
