//! An event is counted, once.

use domain::figures::changes;
use domain::ids::ApplicationNo;
use domain::occurrence::Occurrence;
use platform::figures::Figures;
use platform::table::Key;

use crate::{Projection, ProjectionError};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was counted.
    Counted,
    /// It had been counted.
    CountedBefore,
    /// It adds nothing to any counter.
    Nothing,
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::CountedBefore => "counted_before",
            Self::Nothing => "nothing",
        }
    }
}

impl Projection {
    pub(crate) async fn count(
        &self,
        number: &ApplicationNo,
        seq: u64,
    ) -> Result<Outcome, ProjectionError> {
        let beside = [Key::counted(number)];
        let (occasion, snapshot) = self.cases.around(number, seq, beside).await?;
        if Figures::has_counted(&snapshot, number, seq) {
            return Ok(Outcome::CountedBefore);
        }
        let (code, version) = (&occasion.after.item.code, occasion.after.item.version);
        let item = catalogue::item_version(code, version).ok_or_else(|| {
            let item = code.to_string();
            ProjectionError::UnknownItem { item, version }
        })?;
        let occurrence = Occurrence {
            before: occasion.before.as_ref(),
            recorded: &occasion.recorded,
            after: &occasion.after,
            item,
        };
        let changes = changes(&occurrence, catalogue::calendar());
        if changes.is_empty() {
            return Ok(Outcome::Nothing);
        }
        let new = self.figures.count(number, seq, &changes).await?;
        Ok(if new {
            Outcome::Counted
        } else {
            Outcome::CountedBefore
        })
    }
}
