//! Applications and their drafts: one read brings all a request needs, one transaction writes all it
//! changes.

mod commit;
mod lists;
mod load;
mod stored;

pub use commit::{DraftChange, NewText, Recording, Submission};
pub use lists::{CaseSummary, WorkFilter, beginning_of_work};
pub use load::{Case, Standing, Wanted};
pub use stored::{EventText, SealedForm};

use std::sync::Arc;

use crate::table::Table;
use crate::vault::Vault;

/// The cases of the platform.
#[derive(Clone, Debug)]
pub struct Cases {
    table: Table,
    vault: Arc<Vault>,
}

impl Cases {
    /// The cases in `table`, sealed by `vault`.
    pub fn new(table: Table, vault: Arc<Vault>) -> Self {
        Self { table, vault }
    }

    /// The table they lie in.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The vault that seals them.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }
}
