//! By what right somebody asks, and about which unit.

use domain::instant::Instant;
use domain::officer::Officer;
use domain::policy::{Authority, Resource};
use domain::unit::UnitId;
use web::{Caller, Code, Problem};

use crate::app::App;

/// An officer who may take the route's action on a unit.
pub(crate) struct Asked {
    /// Who asks.
    pub(crate) officer: Officer,
    /// About which unit: their own where they name none.
    pub(crate) unit: UnitId,
    /// Business time.
    pub(crate) now: Instant,
}

/// Reads by what right `caller` asks about `unit`, their own without one, in one round trip.
///
/// # Errors
/// 403 for whoever is no officer or holds no post for it, 404 for a unit that is not theirs to look at.
pub(crate) async fn asked(
    app: &App,
    caller: &Caller,
    unit: Option<UnitId>,
) -> Result<Asked, Problem> {
    let standing = app.cases.standing(&caller.principal, None).await?;
    let authority = caller.authority(standing.authority.as_ref())?;
    let Authority::Officer(officer) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };
    let unit = unit.unwrap_or_else(|| officer.unit.clone());
    let resource = Resource {
        unit: Some(&unit),
        ..Resource::NOTHING
    };
    caller.permit(authority, &resource, standing.now)?;
    Ok(Asked {
        officer: officer.clone(),
        unit,
        now: standing.now,
    })
}
