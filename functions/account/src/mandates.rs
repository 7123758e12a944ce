//! Mandates and invitations.

pub(crate) mod accept;
pub(crate) mod end;
pub(crate) mod invite;
pub(crate) mod leave;
pub(crate) mod list;

use domain::enterprise::Household;
use domain::instant::Instant;
use domain::mandate::{Answered, Coverage, Invitation, Mandate, MandateId, Role};
use domain::policy::Action;
use http::StatusCode;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Access, Code, Problem, Reply, Routes, endpoint};

use crate::app::App;

/// How a mandate stands.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MandateState {
    /// Offered, and not answered yet.
    Invited,
    /// The offer was not answered in time.
    Expired,
    /// Given, but its first day is still to come.
    Coming,
    /// It holds.
    Holding,
    /// The enterprise is suspended: its holder may read.
    Suspended,
    /// It has ended, or the offer was taken back.
    Ended,
}

/// A mandate, or the invitation to one.
#[derive(Serialize, ToSchema)]
#[schema(as = Mandate)]
pub(crate) struct MandateBody {
    /// What it is known by.
    #[schema(example = "M-91140100XXX1000286-7K3M9QX2RD4F")]
    id: String,
    /// The enterprise's unified social credit code.
    #[schema(example = "91140100XXX1000286")]
    enterprise: String,
    /// Who holds it; null while it is offered, for who is invited is known by a hash only.
    person: Option<String>,
    /// As what.
    role: Role,
    /// The codes of the items it covers; null for all.
    items: Option<Vec<String>>,
    /// The first day on which it holds.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The last day; null where it holds until withdrawn.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// How it stands.
    state: MandateState,
    /// Until when an offer can be accepted.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Instant>,
}

impl MandateBody {
    /// A mandate as it stands at `now`.
    pub(crate) fn given(mandate: &Mandate, now: Instant) -> Self {
        let state = if mandate.has_ended(now) {
            MandateState::Ended
        } else if mandate.suspended_at.is_some() {
            MandateState::Suspended
        } else if mandate.holds(now) {
            MandateState::Holding
        } else {
            MandateState::Coming
        };
        Self {
            id: mandate.id.to_string(),
            enterprise: mandate.enterprise.as_str().to_owned(),
            person: Some(mandate.person.to_string()),
            role: mandate.role,
            items: codes(&mandate.items),
            from: mandate.from,
            to: mandate.to,
            state,
            expires_at: None,
        }
    }

    /// The answer that shows the mandate `id` of `household` as it stands at `now`.
    pub(crate) fn reply(
        household: &Household,
        id: &MandateId,
        now: Instant,
    ) -> Result<Reply, Problem> {
        let mandate = household.mandate(id);
        let mandate = mandate.ok_or_else(|| Problem::new(Code::MandateEnded))?;
        Reply::new(StatusCode::OK, &Self::given(mandate, now))
    }

    /// An invitation as it stands at `now`; none once it was accepted, for then there is the mandate.
    pub(crate) fn offered(invitation: &Invitation, now: Instant) -> Option<Self> {
        let state = match &invitation.answered {
            Some(Answered::Accepted { .. }) => return None,
            Some(Answered::Withdrawn { .. }) => MandateState::Ended,
            None if invitation.expires_at <= now => MandateState::Expired,
            None => MandateState::Invited,
        };
        Some(Self {
            id: invitation.id.to_string(),
            enterprise: invitation.id.enterprise().as_str().to_owned(),
            person: None,
            role: invitation.role,
            items: codes(&invitation.items),
            from: invitation.from,
            to: invitation.to,
            state,
            expires_at: Some(invitation.expires_at),
        })
    }

    /// Whether it is an offer that can still be accepted.
    pub(crate) fn is_open(&self) -> bool {
        self.state == MandateState::Invited
    }
}

fn codes(items: &Coverage) -> Option<Vec<String>> {
    match items {
        Coverage::All => None,
        Coverage::Only(codes) => Some(codes.iter().map(ToString::to_string).collect()),
    }
}

/// Names the routes of mandates and invitations, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::ListMandates),
            endpoint!(list::list_mandates),
        )
        .route(Access::Caller(Action::Invite), endpoint!(invite::invite))
        .route(
            Access::Caller(Action::EndMandate),
            endpoint!(end::end_mandate),
        )
        .route(
            Access::Caller(Action::AcceptInvitation),
            endpoint!(accept::accept_invitation),
        )
        .route(
            Access::Caller(Action::LeaveMandate),
            endpoint!(leave::leave_mandate),
        )
}
