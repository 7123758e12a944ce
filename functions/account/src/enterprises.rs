//! Enterprises.

pub(crate) mod claim;
pub(crate) mod hand_over;
pub(crate) mod read;
pub(crate) mod register;
pub(crate) mod resume;
pub(crate) mod suspend;

use domain::enterprise::{Enterprise, Household, Kind, Standing};
use domain::instant::Instant;
use domain::mandate::{Mandate, Role};
use domain::policy::Action;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Access, Code, Problem, Reply, Routes, endpoint};

use crate::app::App;

/// An enterprise on the platform.
#[derive(Serialize, ToSchema)]
#[schema(as = Enterprise)]
pub(crate) struct EnterpriseBody {
    /// Its unified social credit code.
    #[schema(example = "91140100XXX1000286")]
    uscc: String,
    /// What kind of body it is.
    kind: Kind,
    /// How far it has come.
    standing: Standing,
    /// Why an authority suspended it or, where it may act again, why it let it; null where none did.
    #[schema(example = "涉嫌提供虚假材料，正在核查。")]
    standing_reason: Option<String>,
    /// Its name as the register has it; null while pending.
    name: Option<String>,
    /// Where it is registered (GB/T 2260); null while pending.
    #[schema(example = "140105")]
    region: Option<String>,
    /// Its legal representative, by their identifier; null while pending.
    legal_representative: Option<String>,
    /// Who administers it besides now, by their identifiers; null among one's own enterprises, where it is
    /// not looked up.
    administrators: Option<Vec<String>>,
    /// When it was first registered.
    #[schema(value_type = String, format = DateTime)]
    registered_at: Instant,
}

impl EnterpriseBody {
    /// The answer that shows the enterprise of `household`, with its version.
    pub(crate) fn reply(household: &Household, now: Instant) -> Result<Reply, Problem> {
        let enterprise = household.enterprise.as_ref();
        let enterprise = enterprise.ok_or_else(|| Problem::new(Code::NotFound))?;
        let body = Self::of(enterprise, &household.mandates, now);
        Ok(Reply::new(StatusCode::OK, &body)?.with_version(enterprise.version))
    }

    /// What is shown of `enterprise`, to which all of `mandates` are given.
    pub(crate) fn of(enterprise: &Enterprise, mandates: &[Mandate], now: Instant) -> Self {
        let administers =
            |mandate: &&Mandate| mandate.role == Role::Administrator && mandate.holds(now);
        let administrators = mandates.iter().filter(administers);
        Self {
            administrators: Some(
                administrators
                    .map(|mandate| mandate.person.to_string())
                    .collect(),
            ),
            ..Self::from(enterprise)
        }
    }
}

impl From<&Enterprise> for EnterpriseBody {
    fn from(enterprise: &Enterprise) -> Self {
        Self {
            uscc: enterprise.uscc.as_str().to_owned(),
            kind: enterprise.kind,
            standing: enterprise.standing,
            standing_reason: enterprise.standing_reason.clone(),
            name: enterprise.name.clone(),
            region: enterprise.region.map(|region| region.to_string()),
            legal_representative: enterprise
                .legal_representative
                .as_ref()
                .map(ToString::to_string),
            administrators: None,
            registered_at: enterprise.registered_at,
        }
    }
}

/// Names the routes of enterprises, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::RegisterEnterprise),
            endpoint!(register::register_enterprise),
        )
        .route(
            Access::Caller(Action::ReadEnterprise),
            endpoint!(read::read_enterprise),
        )
        .route(
            Access::Caller(Action::ReadClaim),
            endpoint!(claim::read_claim),
        )
        .route(
            Access::Caller(Action::TakeOver),
            endpoint!(hand_over::hand_over),
        )
        .route(
            Access::Caller(Action::SuspendEnterprise),
            endpoint!(suspend::suspend_enterprise),
        )
        .route(
            Access::Caller(Action::SuspendEnterprise),
            endpoint!(resume::resume_enterprise),
        )
}
