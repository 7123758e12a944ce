//! `POST /v1/mandates/{id}/accept`: who is invited accepts.

use axum::extract::State;
use domain::enterprise::{AcceptInvitation, Context, Proof};
use domain::identifiers::{MobileNumber, ResidentId};
use domain::mandate::MandateId;
use domain::search::SearchTerm;
use http::StatusCode;
use jiff::civil::Date;
use platform::error::PlatformError;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::path::Path;
use web::token::PersonClaims;
use web::{Code, Command, Problem, Reply};

use super::MandateBody;
use crate::act::{commit, follow, lost, permit_person, refused};
use crate::app::App;

/// Nothing has to be said to accept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptInvitationRequest {}

/// Accept an invitation
///
/// By the person whose identity number or mobile number was invited, as the identity provider has
/// proved it. The mandate takes the place of the one they had for the enterprise.
#[utoipa::path(
    post,
    path = "/v1/mandates/{id}/accept",
    tag = "account",
    params(("id" = String, Path, description = "The invitation"), PersonHeaders),
    request_body = AcceptInvitationRequest,
    responses((status = 200, body = MandateBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn accept_invitation(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<AcceptInvitationRequest>,
) -> Result<Reply, Problem> {
    let id: MandateId = web::path::id(&id)?;
    let caller = &command.caller;
    let request = Some(&command.request);
    let file = app
        .accounts
        .enterprise(id.enterprise(), &caller.principal, request)
        .await?;
    let actor = permit_person(caller, &file.asked)?;
    if let Some(repeat) = command.repeat_of(&file.asked.earlier)? {
        return Ok(repeat);
    }

    let now = file.asked.now;
    let own = invitees(&app, &caller.identity, now.date()).await?;
    let mut invitations = file.household.invitations.iter();
    let invited = invitations.any(|one| one.id == id && own.contains(&one.invitee));
    let accept = AcceptInvitation {
        id: id.clone(),
        proof: if invited {
            Proof::Invited
        } else {
            Proof::SomebodyElse
        },
    };
    let context = Context { now, actor: &actor };
    let events = accept.decide(&file.household, &context).map_err(refused)?;
    let changed = follow(&file, events, &actor, None)?;

    let mandate = changed.household.mandate(&id);
    let mandate = mandate.ok_or_else(|| Problem::new(Code::MandateEnded))?;
    let reply = Reply::new(StatusCode::OK, &MandateBody::given(mandate, now))?;
    let answering = Some((&command.request, reply.answer()));
    let committed = commit(&app, &file, &changed, answering).await;
    command.settle(committed, reply, lost)
}

/// The hashes by which somebody with these claims can have been invited. What the provider says in
/// another form than ours is no identifier.
pub(crate) async fn invitees(
    app: &App,
    claims: &PersonClaims,
    today: Date,
) -> Result<Vec<String>, PlatformError> {
    let resident_id = claims
        .resident_id
        .as_ref()
        .and_then(|number| ResidentId::parse(number, today).ok());
    let mobile = claims
        .phone_number
        .as_ref()
        .and_then(|number| MobileNumber::parse(number).ok());
    let terms = [
        resident_id.map(SearchTerm::ResidentId),
        mobile.map(SearchTerm::Mobile),
    ];
    let mut hashes = Vec::new();
    for term in terms.into_iter().flatten() {
        hashes.push(app.vault.search_hash(&term).await?.to_string());
    }
    Ok(hashes)
}
