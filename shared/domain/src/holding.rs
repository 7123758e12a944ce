//! What an enterprise holds: what the platform granted or filed for it and still stands.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::application::{Application, Event, Recorded};
use crate::identifiers::Uscc;
use crate::ids::ApplicationNo;
use crate::item::ItemCode;

/// A grant or filing in force, as other applications of its holder are weighed against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Who holds it.
    pub holder: Uscc,
    /// What it is.
    pub item: ItemCode,
    /// The application it was granted on, by whose number it is known.
    pub number: ApplicationNo,
    /// The day of the grant, in China.
    pub granted_on: Date,
    /// Its last day, where it has a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// The grams it allows of each substance, where it allows some.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub grams: BTreeMap<String, u64>,
}

impl Holding {
    /// What `application` gives its applicant; none before the grant, and after it was taken back.
    pub fn of(application: &Application) -> Option<Self> {
        let granted_at = application.course.decided_at?;
        application.stage.is_in_force().then(|| Self {
            holder: application.enterprise.clone(),
            item: application.item.code,
            number: application.number.clone(),
            granted_on: granted_at.date(),
            valid_until: application.valid_until,
            grams: application
                .quantities
                .as_ref()
                .map_or_else(BTreeMap::new, |quantities| quantities.grams.clone()),
        })
    }

    /// Whether `events` may have changed what the application gives.
    pub fn changes_with(events: &[Recorded]) -> bool {
        events.iter().any(|recorded| {
            matches!(
                recorded.event,
                Event::Granted { .. }
                    | Event::Renewed { .. }
                    | Event::Rescinded { .. }
                    | Event::Revoked { .. }
                    | Event::Cancelled { .. }
            )
        })
    }
}
