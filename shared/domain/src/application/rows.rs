//! Rows: an application for many persons or things at once is answered row by row.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::state::{Application, Outcome, RowsRefused};
use crate::chain::Digest;

/// The rows that are refused while all others of the application are granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRows {
    /// Their numbers, the first row of the form being 1.
    pub numbers: Vec<u16>,
    /// Digest of the sealed reasons, one for each of them (art. 38).
    pub reasons: Digest,
}

/// Why a row is refused. It may say what is personal, so that it lies sealed beside the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReasons {
    /// The row's number.
    pub row: u16,
    /// The reasons.
    pub reasons: String,
}

/// What is wrong with one of the rows that a recommendation or decision refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// The answer is not given row by row: the item has no rows, all of the application is refused, or it is
    /// the holder's petition that is answered.
    NotByRow,
    /// The form has no such row.
    Unknown {
        /// How many it has.
        rows: u16,
    },
    /// It is named before.
    Repeated,
}

impl RefusedRows {
    /// What is wrong with `numbers`, each with its place among them, where they are refused in answering
    /// `outcome` to `state`.
    pub fn faults(
        state: &Application,
        outcome: Outcome,
        numbers: &[u16],
    ) -> Vec<(usize, RowFault)> {
        let petitioned = state.petition.is_some() && state.stage.is_in_force();
        let by_row = outcome == Outcome::Grant && !petitioned;
        let rows = state.rows.filter(|_| by_row);
        let mut seen = BTreeSet::new();
        let faults = numbers.iter().enumerate().filter_map(|(place, number)| {
            let fault = match rows {
                None => RowFault::NotByRow,
                Some(rows) if !(1..=rows).contains(number) => RowFault::Unknown { rows },
                Some(_) if !seen.insert(*number) => RowFault::Repeated,
                Some(_) => return None,
            };
            Some((place, fault))
        });
        faults.collect()
    }

    /// Whether these rows can be refused in answering `outcome` to `state`.
    ///
    /// # Errors
    /// [`Refusal::Rows`] with every row at fault; [`Refusal::AllRowsRefused`] where none is left to grant.
    pub(super) fn check(
        refused: Option<&Self>,
        state: &Application,
        outcome: Outcome,
    ) -> Result<(), Refusal> {
        let numbers = refused.map_or(&[][..], |refused| &refused.numbers);
        let faults = Self::faults(state, outcome, numbers);
        if !faults.is_empty() {
            return Err(Refusal::Rows(faults));
        }
        let refused = u16::try_from(numbers.len()).ok();
        if !numbers.is_empty() && refused >= state.rows {
            return Err(Refusal::AllRowsRefused);
        }
        Ok(())
    }

    /// What the event at `seq` of the chain, which refuses these rows, leaves in the state.
    pub(super) fn recorded(&self, seq: u64) -> RowsRefused {
        let mut numbers = self.numbers.clone();
        numbers.sort_unstable();
        RowsRefused { numbers, seq }
    }

    /// Whether `refused` names the rows that `recorded` names.
    pub(super) fn are(refused: Option<&Self>, recorded: Option<&RowsRefused>) -> bool {
        match (refused, recorded) {
            (None, None) => true,
            (Some(refused), Some(recorded)) => {
                refused.recorded(recorded.seq).numbers == recorded.numbers
            }
            _ => false,
        }
    }
}
