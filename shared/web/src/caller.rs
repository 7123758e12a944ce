//! Who calls: a verified token, and the enterprise they act for.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use domain::application::{Actor, Channel};
use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::instant::Instant;
use domain::policy::{self, Action, Authority, Denial, Resource};
use domain::words::Words;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use platform::authority::Principal;
use platform::config::IssuerKind;

use crate::problem::{Code, InputError, Problem};
use crate::routes::Access;
use crate::token::{PersonClaims, TokenFault, TokenVerifier};

/// A caller whose token was verified, on a route that names its action.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who, and for whom.
    pub principal: Principal,
    /// What else the token says of a person.
    pub identity: PersonClaims,
    /// The action of the route.
    pub action: Action,
    /// Through which channel.
    pub channel: Channel,
}

impl Caller {
    /// The identity that idempotency keys belong to.
    pub fn id(&self) -> String {
        match &self.principal {
            Principal::Person(person) => format!("person {person}"),
            Principal::Agent { person, enterprise } => {
                format!("person {person} {}", enterprise.as_str())
            }
            Principal::Officer(officer) => format!("officer {officer}"),
        }
    }

    /// The authority that was read with the resource.
    ///
    /// Asked for before it is known whether the resource exists, so that the answer does not tell.
    ///
    /// # Errors
    /// 403 where the caller has none: no mandate for the enterprise they name, or no post; and where
    /// the action is one of the other side's.
    pub fn authority<'a>(&self, found: Option<&'a Authority>) -> Result<&'a Authority, Problem> {
        let found = found.ok_or_else(|| {
            Problem::new(match self.principal {
                Principal::Agent { .. } | Principal::Person(_) => Code::NoMandate,
                Principal::Officer(_) => Code::PostMissing,
            })
        })?;
        policy::check_side(found, self.action)?;
        Ok(found)
    }

    /// The actor, if `authority` lets the caller take the route's action on `resource` at `now`.
    ///
    /// # Errors
    /// 404 where the resource is out of reach, 403 with the reason otherwise.
    pub fn permit(
        &self,
        authority: &Authority,
        resource: &Resource<'_>,
        now: Instant,
    ) -> Result<Actor, Problem> {
        policy::permit(authority, self.action, resource, now)?;
        Ok(match authority {
            Authority::Person(person) => Actor::Person {
                person: person.clone(),
            },
            Authority::Mandate(mandate) => Actor::Agent {
                person: mandate.person.clone(),
                role: mandate.role,
            },
            Authority::Officer(officer) => Actor::Officer {
                officer: officer.id.clone(),
                badge: officer.badge.clone(),
                unit: officer.unit.clone(),
            },
        })
    }
}

impl From<Denial> for Problem {
    fn from(denial: Denial) -> Self {
        Self::new(match denial {
            Denial::OutOfReach => Code::NotFound,
            Denial::NoMandate => Code::NoMandate,
            Denial::ItemNotCovered => Code::ItemNotCovered,
            Denial::RoleInsufficient => Code::RoleInsufficient,
            Denial::PostMissing => Code::PostMissing,
            Denial::EnterpriseSuspended => Code::EnterpriseSuspended,
            Denial::WrongSide => Code::WrongSide,
        })
    }
}

impl<S> FromRequestParts<S> for Caller
where
    Arc<TokenVerifier>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Some(Access::Caller(action)) = parts.extensions.get::<Access>().copied() else {
            tracing::error!("a route that asks who calls states no action");
            return Err(Problem::new(Code::Internal));
        };
        let token = bearer(&parts.headers)?;
        let verifier = Arc::<TokenVerifier>::from_ref(state);
        let identity = verifier.verify(token).await.map_err(|fault| match fault {
            TokenFault::Platform(error) => Problem::from(error),
            fault => {
                tracing::info!(%fault, "a token was refused");
                Problem::new(Code::Unauthenticated)
            }
        })?;
        let unauthenticated = |_| Problem::new(Code::Unauthenticated);
        let principal = match identity.kind {
            IssuerKind::Person if action.is_personal() => {
                Principal::Person(PersonId::try_from(identity.subject).map_err(unauthenticated)?)
            }
            IssuerKind::Person => Principal::Agent {
                person: PersonId::try_from(identity.subject).map_err(unauthenticated)?,
                enterprise: acting_for(&parts.headers)?,
            },
            IssuerKind::Officer => {
                Principal::Officer(OfficerId::try_from(identity.subject).map_err(unauthenticated)?)
            }
        };
        Ok(Self {
            principal,
            identity: identity.claims,
            action,
            channel: channel(&parts.headers)?,
        })
    }
}

/// The one bearer token (RFC 6750, section 2.1).
fn bearer(headers: &HeaderMap) -> Result<&str, Problem> {
    let refused = || Problem::new(Code::Unauthenticated);
    let mut sent = headers.get_all(AUTHORIZATION).iter();
    let (Some(header), None) = (sent.next(), sent.next()) else {
        return Err(refused());
    };
    let (scheme, token) = header
        .to_str()
        .ok()
        .and_then(|header| header.split_once(' '))
        .ok_or_else(refused)?;
    if scheme.eq_ignore_ascii_case("Bearer") {
        Ok(token.trim())
    } else {
        Err(refused())
    }
}

fn acting_for(headers: &HeaderMap) -> Result<Uscc, Problem> {
    let mut sent = headers.get_all("x-acting-for").iter();
    let (Some(header), None) = (sent.next(), sent.next()) else {
        return Err(Problem::new(Code::ActingForInvalid));
    };
    Uscc::parse(header.to_str().unwrap_or_default()).map_err(|fault| {
        let message = Words::new(fault.message_zh(), fault.message_en());
        let error = InputError::new("X-Acting-For", fault.code(), message);
        Problem::new(Code::ActingForInvalid).with_errors(vec![error])
    })
}

/// The channel a person names; kiosks and counters are named by their devices.
fn channel(headers: &HeaderMap) -> Result<Channel, Problem> {
    match headers
        .get("x-channel")
        .map(|header| header.to_str().unwrap_or_default())
    {
        None | Some("api") => Ok(Channel::Api),
        Some("web") => Ok(Channel::Web),
        Some("wechat") => Ok(Channel::Wechat),
        Some(_) => Err(
            Problem::new(Code::InvalidParameter).with_errors(vec![InputError::new(
                "X-Channel",
                "unknown_channel",
                Words::new(
                    "X-Channel 应为 web、wechat 或 api",
                    "X-Channel must be web, wechat or api",
                ),
            )]),
        ),
    }
}
