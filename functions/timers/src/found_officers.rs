//! The first two administrators of the province are founded, whom nobody could appoint.

use domain::application::Actor;
use domain::history::Occasion;
use domain::ids::{EventId, OfficerId};
use domain::officer::{self, Found, Founder, Officer};
use domain::unit::{Level, Unit};
use platform::error::PlatformError;
use platform::table::CommitError;
use serde::Serialize;
use uuid::Uuid;

use crate::{Answer, Timers, TimersError};

/// Who administers the province now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Founded {
    /// The province's unit.
    pub unit: String,
    /// The officers.
    pub officers: Vec<OfficerId>,
}

impl Timers {
    /// Founds them while the province has no officer, and never again.
    pub(crate) async fn found_officers(&self, founders: &[Founder]) -> Result<Answer, TimersError> {
        let unit = province()?;
        let found = Found {
            unit,
            officers: founders,
        };
        let events = found.decide()?;
        let (known, _) = self.accounts.of_unit::<Officer>(&unit.id, 1, None).await?;
        if !known.is_empty() {
            return Err(TimersError::OfficersKnown);
        }

        let actor = Actor::System {
            task: "found_officers".to_owned(),
        };
        let now = self.table.now().await?;
        let mut steps = Vec::new();
        for (officer, event) in events {
            let occasion = Occasion {
                aggregate: &officer,
                at: now,
                actor: &actor,
            };
            let ids = || EventId(Uuid::now_v7());
            let step = officer::follow(None, &occasion, vec![event], ids);
            steps.push(step.map_err(PlatformError::broken)?);
        }
        match self.accounts.found(&steps).await {
            Ok(()) => Ok(Answer::FoundOfficers(Founded {
                unit: unit.id.to_string(),
                officers: steps.into_iter().map(|step| step.state.id).collect(),
            })),
            Err(CommitError::Guards(_)) => Err(TimersError::OfficersKnown),
            Err(error) => Err(error.into()),
        }
    }
}

fn province() -> Result<&'static Unit, PlatformError> {
    let mut units = catalogue::units().iter();
    units
        .find(|unit| unit.level == Level::Province)
        .ok_or_else(|| PlatformError::broken("the catalogue has no unit of the province"))
}
