//! An undertaking to bring papers later that was not kept (容缺承诺失信).

use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};

use crate::ids::ApplicationNo;
use crate::instant::Instant;

/// Months after a lapse in which an enterprise's further undertakings are not accepted.
pub const BARRED_MONTHS: i32 = 12;

/// The last undertaking that an enterprise let lapse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lapse {
    /// In which case.
    pub application: ApplicationNo,
    /// When, in business time.
    pub at: Instant,
}

impl Lapse {
    /// Whether it keeps the enterprise at `now` from undertaking again: through the day of the same
    /// date twelve months later.
    pub fn bars(&self, now: Instant) -> bool {
        let last = self.at.date().saturating_add(BARRED_MONTHS.months());
        now >= self.at && now.date() <= last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_lapse_bars_for_twelve_months() {
        let lapse = Lapse {
            application: ApplicationNo::new(jiff::civil::date(2026, 11, 23), 1),
            at: at("2026-12-09T00:00:00+08:00"),
        };
        assert!(lapse.bars(lapse.at));
        assert!(lapse.bars(at("2027-12-09T23:59:59+08:00")));
        assert!(!lapse.bars(at("2027-12-10T00:00:00+08:00")));
    }
}
