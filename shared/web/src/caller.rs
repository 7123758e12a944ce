//! Who calls: a verified token, the enterprise they act for, and the device at which they stand.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use domain::application::{Actor, Channel};
use domain::device::DeviceId;
use domain::identifiers::Uscc;
use domain::ids::{OfficerId, PersonId};
use domain::instant::Instant;
use domain::policy::{self, Action, Authority, Denial, Resource};
use domain::words::Words;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use platform::authority::{NoAuthority, Principal};
use platform::config::IssuerKind;
use platform::devices::{DeviceRefusal, PresentedDevice};
use platform::secrets;

use crate::problem::{Code, InputError, Problem};
use crate::routes::Access;
use crate::token::{PersonClaims, TokenFault, TokenVerifier};
use crate::who_may;

/// The header in which a kiosk or counter says which it is.
const DEVICE: &str = "x-device-authorization";

/// A caller whose token was verified, on a route that names its action.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who, and for whom.
    pub principal: Principal,
    /// What else the token says of a person.
    pub identity: PersonClaims,
    /// The action of the route.
    pub action: Action,
    /// Through which channel; a kiosk's or counter's is as good as its secret, which
    /// [`Caller::authority`] has checked.
    pub channel: Channel,
}

impl Caller {
    /// The identity that idempotency keys belong to.
    pub fn id(&self) -> String {
        match &self.principal {
            Principal::Person { person, .. } => format!("person {person}"),
            Principal::Agent {
                person, enterprise, ..
            } => format!("person {person} {}", enterprise.as_str()),
            Principal::Officer(officer) => format!("officer {officer}"),
        }
    }

    /// The authority that was read with the resource.
    ///
    /// Asked for before it is known whether the resource exists, so that the answer does not tell.
    ///
    /// # Errors
    /// 403 where the caller has none: no mandate for the enterprise they name, or no post; and where
    /// the action is one of the other side's. 401, 403 or 429 where a device beside them may not serve.
    pub fn authority<'a>(
        &self,
        found: Result<&'a Authority, &NoAuthority>,
    ) -> Result<&'a Authority, Problem> {
        let found = found.map_err(|reason| match reason {
            NoAuthority::Device(refusal) => (*refusal).into(),
            NoAuthority::NoItem => match self.principal {
                Principal::Agent { .. } | Principal::Person { .. } => Problem::new(Code::NoMandate),
                Principal::Officer(_) => Problem::new(Code::PostMissing).with_detail(Words::new(
                    "您在平台上没有任命，请联系本单位管理员任命。",
                    "You are not appointed here: ask an administrator of your unit to appoint you.",
                )),
            },
        })?;
        policy::check_side(found, self.action)?;
        Ok(found)
    }

    /// The kiosk or counter at which they stand.
    fn device_id(&self) -> Option<DeviceId> {
        self.principal.device().map(|device| device.id().clone())
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
        policy::permit(authority, self.action, resource, now)
            .map_err(|denial| self.denied(denial, authority))?;
        Ok(match authority {
            Authority::Person(person) => Actor::Person {
                person: person.clone(),
                device: self.device_id(),
            },
            Authority::Mandate(mandate) => Actor::Agent {
                person: mandate.person.clone(),
                role: mandate.role,
                device: self.device_id(),
            },
            Authority::Officer(officer) => Actor::Officer {
                officer: officer.id.clone(),
                badge: officer.badge.clone(),
                unit: officer.unit.clone(),
            },
        })
    }
}

impl Caller {
    /// The problem that `denial` of the route's action is to the holder of `authority`.
    fn denied(&self, denial: Denial, authority: &Authority) -> Problem {
        let problem = Problem::from(denial);
        match (denial, authority) {
            (Denial::PostMissing, _) => problem.with_detail(who_may::officers(self.action)),
            (Denial::RoleInsufficient, _) => problem.with_detail(who_may::people(self.action)),
            (Denial::EnterpriseSuspended, Authority::Mandate(mandate)) => {
                match &mandate.suspended_for {
                    Some(reason) => suspended_for(problem, reason),
                    None => problem,
                }
            }
            _ => problem,
        }
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

/// `problem` with the authority's own words of why the enterprise is suspended.
fn suspended_for(problem: Problem, reason: &str) -> Problem {
    let next = problem.code.detail();
    problem.with_detail(Words::new(
        format!("暂停原因：{reason} {}", next.zh),
        format!("It is suspended for this reason: {reason} {}", next.en),
    ))
}

impl From<DeviceRefusal> for Problem {
    fn from(refusal: DeviceRefusal) -> Self {
        match refusal {
            DeviceRefusal::Secret(secrets::Refusal::NotRecognised) => {
                Self::new(Code::DeviceNotRecognised)
            }
            DeviceRefusal::Secret(secrets::Refusal::Locked { for_seconds }) => {
                Self::new(Code::DeviceLocked).with_retry_after(for_seconds)
            }
            DeviceRefusal::OutOfService(_) => Self::new(Code::DeviceOutOfService),
        }
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
        let at_device = parts.headers.contains_key(DEVICE);
        if at_device && !parts.headers.contains_key(AUTHORIZATION) {
            return Err(Problem::new(Code::PersonMissing));
        }
        let token = bearer(&parts.headers)?;
        let verifier = Arc::<TokenVerifier>::from_ref(state);
        let identity = verifier.verify(token).await.map_err(|fault| match fault {
            TokenFault::Platform(error) => Problem::from(error),
            fault => {
                tracing::info!(%fault, "a token was refused");
                Problem::new(Code::Unauthenticated)
            }
        })?;
        if at_device && identity.kind == IssuerKind::Officer {
            return Err(Problem::new(Code::PersonMissing));
        }
        let device = device(&parts.headers)?;
        let channel = channel(&parts.headers, device.as_ref())?;
        let unauthenticated = |_| Problem::new(Code::Unauthenticated);
        let principal = match identity.kind {
            IssuerKind::Person if action.is_personal() => Principal::Person {
                person: PersonId::try_from(identity.subject).map_err(unauthenticated)?,
                device,
            },
            IssuerKind::Person if action.is_for_officers_only() => {
                return Err(Problem::new(Code::WrongSide));
            }
            IssuerKind::Person => Principal::Agent {
                person: PersonId::try_from(identity.subject).map_err(unauthenticated)?,
                enterprise: acting_for(&parts.headers)?,
                device,
            },
            IssuerKind::Officer => {
                Principal::Officer(OfficerId::try_from(identity.subject).map_err(unauthenticated)?)
            }
        };
        Ok(Self {
            principal,
            identity: identity.claims,
            action,
            channel,
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

/// The one device beside the person: `Device number.secret`.
fn device(headers: &HeaderMap) -> Result<Option<PresentedDevice>, Problem> {
    let mut sent = headers.get_all(DEVICE).iter();
    let Some(header) = sent.next() else {
        return Ok(None);
    };
    let presented = header
        .to_str()
        .ok()
        .filter(|_| sent.next().is_none())
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Device"))
        .and_then(|(_, presented)| PresentedDevice::parse(presented.trim(), catalogue::units()));
    match presented {
        Some(presented) => Ok(Some(presented)),
        None => Err(Problem::new(Code::DeviceNotRecognised)),
    }
}

/// The channel: that of the device, with which what is named must agree, else the one a person names.
fn channel(headers: &HeaderMap, device: Option<&PresentedDevice>) -> Result<Channel, Problem> {
    let mut sent = headers.get_all("x-channel").iter();
    let named = sent
        .next()
        .map(|header| header.to_str().unwrap_or_default());
    if sent.next().is_some() {
        return Err(channel_fault(
            "given_twice",
            Words::new("X-Channel 只能填写一次", "Send X-Channel once"),
        ));
    }
    let Some(device) = device else {
        return match named {
            None | Some("api") => Ok(Channel::Api),
            Some("web") => Ok(Channel::Web),
            Some("wechat") => Ok(Channel::Wechat),
            Some(_) => Err(channel_fault(
                "unknown_channel",
                Words::new(
                    "X-Channel 应为 web、wechat 或 api；自助机和窗口以设备凭证为准",
                    "X-Channel must be web, wechat or api; kiosks and counters send their credential",
                ),
            )),
        };
    };
    let kind = device.kind();
    let name = kind.as_str();
    if named.is_none_or(|named| named == name) {
        Ok(kind.channel())
    } else {
        Err(channel_fault(
            "contradicts_device",
            Words::new(
                format!("该设备的渠道是 {name}，请去掉 X-Channel 或改为 {name}"),
                format!("The device's channel is {name}: leave X-Channel out or send {name}"),
            ),
        ))
    }
}

fn channel_fault(code: &str, words: Words) -> Problem {
    let error = InputError::new("X-Channel", code, words);
    Problem::new(Code::InvalidParameter).with_errors(vec![error])
}
