//! Enterprises with their mandates, and officers: loaded in one round trip, committed in one
//! transaction.

mod api_keys;
mod claims;
mod devices;
mod enterprises;
mod holders;
mod of_unit;
mod officers;
mod own;

pub use api_keys::ApiKeyFile;
pub use claims::ClaimFile;
pub use devices::DeviceFile;
pub use enterprises::EnterpriseFile;
pub use of_unit::OfUnit;
pub use officers::{OfficerFile, officer_written};
pub use own::Own;

use domain::enterprise::{Claim, Enterprise, EnterpriseEvent};
use domain::history::Recorded;
use domain::identifiers::Uscc;
use domain::ids::OfficerId;
use domain::mandate::Invitation;
use domain::officer::{Administrators, OfficerEvent};
use domain::policy::Authority;

use crate::authority::{NoAuthority, Principal};
use crate::clock::real_now;
use crate::error::PlatformError;
use crate::idempotency::{Answer, Earlier, RequestIdentity};
use crate::table::{Attributes, Key, Snapshot, Stored, Table, Transaction};

impl Stored for Enterprise {
    const TYPE: &'static str = "enterprise";
    const SCHEMA: u32 = 1;
}

impl Stored for Invitation {
    const TYPE: &'static str = "invitation";
    const SCHEMA: u32 = 2;

    /// The first schema kept the hash of who was invited when the invitation was answered.
    fn upcast(_: u32, body: &mut Attributes) -> Result<(), PlatformError> {
        if body.contains_key("answered") {
            body.remove("invitee");
        }
        Ok(())
    }
}

impl Stored for Claim {
    const TYPE: &'static str = "claim";
    const SCHEMA: u32 = 1;
}

impl Stored for Recorded<Uscc, EnterpriseEvent> {
    const TYPE: &'static str = "enterprise_event";
    const SCHEMA: u32 = 1;
}

impl Stored for Administrators {
    const TYPE: &'static str = "administrators";
    const SCHEMA: u32 = 1;
}

impl Stored for Recorded<OfficerId, OfficerEvent> {
    const TYPE: &'static str = "officer_event";
    const SCHEMA: u32 = 1;
}

/// The accounts of the platform.
#[derive(Clone, Debug)]
pub struct Accounts {
    table: Table,
}

/// What a request is judged by: time, authority, and whether it was made before.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Business time at the read.
    pub now: domain::instant::Instant,
    /// By what right the caller acts.
    pub authority: Result<Authority, NoAuthority>,
    /// The answer to the same request, if it was made before.
    pub earlier: Earlier,
}

/// The request a commit answers, so that its repeat gets the same answer.
pub type Answering<'a> = Option<(&'a RequestIdentity, &'a Answer)>;

impl Accounts {
    /// The accounts in `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// The table they lie in.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The keys that judging a request needs.
    fn judging(principal: Option<&Principal>, request: Option<&RequestIdentity>) -> Vec<Key> {
        let record = request.map(RequestIdentity::record_key);
        let authority = principal.map(Principal::authority_keys);
        authority.into_iter().flatten().chain(record).collect()
    }

    async fn asked(
        &self,
        snapshot: &Snapshot,
        principal: Option<&Principal>,
        request: Option<&RequestIdentity>,
    ) -> Result<Asked, PlatformError> {
        let now = self.table.clock().now(snapshot);
        let authority = match principal {
            Some(principal) => principal.authority(&self.table, snapshot, now).await?,
            None => Err(NoAuthority::NoItem),
        };
        Ok(Asked {
            now,
            authority,
            earlier: request.map_or(Ok(Earlier::None), |request| {
                request.earlier(snapshot, real_now())
            })?,
        })
    }

    fn answered(
        &self,
        transaction: Transaction,
        answering: Answering<'_>,
    ) -> Result<Transaction, PlatformError> {
        match answering {
            Some((request, answer)) => {
                request.remember(transaction, &self.table, answer, real_now())
            }
            None => Ok(transaction),
        }
    }
}
