//! Applications and their drafts: one read brings all a request needs, one transaction writes all it
//! changes.

mod commit;
mod due;
mod history;
mod lists;
mod load;
mod look;
mod search;
mod stored;
pub(crate) mod wallet;

pub use commit::{Anchor, DraftChange, NewForm, NewRows, NewText, Recording, Submission};
pub use due::{DueWork, MOST_DUE};
pub use history::Occasion;
pub use lists::{CaseSummary, WorkFilter, beginning_of_work};
pub use load::{Case, Standing, ToldEvent, Wanted};
pub use look::{Look, Looked};
pub use search::{Found, MOST_FOUND, MOST_SEARCH_ITEMS};
pub use stored::{EventRows, EventText, Restriction, SealedForm};
pub use wallet::{MOST_KEPT, Source};

use std::sync::Arc;

use crate::table::Table;
use crate::vault::Vault;

/// The cases of the platform, with what opens what is sealed in them.
///
/// A worker that never reads a form has [`Cases::sealed`], which can open nothing.
#[derive(Clone, Debug)]
pub struct Cases<V = Arc<Vault>> {
    table: Table,
    vault: V,
}

/// In the place of a vault: what is sealed stays so.
#[derive(Clone, Copy, Debug)]
pub struct NoVault;

impl Cases {
    /// The cases in `table`, sealed by `vault`.
    pub fn new(table: Table, vault: Arc<Vault>) -> Self {
        Self { table, vault }
    }

    /// The vault that seals them.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }
}

impl Cases<NoVault> {
    /// The cases in `table`, for who needs no form and has no key.
    pub fn sealed(table: Table) -> Self {
        Self {
            table,
            vault: NoVault,
        }
    }
}

impl<V> Cases<V> {
    /// The table they lie in.
    pub fn table(&self) -> &Table {
        &self.table
    }
}
