//! `POST /v1/mandates/{id}/accept`: who is invited accepts.

use axum::extract::State;
use domain::enterprise::{AcceptInvitation, Proof};
use domain::identifiers::{MobileNumber, ResidentId};
use domain::mandate::MandateId;
use domain::search::SearchTerm;
use jiff::civil::Date;
use platform::error::PlatformError;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::path::Path;
use web::token::PersonClaims;
use web::{Command, Problem, Reply};

use super::MandateBody;
use crate::act::{act, refused};
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
    act(
        &app,
        id.enterprise(),
        &command,
        async |file, context| {
            let claims = &command.caller.identity;
            let own = invitees(&app, claims, context.now.date()).await?;
            let mut invitations = file.household.invitations.iter();
            let invited = invitations.any(|one| {
                let invitee = one.invitee.as_ref();
                one.id == id && invitee.is_some_and(|invitee| own.contains(invitee))
            });
            let accept = AcceptInvitation {
                id: id.clone(),
                proof: if invited {
                    Proof::Invited
                } else {
                    Proof::SomebodyElse
                },
            };
            let events = accept.decide(&file.household, context);
            Ok(events.map_err(refused)?.into())
        },
        |after, now| MandateBody::reply(after, &id, now),
    )
    .await
}

/// The hashes by which somebody with these claims can have been invited. What the provider says in
/// another form than ours is no identifier.
pub(crate) async fn invitees(
    app: &App,
    claims: &PersonClaims,
    today: Date,
) -> Result<Vec<String>, PlatformError> {
    let resident_id = claims
        .proved_resident_id()
        .and_then(|number| ResidentId::parse(number, today).ok());
    let mobile = claims
        .verified_mobile()
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
