//! `GET /v1/me`: who one is here.

use axum::Json;
use axum::extract::State;
use domain::policy::{Authority, Resource};
use domain::words::Words;
use platform::authority::Principal;
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem};
use web::{Caller, Problem};

use crate::app::App;
use crate::enterprises::EnterpriseBody;
use crate::enterprises::claim::ClaimBody;
use crate::mandates::MandateBody;
use crate::mandates::accept::invitees;
use crate::officers::OfficerBody;

/// Who one is here.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub(crate) struct MeBody {
    /// The identifier by which the identity provider names the caller.
    id: String,
    /// How well it knows who a person is, 0 to 4; null for officers.
    real_name_level: Option<u8>,
    /// A person's mandates, those that ended too.
    mandates: Vec<MandateBody>,
    /// A person's registrations of enterprises that wait for the register, or were turned away within
    /// 90 days.
    claims: Vec<ClaimBody>,
    /// The invitations that wait for a person.
    invitations: Vec<MandateBody>,
    /// The enterprises for which a mandate holds.
    enterprises: Vec<EnterpriseBody>,
    /// Whether a person has more of these than are shown: those of one enterprise stand in its list of
    /// mandates.
    more: bool,
    /// What an officer is appointed to; null for persons.
    officer: Option<OfficerBody>,
}

/// See who one is here
///
/// A person sees their mandates, what became of the enterprises they registered and the invitations
/// that wait for them, an officer their posts.
#[utoipa::path(
    get,
    path = "/v1/me",
    tag = "account",
    responses((status = 200, body = MeBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn me(State(app): State<App>, caller: Caller) -> Result<Json<MeBody>, Problem> {
    let asked = app.accounts.standing(&caller.principal, None).await?;
    let authority = caller.authority(asked.authority.as_ref())?;
    let permitted = caller.permit(authority, &Resource::NOTHING, asked.now);
    permitted.map_err(|problem| match authority {
        Authority::Officer(officer) if !officer.active => problem.with_detail(Words::new(
            "您的任命已解除；如需恢复，请联系本单位管理员重新任命。",
            "You were dismissed: if you are to serve again, ask an administrator of the unit to appoint you anew.",
        )),
        _ => problem,
    })?;
    if let Authority::Officer(officer) = authority {
        return Ok(Json(MeBody {
            id: officer.id.to_string(),
            real_name_level: None,
            mandates: Vec::new(),
            claims: Vec::new(),
            invitations: Vec::new(),
            enterprises: Vec::new(),
            more: false,
            officer: Some(OfficerBody::from(officer)),
        }));
    }

    let (Principal::Person { person, .. } | Principal::Agent { person, .. }) = &caller.principal
    else {
        return Err(Problem::new(web::Code::WrongSide));
    };
    let now = asked.now;
    let hashes = invitees(&app, &caller.identity, now.date()).await?;
    let own = app.accounts.own(person, &hashes).await?;
    let offered = own.invitations.iter();
    let offered = offered.filter_map(|invitation| MandateBody::offered(invitation, now));
    Ok(Json(MeBody {
        id: person.to_string(),
        real_name_level: Some(caller.identity.real_name_level),
        mandates: own
            .mandates
            .iter()
            .map(|mandate| MandateBody::given(mandate, now))
            .collect(),
        claims: own
            .claims
            .iter()
            .map(ClaimBody::from)
            .filter(ClaimBody::is_open)
            .collect(),
        invitations: offered.filter(MandateBody::is_open).collect(),
        enterprises: own
            .enterprises
            .iter()
            .filter(|enterprise| {
                let mut mandates = own.mandates.iter();
                mandates.any(|one| one.enterprise == enterprise.uscc && one.holds(now))
            })
            .map(EnterpriseBody::from)
            .collect(),
        more: own.more,
        officer: None,
    }))
}
